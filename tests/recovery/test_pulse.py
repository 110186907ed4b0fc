import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corneum.recovery.pulse import decay, hump, united

shares = arrays(float, 3, elements=st.floats(0, 1))


@given(st.floats(0, 1e4), st.floats(0.1, 1e3))
def test_hump_stays_between_nothing_and_its_peak(time, peak):
    assert 0 <= hump(np.array(time), np.array(peak)) <= 1


def test_hump_starts_at_nothing_and_decay_at_all():
    assert hump(np.array(0.0), np.array(5.0)) == 0
    assert decay(np.array([0.0, 3.0]), np.array(3.0)).tolist() == [1.0, 0.5]


@given(st.lists(shares, max_size=4), shares)
def test_one_more_effect_never_lessens_the_whole(some, more):
    before, after = united(some), united([*some, more])
    assert np.all(after >= before - 1e-12)
    assert np.all((after >= more - 1e-12) & (after <= 1))


def test_no_effects_are_nothing():
    assert united([]) == 0
