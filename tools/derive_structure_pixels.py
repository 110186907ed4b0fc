"""How coarse a photograph may be for each structure index: a drawn portrait, photographed at ever lower resolution.

Prints the median over zones of each index against its value at 12.7 px/mm, in percent. The rows
``imaging.*pixel_mm`` of the evidence tables hold the resolution at which an index has lost 5 %.
Run: python tools/derive_structure_pixels.py examples/faces/f_african.jpg (two minutes for one face).
"""

import sys
from pathlib import Path

import cv2
import numpy as np

from corneum.imaging.canvas import Canvas
from corneum.imaging.card import plain_linear
from corneum.imaging.faces import Face, zone_map
from corneum.imaging.indices.structure_rows import structure_rows
from corneum.imaging.retakes.detail import Portrait, detailed_face
from corneum.imaging.retakes.retake import BASELINE, retake

RESOLUTIONS = (10, 9, 8, 7, 6, 5, 4, 3.5, 3, 2.7, 2.5, 2, 1.5)
KEPT_SHARE, MOST_PX_PER_MM, MARGIN_SHARE = 0.85, 10.0, 0.05


def main() -> None:
    for path in map(Path, sys.argv[1:]):
        portrait = detailed_face(cv2.imread(str(path))[..., ::-1].copy(), 12.0, 4)
        fine = values(portrait, portrait.px_per_mm)
        print(path.stem, f"{portrait.px_per_mm:.1f} px/mm is 0 %")
        for px_per_mm in RESOLUTIONS:
            coarse = values(portrait, px_per_mm)
            lost = {key: 100 * np.nanmedian(coarse[key] / fine[key] - 1) for key in fine}
            print(f"{px_per_mm:5.1f}", "  ".join(f"{key} {share:+.1f}" for key, share in lost.items()))


def values(portrait: Portrait, px_per_mm: float) -> dict[str, np.ndarray]:
    canvas = photographed(portrait, px_per_mm)
    found = {}
    for row in structure_rows():
        layer = row.layer(canvas)
        found[row.key] = np.array([row.value(layer, canvas.zone(zone), canvas) for zone in canvas.zone_names])
    return found


def photographed(portrait: Portrait, px_per_mm: float) -> Canvas:
    share = px_per_mm / portrait.px_per_mm
    size = tuple(round(share * side) for side in portrait.light.shape[1::-1])
    light = cv2.resize(portrait.light, size, interpolation=cv2.INTER_AREA)
    skin = cv2.resize(portrait.skin, size, interpolation=cv2.INTER_AREA)
    points = portrait.face.points * share
    points[:, :2] = (portrait.face.points[:, :2] + 0.5) * share - 0.5
    linear = plain_linear(retake(light, BASELINE, 5, Face(points, 1.0)).pixels)
    return resampled(linear, skin, points, px_per_mm)


def resampled(linear: np.ndarray, skin: np.ndarray, points: np.ndarray, px_per_mm: float) -> Canvas:
    """The canvas that a pair of such photographs would be measured on."""
    kept = min(MOST_PX_PER_MM, KEPT_SHARE * px_per_mm)
    step = px_per_mm / kept
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    margin = MARGIN_SHARE * (high - low)[0]
    low = np.maximum(low - margin, 0)
    high = np.minimum(high + margin, linear.shape[1::-1])
    columns, rows = np.floor((high - low) / step).astype(int)
    across = (low[0] + (np.arange(columns) + 0.5) * step - 0.5).astype(np.float32)
    down = (low[1] + (np.arange(rows) + 0.5) * step - 0.5).astype(np.float32)
    places = np.meshgrid(across, down)
    soft = cv2.GaussianBlur(linear, (0, 0), 0.5 * float(np.sqrt(step**2 - 1)) + 1e-3)
    here = points / step
    here[:, :2] = (points[:, :2] + 0.5 - low) / step - 0.5
    zones, names = zone_map(Face(here, 1.0), (int(rows), int(columns)))
    seen = cv2.remap(soft, *places, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.remap(skin, *places, cv2.INTER_LINEAR) > 0.5
    return Canvas(seen, inside & (zones > 0), zones, names, kept, px_per_mm, True)


if __name__ == "__main__":
    main()
