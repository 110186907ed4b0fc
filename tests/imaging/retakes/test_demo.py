"""The demonstration: its files say what they are, and its list can be read."""

import io
import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from corneum.imaging.retakes import demo_course, jpeg_of

COMPOSITE = Path(__file__).parents[3] / "examples" / "faces" / "m_white.jpg"


@pytest.fixture(scope="module")
def made():
    composite = np.asarray(Image.open(COMPOSITE).convert("RGB"))
    return demo_course(composite, date(2026, 1, 12), seed=2, megapixels=0.7)


def test_follow_ups_are_six_and_ten_weeks_later(made):
    apart = [shot.taken - made.shots[0].taken for shot in made.shots]
    assert apart == [timedelta(weeks=weeks) for weeks in (0, 6, 10)]


def test_every_file_says_that_it_is_a_simulation(made):
    for shot in made.shots:
        exif = Image.open(io.BytesIO(jpeg_of(shot))).getexif()
        assert "nobody's own face" in exif[0x010E]
        assert exif.get_ifd(0x8769)[0x9003] == shot.taken.strftime("%Y:%m:%d %H:%M:%S")
    assert "nobody's own face" in made.manifest()
    assert "nobody's own face" in json.dumps(made.truth())


def test_the_list_names_one_baseline_and_the_files(made):
    listed = tomllib.loads(made.manifest())
    assert [photo["state"] for photo in listed["photo"]] == ["baseline", "durable", "durable"]
    assert [photo["file"] for photo in listed["photo"]] == [shot.file for shot in made.shots]
    assert listed["first_session"] == date(2026, 1, 12)


def test_the_spots_of_the_baseline_are_darker_than_after(made):
    first, last = (shot.pixels.astype(float) for shot in (made.shots[0], made.shots[-1]))
    assert first.shape == last.shape
    assert len(made.marks) == made.course.spots
