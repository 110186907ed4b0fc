"""The photographs of the tests, each with its face found once."""

from functools import cache

import numpy as np

from corneum.imaging.faces import Face, Skin, find_face, find_skin
from corneum.imaging.faces.tones import reduced
from tests.faces.reference import GROUPS, picture

PEOPLE = tuple(person for people in GROUPS.values() for person in people)


@cache
def seen(person: str, folder: str = "neutral") -> tuple[np.ndarray, Face]:
    pixels = picture(person, folder)
    return pixels, find_face(pixels)


@cache
def skin_of(person: str) -> Skin:
    return find_skin(*seen(person))


@cache
def small(person: str, scale: float = 0.4) -> tuple[np.ndarray, Face, np.ndarray]:
    """Return a reduced photograph, its face, and its usable skin: enough for what is broad."""
    pixels, face = seen(person)
    less = reduced(pixels, scale)
    points = face.points * scale
    points[:, :2] += scale / 2 - 0.5
    there = Face(points, face.score)
    return less, there, find_skin(less, there).usable
