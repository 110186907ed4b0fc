"""Injected changes have the size and the color that they claim."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.imaging.retakes import (
    Mark,
    NoRoomForSpots,
    fade_spots,
    inject_lines,
    inject_melanin,
    inject_redness,
    inject_shine,
    inject_spots,
    patch,
    scatter_spots,
    smooth_texture,
)
from corneum.imaging.retakes.light import luminance

PX_PER_MM = 10.0
PALE, DARK = (0.5, 0.33, 0.26), (0.13, 0.07, 0.045)


def skin(color=PALE, size=200):
    return np.tile(np.array(color, np.float32), (size, size, 1))


@pytest.mark.parametrize("color", [PALE, DARK])
@pytest.mark.parametrize("contrast", [0.05, 0.2])
def test_a_spot_has_its_contrast_and_diameter(color, contrast):
    light = skin(color)
    found = inject_spots(light, [Mark(100.0, 100.0, 4.0, contrast)], PX_PER_MM)
    drop = 1 - luminance(found.light) / luminance(light)
    assert drop[100, 100] == pytest.approx(contrast, rel=0.03)
    assert 2 * np.sqrt((drop > contrast / 2).sum() / np.pi) / PX_PER_MM == pytest.approx(4.0, rel=0.03)


def test_a_faded_spot_keeps_the_rest_of_its_contrast():
    marks = [Mark(100.0, 100.0, 3.0, 0.2)]
    drop = 1 - luminance(fade_spots(skin(), marks, PX_PER_MM, 0.4).light) / luminance(skin())
    assert drop[100, 100] == pytest.approx(0.12, rel=0.03)


@pytest.mark.parametrize("color", [PALE, DARK])
def test_blood_takes_green_and_melanin_takes_blue(color):
    light, region = skin(color), np.ones((200, 200), np.float32)
    blood = np.log(inject_redness(light, region, 0.004).light[0, 0] / light[0, 0])
    pigment = np.log(inject_melanin(light, region, 0.02).light[0, 0] / light[0, 0])
    assert (blood[:2] < 0).all() and (pigment < 0).all()
    assert blood[1] < blood[0] and pigment[0] < -0.05
    # On dark skin hardly any blue light comes from below the surface, so melanin cannot take it.
    assert color == DARK or pigment[2] < pigment[1] < pigment[0]
    # Blood hardly takes red; melanin takes it too.
    assert blood[0] / blood[1] < pigment[0] / pigment[1]


@given(st.floats(0.0, 0.006), st.floats(0.0, 0.03))
def test_more_is_darker_and_nothing_is_nothing(blood_by, melanin_by):
    light, region = skin(size=4), np.ones((4, 4), np.float32)
    reds = luminance(inject_redness(light, region, blood_by).light)[0, 0]
    browns = luminance(inject_melanin(light, region, melanin_by).light)[0, 0]
    before = luminance(light)[0, 0]
    assert reds <= before * (1 + 1e-6) and browns <= before * (1 + 1e-6)
    assert inject_redness(light, 0 * region, blood_by).light == pytest.approx(light)


def test_a_line_has_its_width_and_contrast():
    line = np.array([[20.3, 30.4], [170.8, 160.2]])
    found = inject_lines(skin(), [line], 0.6, 0.1, PX_PER_MM)
    drop = 1 - luminance(found.light) / luminance(skin())
    length = np.hypot(*(line[1] - line[0]))
    assert drop.max() == pytest.approx(0.1, rel=0.02)
    assert (drop > 0.05).sum() / length / PX_PER_MM == pytest.approx(0.6, rel=0.08)


def test_smoothing_takes_its_share_of_the_fine_contrast():
    columns = np.arange(200)
    wave = (1 + 0.05 * np.sin(2 * np.pi * columns / 4))[None, :, None].astype(np.float32)
    light = skin() * wave
    smooth = smooth_texture(light, np.ones((200, 200), np.float32), 0.3, PX_PER_MM).light
    inner = (slice(50, 150), slice(50, 150), 1)
    assert smooth[inner].std() / light[inner].std() == pytest.approx(0.7, abs=0.02)


def test_shine_adds_white_light():
    region = patch((200, 200), (100, 100), 40)
    shiny = inject_shine(skin(), region, 0.1).light
    assert shiny[100, 100] - skin()[100, 100] == pytest.approx([0.1, 0.1, 0.1], abs=1e-6)
    assert np.array_equal(shiny[0, 0], skin()[0, 0])


def test_spots_keep_apart_and_inside():
    region = patch((400, 400), (200, 200), 300, 0.02)
    marks = scatter_spots(region, 6, 3.0, 0.1, PX_PER_MM, seed=2)
    places = np.array([(mark.column, mark.row) for mark in marks])
    apart = np.linalg.norm(places[:, None] - places, axis=-1) + 1e6 * np.eye(6)
    assert apart.min() > 60
    assert np.linalg.norm(places - 200, axis=1).max() < 150


def test_too_many_spots_are_refused_with_the_number_that_fits():
    with pytest.raises(NoRoomForSpots, match="of 40 spots"):
        scatter_spots(np.ones((100, 100), np.float32), 40, 3.0, 0.1, PX_PER_MM, seed=1)
