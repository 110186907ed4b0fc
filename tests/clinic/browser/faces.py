"""The face for the camera and for files: one real person's photograph, later ones with detail put in by a program."""

from datetime import date
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from corneum.imaging.door import read_photo
from corneum.imaging.retakes import Course, demo_course, jpeg_of

PERSON = Path(__file__).parents[2] / "faces" / "retakes" / "zoom-30cm.jpg"
"""Its licence and source are in ``tests/faces/README.md``."""
FRAMED = np.s_[142:1320, 162:1046]
"""As near as the later photographs show the face."""


@cache
def shots(megapixels=2.0):
    """Return the baseline and a later photograph, as JPEG that do not say when they were taken."""
    made = demo_course(
        read_photo(PERSON).pixels, date(2026, 1, 12), seed=3, megapixels=megapixels, course=Course(weeks=(6,))
    )
    return [_without_notes(jpeg_of(shot)) for shot in made.shots]


def close_up():
    """Return the forehead alone, as JPEG."""
    pixels = cv2.imread(str(PERSON))
    return _jpeg(cv2.resize(pixels[370:560, 430:760], None, fx=3, fy=3))


def _without_notes(data):
    return _jpeg(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR))


def _jpeg(pixels):
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 97])[1].tobytes()


def film(path):
    """Write what the camera sees: the photograph itself, again and again, as Chromium's fake camera reads it."""
    pixels = np.ascontiguousarray(cv2.imread(str(PERSON))[FRAMED])
    height, width, _ = pixels.shape
    # Not MJPEG: Chromium would take its full range for the narrow one of television, and brighten the skin.
    frame = b"FRAME\n" + cv2.cvtColor(pixels, cv2.COLOR_BGR2YUV_I420).tobytes()
    path.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420mpeg2\n".encode() + 2 * frame)
    return path
