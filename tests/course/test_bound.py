import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from corneum.course.bound import samples_needed, upper_bound


@given(st.integers(2, 400), st.floats(0, 0.9))
def test_at_the_bound_so_few_are_seen_in_one_of_twenty(samples: int, part: float) -> None:
    count = int(part * samples)
    bound = upper_bound(count / samples, samples)
    assert bound > count / samples
    assert binom.cdf(count, samples, bound) == pytest.approx(0.05, rel=1e-6)


def test_two_hundred_samples_show_five_percent_with_four_over() -> None:
    assert upper_bound(4 / 200, 200) <= 0.05 < upper_bound(5 / 200, 200)
    assert upper_bound(1.0, 10) == 1.0


@pytest.mark.parametrize("limit", [0.01, 0.05, 0.2])
def test_the_samples_needed_are_the_fewest(limit: float) -> None:
    needed = samples_needed(limit)
    assert upper_bound(0.0, needed) <= limit < upper_bound(0.0, needed - 1)
