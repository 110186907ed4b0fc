"""Geometry of known shapes."""

import numpy as np
import pytest

from corneum.imaging.card import Scale
from corneum.lesions.around import Around
from corneum.lesions.outlining import Outline
from corneum.lesions.shape import longest, shape_of, size_of

ROWS, COLUMNS = np.mgrid[:240, :240]


def seen(mask, dark=None):
    lab = np.zeros((240, 240, 3), np.float32)
    lab[..., 0] = np.where(mask, 45 if dark is None else dark, 75)
    lab[..., 2] = 15
    return Around(lab, mask, ~mask, 1.0)


def disk(radius=60, stretch=1.0):
    return np.hypot((COLUMNS - 120) / stretch, ROWS - 120) < radius


def outline_of(mask):
    import cv2

    border = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0][0][:, 0]
    return Outline(0, 0, mask, border.astype(float), 1.0, {}, 0.04, 9.0, False)


def test_a_disk_is_round_and_even():
    shape = shape_of(seen(disk()))
    assert max(shape.asymmetry_shares) < 0.02
    assert max(shape.color_asymmetry_de) < 0.5
    assert shape.compactness_ratio == pytest.approx(1, abs=0.03)
    assert shape.abrupt_eighths == 8


def test_an_ellipse_is_symmetric_but_longer():
    shape = shape_of(seen(disk(40, 2.0)))
    assert max(shape.asymmetry_shares) < 0.03
    assert shape.compactness_ratio == pytest.approx(1.19, abs=0.05)


def test_a_half_disk_is_asymmetric_on_one_axis():
    shares = shape_of(seen(disk() & (COLUMNS > 120))).asymmetry_shares
    assert shares[0] > 0.1 > shares[1]


def test_a_dark_half_is_asymmetric_in_color_only():
    shape = shape_of(seen(disk(50, 1.3), dark=np.where(COLUMNS > 120, 30, 60)))
    assert max(shape.color_asymmetry_de) > 10
    assert max(shape.asymmetry_shares) < 0.03


def test_lobes_make_a_border_irregular():
    angle = np.arctan2(ROWS - 120, COLUMNS - 120)
    star = np.hypot(COLUMNS - 120, ROWS - 120) < 55 * (1 + 0.3 * np.cos(7 * angle))
    assert shape_of(seen(star)).compactness_ratio > 1.8


def test_a_soft_border_is_not_abrupt():
    away = np.hypot(COLUMNS - 120, ROWS - 120)
    fading = 75 - 30 / (1 + np.exp((away - 60) / 15))
    mask = disk()
    found = seen(mask)
    found.lab[..., 0] = fading
    assert shape_of(found).abrupt_eighths == 0


@pytest.mark.parametrize("turn", [0, 1])
def test_geometry_does_not_depend_on_the_orientation(turn):
    mask = np.rot90(disk(50, 1.5) & (ROWS < 140), turn)
    plain = shape_of(seen(disk(50, 1.5) & (ROWS < 140)))
    assert shape_of(seen(mask)).asymmetry_shares == pytest.approx(plain.asymmetry_shares, abs=0.02)


def test_size_and_its_error():
    size = size_of(outline_of(disk(60)), Scale(20.0, 0.03, "given"))
    assert size.diameter_mm == pytest.approx(6.0, abs=0.05)
    assert size.longest_mm == pytest.approx(6.0, abs=0.1)
    assert size.error_share == pytest.approx(0.05)
    assert "error 5 %" in size.text()


def test_longest_extent_of_a_square():
    assert longest(np.array([[0, 0], [9, 0], [9, 9], [0, 9]], float)) == pytest.approx(9 * 2**0.5 + 1)
