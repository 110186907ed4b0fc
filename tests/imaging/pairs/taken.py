"""Real photographs of the tests, reduced, prepared and measured once; and flat skin where a face is not needed."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from corneum.imaging.card import Scale
from corneum.imaging.door import read_photo
from corneum.imaging.faces.tones import reduced
from corneum.imaging.pairs import measure_pair, prepare
from corneum.imaging.pairs.prepared import Prepared
from corneum.imaging.photo import Photo

FACES = Path(__file__).parents[2] / "faces"
NEUTRAL, SMILING = "neutral/042_03.jpg", "smiling/042_08.jpg"
OTHER = "neutral/002_03.jpg"
NEAR, FAR = "retakes/zoom-30cm.jpg", "retakes/zoom-45cm.jpg"
SHARE = 0.6


@cache
def photo(name: str) -> Photo:
    """Return a photograph at 0.6 of its size: every step, at a third of the time."""
    read = read_photo(FACES / name)
    return replace(read, pixels=reduced(read.pixels, SHARE))


@cache
def prepared(name: str) -> Prepared:
    return prepare(photo(name))


@cache
def pair(baseline: str = NEUTRAL, followup: str = SMILING):
    return measure_pair(prepared(baseline), copy_of(followup) if baseline == followup else prepared(followup))


def copy_of(name: str) -> Prepared:
    """Return a photograph as if it were another file."""
    return replace(prepared(name), photo=replace(photo(name), sha256=""))


def relit(pixels: np.ndarray, strength: float) -> np.ndarray:
    """Return a picture with light that comes from one side."""
    across = np.linspace(-1, 1, pixels.shape[1])[None, :, None]
    return np.clip(pixels * np.exp(strength * across), 0, 255).astype(np.uint8)


def flat(pixels: np.ndarray, px_per_mm: float, correction=None) -> Prepared:
    """Return a photograph of a forearm, of known scale."""
    return Prepared(Photo(pixels, "arm.png"), "forearm", "body", None, correction, Scale(px_per_mm, 0, "given"), None)


class Straight:
    """An alignment that moves nothing, or scales about the corner; pixel centers are respected."""

    notes = ()

    def __init__(self, scale: float = 1.0):
        self.scale = scale

    def positions(self, columns, rows):
        return (columns + 0.5) * self.scale - 0.5, (rows + 0.5) * self.scale - 0.5

    def trusted(self, columns, rows):
        return np.ones(columns.shape, bool)
