import cv2
import numpy as np
import pytest

from corneum.imaging.indices.remembered import Same, remembered
from corneum.imaging.indices.smoothing import blurred, box_of, mean_nearby, reduced

DICE = np.random.default_rng(5)


@pytest.mark.parametrize("shape", [(1, 1), (2, 7), (7, 2), (10, 9), (30, 31), (12, 12), (20, 23, 3)])
@pytest.mark.parametrize("step", [2, 3, 5])
def test_a_reduced_map_repeats_its_last_pixels(shape, step):
    values = DICE.random(shape).astype(np.float32)
    padding = [(0, -side % step) for side in shape[:2]] + [(0, 0)] * (len(shape) - 2)
    padded = np.pad(values, padding, mode="edge")
    rows, columns = padded.shape[0] // step, padded.shape[1] // step
    expected = padded.reshape(rows, step, columns, step, *shape[2:]).mean(axis=(1, 3))
    assert np.allclose(reduced(values, step), expected, atol=1e-6)


@pytest.mark.parametrize("reach_px", [2.0, 11.0])
def test_a_mean_over_skin_knows_nothing_beyond_it(reach_px):
    values = DICE.random((90, 80)).astype(np.float32)
    skin = np.zeros((90, 80), np.float32)
    skin[:40, :40] = 1
    found = mean_nearby(values, skin, reach_px)
    assert np.array_equal(mean_nearby(np.where(skin > 0, values, 9).astype(np.float32), skin, reach_px), found)
    assert np.allclose(found[20, 20], blurred(values * skin, reach_px)[20, 20] / blurred(skin, reach_px)[20, 20])
    assert found[89, 79] == 0


def test_a_box_holds_its_region_and_no_more():
    region = np.zeros((9, 9), bool)
    region[2:5, 3] = region[3, 6] = True
    assert box_of(region) == (slice(2, 5), slice(3, 7))
    assert region[box_of(np.zeros((9, 9), bool))].size == 0


def test_what_is_remembered_is_told_by_identity():
    calls = []

    @remembered
    def added(first, second):
        calls.append(first)
        return first + second.one

    one, other = np.ones(2), np.ones(2)
    assert added(one, Same(other)) is added(one, Same(other))
    added(one, Same(other.copy()))
    added(one.copy(), Same(other))
    assert len(calls) == 3


def test_the_filter_is_one_of_opencv():
    point = np.zeros((31, 31), np.float32)
    point[15, 15] = 1
    assert np.allclose(blurred(point, 3.0), cv2.GaussianBlur(point, (0, 0), 3.0), atol=1e-7)
