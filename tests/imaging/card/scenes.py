"""A small painted scene, and a camera that sees it: white balance, channel mixing, tone curve, blur, noise, JPEG."""

from functools import cache

import cv2
import numpy as np

from corneum.imaging.card import paint_card, plain_linear
from corneum.imaging.card.light import decode, encode

SKINS = decode(np.array([[224, 180, 160], [180, 130, 110], [110, 75, 60], [80, 50, 40]]) / 255)
"""Linear sRGB of four swatches beside the card, from light to dark."""
PLACES = {"passport": 4.5, "nano": 10.0, "classic": 1.5, "target": 5.0}
"""Kinds and px per mm at which they fill about the same part of the scene."""
CROSSED = np.array([[0.85, 0.2, -0.05], [0.1, 0.8, 0.1], [0.02, 0.12, 0.86]])


@cache
def scene(kind, light=0.85, slope=(0.0, 0.0), **pose):
    """Return a picture with swatches above and a card below, and the card's pose as keywords of `placed`."""
    rng = np.random.default_rng(4)
    ground = np.clip(rng.normal(150, 3, (640, 720, 3)) * [1, 0.82, 0.72], 0, 255).astype(np.uint8)
    for place, skin in enumerate(SKINS):
        ground[40:160, 40 + 170 * place : 170 + 170 * place] = np.rint(encode(skin * light) * 255)
    where = {"at": (360.0, 410.0), "px_per_mm": PLACES[kind], **pose}
    painted = paint_card(ground, kind, light=light, slope_share=slope, **where)
    painted.flags.writeable = False
    return painted, where


def swatches(linear):
    """Return the mean linear light of the swatches, shape (4, 3)."""
    return np.array([linear[70:130, 70 + 170 * place : 140 + 170 * place].mean(axis=(0, 1)) for place in range(4)])


def camera(pixels, gain=(1.0, 1.0, 1.0), crossed=False, gamma=1.0, contrast=0.0, blur=0.6, noise=1.5, quality=90):
    """Return the picture as a camera writes it."""
    rng = np.random.default_rng(7)
    light = plain_linear(pixels).astype(float)
    light = np.maximum((light @ CROSSED.T if crossed else light) * gain, 0)
    seen = encode(cv2.GaussianBlur(light, (0, 0), blur)) ** gamma
    seen = seen - contrast * np.sin(2 * np.pi * seen) / (2 * np.pi)
    levels = np.clip(np.rint(seen * 255 + rng.normal(0, noise, seen.shape)), 0, 255).astype(np.uint8)
    _, written = cv2.imencode(".jpg", levels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(written, cv2.IMREAD_COLOR)[:, :, ::-1])
