import numpy as np
import pytest

from corneum.abrasion.grid import GridError
from corneum.abrasion.reference import philox_reference, strike_reference
from tests.abrasion.jobs import EQUAL, point_stencil

ONES = 0xFFFFFFFF
# Known answers of the Random123 library for philox4x32 with 10 rounds.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, words):
    assert tuple(philox_reference(counter, key).tolist()) == words


def test_philox_of_arrays_is_that_of_each_element():
    many = philox_reference((np.arange(5), 7, 0, 0), (1, 2))
    assert many.shape == (4, 5)
    assert np.array_equal(many[:, 3], philox_reference((3, 7, 0, 0), (1, 2)))


def test_every_grain_is_on_the_map_or_beyond_it():
    dose = np.full((5, 70), 0.8, np.float32)
    struck = strike_reference(dose, EQUAL, point_stencil(), pitch_um=100.0, seed=3)
    assert struck.impacts > 200
    assert struck.brought_j == pytest.approx(struck.impacts * 1e-6)
    assert struck.energy_j_m2.sum() * 1e-8 == pytest.approx(struck.brought_j, rel=1e-5)
    assert struck.spilled_j == pytest.approx(0.0, abs=1e-12)


def test_it_refuses_what_the_kernel_refuses():
    with pytest.raises(GridError, match="pitch"):
        strike_reference(np.ones((2, 2), np.float32), EQUAL, point_stencil(), pitch_um=0.0, seed=1)
