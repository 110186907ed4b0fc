"""False alarms of following marks: marks that did not change, in simulated retakes and in real pairs of one session."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.table import Table
from corneum.imaging.align import AlignmentRefused, align
from corneum.imaging.card import Scale, scale_by_eyes
from corneum.imaging.door import read_photo
from corneum.imaging.faces import find_face, skin_mask
from corneum.imaging.photo import Pixels
from corneum.imaging.retakes import BASELINE, Mark, Portrait, detailed_face, drawn_retake, inject_spots, retake
from corneum.lesions.followed import Followed
from corneum.lesions.match import Visit, follow_marks
from tests.lesions.skins import PX_PER_MM, Spot, Zoom, piece

ROOT = Path(__file__).parents[1]
FIRST, MEGAPIXELS, RETAKES, PIECES = 800, 6.0, 2, 12
SPOTS_AT = (50, 280, 151, 205, 425, 108, 337, 199)
"""Landmarks of cheeks, forehead and chin that get a mark."""
NOMINAL = 0.05
"""Share of unchanged marks that chance alone calls changed: 2.4 standard errors in any of three measures."""


def main() -> Table:
    pieces = [one for number in range(PIECES) for one in _piece(number)]
    faces = list(_retaken())
    real = list(_real())
    rows = [
        _row("drawn skin, drawn twice", PIECES, pieces),
        _row("composites with drawn marks, retaken", len(faces), [one for some in faces for one in some]),
        _row("real people, neutral and smiling", len(real), [one for some in real for one in some]),
    ]
    return Table(
        "marks that did not change: share called changed, new or not found again",
        rows,
        [
            f"nominal: {NOMINAL:g} of the marks that are seen in both are called changed",
            "new and not found again have no nominal rate: a mark whose border can be drawn in one photograph only",
            "retaken: pose 2 degrees, scale 3 %, light 5 degrees, exposure 0.15 stops, white balance, tone, noise (sd)",
            f"seeds from {FIRST} on were never looked at while the errors were made",
            *_measures("composites, retaken", [one for some in faces for one in some]),
            *_measures("drawn skin", pieces),
        ],
    )


def _piece(number: int) -> tuple[Followed, ...]:
    dice = np.random.default_rng(FIRST + number)
    places = [(x, y) for x in (7, 20, 33) for y in (8, 22)]
    spots = [Spot(x, y, float(dice.uniform(1.8, 6)), float(np.exp(dice.uniform(-2.3, -0.2)))) for x, y in places]
    zoom = Zoom(float(1 + 0.03 * dice.normal()), (float(4 * dice.normal()), float(4 * dice.normal())))
    first, second = piece(spots, seed=FIRST + number), piece(spots, seed=FIRST + number, zoom=zoom)
    scales = Scale(PX_PER_MM, 0.02, "given"), Scale(PX_PER_MM * zoom.larger, 0.02, "given")
    return follow_marks(Visit(first, scales[0]), Visit(second, scales[1]), zoom)


def _retaken() -> Iterator[tuple[Followed, ...]]:
    for number, path in enumerate(sorted((ROOT / "examples" / "faces").glob("*.jpg"))):
        portrait = detailed_face(_read(path), MEGAPIXELS, seed=FIRST + number)
        light = inject_spots(portrait.light, _spots(portrait, FIRST + number), portrait.px_per_mm).light
        first = retake(light, BASELINE, 1, portrait.face).pixels
        for turn in range(RETAKES):
            truth = drawn_retake(FIRST + 10 * number + turn, size_px=first.shape[0])
            found = _followed(first, retake(light, truth, 2 + turn, portrait.face).pixels)
            if found is not None:
                yield found


def _spots(portrait: Portrait, seed: int) -> tuple[Mark, ...]:
    dice = np.random.default_rng(seed)
    places = portrait.face.points[list(SPOTS_AT), :2]
    contrasts = np.exp(dice.uniform(np.log(0.12), np.log(0.6), len(places)))
    sizes = dice.uniform(2.5, 7, len(places))
    return tuple(
        Mark(float(x), float(y), float(size), float(contrast))
        for (x, y), size, contrast in zip(places, sizes, contrasts, strict=True)
    )


def _real() -> Iterator[tuple[Followed, ...]]:
    for smiling in sorted((ROOT / "tests" / "faces" / "smiling").glob("*.jpg")):
        neutral = ROOT / "tests" / "faces" / "neutral" / smiling.name.replace("_08", "_03")
        found = _followed(_read(neutral), _read(smiling))
        if found is not None:
            yield found


def _followed(first: Pixels, second: Pixels) -> tuple[Followed, ...] | None:
    faces = find_face(first), find_face(second)
    skins = skin_mask(first, faces[0]), skin_mask(second, faces[1])
    try:
        alignment = align(first, second, faces, skins[0])
    except AlignmentRefused:
        return None
    before, after = (
        Visit(pixels, scale_by_eyes(face), skin)
        for pixels, face, skin in zip((first, second), faces, skins, strict=True)
    )
    return follow_marks(before, after, alignment)


def _read(path: Path) -> Pixels:
    return read_photo(path).pixels


def _row(name: str, pairs: int, followed: list[Followed]) -> dict[str, object]:
    both = [one for one in followed if one.before is not None and one.after is not None]
    count = {state: sum(one.state == state for one in followed) for state in ("changed", "new", "not_found")}
    return {
        "what": name,
        "pairs": pairs,
        "marks": len(followed),
        "seen in both": len(both),
        "changed": count["changed"],
        "changed, share": count["changed"] / len(both) if both else None,
        "nominal": NOMINAL,
        "new": count["new"],
        "not found again": count["not_found"],
    }


def _measures(name: str, followed: list[Followed]) -> Iterator[str]:
    for measure in ("diameter", "contrast", "asymmetry"):
        found = [one for some in followed for one in some.differences if one.name == measure]
        if found:
            off = np.array([one.change / one.error for one in found])
            beyond = 100 * float(np.mean([one.beyond for one in found]))
            spread = float(np.sqrt(np.mean(off**2)))
            yield f"{name}, {measure}: change over its error, root mean square {spread:.2f}; beyond {beyond:.0f} %"
