"""Focus and motion on real faces that were blurred by a known amount."""

import cv2
import numpy as np
import pytest

from corneum.imaging.gates.blur import blur_of
from tests.imaging.gates.faces import NAMES, gray_of

FWHM = 2.3548


def moved(gray, length, degrees):
    """The picture smeared over a line."""
    side = 2 * int(length) + 3
    kernel = np.zeros((side, side), np.float32)
    steps = np.linspace(-length / 2, length / 2, 400)
    across, along = np.cos(np.radians(degrees)) * steps, -np.sin(np.radians(degrees)) * steps
    for x, y in zip(across + side // 2, along + side // 2, strict=True):
        kernel[round(y), round(x)] += 1
    return cv2.filter2D(gray, -1, kernel / kernel.sum())


@pytest.fixture(params=NAMES)
def gray(request):
    return gray_of(request.param)


def test_a_sharp_face_is_sharp(gray):
    found = blur_of(gray)
    assert found.width_px < 3
    assert not found.moved


@pytest.mark.parametrize("sigma", [2, 3, 5])
def test_defocus_is_measured(gray, sigma):
    found = blur_of(cv2.GaussianBlur(gray, (0, 0), sigma))
    assert found.width_px == pytest.approx(FWHM * sigma, rel=0.25)


@pytest.mark.parametrize("noise", [2, 6])
def test_noise_is_no_sharpness(gray, noise):
    dice = np.random.default_rng(1)
    soft = cv2.GaussianBlur(gray, (0, 0), 3) + dice.normal(0, noise / 2, gray.shape).astype(np.float32)
    assert blur_of(soft).width_px > 3.5
    sharp = gray + dice.normal(0, noise, gray.shape).astype(np.float32)
    assert blur_of(sharp).width_px == pytest.approx(blur_of(gray).width_px, abs=0.7)


@pytest.mark.parametrize("degrees", [0, 90, 45])
def test_motion_is_told_from_defocus(gray, degrees):
    found = blur_of(moved(gray, 8, degrees))
    assert found.moved
    assert 4 < found.motion_px < 13
    off = abs((found.direction_deg - degrees + 90) % 180 - 90)
    assert off < 25


def test_a_picture_without_edges_is_not_judged():
    assert np.isnan(blur_of(np.full((300, 300), 120, np.float32)).width_px)


def test_more_blur_is_never_less(gray):
    widths = [blur_of(cv2.GaussianBlur(gray, (0, 0), sigma)).width_px for sigma in (1, 1.5, 2, 3, 4, 6)]
    assert widths == sorted(widths)
