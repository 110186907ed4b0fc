import math
from dataclasses import replace

import colour
import numpy as np
import pytest
from derive_color_weights import derived

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas
from corneum.imaging.indices import index_of
from corneum.imaging.indices.densities import unmixing
from corneum.imaging.retakes.chromophores import reflectance, seen
from tests.imaging.indices.skins import BROWN_SKIN, DARK_SKIN, LIGHT_SKIN, darkened, disk, skin


def value(key, canvas, zone="cheek_right"):
    index = index_of(key)
    return index.value(index.layer(canvas), canvas.zone(zone), canvas)


def flat(rgb, side=24):
    shape = (side, side)
    linear = np.broadcast_to(np.array(rgb, np.float32), (*shape, 3)).copy()
    return Canvas(linear, np.ones(shape, bool), np.ones(shape, np.uint8), ("cheek_right",), 3.0, 3.0, True)


def of_model(melanin, blood):
    canvas = flat(seen(reflectance(np.array(melanin), np.array(blood))))
    return np.array([value("melanin", canvas), value("redness", canvas)])


def test_redness_weights_add_up_to_zero_and_the_other_indices_to_one():
    weights = unmixing()
    assert weights.redness.sum() == pytest.approx(0)
    assert weights.melanin.sum() == pytest.approx(1)
    assert weights.pigment.sum() == pytest.approx(1)


def test_shipped_weights_are_those_that_the_tool_derives():
    rows = load_evidence().numbers
    found = derived()
    for name, error in (("redness_blue", 0.03), ("melanin_redness", 0.1)):
        assert rows[f"imaging.color.{name}_coefficient"].value == pytest.approx(found[f"{name}_coefficient"], abs=error)
    bloodless = rows["imaging.color.bloodless_redness_number"].value
    assert bloodless == pytest.approx(found["bloodless_redness_number"], abs=0.005)


@pytest.mark.parametrize("blood", [0.01, 0.03])
@pytest.mark.parametrize("melanin", [0.01, 0.03, 0.06])
def test_pure_melanin_moves_redness_by_less_than_a_fifth(melanin, blood):
    moved = of_model(1.2 * melanin, blood) - of_model(melanin, blood)
    assert moved[0] > 0.3
    assert abs(moved[1]) < 0.2 * moved[0]


@pytest.mark.parametrize("melanin", [0.01, 0.06, 0.16])
def test_blood_raises_redness_on_every_skin(melanin):
    moved = of_model(melanin, 0.024) - of_model(melanin, 0.02)
    assert moved[1] > 0.5
    assert abs(moved[0]) < 0.6 * moved[1]


def test_melanin_stays_in_proportion_on_dark_skin():
    """Light paths shorten and channels saturate; the index must still rise as on light skin."""
    slopes = [(of_model(1.2 * melanin, 0.02)[0] - of_model(melanin, 0.02)[0]) / melanin for melanin in (0.02, 0.1, 0.3)]
    assert max(slopes) < 1.4 * min(slopes)


@pytest.mark.parametrize("color", [LIGHT_SKIN, BROWN_SKIN, DARK_SKIN])
def test_shading_and_exposure_leave_redness_alone(color):
    plain, shaded = skin(color), skin(color, shading=0.4)
    brighter = replace(plain, linear=plain.linear * np.float32(1.3))
    assert value("redness", shaded) == pytest.approx(value("redness", plain), abs=0.1)
    assert value("redness", brighter) == pytest.approx(value("redness", plain), abs=0.1)


def test_a_darker_zone_has_more_melanin_against_the_rest_by_that_much():
    plain = skin()
    left = (plain.zones == 2).astype(np.float32)
    darker = darkened(plain, left, (0.05, 0.05, 0.05))
    for key in ("melanin", "melanin_relative"):
        rise = value(key, darker, "cheek_left") - value(key, plain, "cheek_left")
        assert rise == pytest.approx(-100 * math.log10(0.95), abs=0.1)


def test_a_relative_value_forgets_exposure_and_white_balance():
    plain = skin()
    other = replace(plain, linear=plain.linear * np.array([1.1, 0.95, 0.9], np.float32))
    for key in ("melanin_relative", "redness_relative"):
        assert value(key, other) == pytest.approx(value(key, plain), abs=0.02)
        assert abs(value(key[:-9], other) - value(key[:-9], plain)) > 1


def test_a_single_zone_has_no_rest_to_compare_with():
    assert math.isnan(value("redness_relative", flat(LIGHT_SKIN)))


def test_noise_does_not_bend_a_zone_value():
    quiet, noisy = skin(DARK_SKIN, noise=0.0), skin(DARK_SKIN, noise=0.08)
    for key in ("melanin", "redness"):
        assert value(key, noisy) == pytest.approx(value(key, quiet), abs=0.4)


@pytest.mark.parametrize("color", [LIGHT_SKIN, BROWN_SKIN, DARK_SKIN])
def test_typology_angle_agrees_with_colour_science(color):
    white = colour.CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["D65"]
    xyz = colour.RGB_to_XYZ(np.array(color), "sRGB", apply_cctf_decoding=False)
    lightness, _, yellow = colour.XYZ_to_Lab(xyz, white)
    assert value("ita", flat(color)) == pytest.approx(math.degrees(math.atan2(lightness - 50, yellow)), abs=0.1)


def test_what_needs_a_card_says_so():
    assert {key for key in ("redness", "melanin", "ita") if index_of(key).needs_card} == {"redness", "melanin", "ita"}
    assert not index_of("redness_relative").needs_card


def test_patches_make_tone_uneven_and_a_slope_does_not():
    plain = skin()
    patches = sum(disk(plain, row, column, 5) for row in (30, 60, 90, 120, 150) for column in (20, 45, 70))
    assert value("evenness_melanin", darkened(plain, patches, (0.1, 0.15, 0.2))) > 1.5 * value(
        "evenness_melanin", plain
    )
    assert value("evenness_redness", darkened(plain, patches, (0.0, 0.1, 0.05))) > 1.5 * value(
        "evenness_redness", plain
    )
    assert value("evenness_melanin", skin(shading=0.25)) == pytest.approx(value("evenness_melanin", plain), rel=0.1)


def test_shine_is_white_light_and_not_pale_skin():
    plain = skin(mottling=0.0)
    region = disk(plain, 90, 40, 8)
    gloss = replace(plain, linear=plain.linear + 0.1 * region[..., None])
    pale = darkened(plain, region, (-0.2, -0.2, -0.2))
    share = np.pi / 4 * 8**2 / (100 * plain.area_cm2(plain.zone("cheek_right")))
    luminance = np.array([0.2126, 0.7152, 0.0722]) @ LIGHT_SKIN
    assert value("shine", gloss) - value("shine", plain) == pytest.approx(100 * share * 0.1 / luminance, rel=0.15)
    assert value("shine", pale) == pytest.approx(value("shine", plain), abs=0.3)


def test_shine_cut_out_of_the_mask_still_counts():
    plain = skin(mottling=0.0)
    region = disk(plain, 90, 40, 6)
    gloss = replace(plain, linear=plain.linear + 0.3 * region[..., None], skin=plain.skin & (region < 0.1))
    hair = replace(darkened(plain, region, (0.8, 0.8, 0.8)), skin=gloss.skin)
    share = np.pi / 4 * 6**2 / (100 * plain.area_cm2(plain.zone("cheek_right")))
    luminance = np.array([0.2126, 0.7152, 0.0722]) @ LIGHT_SKIN
    assert value("shine", gloss) - value("shine", plain) == pytest.approx(100 * share * 0.3 / luminance, rel=0.2)
    assert value("shine", hair) == pytest.approx(value("shine", plain), abs=0.5)


def test_values_hold_at_another_resolution():
    coarse, fine = skin(px_per_mm=3.0), skin(px_per_mm=9.0)
    for key in ("melanin", "redness", "ita"):
        assert value(key, fine) == pytest.approx(value(key, coarse), abs=0.3)
    assert value("evenness_melanin", fine) == pytest.approx(value("evenness_melanin", coarse), rel=0.1)


def test_a_region_of_a_few_pixels_has_no_value():
    canvas = skin()
    tiny = np.zeros_like(canvas.skin)
    tiny[10:14, 10:14] = True
    for key in ("melanin", "evenness_melanin", "shine", "spot_strength"):
        index = index_of(key)
        assert math.isnan(index.value(index.layer(canvas), tiny, canvas))
