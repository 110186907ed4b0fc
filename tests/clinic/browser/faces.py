"""Faces for the camera and for files: averages of four people each, nobody's own, with detail put in by a program."""

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import cv2
import numpy as np

from corneum.imaging.door import read_photo
from corneum.imaging.retakes import Course, demo_course, jpeg_of

COMPOSITE = Path(str(files("corneum.imaging.retakes") / "composite" / "f_wasian.jpg"))


@cache
def shots(megapixels=2.0):
    """Return the baseline and a later photograph, as JPEG that do not say when they were taken."""
    made = demo_course(
        read_photo(COMPOSITE).pixels, date(2026, 1, 12), seed=3, megapixels=megapixels, course=Course(weeks=(6,))
    )
    return [_without_notes(jpeg_of(shot)) for shot in made.shots]


def close_up():
    """Return the forehead alone, as JPEG."""
    pixels = cv2.imread(str(COMPOSITE))
    return _jpeg(cv2.resize(pixels[250:550, 400:950], None, fx=2, fy=2))


def _without_notes(data):
    return _jpeg(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR))


def _jpeg(pixels):
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 97])[1].tobytes()


def film(path):
    """Write what the camera sees: the composite itself, again and again."""
    path.write_bytes(COMPOSITE.read_bytes() * 2)
    return path
