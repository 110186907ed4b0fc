import numpy as np
import pytest

from corneum.imaging.indices.lines import line_layer, line_length_in, line_length_layer, line_strength_in
from corneum.imaging.indices.relief import Relief
from corneum.imaging.indices.ridges import dots_of, ridges_of
from tests.imaging.indices.drawn_skin import canvas_of, dots, everywhere, lines, noise, texture

LONG = [((60, y), (340, y + 40)) for y in (60, 120, 180, 240, 300)]
WIDTH_MM = 0.25 * 2.3548


def relief(values):
    values = np.asarray(values, np.float32)
    return Relief(values, np.ones_like(values), 10.0)


def length(light):
    canvas = canvas_of(light)
    return line_length_in(line_length_layer(canvas), everywhere(canvas), canvas)


def strength(light):
    canvas = canvas_of(light)
    return line_strength_in(line_layer(canvas), everywhere(canvas), canvas)


@pytest.mark.parametrize("turn_deg", [0, 17, 45, 80, 135])
def test_a_line_of_the_filters_width_gives_its_depth(turn_deg):
    turn = np.radians(turn_deg)
    end = 100 * np.array([np.cos(turn), np.sin(turn)])
    found = ridges_of(relief(lines([(200 - end, 200 + end)], WIDTH_MM, 0.1)), 0.25, 1.0)
    middle = slice(190 // found.step, 211 // found.step)
    assert found.depth[middle, middle].max() == pytest.approx(0.1, rel=0.12)


def test_a_bright_line_is_no_line():
    assert ridges_of(relief(-lines(LONG, WIDTH_MM, 0.1)), 0.25, 1.0).depth[100:103, 50:150].max() < 0.06


def test_a_dot_is_hardly_a_line():
    found = ridges_of(relief(dots([(200, 200)], 0.35, 0.2)), 0.25, 1.0)
    assert found.depth.max() < 0.05
    assert dots_of(relief(dots([(200, 200)], 0.35, 0.2)), 0.15).max() > 0.18


@pytest.mark.parametrize("width_mm", [0.3, 0.5, 0.8])
def test_drawn_lines_are_measured_by_length(width_mm):
    drawn = sum(np.hypot(u - x, v - y) for (x, y), (u, v) in LONG) / 10
    per_cm2 = drawn / 16
    assert length(lines(LONG, width_mm, 0.15) + noise(sd=0.003)) == pytest.approx(per_cm2, rel=0.12)


def test_faint_and_short_lines_are_not_counted():
    assert length(lines(LONG, 0.5, 0.03) + noise(sd=0.003)) == 0
    short = [((60 + 80 * i, 80), (75 + 80 * i, 80)) for i in range(4)]
    assert length(lines(short, 0.4, 0.15) + noise(sd=0.003)) == 0


@pytest.mark.parametrize("width_mm", [0.3, 0.5, 0.8])
def test_the_power_of_lines_adds_to_that_of_texture(width_mm):
    skin, drawn = texture(sd=0.02), lines(LONG, width_mm, 0.15)
    alone, bare, both = strength(drawn), strength(skin), strength(skin + drawn)
    assert both**2 - bare**2 == pytest.approx(alone**2, rel=0.2)
    assert both > bare


def test_too_little_skin_gives_no_length():
    canvas = canvas_of(texture())
    assert np.isnan(line_length_in(line_length_layer(canvas), np.zeros((400, 400), bool), canvas))
