"""The odd one out among a person's marks."""

from dataclasses import replace

import numpy as np
import pytest

from corneum.lesions.ducklings import UNLIKE, Features, TooFewMarks, odd_ones

PLAIN = Features(size=1.0, darkness=0.3, redness=4.0, blueness=-6.0, asymmetry=0.05, border=0.1)


def marks(count):
    rng = np.random.default_rng(count)
    return [
        replace(PLAIN, size=1 + rng.normal(0, 0.1), darkness=0.3 + rng.normal(0, 0.05), redness=4 + rng.normal(0, 1))
        for _ in range(count)
    ]


@pytest.mark.parametrize("count", [5, 8, 20])
def test_among_like_marks_none_is_odd(count):
    assert odd_ones(marks(count)) == ()


@pytest.mark.parametrize(
    ("feature", "value"), [("size", 2.4), ("size", -0.4), ("darkness", 1.2), ("redness", 22.0), ("blueness", 12.0)]
)
def test_an_outlier_in_any_feature_is_found(feature, value):
    people = [*marks(7), replace(PLAIN, **{feature: value})]
    (found,) = odd_ones(people)
    assert found.number == 7 and feature in found.by
    assert UNLIKE in found.text() and feature in found.text()


def test_the_order_of_marks_does_not_matter():
    people = [*marks(7), replace(PLAIN, size=2.4)]
    assert odd_ones(people[::-1])[0].number == 0


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_marks_are_told(count):
    with pytest.raises(TooFewMarks, match=f"{count} marks"):
        odd_ones(marks(count))
