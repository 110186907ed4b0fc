"""Color arithmetic against colour-science, the oracle."""

import tomllib

import colour
import numpy as np
import pytest

from corneum.imaging.card.colors import difference, lab_of_linear, linear_of_lab_d50
from corneum.imaging.card.light import decode, encode, plain_linear
from corneum.imaging.card.reference import _TABLE, colorchecker

# The oracle changes how arrays are printed, for every test that runs after this one.
np.set_printoptions(legacy=False)
RGB = np.random.default_rng(0).uniform(0, 1, (200, 3))


def test_decoding_and_encoding_are_the_srgb_curve():
    np.testing.assert_allclose(decode(RGB), colour.models.eotf_sRGB(RGB), atol=1e-9)
    np.testing.assert_allclose(encode(decode(RGB)), RGB, atol=1e-6)


def test_plain_linear_is_the_curve_at_every_level():
    levels = np.arange(256, dtype=np.uint8).repeat(3).reshape(16, 16, 3)
    linear = plain_linear(levels)
    assert linear.dtype == np.float32 and linear.shape == levels.shape
    np.testing.assert_allclose(linear, colour.models.eotf_sRGB(levels / 255), atol=1e-6)


def test_lab_of_linear_light():
    xyz = colour.RGB_to_XYZ(RGB, "sRGB")
    expected = colour.XYZ_to_Lab(xyz, colour.CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["D65"])
    np.testing.assert_allclose(lab_of_linear(RGB), expected, atol=0.05)


def test_difference_is_ciede2000():
    rng = np.random.default_rng(1)
    first = rng.uniform([0, -90, -90], [100, 90, 90], (2000, 3))
    second = np.concatenate([first[:1000] + rng.normal(0, 3, (1000, 3)), rng.permutation(first[1000:])])
    np.testing.assert_allclose(difference(first, second), colour.delta_E(first, second, method="CIE 2000"), atol=1e-6)


def test_difference_of_grays_and_of_like_colors():
    gray = np.array([[50.0, 0, 0], [20, 0, 0]])
    np.testing.assert_allclose(difference(gray, gray), 0)
    other = np.array([[60.0, 0, 0], [20, 5, 5]])
    np.testing.assert_allclose(difference(gray, other), colour.delta_E(gray, other, method="CIE 2000"), atol=1e-9)


@pytest.mark.parametrize(
    ("edition", "name"),
    [("after_2014", "ColorChecker24 - After November 2014"), ("before_2014", "ColorChecker24 - Before November 2014")],
)
def test_table_holds_the_published_colors(edition, name):
    chart = colour.CCS_COLOURCHECKERS[name]
    lab = colour.XYZ_to_Lab(colour.xyY_to_XYZ(np.array(list(chart.data.values()))), chart.illuminant)
    reference = colorchecker(edition)
    assert reference.names == tuple(chart.data)
    np.testing.assert_allclose(reference.lab, lab, atol=0.006)
    linear = colour.XYZ_to_RGB(colour.Lab_to_XYZ(lab, chart.illuminant), "sRGB", chart.illuminant, "Bradford")
    np.testing.assert_allclose(reference.linear, linear, atol=1e-3)


def test_linear_of_lab_keeps_the_gray_axis():
    linear = linear_of_lab_d50(np.array([[100.0, 0, 0], [50, 0, 0]]))
    np.testing.assert_allclose(linear, [[1, 1, 1], [0.1842, 0.1842, 0.1842]], atol=1e-3)


def test_table_is_what_its_script_writes():
    from make_card_table import text

    assert tomllib.loads(text()) == tomllib.loads(_TABLE.read_text(encoding="utf-8"))
