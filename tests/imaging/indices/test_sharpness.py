import numpy as np
import pytest

from corneum.imaging.indices.relief import softened
from corneum.imaging.indices.sharpness import equalize_sharpness, sharpness_of, softness_between
from corneum.imaging.indices.spectrum import TooFewTiles, spectrum_of
from corneum.imaging.indices.texture import texture_in, texture_layer
from tests.imaging.indices.drawn_skin import PX_PER_MM, canvas_of, everywhere, noise, texture

SKIN = texture(560)


def contrast(canvas):
    return texture_in(texture_layer(canvas), everywhere(canvas), canvas)


def blurred(variance_mm2, seed=1, by=1.0):
    return canvas_of(by * softened(SKIN, variance_mm2 * PX_PER_MM**2) + noise(560, seed, 0.002))


def test_white_noise_has_its_variance_in_every_ring():
    found = spectrum_of(canvas_of(noise(sd=0.02)), np.ones((400, 400), bool))
    # The two coarsest rings hold few waves in a tile of 5 mm.
    assert found.mean[2:] == pytest.approx(0.02**2, rel=0.1)
    assert found.floor == pytest.approx(0.02**2, rel=0.1)


def test_too_small_a_region_is_refused():
    small = np.zeros((400, 400), bool)
    small[:60, :60] = True
    with pytest.raises(TooFewTiles, match="larger part"):
        spectrum_of(canvas_of(texture()), small)


@pytest.mark.parametrize("variance_mm2", [0.002, 0.005, 0.01])
def test_a_softer_lens_is_measured(variance_mm2):
    softness = softness_between(blurred(0.0), blurred(variance_mm2, seed=2))
    assert softness.variance_mm2 == pytest.approx(variance_mm2, rel=0.15)
    swapped = softness_between(blurred(variance_mm2, seed=2), blurred(0.0))
    assert swapped.variance_mm2 == pytest.approx(-softness.variance_mm2, rel=0.01)


def test_equal_sharpness_gives_equal_texture():
    sharp, soft = blurred(0.0), blurred(0.008, seed=2)
    assert contrast(soft) < 0.97 * contrast(sharp)
    first, second = equalize_sharpness(sharp, soft)
    assert second is soft
    assert contrast(second) == pytest.approx(contrast(first), rel=0.01)
    assert equalize_sharpness(soft, sharp)[0] is soft


def test_a_proportional_change_of_texture_is_not_taken_for_a_lens():
    """A treatment that lowers all relief by a fifth must stay a fifth."""
    before, after = blurred(0.0), blurred(0.0, seed=2, by=0.8)
    first, second = equalize_sharpness(before, after)
    assert contrast(second) / contrast(first) == pytest.approx(0.8, abs=0.02)


def test_nothing_is_done_where_noise_cannot_be_told():
    coarse = [canvas_of(one, px_per_mm=3.0) for one in (SKIN, softened(SKIN, 1.0))]
    assert softness_between(*coarse).rings == 0
    assert equalize_sharpness(*coarse)[0] is coarse[0]


def test_sharpness_falls_with_blur():
    values = [sharpness_of(blurred(variance)) for variance in (0.0, 0.005, 0.02)]
    assert values[0] > values[1] > values[2] > 0
