"""A small frame of a running camera: what it asks of the person, on a real face that was moved by a known amount."""

from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import pytest

from corneum.imaging.door import jpeg_of, photo_in, smaller
from corneum.imaging.gates import UnknownView, look, nearest_view


@cache
def face():
    data = (files("corneum.imaging.retakes") / "composite" / "f_wasian.jpg").read_bytes()
    return smaller(photo_in(data).pixels, 640)


def moved(degrees=0.0, scale=1.0):
    center = (face().shape[1] / 2, face().shape[0] / 2)
    turn = cv2.getRotationMatrix2D(center, degrees, scale)
    return cv2.warpAffine(face(), turn, face().shape[1::-1], borderMode=cv2.BORDER_REPLICATE)


@pytest.fixture(scope="module")
def baseline():
    return look(face(), "front").check


def test_a_face_in_its_view_asks_for_nothing(baseline):
    for before in (None, baseline):
        found = look(face(), "front", before)
        assert found.hint == "" and found.nearest == "front"
    left, top, width, height = found.box
    assert 0 < left < 0.5 < left + width < 1 and 0 < top < 0.5 < top + height < 1


@pytest.mark.parametrize(
    ("degrees", "scale", "hint"), [(9, 1, "tilt_left"), (-9, 1, "tilt_right"), (0, 0.7, "closer"), (0, 1.35, "back")]
)
def test_what_was_moved_is_asked_to_be_moved_back(degrees, scale, hint, baseline):
    assert look(moved(degrees, scale), "front", baseline).hint == hint


@pytest.mark.parametrize(("view", "hint"), [("oblique_left", "turn_right"), ("oblique_right", "turn_left")])
def test_a_straight_look_is_asked_to_turn(view, hint):
    assert look(face(), view).hint == hint


def test_light_from_another_side_is_told(baseline):
    fall = np.linspace(0.1, 1.0, face().shape[1])[None, :, None] ** 2
    lit = (face() * fall).astype(np.uint8)
    assert "light_moved" in look(lit, "front", baseline).hints


def test_blur_and_dark_are_told():
    assert look(cv2.GaussianBlur(face(), (0, 0), 6), "front").hint == "focus"
    assert (
        "brighter" in look((face() * 0.06).astype(np.uint8), "front").hints
        or not look((face() * 0.06).astype(np.uint8), "front").box
    )


def test_without_a_face_only_a_view_of_a_whole_face_complains():
    wall = np.full((480, 640, 3), 120, np.uint8)
    assert look(wall, "front").hint == "no_face"
    assert look(wall, "profile_left").hint == ""
    assert look(wall, "close_up").hint == ""
    assert look(np.full((480, 640, 3), 255, np.uint8), "close_up").hint == "darker"


def test_an_unknown_view_is_refused():
    with pytest.raises(UnknownView):
        look(face(), "behind")


def test_the_nearest_view_is_found():
    assert nearest_view(2, 3).key == "front"
    assert nearest_view(40, 0).key == "oblique_right"
    assert nearest_view(-80, 5).key == "profile_left"
    assert nearest_view(0, 22).key == "chin_up"


def test_a_photograph_is_written_without_anything_but_its_pixels():
    written = jpeg_of(face())
    assert b"Exif" not in written and b"ICC_PROFILE" not in written
    again = photo_in(written)
    assert again.pixels.shape == face().shape
    assert float(np.abs(again.pixels.astype(int) - face()).mean()) < 2
    assert smaller(face(), 9999) is face()
    assert max(smaller(face(), 100).shape) == 100
