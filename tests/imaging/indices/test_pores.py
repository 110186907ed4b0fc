import numpy as np
import pytest

from corneum.imaging.indices.pores import pore_count_in, pore_count_layer, pore_layer, pore_strength_in
from tests.imaging.indices.drawn_skin import canvas_of, dots, everywhere, lines, noise

PLACES = [(40 + 35 * i + 3 * (j % 3), 40 + 35 * j) for i in range(10) for j in range(10)]


def count(light):
    canvas = canvas_of(light)
    return pore_count_in(pore_count_layer(canvas), everywhere(canvas), canvas) * 16


def strength(light):
    canvas = canvas_of(light)
    return pore_strength_in(pore_layer(canvas), everywhere(canvas), canvas)


@pytest.mark.parametrize("width_mm", [0.25, 0.4, 0.6])
def test_drawn_dots_are_counted(width_mm):
    assert count(dots(PLACES, width_mm, 0.15) + noise(sd=0.003)) == pytest.approx(len(PLACES), abs=2)


def test_faint_dots_lines_and_noise_are_not_counted():
    assert count(dots(PLACES, 0.35, 0.03) + noise(sd=0.003)) <= 1
    assert count(noise(sd=0.01)) <= 1
    assert count(lines([((20, 100), (380, 100)), ((20, 200), (380, 260))], 0.4, 0.15) + noise(sd=0.003)) <= 4


def test_strength_is_proportional_to_depth():
    faint, deep = (strength(dots(PLACES, 0.35, depth) + noise(sd=0.002)) for depth in (0.08, 0.16))
    assert deep == pytest.approx(2 * faint, rel=0.05)


def test_strength_grows_with_number():
    half, full = (strength(dots(PLACES[::step], 0.35, 0.15) + noise(sd=0.002)) for step in (2, 1))
    assert full**2 == pytest.approx(2 * half**2, rel=0.08)


def test_dots_at_the_border_of_the_skin_are_left_out():
    skin = np.ones((400, 400), bool)
    skin[:, :43] = False
    canvas = canvas_of(dots(PLACES, 0.35, 0.15) + noise(sd=0.003), skin)
    assert pore_count_layer(canvas)[:, :46].sum() == 0
