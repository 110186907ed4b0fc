"""How well two photographs of one face are laid over each other: simulated retakes with known truth, and real pairs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.table import Table
from corneum.imaging.align import align
from corneum.imaging.align.field import Field
from corneum.imaging.align.light import evened
from corneum.imaging.align.patches import Patches, find_again, pick
from corneum.imaging.align.start import matches_of_faces, starting_field
from corneum.imaging.align.subject import subject_of_face
from corneum.imaging.align.view import view_over
from corneum.imaging.faces import Face, find_face
from corneum.imaging.photo import Pixels
from corneum.imaging.retakes import BASELINE, Mark, Portrait, Taken, detailed_face, drawn_retake, inject_spots, retake

ROOT = Path(__file__).parents[1]
MEGAPIXELS = 12.0
RETAKES = 2
_POINTS = 120
SPOTS_AT = (50, 280, 151, 205, 425)
"""Landmarks on cheeks and forehead at which a spot grows."""
SPOT_MM, GROWTH = 5.0, 1.3

Places = NDArray[np.float64]
"""Shape (2, n): columns and rows."""
Method = Callable[[Pixels, Pixels, tuple[Face, Face]], Field]


@dataclass(frozen=True)
class Measured:
    """What one method reached on one pair, px of the baseline; ``found`` only without, ``grown`` only with a truth."""

    eyes_px: float
    median_px: float
    p95_px: float
    found: float | None
    grown: float | None
    wall_s: float
    cpu_s: float


def by_corneum(baseline: Pixels, followup: Pixels, faces: tuple[Face, Face]) -> Field:
    return align(baseline, followup, faces).field


def by_landmarks(baseline: Pixels, followup: Pixels, faces: tuple[Face, Face]) -> Field:
    subject = subject_of_face(baseline, faces[0], None)
    grid = view_over(baseline.shape, subject.box, 0.01 * subject.length)
    return starting_field(matches_of_faces(*faces), grid, subject.length)


def by_plain_flow(baseline: Pixels, followup: Pixels, faces: tuple[Face, Face]) -> Field:
    """Dense motion as it comes: half size, plain gray, neither checked nor smoothed."""
    subject = subject_of_face(baseline, faces[0], None)
    view = view_over(baseline.shape, subject.box, max(1.0, baseline.shape[1] / 1500))
    field = starting_field(matches_of_faces(*faces), view, subject.length)
    whole = np.array([[0.0, 0.0], [followup.shape[1], followup.shape[0]]])
    after = view_over(followup.shape, whole, view.steps[0])
    columns, rows = after.from_photo(*field.positions(*view.places()))
    seen = cv2.remap(after.gray(followup), columns, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    moved = flow.calc(_bytes(view.gray(baseline)), _bytes(seen), None) * np.array(view.steps, np.float32)
    return field.moved(moved[..., 0].copy(), moved[..., 1].copy())


METHODS: dict[str, Method] = {"Corneum": by_corneum, "landmarks": by_landmarks, "plain flow": by_plain_flow}


def main() -> Table:
    rows = []
    for what, measured in (("simulated, 12 MP", _simulated()), ("neutral / smiling, 1.8 MP", _real())):
        for name, results in measured.items():
            medians = [one.median_px for one in results]
            found = [one.found for one in results if one.found is not None]
            grown = [one.grown for one in results if one.grown is not None]
            rows.append(
                {
                    "pairs": f"{what} ({len(results)})",
                    "method": name,
                    "median px": float(np.median(medians)),
                    "worst median px": max(medians),
                    "p95 px": float(np.median([one.p95_px for one in results])),
                    "worst p95 px": max(one.p95_px for one in results),
                    "median % of eye distance": float(np.median([100 * m.median_px / m.eyes_px for m in results])),
                    "found again": float(np.mean(found)) if found else None,
                    "grown spot, area / true": float(np.mean(grown)) if grown else None,
                    "wall s": float(np.median([one.wall_s for one in results])),
                    "cpu s": float(np.median([one.cpu_s for one in results])),
                }
            )
    notes = [
        "simulated: distance from the known position of points inside the landmarks' outline;"
        " retakes as a clinic would take them: pose 2 degrees, scale 3 %, light, white balance, noise, JPEG (sd);"
        f" each face has {len(SPOTS_AT)} spots of {SPOT_MM:g} mm that grow by {100 * (GROWTH - 1):.0f} % in area:"
        " 1 is all of the growth kept, less is growth taken for motion",
        "neutral / smiling: no truth; distance of textured pieces of skin, found again one by one to a part of a pixel,"
        " from where the map puts them; found again: share of the pieces, the others folded or fell into shadow."
        " Corneum's own pieces were held out of its smoothing; the rivals saw them",
    ]
    return Table("registration of two photographs of one face", rows, notes)


def _simulated() -> dict[str, list[Measured]]:
    results: dict[str, list[Measured]] = {name: [] for name in METHODS}
    for number, path in enumerate(sorted((ROOT / "examples" / "faces").glob("*.jpg"))):
        portrait = detailed_face(_read(path), MEGAPIXELS, seed=number)
        small, large = (_marks(portrait, growth) for growth in (1.0, GROWTH))
        first = retake(inject_spots(portrait.light, small, portrait.px_per_mm).light, BASELINE, 1, portrait.face).pixels
        grown = inject_spots(portrait.light, large, portrait.px_per_mm).light
        for turn in range(RETAKES):
            truth = drawn_retake(10 * number + turn, size_px=first.shape[0])
            taken = retake(grown, truth, 2, portrait.face)
            faces = find_face(first), find_face(taken.pixels)
            for name, method in METHODS.items():
                wall, cpu = time.perf_counter(), time.process_time()
                field = method(first, taken.pixels, faces)
                wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
                p50, p95 = (float(p) for p in np.percentile(_distances(field, taken, _inside(faces[0])), (50, 95)))
                kept = float(np.mean([_area_ratio(field, taken, mark, portrait.px_per_mm) for mark in large]))
                results[name].append(Measured(faces[0].eye_distance_px, p50, p95, None, kept, wall, cpu))
    return results


def _marks(portrait: Portrait, growth: float) -> tuple[Mark, ...]:
    places = portrait.face.points[list(SPOTS_AT), :2]
    return tuple(Mark(float(x), float(y), SPOT_MM * growth**0.5, 0.3) for x, y in places)


def _area_ratio(field: Field, taken: Taken, mark: Mark, px_per_mm: float) -> float:
    """Return the area of the grown spot as seen through a field, over its true area."""
    radius = mark.diameter_mm * px_per_mm / 2
    side = np.linspace(-1.5 * radius, 1.5 * radius, 151)
    x, y = np.meshgrid(mark.column + side, mark.row + side)
    there = field.positions(x.astype(np.float32), y.astype(np.float32))
    back = taken.warp.sources(*(part.astype(float) for part in there))
    inside = np.hypot(back[0] - mark.column, back[1] - mark.row) < radius
    return float(np.count_nonzero(inside) * (side[1] - side[0]) ** 2 / (np.pi * radius**2))


def _real() -> dict[str, list[Measured]]:
    results: dict[str, list[Measured]] = {name: [] for name in METHODS}
    for smiling in sorted((ROOT / "tests" / "faces" / "smiling").glob("*.jpg")):
        first = _read(smiling.parents[1] / "neutral" / smiling.name.replace("_08", "_03"))
        second = _read(smiling)
        faces = find_face(first), find_face(second)
        for name, method in METHODS.items():
            wall, cpu = time.perf_counter(), time.process_time()
            told = align(first, second, faces) if method is by_corneum else None
            field = told.field if told else method(first, second, faces)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            if told:
                p50, p95, found = told.residual_px, told.residual_p95_px, told.found_share
            else:
                again = find_again(first, second, field, _patches(first, faces[0]), 6)
                p50, p95 = (float(part) for part in np.percentile(again.distances, (50, 95)))
                found = float(again.sure.mean())
            results[name].append(Measured(faces[0].eye_distance_px, p50, p95, found, None, wall, cpu))
    return results


def _patches(baseline: Pixels, face: Face) -> Patches:
    """Return pieces of the face's skin, in size and spacing as `align` holds them out."""
    subject = subject_of_face(baseline, face, None)
    view = view_over(baseline.shape, subject.box, 1.0)
    return pick(view, evened(view.gray(baseline)), subject.core(view), 14, 58.0)


def _inside(face: Face) -> Places:
    outline = cv2.convexHull(face.points[:, :2].astype(np.float32))
    low, high = outline.min(axis=(0, 1)), outline.max(axis=(0, 1))
    x, y = np.meshgrid(np.linspace(low[0], high[0], _POINTS), np.linspace(low[1], high[1], _POINTS))
    places = np.column_stack([x.ravel(), y.ravel()])
    kept = [cv2.pointPolygonTest(outline, (float(px), float(py)), False) > 0 for px, py in places]
    return np.asarray(places[kept].T)


def _distances(field: Field, taken: Taken, places: Places) -> NDArray[np.float64]:
    true = np.stack(taken.positions(*places))
    said = np.stack(field.positions(*places.astype(np.float32)))
    return np.asarray(np.hypot(*(said - true)))


def _read(path: Path) -> Pixels:
    return np.ascontiguousarray(cv2.imread(str(path))[..., ::-1])


def _bytes(gray: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.clip(gray, 0, 255).astype(np.uint8)
