import numba as nb
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion.intrinsics import LANE, add_scaled_row, philox_words
from corneum.abrasion.reference import philox_reference

words = st.integers(0, 2**32 - 1)


@nb.njit
def add_row(target, at, row, start, scale):
    add_scaled_row(target, at, row, start, scale)


@given(words, words, words, words)
def test_philox_is_that_of_the_reference(c0, c1, key0, key1):
    expected = philox_reference((c0, c1, 0, 0), (key0, key1))
    assert philox_words(c0, c1, key0, key1) == tuple(expected.tolist())


@given(st.integers(0, 24), st.integers(0, 8), st.floats(-1e3, 1e3, width=32))
def test_a_row_is_added_where_it_belongs_and_nowhere_else(at, start, scale):
    target = np.linspace(1, 2, 32, dtype=np.float32)
    row = np.linspace(-3, 5, 16, dtype=np.float32)
    expected = target.astype(np.float64)
    expected[at : at + LANE] += scale * row[start : start + LANE].astype(np.float64)
    untouched = np.delete(target, np.s_[at : at + LANE])
    add_row(target, np.uint64(at), row, np.uint64(start), np.float32(scale))
    np.testing.assert_allclose(target, expected, rtol=1e-6, atol=1e-3)
    assert np.array_equal(np.delete(target, np.s_[at : at + LANE]), untouched)
