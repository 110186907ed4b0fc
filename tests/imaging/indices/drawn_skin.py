"""Small canvases of drawn skin with known structure."""

import cv2
import numpy as np

from corneum.imaging.canvas import Canvas

PX_PER_MM = 10.0
BASE = (0.45, 0.30, 0.22)


def canvas_of(log_light, skin=None, px_per_mm=PX_PER_MM, color=BASE):
    """A canvas of one color times exp(log_light), one zone."""
    log_light = np.asarray(log_light, np.float32)
    linear = np.exp(log_light)[..., None] * np.array(color, np.float32)
    skin = np.ones(log_light.shape, bool) if skin is None else skin
    zones = np.ones(log_light.shape, np.uint8)
    return Canvas(linear.astype(np.float32), skin, zones, ("cheek_left",), px_per_mm, px_per_mm, True)


def texture(side=400, seed=0, width_mm=0.6, sd=0.05, px_per_mm=PX_PER_MM):
    """Soft noise about ``width_mm`` wide with a given spread, and the fall to fine detail that skin has."""
    dice = np.random.default_rng(seed)
    total = np.zeros((side, side), np.float32)
    for share in (2.0, 1.0, 0.5):
        noise = dice.standard_normal((side, side)).astype(np.float32)
        soft = cv2.GaussianBlur(noise, (0, 0), 0.35 * share * width_mm * px_per_mm)
        total += share * soft / soft.std()
    return sd * total / total.std()


def noise(side=400, seed=1, sd=0.01):
    return np.random.default_rng(seed).normal(0, sd, (side, side)).astype(np.float32)


def lines(segments, width_mm, depth, side=400):
    """Dark Gaussian lines (full width at half depth) between points (column, row), px."""
    spread = width_mm * PX_PER_MM / 2.3548
    rows, columns = np.mgrid[:side, :side].astype(float)
    total = np.zeros((side, side))
    for (x, y), (u, v) in segments:
        long = (u - x) ** 2 + (v - y) ** 2
        at = np.clip(((columns - x) * (u - x) + (rows - y) * (v - y)) / long, 0, 1)
        away = (columns - x - at * (u - x)) ** 2 + (rows - y - at * (v - y)) ** 2
        total = np.maximum(total, np.exp(-0.5 * away / spread**2))
    return -depth * total


def dots(places, width_mm, depth, side=400):
    """Dark Gaussian dots."""
    spread = width_mm * PX_PER_MM / 2.3548
    points = np.zeros((side, side), np.float32)
    for x, y in places:
        points[y, x] = depth
    return -cv2.GaussianBlur(points, (0, 0), spread) * (2 * np.pi * spread**2)


def everywhere(canvas):
    return canvas.zone("cheek_left")
