import numpy as np
import pytest

from corneum.imaging.indices import difference_map, find_spots, index_of, match_spots
from corneum.imaging.indices.spots import spot_layer
from tests.imaging.indices.skins import BROWN_SKIN, DARK_SKIN, LIGHT_SKIN, darkened, disk, skin

PLACES = [(30, 30), (30, 120), (90, 60), (140, 35), (140, 140)]
BROWN = (0.12, 0.18, 0.26)


def spotted(canvas, diameter_mm=2.0, by=BROWN, places=PLACES, share=1.0):
    for row, column in places:
        canvas = darkened(canvas, disk(canvas, row, column, diameter_mm), share * np.array(by))
    return canvas


def found(canvas):
    return find_spots(canvas, spot_layer(canvas))


def matched(before, after):
    layers = (spot_layer(before), spot_layer(after))
    return match_spots(found(before), found(after), layers, (before, after))


def near(spot, place):
    return np.hypot(spot.row - place[0], spot.column - place[1]) < 3


@pytest.mark.parametrize("color", [LIGHT_SKIN, BROWN_SKIN, DARK_SKIN])
def test_spots_are_found_where_they_are_and_as_large_as_they_are(color):
    spots = found(spotted(skin(color), 3.0))
    for place in PLACES:
        (spot,) = [spot for spot in spots if near(spot, place)]
        assert spot.diameter_mm == pytest.approx(3.0, rel=0.2)
        assert spot.contrast == pytest.approx(8.0, rel=0.25)
    assert len(spots) <= len(PLACES) + 1


def test_a_spot_knows_its_zone():
    spots = found(spotted(skin(), 3.0))
    assert {spot.zone for spot in spots if near(spot, PLACES[0])} == {"cheek_right"}
    assert {spot.zone for spot in spots if near(spot, PLACES[1])} == {"cheek_left"}


def test_lines_and_red_spots_are_no_dark_spots():
    canvas = skin()
    line = np.zeros(canvas.skin.shape, np.float32)
    line[60:64, 20:160] = 1
    red = spotted(canvas, 3.0, by=(0.03, 0.22, 0.16), places=[(130, 90)])
    assert not [spot for spot in found(darkened(canvas, line, BROWN)) if 55 < spot.row < 69 and 30 < spot.column < 150]
    assert not [spot for spot in found(red) if near(spot, (130, 90))]


@pytest.mark.parametrize("color", [LIGHT_SKIN, BROWN_SKIN, DARK_SKIN])
def test_new_and_gone_spots_are_told_on_every_skin(color):
    before, after = skin(color, seed=1), spotted(skin(color, seed=2))
    match = matched(before, after)
    assert all(any(near(spot, place) for spot in match.new) for place in PLACES)
    assert len(match.new) == len(PLACES)
    assert match.gone == ()
    back = matched(after, before)
    assert len(back.gone) == len(PLACES)
    assert back.new == ()


def test_two_photographs_of_one_skin_have_nothing_new():
    before, after = (spotted(skin(seed=seed)) for seed in (1, 2))
    match = matched(before, after)
    assert (match.new, match.gone, match.changed) == ((), (), ())
    assert len(match.same) >= len(PLACES)


def test_a_shift_of_registration_is_not_news():
    before = spotted(skin(seed=1), 3.0)
    after = spotted(skin(seed=2), 3.0, places=[(row + 1, column + 1) for row, column in PLACES])
    match = matched(before, after)
    assert match.new == ()
    assert match.gone == ()


@pytest.mark.parametrize("color", [LIGHT_SKIN, DARK_SKIN])
def test_fading_is_measured_within_a_tenth(color):
    """What is left of the contrast is compared with what was left in the light itself."""
    before, after = spotted(skin(color, seed=1), 3.0), spotted(skin(color, seed=2), 3.0, share=0.6)
    match = matched(before, after)
    assert len(match.changed) == len(PLACES)
    level = [-(np.log10(1 - share * np.array(BROWN)) @ [0.5, 0.4, 0.1]) for share in (0.6, 1.0)]
    ratio = np.mean([one.contrast_ratio for one in match.changed])
    assert ratio == pytest.approx(level[0] / level[1], rel=0.1)


def value(key, canvas):
    index = index_of(key)
    return index.value(index.layer(canvas), canvas.zone("cheek_right"), canvas)


def test_numbers_of_a_zone_follow_its_spots():
    plain, marked = skin(), spotted(skin(), 3.0)
    area = plain.area_cm2(plain.zone("cheek_right"))
    assert value("spot_count", marked) == pytest.approx(3 / area, abs=0.05)
    assert value("spot_area", marked) == pytest.approx(3 * np.pi / 4 * 9 / area, rel=0.35)
    assert value("spot_contrast", marked) == pytest.approx(8, rel=0.25)
    assert value("spot_strength", marked) > value("spot_strength", plain)
    assert value("spot_contrast", skin(mottling=0.0, noise=0.0)) == 0


def test_strength_falls_as_spots_fade():
    strengths = [value("spot_strength", spotted(skin(), 3.0, share=share)) for share in (1.0, 0.8, 0.5, 0.2)]
    assert strengths == sorted(strengths, reverse=True)


def test_a_difference_map_holds_a_change_and_little_else():
    before, after = skin(seed=1), spotted(skin(seed=2), 4.0, places=[(90, 90)])
    change = difference_map(spot_layer(before), spot_layer(after), before)
    assert change[90, 90] > 8
    quiet = change[before.skin & (disk(before, 90, 90, 25) == 0)]
    assert 0.5 < quiet.std() < 2
    assert not change[~before.skin].any()
