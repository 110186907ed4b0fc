"""The spectral model against independent tables and against what is known of skin."""

import numpy as np
import pytest

from corneum.imaging.retakes.chromophores import (
    DAYLIGHT,
    WAVES_NM,
    SkinColor,
    change_of,
    color_like,
    melanin_for,
    reflectance,
    seen,
)


def test_a_white_surface_is_white():
    assert seen(np.ones(len(WAVES_NM))) == pytest.approx([1, 1, 1])


def test_daylight_and_observer_agree_with_the_published_tables():
    colour = pytest.importorskip("colour")
    lamp = colour.SDS_ILLUMINANTS["D65"]
    assert np.array([lamp[wave] for wave in WAVES_NM]) == pytest.approx(DAYLIGHT, abs=0.01)
    observer = colour.MSDS_CMFS["CIE 1931 2 Degree Standard Observer"]
    spectrum = reflectance(np.array(0.05), np.array(0.006))
    weights = np.array([observer[wave] for wave in WAVES_NM]) * DAYLIGHT[:, None]
    xyz = spectrum @ weights / weights[:, 1].sum()
    white = weights.sum(axis=0) / weights[:, 1].sum()
    rgb = colour.XYZ_to_sRGB(xyz, illuminant=colour.XYZ_to_xy(white), apply_cctf_encoding=False)
    assert seen(spectrum) == pytest.approx(rgb, abs=0.01)


def test_skin_of_all_tones_has_the_luminance_of_skin():
    light = seen(reflectance(np.array([0.02, 0.1, 0.3]), np.array(0.006))) @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(light) < 0).all()
    assert 0.25 < light[0] < 0.5 and 0.03 < light[2] < 0.12


def test_blood_shows_its_two_bands_in_green():
    spectrum = reflectance(np.array(0.02), np.array(0.01))
    at = dict(zip(WAVES_NM, spectrum, strict=True))
    assert at[540] < at[560] > at[580]


@pytest.mark.parametrize("skin", [SkinColor(0.02, 0.006), SkinColor(0.08, 0.008), SkinColor(0.15, 0.006)])
def test_a_skin_is_found_again_by_its_color(skin):
    found = color_like(seen(reflectance(np.array(skin.melanin_share), np.array(skin.blood_share))))
    assert found.melanin_share == pytest.approx(skin.melanin_share, rel=0.25)
    assert found.blood_share == pytest.approx(skin.blood_share, rel=0.35)


def test_melanin_for_a_contrast_gives_that_contrast():
    skin = SkinColor(0.05, 0.006)
    before = seen(reflectance(np.array(0.05), np.array(0.006)))
    dose = melanin_for(skin, 0.2)
    after = before * change_of(skin, np.array(dose), np.array(0.0))
    weights = [0.2126, 0.7152, 0.0722]
    assert after @ weights / (before @ weights) == pytest.approx(0.8, abs=0.002)
