"""What the devices of a clinic can be set to over one zone: every setting that the search tries."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corneum.abrasion import Application, StrokePlan
from corneum.course.request import ClinicDevice
from corneum.devices import configure
from corneum.evidence import Book, Draws
from corneum.skin import Site
from corneum.treatment import Step
from corneum.units import Quantity

PATCH_MM = 40.0
"""Edge of the piece of skin that stands for a zone: many openings wide, and quick."""
PITCH_UM = 100.0
"""Edge of a cell of its map."""
_MOST_VACUUMS = 30


@dataclass(frozen=True)
class Candidate:
    """One way to set one device.

    Parameters
    ----------
    device
        The clinic's device.
    vacuum
        As its gauge shows it.
    passes
        Number of passes.
    grit
        The diamond tip, or None.
    """

    device: ClinicDevice
    vacuum: Quantity
    passes: int
    grit: Quantity | None = None

    def text(self) -> str:
        """Return "20 kPa, 2 passes"."""
        said = [f"{abs(self.vacuum.value):.4g} {self.vacuum.unit}"]
        if self.grit is not None:
            said.append(f"grit {self.grit}")
        return ", ".join([*said, "1 pass" if self.passes == 1 else f"{self.passes} passes"])


def most_passes(site: Site, book: Book) -> int:
    """Return the most passes over a site that the rules allow.

    References
    ----------
    Rules ``treatment.passes.cap`` and, around the eyes, ``treatment.passes.eyes``.
    """
    rule = book.rule("treatment.passes.eyes" if site.region == "eyelid" else "treatment.passes.cap")
    return int(rule.value or 1)


def grit_um(candidate: Candidate, book: Book) -> float:
    """Return the grit of a diamond candidate, um; 0 for other devices and the usual one where nobody knows it."""
    device = candidate.device
    grit = candidate.grit or device.settings.get("grit_um")
    if grit is not None:
        return grit.to("um")
    return book.number("devices.diamond.grit_um").value if device.name == "diamond" else 0.0


def candidates(device: ClinicDevice, site: Site, book: Book) -> tuple[Candidate, ...]:
    """Return everything that the search tries with one device on one site.

    What the clinic or a missing doctor forbids is in here too: `corneum.course.search` leaves it out, so that
    a stricter limit takes away and never adds.

    References
    ----------
    Row ``course.eyes.vacuum_ratio``; rules ``treatment.passes.cap``, ``treatment.passes.eyes``.
    """
    return tuple(
        Candidate(device, vacuum, passes, grit)
        for grit in device.grits or (None,)
        for passes in range(1, most_passes(site, book) + 1)
        for vacuum in _vacuums(device, site, book)
    )


def _vacuums(device: ClinicDevice, site: Site, book: Book) -> Iterator[Quantity]:
    given = device.vacuum
    low, high, step = (abs(part.to(given.low.unit)) for part in (given.low, given.high, given.step))
    low, high = min(low, high), max(low, high)
    if site.region == "eyelid":
        high = max(low, high * book.number("course.eyes.vacuum_ratio").value)
    count = int((high - low) / step + 1e-9) + 1
    every = -(-count // _MOST_VACUUMS)
    for number in range(0, count, every):
        yield Quantity(round(low + number * step, 9), given.low.unit)


def step_of(candidate: Candidate, site: Site, book: Book) -> Step:
    """Return a candidate as a step that `corneum.treatment` can simulate.

    Parameters
    ----------
    candidate
        Device and settings.
    site
        Where.
    book
        The evidence.

    Raises
    ------
    SettingError
        If the device cannot be set so.
    """
    device = candidate.device
    given = {**device.settings, "vacuum_kpa": candidate.vacuum}
    if candidate.grit is not None:
        given["grit_um"] = candidate.grit
    plan = StrokePlan(
        width_mm=PATCH_MM,
        height_mm=PATCH_MM,
        passes=candidate.passes,
        speed_mm_s=_or_usual(device.speed_mm_s, book, "abrasion.stroke.speed_mm_s"),
        overlap_share=_or_usual(device.overlap_share, book, "abrasion.stroke.overlap_share"),
        wander_mm=book.number("abrasion.stroke.wander_mm").value,
        speed_spread_ratio=book.number("abrasion.stroke.speed_spread_ratio").value,
        speed_known=device.speed_mm_s is not None,
        overlap_known=device.overlap_share is not None,
    )
    return Step(site, Application(configure(device.name, given, book, material=device.material), plan), PITCH_UM)


def dwell_s(step: Step, book: Book) -> float:
    """Return how long one place is under the tip in a session, s, at the usual values of what is not known."""
    return step.application.plan.passes * _tip_mm(step, book) / (step.application.plan.speed_mm_s * _stride(step))


def stroke_minutes(step: Step, area_cm2: float, book: Book) -> float:
    """Return how long the strokes over a zone take, min, at the usual values of what is not known."""
    plan = step.application.plan
    covered_mm2_s = plan.speed_mm_s * _tip_mm(step, book) * _stride(step)
    return area_cm2 * 100 * plan.passes / covered_mm2_s / 60


def _stride(step: Step) -> float:
    return 1 - step.application.plan.overlap_share


def _tip_mm(step: Step, book: Book) -> float:
    settings = step.application.settings
    name = "tip_mm" if settings.device.kind == "diamond" else "opening_mm"
    return float(np.median(settings.value(name, Draws(book, central=True))))


def _or_usual(known: float | None, book: Book, key: str) -> float:
    return known if known is not None else book.number(key).value
