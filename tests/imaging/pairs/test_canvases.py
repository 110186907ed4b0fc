"""Two photographs in one frame: one mask, one exposure where there is no card."""

from dataclasses import replace

import numpy as np
import pytest

from corneum.imaging.card.light import encode
from corneum.imaging.pairs.canvases import as_srgb, canvases
from tests.imaging.pairs.taken import NEUTRAL, Straight, flat, photo, prepared

GAIN = np.array([1.3, 1.15, 0.95])


class Known:
    """A correction that undoes a known gain."""

    residual_de = 0.3

    def __init__(self, gain, absolute):
        self.gain, self.absolute = np.float32(gain), absolute

    def linear(self, pixels):
        return linear_of(pixels) / self.gain


def linear_of(pixels):
    levels = pixels.astype(np.float32) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4).astype(np.float32)


@pytest.fixture(scope="module")
def skin():
    """Linear light of even skin with some detail, shape (120, 140, 3)."""
    rng = np.random.default_rng(0)
    return np.clip(np.array([0.4, 0.25, 0.18]) * rng.normal(1, 0.03, (120, 140, 1)), 0.01, 0.9)


def seen(light):
    return np.round(255 * encode(light)).astype(np.uint8)


def test_without_a_card_a_change_of_exposure_and_white_balance_vanishes(skin):
    both = flat(seen(skin), 8.0), flat(seen(skin * GAIN), 8.0)
    first, second = canvases(*both, Straight())
    assert not first.carded
    ratio = second.linear[first.skin] / first.linear[first.skin]
    assert np.abs(ratio - 1).max() < 0.04
    assert ratio.mean() == pytest.approx(1, abs=0.003)


def test_with_a_card_a_real_change_stays_and_the_camera_s_own_does_not(skin):
    redder = skin * [1.0, 0.9, 0.95]
    both = flat(seen(skin), 8.0, Known([1, 1, 1], True)), flat(seen(redder * GAIN), 8.0, Known(GAIN, True))
    first, second = canvases(*both, Straight())
    assert first.carded and first.absolute
    ratio = np.median(second.linear[first.skin] / first.linear[first.skin], axis=0)
    assert ratio == pytest.approx([1, 0.9, 0.95], abs=0.005)


def test_a_card_in_one_photograph_only_corrects_neither(skin):
    first, second = canvases(flat(seen(skin), 8.0, Known(GAIN, True)), flat(seen(skin), 8.0), Straight())
    assert not first.carded and not first.absolute
    assert np.abs(second.linear - first.linear).max() < 1e-5


def test_a_gray_target_in_either_is_not_absolute(skin):
    one = np.ones(3)
    first, _ = canvases(flat(seen(skin), 8.0, Known(one, True)), flat(seen(skin), 8.0, Known(one, False)), Straight())
    assert first.carded and not first.absolute


def test_the_mask_is_shared_and_leaves_out_what_one_camera_did_not_see(skin):
    bright, dark = skin.copy(), skin.copy()
    bright[20:30, 20:30] = 1.0
    dark[60:70, 60:70] = 0.0
    first, second = canvases(flat(seen(bright), 8.0), flat(seen(dark), 8.0), Straight())
    assert first.skin is second.skin and first.zones is second.zones
    scale = first.px_per_mm / 8.0
    for row, column in ((25, 25), (65, 65)):
        assert not first.skin[int(row * scale), int(column * scale)]
    assert first.skin.mean() > 0.95
    assert first.zone_names == ("forearm",)


def test_what_lies_outside_the_follow_up_is_not_measured(skin):
    first, _ = canvases(flat(seen(skin), 8.0), flat(seen(skin[:60]), 8.0), Straight())
    assert first.skin.mean() == pytest.approx(0.5, abs=0.03)
    assert not first.skin[-10:].any()


def test_a_face_has_its_zones_and_no_eyes_or_lips():
    one = prepared(NEUTRAL)
    first, second = canvases(one, replace(one, photo=photo(NEUTRAL)), Straight())
    assert "cheek_left" in first.zone_names
    assert first.skin.any() and np.array_equal(first.linear, second.linear)
    eye = one.face.points[:, :2].mean(axis=0)
    assert np.isfinite(eye).all()
    assert first.skin.mean() < 0.7


def test_light_for_the_eye_is_srgb_and_back():
    levels = np.repeat(np.arange(256, dtype=np.uint8)[:, None, None], 3, axis=-1)
    back = as_srgb(linear_of(levels))
    assert np.abs(back.astype(int) - levels).max() <= 1
    assert as_srgb(np.full((1, 1, 3), 7.0, np.float32)).max() == 255
