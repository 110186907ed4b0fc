import numpy as np
import pytest
from scipy.special import ive

from corneum.imaging.indices.relief import covered, measured, relief_of, softened, spread_of
from tests.imaging.indices.drawn_skin import PX_PER_MM, canvas_of, texture

ROWS, COLUMNS = np.mgrid[:400, :400].astype(np.float32)
DISK = np.hypot(ROWS - 200, COLUMNS - 200) < 150


def test_exposure_does_not_matter():
    skin = texture()
    dim, bright = (relief_of(canvas_of(skin + shift)).values for shift in (-1.5, 0.3))
    assert np.allclose(dim, bright, atol=1e-4)


def test_what_is_off_the_skin_does_not_matter():
    plain = texture()
    strange = np.where(DISK, plain, -3.0)
    one, other = (relief_of(canvas_of(light, DISK)) for light in (plain, strange))
    assert np.allclose(one.values, other.values, atol=1e-5)
    assert np.allclose(one.band(0.2, 2.0), other.band(0.2, 2.0), atol=1e-5)


def test_the_border_of_the_mask_is_no_edge():
    """Shading of a form, dark on one side: without care the border of the mask would be the strongest structure."""
    shaded = 0.01 * (COLUMNS - 200)
    bare = relief_of(canvas_of(shaded, DISK)).band(0.2, 2.0)
    inside = measured(bare, DISK, canvas_of(shaded, DISK), 0.75)
    assert np.abs(inside).max() < 0.02
    assert np.ptp(shaded[DISK]) > 2.5


@pytest.mark.parametrize("width_mm", [0.5, 1.0, 1.5])
def test_a_band_halves_waves_at_its_fine_end(width_mm):
    wave = np.sin(np.pi * COLUMNS / (width_mm * PX_PER_MM))
    found = relief_of(canvas_of(0.05 * wave)).band(width_mm, 3.0)
    passed = np.sqrt(2) * found[100:300, 100:300].std() / 0.05
    expected = 0.5 - 0.5 ** ((3.0 / width_mm) ** 2)
    assert passed == pytest.approx(expected, abs=0.04)


@pytest.mark.parametrize("variance", [1e-6, 0.05, 0.3, 1.0, 4.0, 100.0])
def test_the_sampled_gaussian_is_a_row_of_bessel_functions(variance):
    reach = int(np.ceil(4 * np.sqrt(variance))) + 1
    expected = ive(np.arange(-reach, reach + 1), variance)
    point = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    point[reach, reach] = 1
    assert np.allclose(softened(point, variance)[reach], expected * expected.max() / expected.sum() ** 2, atol=1e-7)


@pytest.mark.parametrize("variance", [0.05, 0.3, 1.0, 4.0])
def test_softening_has_the_variance_that_was_asked(variance):
    point = np.zeros((41, 41), np.float32)
    point[20, 20] = 1
    soft = softened(point, variance)
    away = np.arange(41) - 20
    assert soft.sum() == pytest.approx(1, abs=1e-4)
    assert float(soft.sum(axis=0) @ away**2) == pytest.approx(variance, rel=0.01)


def test_softening_twice_is_softening_once():
    skin = texture(120)
    inner = (slice(12, -12), slice(12, -12))
    assert np.allclose(softened(softened(skin, 0.4), 0.6)[inner], softened(skin, 1.0)[inner], atol=2e-5)
    assert softened(skin, 0.0) is skin


def test_spread_follows_width():
    assert spread_of(2.0) == pytest.approx(2 * spread_of(1.0))


def test_measured_skin_keeps_away_from_holes():
    canvas = canvas_of(texture(), DISK)
    kept = covered(canvas, 1.0)
    assert kept[200, 200] and not kept[200, 52]
    assert not (kept & ~DISK).any()
    places = np.arange(DISK.size, dtype=np.float32).reshape(DISK.shape)
    left = DISK & (COLUMNS < 200)
    assert np.array_equal(measured(places, left, canvas, 1.0), places[kept & left])
    assert not measured(places, np.zeros_like(DISK), canvas, 1.0).size
