"""Canvases of drawn skin for the tests of the indices: a color, mottling, shading, noise, and what a test puts in."""

from dataclasses import replace

import cv2
import numpy as np

from corneum.imaging.canvas import Canvas
from corneum.imaging.indices.smoothing import blurred

SIDE = 180
PX_PER_MM = 3.0
LIGHT_SKIN, BROWN_SKIN, DARK_SKIN = (0.45, 0.28, 0.21), (0.28, 0.16, 0.10), (0.12, 0.07, 0.045)


def skin(color=LIGHT_SKIN, *, seed=0, noise=0.01, mottling=0.02, shading=0.0, carded=True, px_per_mm=PX_PER_MM):
    """Return a canvas of two zones; the mottling is the person's own (seed 0), the noise each photograph's."""
    own, shot = np.random.default_rng(0), np.random.default_rng(seed)
    shape = (round(SIDE * px_per_mm / PX_PER_MM),) * 2
    texture = blurred(own.standard_normal((SIDE, SIDE)).astype(np.float32), 3.0)
    texture = cv2.resize(texture / texture.std(), shape)
    ramp = np.linspace(-shading, shading, shape[1], dtype=np.float32)
    level = np.exp(mottling * texture + ramp)[..., None] * np.array(color, np.float32)
    linear = level * np.exp(noise * shot.standard_normal((*shape, 3)))
    zones = np.ones(shape, np.uint8)
    zones[:, shape[1] // 2 :] = 2
    mask = np.ones(shape, bool)
    mask[:2] = mask[-2:] = mask[:, :2] = mask[:, -2:] = False
    return Canvas(linear.astype(np.float32), mask, zones, ("cheek_right", "cheek_left"), px_per_mm, px_per_mm, carded)


def disk(canvas, row, column, diameter_mm):
    """Return a round region with an edge of one pixel."""
    rows, columns = np.mgrid[: canvas.skin.shape[0], : canvas.skin.shape[1]]
    away = np.hypot(rows - row, columns - column)
    return np.clip(0.5 + diameter_mm / 2 * canvas.px_per_mm - away, 0, 1).astype(np.float32)


def darkened(canvas, region, by):
    """Return a canvas whose light is less by shares (of red, green, blue) in a region."""
    return replace(canvas, linear=canvas.linear * (1 - region[..., None] * np.array(by, np.float32)).astype(np.float32))
