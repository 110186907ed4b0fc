"""Whole checks of real photographs, and of what was done to them."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.imaging.faces import Pose, expression_of
from corneum.imaging.gates import VIEWS, UnknownView, check_photo, compare_checks
from corneum.imaging.gates.blur import Blur
from corneum.imaging.gates.pair import expression_differs
from corneum.imaging.gates.person import expression_gate, pose_gates
from corneum.imaging.gates.picture import detail_gate, distance_cm, distance_gate, focus_gate, motion_gate
from corneum.imaging.photo import Optics, Photo
from tests.imaging.gates.faces import NAMES, face_of, photo_of


@pytest.fixture(scope="module")
def checks():
    return {name: check_photo(photo_of(name), face=face_of(name)) for name in ("002", "042")}


def test_good_photographs_can_be_measured(checks):
    for check in checks.values():
        assert check.usable
        assert [gate.key for gate in check.gates][:5] == ["face", "detail", "pixels", "focus", "motion"]
        assert check.gate("detail").result == "correct"
        assert check.gate("card").result == "correct"
        assert check.gate("scale").value == pytest.approx(6.4, abs=1)
        assert any("Make-up" in note for note in check.notes)


def test_whoever_does_not_pass_is_told_what_to_do(checks):
    for check in checks.values():
        for gate in check.gates:
            assert bool(gate.advice) == (gate.result == "correct") or gate.result == "unknown"
            assert gate.advice == "" or (gate.advice[0].isupper() and gate.advice.endswith((".", "!")))


def test_every_limit_has_a_row(checks):
    book = load_evidence()
    for gate in checks["002"].gates:
        for key in gate.sources:
            assert book.number(key).source in book.sources


def test_a_turned_picture_is_refused_with_the_side():
    turned = cv2.warpAffine(
        photo_of("005").pixels, cv2.getRotationMatrix2D((675, 675), -20, 1), (1350, 1350), borderValue=(200, 200, 200)
    )
    check = check_photo(Photo(turned, "turned.jpg"))
    assert not check.usable
    assert check.gate("roll").result == "refuse"
    assert check.gate("roll").value == pytest.approx(20, abs=6)
    assert "picture's right" in check.gate("roll").advice


def test_a_small_copy_is_refused_for_its_detail():
    small = cv2.resize(photo_of("025").pixels, (450, 450), interpolation=cv2.INTER_AREA)
    check = check_photo(Photo(small, "thumb.jpg"))
    assert check.gate("detail").result == "refuse"
    assert not check.usable


def test_no_face_is_refused_in_front_and_told_in_a_close_up():
    skin = np.ascontiguousarray(photo_of("002").pixels[760:960, 500:620])
    patch = Photo(cv2.resize(skin, (480, 800)), "patch.jpg")
    assert check_photo(patch).gate("face").result == "refuse"
    close = check_photo(patch, "close_up")
    assert close.usable
    assert close.gate("scale").said == "not known: no length in mm"
    with pytest.raises(KeyError):
        close.gate("yaw")


def test_an_unknown_view_lists_the_known_ones():
    with pytest.raises(UnknownView, match="oblique_left"):
        check_photo(photo_of("002"), "sideways")


def test_a_photograph_compares_with_itself_and_not_with_a_smile(checks):
    same = compare_checks(checks["002"], checks["002"])
    assert same.comparable
    assert {gate.result for gate in same.gates} == {"good"}
    smile = check_photo(photo_of("002", True), face=face_of("002", True))
    pair = compare_checks(checks["002"], smile)
    assert pair.comparable
    assert pair.gate("expression").result == "correct" and expression_differs(pair)
    assert pair.gate("expression").advice.startswith("Texture, lines, pores, scars, shine and unevenness are withheld")
    assert not expression_differs(same)
    assert pair.gate("light").result == "good"


def test_light_beyond_30_degrees_and_other_views_are_not_compared(checks):
    before = checks["002"]
    light = before.light
    turned = np.array([np.sin(0.8), 0.0, np.cos(0.8)])
    pair = compare_checks(before, replace(before, light=replace(light, direction=turned)))
    assert pair.gate("light").result == "refuse"
    assert pair.gate("light").limit_high == 30
    other = compare_checks(before, replace(before, view="chin_up"))
    assert other.gate("view").result == "refuse"
    far = compare_checks(before, replace(before, distance_cm=45.0, eye_share=0.1))
    assert far.gate("distance").result == "refuse"


@pytest.mark.parametrize("name", NAMES)
def test_a_face_at_rest_is_no_smile(name):
    assert expression_gate(expression_of(face_of(name))).result == "good"


def test_each_view_asks_for_its_own_turn():
    left = Pose(yaw_deg=-40, pitch_deg=0, roll_deg=0)
    assert {gate.result for gate in pose_gates(VIEWS["oblique_left"], left)} == {"good"}
    assert pose_gates(VIEWS["oblique_right"], left)[0].result == "refuse"
    assert pose_gates(VIEWS["front"], left)[0].result == "refuse"
    assert "own left" in pose_gates(VIEWS["front"], left)[0].advice
    assert {gate.result for gate in pose_gates(VIEWS["profile_left"], left)} == {"unknown"}
    assert {gate.result for gate in pose_gates(VIEWS["front"], None)} == {"unknown"}


def test_distance_comes_from_the_camera():
    photo = Photo(np.zeros((3000, 4000, 3), np.uint8), optics=Optics(focal_35mm=90))
    assert distance_cm(photo, 10.0) == pytest.approx(100)
    assert np.isnan(distance_cm(Photo(np.zeros((3000, 4000, 3), np.uint8)), 10.0))
    results = [distance_gate(cm).result for cm in (120, 40, 20, float("nan"))]
    assert results == ["good", "correct", "refuse", "unknown"]


def test_blur_counts_by_what_it_hides():
    assert focus_gate(Blur(2.0, 0, 0), 3.3).result == "good"
    assert focus_gate(Blur(3.2, 0, 0), 3.3).result == "correct"
    assert focus_gate(Blur(6.0, 0, 0), 3.3).result == "refuse"
    assert focus_gate(Blur(5.0, 0, 0), 30).result == "good"
    assert motion_gate(Blur(3.0, 8.0, 90), 3.3).result == "refuse"
    assert "up and down" in motion_gate(Blur(3.0, 8.0, 88), 9).advice
    assert "sideways" in motion_gate(Blur(3.0, 8.0, 175), 9).advice
    assert focus_gate(Blur(float("nan"), 0, 0), 3.3).result == "unknown"


def test_detail_names_how_many_more_pixels():
    assert detail_gate(9).result == "good"
    assert "2.0 times" in detail_gate(4).advice
    assert detail_gate(1.2).result == "refuse"
    assert detail_gate(float("nan")).result == "unknown"
