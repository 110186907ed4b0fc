"""A reference for the skin mask, from landmarks that people placed, and how much of it a mask finds.

The reference is the face outline of the landmark file (hairline, front of the ears, jaw) without eyes, brows, lips and
nostrils. Within a margin of those, and in the hair and stubble of `not_skin.toml`, skin is not asked for.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

FOLDER = Path(__file__).parent
GROUPS = {"White": ("002", "004"), "East Asian": ("005",), "South or West Asian": ("006",), "Black": ("025", "042")}
"""As the data set describes its people."""
OUTLINE = (*range(134, 145), 112, 187, 113, 188, 114, *range(133, 124, -1), 111, 186, 110, 185, 109)
EYES = ((34, 35, 36, 37, 38, 30, 29, 28), (39, 40, 41, 42, 43, 33, 32, 31))
BROWS = ((71, 72, 73, 74, 75, 76, 84, 83), (77, 78, 79, 80, 81, 82, 86, 85))
LIPS = (*range(87, 94), *range(108, 103, -1))
NOSTRILS = ((63, 64, 65, 179, 180), (68, 69, 70, 182, 181))
PUPILS = (0, 1)
MARGIN, EYE_MARGIN, NOSTRIL = 0.05, 0.07, 0.06
"""In eye distances."""


@dataclass(frozen=True)
class Reference:
    """Masks of one shape: skin that must be found, skin at all, and where nothing is asked."""

    asked: np.ndarray
    skin: np.ndarray
    open: np.ndarray


@dataclass(frozen=True)
class Found:
    """Share of the asked skin that a mask holds, and share of the mask that is skin."""

    recall: float
    precision: float


def landmarks(person: str) -> np.ndarray:
    lines = (FOLDER / "neutral" / f"{person}_03.tem").read_text(encoding="utf-8").split("\n")
    return np.array([line.split() for line in lines[1 : 1 + int(lines[0])]], float)


def picture(person: str, folder: str = "neutral") -> np.ndarray:
    ending = {"neutral": "03", "smiling": "08"}[folder]
    return cv2.imread(str(FOLDER / folder / f"{person}_{ending}.jpg"))[:, :, ::-1].copy()


def _filled(shape, outlines) -> np.ndarray:
    board = np.zeros(shape[:2], np.uint8)
    for outline in outlines:
        cv2.fillPoly(board, [np.round(np.asarray(outline)).astype(np.int32)], 1)
    return board


def _widened(board: np.ndarray, px: float) -> np.ndarray:
    side = 2 * round(px) + 1
    return cv2.dilate(board, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))) > 0


def reference(person: str, shape: tuple[int, ...]) -> Reference:
    at = landmarks(person)
    eyes_px = float(np.linalg.norm(at[PUPILS[0]] - at[PUPILS[1]]))
    face = _filled(shape, [at[list(OUTLINE)]]) > 0
    eyes = _filled(shape, [at[list(one)] for one in EYES])
    others = _filled(shape, [at[list(one)] for one in (*BROWS, LIPS)])
    for rim in NOSTRILS:
        points = np.round(at[list(rim)]).astype(np.int32)
        cv2.polylines(others, [points], False, 1, round(NOSTRIL * eyes_px))
    hair = tomllib.loads((FOLDER / "not_skin.toml").read_text(encoding="utf-8")).get(person, [])
    open_ = _filled(shape, hair) > 0
    near = _widened(eyes, EYE_MARGIN * eyes_px) | _widened(others | eyes, MARGIN * eyes_px)
    return Reference(face & ~near & ~open_, face & ~((eyes | others) > 0), open_)


def found_of(mask: np.ndarray, person: str) -> Found:
    """Return recall and precision of a mask of skin on a neutral photograph."""
    asked = reference(person, mask.shape)
    judged = mask & ~asked.open
    return Found(
        float(np.count_nonzero(mask & asked.asked) / np.count_nonzero(asked.asked)),
        float(np.count_nonzero(judged & asked.skin) / max(1, np.count_nonzero(judged))),
    )
