"""The drawing of simulated photographs, in a process of its own, which knows no database."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from multiprocessing.connection import Connection
from pathlib import Path

from corneum.imaging.door import read_photo
from corneum.imaging.retakes.demo import Course, demo_course, jpeg_of

_MEGAPIXELS = 4.0


@dataclass(frozen=True)
class Order:
    """A course of photographs of one person.

    Parameters
    ----------
    name
        Whose.
    composite
        File of the averaged face.
    weeks
        Of the photographs after the baseline.
    seed
        Same seed, same pictures.
    """

    name: str
    composite: str
    weeks: tuple[int, ...]
    seed: int


def draw(orders: Sequence[Order], drawing: Connection) -> None:
    """Send each course as its name and files, the baseline first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for order in orders:
        face = Path(str(files("corneum.imaging.retakes") / "composite" / order.composite))
        # The day is not kept: a photograph that is taken in the clinic has the clinic's time.
        course = Course(weeks=order.weeks)
        made = demo_course(
            read_photo(face).pixels, date(2026, 1, 12), seed=order.seed, megapixels=_MEGAPIXELS, course=course
        )
        drawing.send((order.name, [jpeg_of(shot) for shot in made.shots]))
    drawing.close()
