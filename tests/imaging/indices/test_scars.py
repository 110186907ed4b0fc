from dataclasses import replace

import numpy as np
import pytest

from corneum.imaging.indices.scars import contrast_to_ring, elevation_of, scar_layer, scar_shading_in
from tests.imaging.indices.drawn_skin import canvas_of, everywhere, noise, texture

SIDE = 500
ROWS, COLUMNS = np.mgrid[:SIDE, :SIDE].astype(np.float32)
PLACES = [(150, 150), (350, 150), (250, 260), (150, 360), (360, 350)]
SKIN = texture(SIDE, width_mm=0.8, sd=0.02) + noise(SIDE, sd=0.003)
TOWARD = (0.6, -0.3)


def dented(depth):
    """Dents 4 mm wide (bumps for a negative depth) in light from the upper right."""
    spread = 4.0 * 10 / 2.3548
    shade = np.zeros((SIDE, SIDE), np.float32)
    for x, y in PLACES:
        bell = np.exp(-0.5 * ((COLUMNS - x) ** 2 + (ROWS - y) ** 2) / spread**2)
        # Log light rises where the surface rises away from the lamp, as the far wall of a dent does.
        slope = (TOWARD[0] * (COLUMNS - x) + TOWARD[1] * (ROWS - y)) / spread * bell
        shade -= depth * slope
    return canvas_of(SKIN + shade)


def shading(canvas):
    return scar_shading_in(scar_layer(canvas), everywhere(canvas), canvas)


def outline(place):
    return np.hypot(COLUMNS - place[0], ROWS - place[1]) < 25


def test_dents_add_shading_in_proportion():
    bare, faint, deep = (shading(dented(depth)) for depth in (0.0, 0.25, 0.5))
    assert bare < 0.7 * faint
    assert np.sqrt(deep**2 - bare**2) == pytest.approx(2 * np.sqrt(faint**2 - bare**2), rel=0.15)


def test_pigment_moves_shading_less_than_dents_of_like_contrast():
    spots = np.zeros((SIDE, SIDE), np.float32)
    for place in PLACES:
        spots -= 0.12 * np.clip((28 - np.hypot(COLUMNS - place[0], ROWS - place[1])) / 8, 0, 1)
    plain = canvas_of(SKIN)
    tint = np.exp(spots[..., None] * np.array([0.7, 1.0, 1.5], np.float32))
    pigment = replace(plain, linear=plain.linear * tint)
    bare = shading(plain) ** 2
    assert abs(shading(pigment) ** 2 - bare) < 0.2 * (shading(dented(0.25)) ** 2 - bare)


@pytest.mark.parametrize(("depth", "sign"), [(0.25, -1), (-0.25, 1)])
def test_the_sign_of_relief_is_told_in_light_from_the_side(depth, sign):
    canvas = dented(depth)
    for place in PLACES[:3]:
        assert elevation_of(canvas, outline(place), TOWARD, 0.6).sign == sign


def test_the_sign_is_withheld_with_a_reason():
    canvas, scar = dented(0.25), outline(PLACES[0])
    assert "front" in elevation_of(canvas, scar, (0.05, 0.02), 0.6).why
    assert "main direction" in elevation_of(canvas, scar, TOWARD, 0.1).why
    assert "empty" in elevation_of(canvas, np.zeros_like(scar), TOWARD, 0.6).why
    assert "around" in elevation_of(dented(0.0), outline((260, 120)), TOWARD, 0.6).why
    tiny = np.zeros_like(scar)
    tiny[100:103, 100:103] = True
    assert "too small" in elevation_of(canvas, tiny, TOWARD, 0.6).why


def test_color_of_a_scar_is_against_the_skin_around():
    scar = outline((250, 250))
    layer = (np.where(scar, 12.0, 9.0) + 0.01 * COLUMNS).astype(np.float32)
    canvas = canvas_of(SKIN)
    assert contrast_to_ring(layer, scar, canvas) == pytest.approx(3.0, abs=0.05)
    assert np.isnan(contrast_to_ring(layer, np.zeros_like(scar), canvas))
