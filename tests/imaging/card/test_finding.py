from pathlib import Path

import cv2
import numpy as np
import pytest

from corneum.imaging.card import find_card, placed
from corneum.imaging.card.layout import layout_of
from corneum.imaging.card.light import encode
from corneum.imaging.card.sampling import corners_px
from tests.imaging.card.scenes import camera, scene

TESTS = Path(__file__).parents[2]
POSES = [{}, {"turn_deg": 178, "tilt_deg": 25}, {"turn_deg": -20, "nod_deg": -25}, {"turn_deg": 90, "px_per_mm": 4.0}]


def photograph(path):
    return np.ascontiguousarray(cv2.imread(str(path))[:, :, ::-1])


def off_px(card, kind, where):
    true = corners_px(layout_of(kind), placed(kind, **where))
    return np.abs(card.corners_px - true).max()


@pytest.mark.parametrize("pose", POSES)
def test_a_colorchecker_is_found_where_it_is(pose):
    pixels, where = scene("passport", **pose)
    card = find_card(camera(pixels), "passport")
    assert off_px(card, "passport", where) < 0.5
    assert card.scale.px_per_mm == pytest.approx(where["px_per_mm"], rel=0.005)
    assert card.patches_rgb.shape == (24, 3)


@pytest.mark.parametrize("pose", POSES)
def test_the_printed_target_is_found_where_it_is(pose):
    pixels, where = scene("target", **pose)
    card = find_card(camera(pixels))
    assert card.kind == "target" and card.scale.source == "target"
    assert off_px(card, "target", where) < 1.0
    assert card.scale.px_per_mm == pytest.approx(where["px_per_mm"], rel=0.01)


def test_patches_are_read_as_painted():
    pixels, _ = scene("passport", light=0.9)
    card = find_card(pixels)
    true = 255 * encode(0.9 * layout_of("passport").linear)
    assert np.abs(card.patches_rgb - true).max() <= 0.51


@pytest.mark.parametrize(("blur", "noise", "quality"), [(3.0, 2.0, 80), (1.0, 8.0, 60)])
def test_blur_noise_and_jpeg_move_it_little_or_hide_it(blur, noise, quality):
    for kind in ("passport", "target"):
        pixels, where = scene(kind, turn_deg=-20, nod_deg=-25)
        card = find_card(camera(pixels, blur=blur, noise=noise, quality=quality))
        assert card is None or off_px(card, kind, where) < 2.0


@pytest.mark.parametrize("path", sorted((TESTS / "faces").rglob("*.jpg")), ids=lambda path: path.stem)
def test_no_card_is_found_on_photographs_of_faces(path):
    assert find_card(photograph(path)) is None


@pytest.mark.parametrize("path", sorted((TESTS / "cards").glob("*.jpg")), ids=lambda path: path.stem)
def test_cards_in_real_photographs_are_found(path):
    card = find_card(photograph(path))
    assert card is not None and card.grid_error_share < 0.02


def test_a_card_with_its_colors_shuffled_is_none():
    painted, where = scene("passport")
    pixels = painted.copy()
    flat = placed("passport", **where)
    width, height = layout_of("passport").size_mm
    # The lower half is laid over the upper: the grid is right, the colors are not.
    corners = cv2.perspectiveTransform(np.array([[(0, 0), (width, height)]], float), flat)[0].round().astype(int)
    (left, top), (right, low) = corners
    middle = (top + low) // 2
    pixels[top:middle, left:right] = pixels[middle : middle + (middle - top), left:right]
    assert find_card(pixels) is None


def test_a_mirrored_card_is_none():
    pixels, _ = scene("passport")
    assert find_card(np.ascontiguousarray(pixels[:, ::-1])) is None


def test_two_prints_in_one_photograph_are_none():
    pixels, _ = scene("target", px_per_mm=3.0)
    assert find_card(pixels) is not None
    assert find_card(np.concatenate([pixels, pixels], axis=1)) is None


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 500, 3), (40, 40, 3)])
def test_tiny_and_even_pictures_hold_no_card(shape):
    assert find_card(np.full(shape, 128, np.uint8)) is None


def test_a_checkerboard_and_noise_hold_no_card():
    board = np.kron(np.indices((8, 12)).sum(axis=0) % 2, np.ones((60, 60))).astype(np.uint8) * 255
    assert find_card(np.repeat(board[:, :, None], 3, axis=2)) is None
    assert find_card(np.random.default_rng(0).integers(0, 256, (400, 600, 3), dtype=np.uint8)) is None


def test_a_checker_takes_its_scale_from_a_target_beside_it():
    first, _ = scene("passport")
    second, where = scene("target")
    both = np.concatenate([first, second], axis=1)
    card = find_card(both)
    assert card.kind == "colorchecker" and card.scale.source == "target"
    assert card.scale.px_per_mm == pytest.approx(where["px_per_mm"], rel=0.01)
