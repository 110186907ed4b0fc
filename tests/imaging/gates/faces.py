"""Photographs of real people, for tests only."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np

from corneum.imaging.door import read_photo
from corneum.imaging.faces import find_face, find_skin

FOLDER = Path(__file__).parents[2] / "faces"
NAMES = ("002", "005", "025", "042")
"""One each of White, East Asian, West Asian or mixed, and Black adults."""


@cache
def photo_of(name, smiling=False):
    return read_photo(FOLDER / (f"smiling/{name}_08.jpg" if smiling else f"neutral/{name}_03.jpg"))


@cache
def face_of(name, smiling=False):
    return find_face(photo_of(name, smiling).pixels)


@cache
def skin_of(name):
    return find_skin(photo_of(name).pixels, face_of(name)).found


@cache
def gray_of(name):
    points = face_of(name).points[:, :2]
    left, top = points.min(axis=0).astype(int)
    right, bottom = points.max(axis=0).astype(int)
    part = np.ascontiguousarray(photo_of(name).pixels[top:bottom, left:right])
    return cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)


def exposed(pixels, stops):
    """The same picture with another exposure."""
    levels = np.arange(256) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4) * 2.0**stops
    linear = np.clip(linear, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(255 * encoded).astype(np.uint8)[pixels]
