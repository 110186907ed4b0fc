"""Corneum's own printable target: where its markers, gray patches and rulers are, in mm of a credit-card-size print."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH_MM, HEIGHT_MM = 85.6, 54.0
"""Of a credit card, so that it fits a wallet and can be laminated."""
VERSION = "version 1"
"""Changes with the geometry, so that an old print is told from a new one."""
MARKER_MM = 12.0
MARGIN_MM = 3.0
"""White around each marker, at least a cell wide: without it a marker is not found, or not well."""
MARKER_IDS = (0, 1, 2, 3)
"""Top left, top right, bottom right, bottom left."""
MARKER_CELLS = 6
"""Cells a side, black border included."""
CODES = (255, 219, 183, 147, 111, 75, 39, 0)
"""Gray levels of the upper ramp as sent to the printer; the lower ramp is turned round."""
PITCH_MM, PATCH_MM = 9.8, (9.0, 9.4)
RAMP_TOP_MM = (17.2, 27.4)
"""Upper edges of the two ramps: one runs each way, so that uneven light is not taken for a tone curve."""
RULER_MM = 50.0
"""Length of the line that is measured to check the printer's scale."""
RULER_LEFT_MM, RULER_TOP_MM = 17.8, 43.0
TICK_MM = {1: 1.6, 5: 2.4, 10: 3.2}
"""Length of the marks at every so many millimeters."""
LIGHT = 255
DICTIONARY = cv2.aruco.DICT_4X4_50


@dataclass(frozen=True)
class Box:
    """A filled rectangle of the print: left, top, width, height in mm, and its gray level, 0 to 255."""

    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    level: int
    part: Literal["patch", "marker", "ruler"]


def marker_corners_mm() -> NDArray[np.float64]:
    """Return the corners of the markers, shape (4, 4, 2): marker by id, corners clockwise from the upper left."""
    right, low = WIDTH_MM - MARGIN_MM - MARKER_MM, HEIGHT_MM - MARGIN_MM - MARKER_MM
    origins = [(MARGIN_MM, MARGIN_MM), (right, MARGIN_MM), (right, low), (MARGIN_MM, low)]
    square = np.array([(0, 0), (MARKER_MM, 0), (MARKER_MM, MARKER_MM), (0, MARKER_MM)])
    return np.array([np.array(origin) + square for origin in origins])


def patches() -> tuple[Box, ...]:
    """Return the gray patches: the upper ramp from white to black, then the lower from black to white."""
    left = (WIDTH_MM - len(CODES) * PITCH_MM + PITCH_MM - PATCH_MM[0]) / 2
    return tuple(
        Box(left + place * PITCH_MM, top, *PATCH_MM, code, "patch")
        for top, codes in zip(RAMP_TOP_MM, (CODES, CODES[::-1]), strict=True)
        for place, code in enumerate(codes)
    )


def markers() -> tuple[Box, ...]:
    """Return the four markers: each a dark square, then the light runs of cells on it."""
    dictionary = cv2.aruco.getPredefinedDictionary(DICTIONARY)
    cell, boxes = MARKER_MM / MARKER_CELLS, []
    for name, corners in zip(MARKER_IDS, marker_corners_mm(), strict=True):
        left, top = (float(at) for at in corners[0])
        boxes.append(Box(left, top, MARKER_MM, MARKER_MM, 0, "marker"))
        bits = cv2.aruco.generateImageMarker(dictionary, name, MARKER_CELLS) > 0
        for row, column, length in _runs(bits):
            boxes.append(Box(left + column * cell, top + row * cell, length * cell, cell, LIGHT, "marker"))
    return tuple(boxes)


def _runs(bits: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return row, first column and length of every run of true cells."""
    found = []
    for row, line in enumerate(bits):
        turns = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(int)))
        found += [(row, int(start), int(end - start)) for start, end in turns.reshape(-1, 2)]
    return found


def ruler() -> tuple[Box, ...]:
    """Return the millimeter marks and their base line."""
    thin = 0.2
    boxes = [Box(RULER_LEFT_MM, RULER_TOP_MM, RULER_MM, thin, 0, "ruler")]
    for at in range(int(RULER_MM) + 1):
        long = max(length for every, length in TICK_MM.items() if at % every == 0)
        boxes.append(Box(RULER_LEFT_MM + at - thin / 2, RULER_TOP_MM, thin, long, 0, "ruler"))
    return tuple(boxes)


def boxes() -> tuple[Box, ...]:
    """Return everything of the print that is no text."""
    return (*markers(), *patches(), *ruler())
