import cv2
import numpy as np
import pytest

from corneum.imaging.align.view import View, view_over


@pytest.mark.parametrize("step", [1.0, 2.0, 2.7, 4.0])
def test_a_dot_stays_where_it_is_at_every_scale(step):
    column, row = 231.0, 147.0
    y, x = np.mgrid[0:400, 0:500]
    gray = 255 * np.exp(-((x - column) ** 2 + (y - row) ** 2) / (2 * 9.0**2))
    pixels = np.repeat(np.round(gray).astype(np.uint8)[..., None], 3, axis=2)
    view = view_over(pixels.shape, np.array([[31.0, 17.0], [480.0, 390.0]]), step)
    small = view.gray(pixels)
    down, across = np.mgrid[0 : small.shape[0], 0 : small.shape[1]].astype(np.float32)
    weight = np.where(small > 20, small, 0)
    middle = [np.float32([(axis * weight).sum() / weight.sum()]) for axis in (across, down)]
    there = view.to_photo(*middle)
    assert np.allclose(np.ravel(there), [column, row], atol=0.05)


def test_to_the_photograph_and_back():
    view = View(10, 20, 310, 260, 91, 73)
    columns, rows = view.places()
    back = view.from_photo(columns, rows)
    expected = np.meshgrid(np.arange(91), np.arange(73))
    assert np.allclose(back[0], expected[0], atol=1e-4) and np.allclose(back[1], expected[1], atol=1e-4)


def test_a_coarser_view_is_the_area_mean():
    pixels = cv2.randu(np.zeros((64, 96, 3), np.uint8), 0, 255)
    view = view_over(pixels.shape, np.array([[0.0, 0.0], [96.0, 64.0]]), 1.0)
    small = view.coarser(4).gray(pixels)
    blocks = view.gray(pixels).reshape(16, 4, 24, 4).mean(axis=(1, 3))
    assert np.abs(small - blocks).max() < 1.5
