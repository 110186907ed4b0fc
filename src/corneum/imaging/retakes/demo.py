"""A course of photographs for demonstration: simulated from a composite, nobody's own face, every change known."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from corneum.imaging.card.light import plain_linear
from corneum.imaging.card.paint import paint_card
from corneum.imaging.photo import Pixels
from corneum.imaging.retakes.detail import Portrait, detailed_face
from corneum.imaging.retakes.injections import (
    Mark,
    inject_redness,
    inject_spots,
    patch,
    scatter_spots,
    skin_of,
    smooth_texture,
)
from corneum.imaging.retakes.light import Linear, to_pixels
from corneum.imaging.retakes.retake import BASELINE, Retake, drawn_retake, retake

SIMULATED = "Simulation from a composite of several faces: nobody's own face, no person was treated"
"""Written into every file of a demonstration."""

_CHEEKS = (50, 280)
"""Landmarks in the middle of the cheeks, the person's right and left."""
_EXPOSURE_STOPS = -0.4
"""Leaves room above the white of the card."""
_CARD_AT = (0.78, 0.892)
"""Middle of the card as shares of width and height: held below the chin."""
_PATCH_SHARE = 0.04
"""Distance between two patches of the card as a share of the picture's width."""
_TAKEN_AT = time(10, 30)
_DESCRIPTION, _EXIF, _MAKER, _MODEL, _TAKEN = 0x010E, 0x8769, 0x010F, 0x0110, 0x9003
"""Tags of EXIF 2.3."""


@dataclass(frozen=True)
class Course:
    """What a demonstration's skin does; a fiction, not a prediction.

    Parameters
    ----------
    weeks
        Of each photograph after the baseline.
    spots
        How many are put in at the baseline.
    spot_mm, spot_contrast
        Their diameter, and the share of luminance lost on them.
    faded_share
        Of the spots' contrast, per photograph.
    blood_share
        Added blood in the dermis of both cheeks at the baseline, and per photograph.
    smoothed_share
        Of the texture's contrast, per photograph.
    """

    weeks: tuple[int, ...] = (6, 10)
    spots: int = 14
    spot_mm: float = 3.0
    spot_contrast: float = 0.15
    faded_share: tuple[float, ...] = (0.0, 0.2, 0.4)
    blood_share: tuple[float, ...] = (0.003, 0.002, 0.0015)
    smoothed_share: tuple[float, ...] = (0.0, 0.06, 0.1)


@dataclass(frozen=True)
class Shot:
    """One photograph of a demonstration.

    Parameters
    ----------
    file
        Name.
    pixels
        Shape (height, width, 3).
    taken
        Pretended.
    session
        The last one before it.
    state
        ``baseline`` or ``durable``.
    truth
        How it was taken.
    """

    file: str
    pixels: Pixels
    taken: datetime
    session: int
    state: str
    truth: Retake


@dataclass(frozen=True)
class Demo:
    """A demonstration: photographs, and what is true about them.

    Parameters
    ----------
    shots
        Baseline first.
    course
        What the skin does.
    marks
        The spots of the baseline, px of the portrait before it was taken.
    px_per_mm
        Of that portrait.
    seed
        Of everything.
    """

    shots: tuple[Shot, ...]
    course: Course
    marks: tuple[Mark, ...]
    px_per_mm: float
    seed: int

    def truth(self) -> dict[str, Any]:
        """Return everything that is known, for a JSON file."""
        return {
            "what": SIMULATED,
            "seed": self.seed,
            "px_per_mm": self.px_per_mm,
            "course": asdict(self.course),
            "spots": [asdict(mark) for mark in self.marks],
            "photographs": [{"file": shot.file, "state": shot.state, **asdict(shot.truth)} for shot in self.shots],
        }

    def manifest(self) -> str:
        """Return the list of the photographs (TOML)."""
        lines = [f'# {SIMULATED}.\ntitle = "Demonstration: a simulation from a composite, nobody\'s own face"']
        lines.append(f"first_session = {self.shots[0].taken.date().isoformat()}")
        for shot in self.shots:
            lines.append(
                f'\n[[photo]]\nfile = "{shot.file}"\ntaken = {shot.taken.isoformat()}\nsession = {shot.session}\n'
                f'view = "front"\nstate = "{shot.state}"'
            )
        return "\n".join(lines) + "\n"


def demo_course(
    composite: Pixels, first: date, *, seed: int = 0, megapixels: float = 12.0, course: Course | None = None
) -> Demo:
    """Return a simulated course of photographs of a composite, with a color card in the frame.

    Parameters
    ----------
    composite
        A face, shape (height, width, 3), sRGB.
    first
        Pretended day of the baseline and the first session.
    seed
        Same seed, same pictures.
    megapixels
        Of each photograph.
    course
        What the skin does.
    """
    course = course or Course()
    portrait = detailed_face(composite, megapixels, seed)
    cheeks = _cheeks(portrait)
    marks = scatter_spots(cheeks, course.spots, course.spot_mm, course.spot_contrast, portrait.px_per_mm, seed)
    shots = []
    for number, weeks in enumerate((0, *course.weeks)):
        light = with_card(_skin_at(portrait, cheeks, marks, course, number), portrait.px_per_mm)
        truth = BASELINE if number == 0 else drawn_retake(1000 * seed + number, 0.6, light.shape[0])
        truth = replace(truth, exposure_stops=truth.exposure_stops + _EXPOSURE_STOPS)
        taken = retake(light, replace(truth, jpeg_quality=0), 1000 * seed + number, portrait.face)
        when = datetime.combine(first + timedelta(weeks=weeks), _TAKEN_AT)
        name = "baseline.jpg" if number == 0 else f"followup-{weeks}-weeks.jpg"
        state = "baseline" if number == 0 else "durable"
        shots.append(Shot(name, taken.pixels, when, weeks // 2, state, truth))
    return Demo(tuple(shots), course, marks, portrait.px_per_mm, seed)


def demo_pair(composite: Pixels, seed: int = 0, megapixels: float = 12.0) -> Demo:
    """Return a simulated baseline and one follow-up after six weeks; see `demo_course`."""
    return demo_course(composite, date(2026, 1, 12), seed=seed, megapixels=megapixels, course=Course(weeks=(6,)))


def jpeg_of(shot: Shot) -> bytes:
    """Return a photograph of a demonstration as a JPEG file that says that it is a simulation."""
    exif = Image.Exif()
    exif[_DESCRIPTION] = SIMULATED
    exif[_MAKER], exif[_MODEL] = "Corneum", "simulation"
    exif.get_ifd(_EXIF)[_TAKEN] = shot.taken.strftime("%Y:%m:%d %H:%M:%S")
    file = io.BytesIO()
    quality = shot.truth.jpeg_quality or BASELINE.jpeg_quality
    Image.fromarray(shot.pixels).save(file, "JPEG", quality=quality, exif=exif, comment=SIMULATED)
    return file.getvalue()


def _cheeks(portrait: Portrait) -> NDArray[np.float32]:
    shape = (portrait.light.shape[0], portrait.light.shape[1])
    size = 0.75 * portrait.face.eye_distance_px
    middles = portrait.face.points[list(_CHEEKS), :2]
    both = sum(patch(shape, (float(x), float(y)), size) for x, y in middles)
    return np.asarray(both * portrait.skin, dtype=np.float32)


def _skin_at(
    portrait: Portrait, cheeks: NDArray[np.float32], marks: Sequence[Mark], course: Course, number: int
) -> Linear:
    """Return the skin at the time of a photograph, before the camera."""
    light = smooth_texture(portrait.light, portrait.skin, course.smoothed_share[number], portrait.px_per_mm).light
    base = skin_of(portrait.light, cheeks)
    light = inject_redness(light, cheeks, course.blood_share[number], base).light
    return inject_spots(light, marks, portrait.px_per_mm, base, 1 - course.faded_share[number]).light


def with_card(light: Linear, px_per_mm: float | None = None) -> Linear:
    """Return the scene with a ColorChecker below the chin, in the same light.

    Parameters
    ----------
    light
        Linear light, shape (height, width, 3).
    px_per_mm
        On the skin: the card is a Passport of true size. None for a card of no known size, which gives color only.
    """
    pixels = to_pixels(light)
    height, width = light.shape[:2]
    at = (_CARD_AT[0] * width, _CARD_AT[1] * height)
    if px_per_mm is None:
        painted = paint_card(pixels, "colorchecker", at, _PATCH_SHARE * width)
    else:
        painted = paint_card(pixels, "passport", at, px_per_mm)
    # Only the card is taken over: the rest keeps its fractions of a byte.
    changed = (painted != pixels).any(axis=-1, keepdims=True)
    return np.asarray(np.where(changed, plain_linear(painted), light), dtype=np.float32)
