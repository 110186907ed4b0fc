"""How dark a mark is against its skin, whatever the light."""

import numpy as np
import pytest

from corneum.lesions.depth import depth_of
from tests.lesions.skins import PX_PER_MM, Spot, piece


def ring(column, row, radius):
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    return np.stack([column + radius * np.cos(turn), row + radius * np.sin(turn)], axis=1)


BORDER = ring(200.0, 150.0, 20.0)


@pytest.fixture(scope="module")
def skin():
    return piece((Spot(20, 15, 4.2, 0.5),))


def test_it_is_the_drawn_density(skin):
    depth = depth_of(skin, BORDER)
    # 0.5 of pigment, mean of green 0.78 and blue 1.10, less what the soft border loses.
    assert depth.density == pytest.approx(0.94 * 0.47, abs=0.05)


def test_light_from_one_side_does_not_change_it(skin):
    lit = np.exp(np.linspace(-0.25, 0.25, skin.shape[1]))[None, :, None]
    there = np.clip(255 * ((skin / 255) ** 2.2 * 0.7 * lit) ** (1 / 2.2), 0, 255).astype(np.uint8)
    plain, sided = depth_of(skin, BORDER), depth_of(there, BORDER)
    assert sided.density == pytest.approx(plain.density, abs=0.03)


def test_plain_skin_has_none_within_its_error(skin):
    depth = depth_of(skin, ring(80.0, 80.0, 20.0))
    assert abs(depth.density) < max(4 * depth.error, 0.04)


def test_uneven_skin_has_a_larger_error(skin):
    blotchy = skin.copy()
    blotchy[110:135, 160:190] = blotchy[110:135, 160:190] // 2
    assert depth_of(blotchy, BORDER).error > 2 * depth_of(skin, BORDER).error


@pytest.mark.parametrize("border", [ring(-300.0, 40.0, 9.0), ring(200.0, 150.0, 0.5), ring(900.0, 900.0, 5.0)])
def test_no_skin_no_figure(skin, border):
    assert depth_of(skin, border) is None


def test_a_whole_picture_of_mark_has_no_skin():
    assert PX_PER_MM == 10.0
    assert depth_of(np.full((60, 60, 3), 90, np.uint8), ring(30.0, 30.0, 44.0)) is None
