from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from corneum.imaging.card import CardUnusable, correct_by, find_card
from corneum.imaging.card.colors import difference, lab_of_linear
from tests.imaging.card.scenes import SKINS, camera, scene, swatches

CARDS = Path(__file__).parents[2] / "cards"
CAMERAS = {
    "plain": {},
    "warm": {"gain": (1.2, 1.0, 0.7)},
    "dark": {"gain": (0.4, 0.4, 0.45)},
    "over": {"gain": (1.5, 1.5, 1.5)},
    "crossed": {"crossed": True, "gain": (0.9, 0.95, 1.1)},
    "gamma": {"gamma": 1.15, "gain": (0.9, 1.0, 0.8)},
    "contrast": {"contrast": 0.25, "gain": (0.9, 1.0, 0.8)},
    "noisy": {"noise": 6.0, "blur": 1.5, "quality": 60},
}


def skin_off(correction, pixels):
    return difference(lab_of_linear(swatches(correction.linear(pixels))), lab_of_linear(SKINS))


@pytest.mark.parametrize("name", CAMERAS)
def test_skin_beside_a_colorchecker_comes_out_right(name):
    # The swatches are lit as the middle of the card is, whatever the slope of the light over the card.
    pixels, _ = scene("passport", slope=(0.1, -0.06), turn_deg=8, tilt_deg=15)
    seen = camera(pixels, **CAMERAS[name])
    correction = correct_by(find_card(seen))
    assert correction.absolute
    assert correction.residual_de < 1.5
    assert skin_off(correction, seen).max() < 2.0


@pytest.mark.parametrize("name", ["warm", "dark", "gamma", "contrast"])
def test_a_printed_target_balances_and_straightens_but_claims_no_color(name):
    pixels, _ = scene("target", turn_deg=8)
    seen = camera(pixels, **CAMERAS[name])
    correction = correct_by(find_card(seen))
    assert not correction.absolute
    assert "no ITA" in " ".join(correction.notes)
    assert np.count_nonzero(correction.matrix) == 3
    # Only because painted paper and ink reflect just what the tables say: a real print is not known so well.
    assert skin_off(correction, seen).max() < 2.0


def test_a_target_cannot_undo_crossed_channels_and_a_checker_can():
    off = {}
    for kind in ("target", "passport"):
        seen = camera(scene(kind)[0], **CAMERAS["crossed"])
        off[kind] = skin_off(correct_by(find_card(seen)), seen).mean()
    assert off["target"] > 2 * off["passport"]


def test_uneven_light_is_told_with_its_size():
    card = find_card(scene("passport", slope=(0.12, 0.0))[0])
    correction = correct_by(card)
    assert correction.light_change_share == pytest.approx(0.12, abs=0.02)
    assert any("light changes by 1" in note for note in correction.notes)
    assert correct_by(find_card(scene("passport")[0])).notes == ()


def test_the_residual_is_of_patches_that_were_left_out():
    card = find_card(camera(scene("passport")[0]))
    dirty = card.patches_rgb.copy()
    dirty[8] = dirty[8][::-1]
    before, after = correct_by(card), correct_by(replace(card, patches_rgb=dirty))
    assert after.worst_de > 10 > before.worst_de
    # One dirty patch must not pull the others along.
    assert after.residual_de < before.residual_de + 1


def test_cut_off_patches_do_not_count():
    seen = camera(scene("passport")[0], **CAMERAS["over"])
    card = find_card(seen)
    assert card.clipped[18]
    assert correct_by(card).used <= 24 - card.clipped.sum()


def test_a_card_that_is_burnt_out_is_refused_with_advice():
    seen = camera(scene("passport")[0], gain=(4.0, 4.0, 4.0))
    card = find_card(seen)
    if card is not None:
        with pytest.raises(CardUnusable, match="white patch is not cut off"):
            correct_by(card)


def test_colors_that_do_not_fit_are_refused():
    card = find_card(scene("passport")[0])
    wrong = card.patches_rgb.copy()
    wrong[:18] = wrong[:18][::-1]
    with pytest.raises(CardUnusable, match="do not fit"):
        correct_by(replace(card, patches_rgb=wrong))


def test_gray_steps_that_are_one_are_refused():
    card = find_card(scene("target")[0])
    with pytest.raises(CardUnusable):
        correct_by(replace(card, patches_rgb=np.full_like(card.patches_rgb, 120.0)))


@pytest.mark.parametrize("path", sorted(CARDS.glob("*.jpg")), ids=lambda path: path.stem)
def test_real_cards_fit(path):
    pixels = np.ascontiguousarray(cv2.imread(str(path))[:, :, ::-1])
    correction = correct_by(find_card(pixels))
    assert correction.residual_de < 2.5
    assert correction.worst_de < 10


def test_the_correction_holds_for_a_new_white_balance_within_the_error():
    # The same scene under two lights: corrected, they agree better than the eye can tell.
    pixels, _ = scene("passport")
    views = [camera(pixels, **CAMERAS[name]) for name in ("warm", "crossed")]
    labs = [lab_of_linear(swatches(correct_by(find_card(seen)).linear(seen))) for seen in views]
    assert difference(*labs).max() < 2.0


def test_linear_keeps_the_shape_and_is_float32():
    pixels, _ = scene("passport")
    linear = correct_by(find_card(pixels)).linear(pixels[:5, :7])
    assert linear.shape == (5, 7, 3) and linear.dtype == np.float32
