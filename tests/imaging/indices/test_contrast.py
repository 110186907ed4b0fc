import math

import numpy as np
import pytest

from corneum.imaging.indices.contrast import noise_power
from corneum.imaging.indices.pores import pore_layer, pore_strength_in
from corneum.imaging.indices.relief import relief_of
from corneum.imaging.indices.texture import coarse_texture_layer, texture_in, texture_layer
from tests.imaging.indices.drawn_skin import canvas_of, everywhere, noise, texture

SKIN = texture()


def contrast(canvas, layer=texture_layer):
    return texture_in(layer(canvas), everywhere(canvas), canvas)


@pytest.mark.parametrize("layer", [texture_layer, coarse_texture_layer])
def test_contrast_is_proportional_to_relief(layer):
    once, twice = (contrast(canvas_of(by * SKIN), layer) for by in (1.0, 2.0))
    assert twice == pytest.approx(2 * once, rel=0.03)


def test_a_wave_has_its_own_contrast():
    columns = np.mgrid[:400, :400][1]
    wave = canvas_of(0.05 * np.sin(np.pi * columns / 6.0) + noise(sd=1e-5))
    assert contrast(wave) == pytest.approx(100 * 0.05 / np.sqrt(2), rel=0.1)


@pytest.mark.parametrize("sd", [0.005, 0.01, 0.02])
def test_noise_is_taken_off(sd):
    clean, noisy = canvas_of(SKIN), canvas_of(SKIN + noise(sd=sd / math.sqrt(3)))
    assert contrast(noisy) == pytest.approx(contrast(clean), rel=0.02)


def test_bare_noise_leaves_little():
    bare = canvas_of(noise(sd=0.01))
    strength = pore_strength_in(pore_layer(bare), everywhere(bare), bare)
    assert strength == 0 or strength < 0.5


def test_noise_follows_the_light():
    shade = np.zeros((400, 400), np.float32)
    shade[:, 200:] = -1.0
    level = noise_power(canvas_of(shade + noise(sd=0.01)))
    assert level[200, 350] / level[200, 50] == pytest.approx(math.e, rel=0.1)


def test_the_skin_tone_does_not_matter():
    tones = [contrast(canvas_of(SKIN, color=color)) for color in ((0.6, 0.45, 0.38), (0.06, 0.035, 0.022))]
    assert tones[0] == pytest.approx(tones[1], rel=0.001)


def test_a_mole_does_not_outweigh_its_zone():
    rows, columns = np.mgrid[:400, :400]
    mole = np.where(np.hypot(rows - 200, columns - 200) < 15, -1.5, 0.0)
    uncut = 100 * np.sqrt(np.mean(relief_of(canvas_of(SKIN + mole)).band(0.2, 2.0) ** 2))
    added = contrast(canvas_of(SKIN + mole)) - contrast(canvas_of(SKIN))
    assert 0 < added < 0.5 * (uncut - contrast(canvas_of(SKIN)))


def test_too_little_skin_gives_no_number():
    canvas = canvas_of(SKIN)
    speck = np.zeros((400, 400), bool)
    speck[100:140, 100:140] = True
    assert math.isnan(texture_in(texture_layer(canvas), speck, canvas))
