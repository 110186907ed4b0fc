"""Drawing a blinded rating: the order is hidden, sham pairs are baselines, and the same seed draws the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.imaging.rating import NoShamPossible, RatingPair, draw_rating

PAIRS = [RatingPair(f"p{n}", f"{n}a", f"{n}c", f"{n}b") for n in range(12)]


def test_every_pair_is_shown_once_and_a_quarter_is_sham():
    drawn = draw_rating(PAIRS, seed=3)
    assert sorted(item.key for item in drawn.items if not item.sham) == sorted(pair.key for pair in PAIRS)
    assert sum(item.sham for item in drawn.items) == 4
    assert [item.number for item in drawn.items] == list(range(1, 17))


@given(st.integers(0, 10_000), st.floats(0, 0.5))
def test_the_later_side_is_where_the_drawing_says(seed, share):
    for item in draw_rating(PAIRS, seed, share).items:
        later = item.right if item.later == "right" else item.left
        earlier = item.left if item.later == "right" else item.right
        assert earlier.endswith("a") and later.endswith("b" if item.sham else "c")


def test_order_and_sides_are_shuffled_and_repeat_by_seed():
    one, same, other = (draw_rating(PAIRS, seed) for seed in (1, 1, 2))
    assert one == same and one.shown != other.shown
    assert {item.later for item in one.items} == {"left", "right"}
    assert [item.key for item in one.items] != sorted(item.key for item in one.items)


def test_raters_see_numbers_and_pictures_only():
    assert draw_rating(PAIRS[:1], 0, 0).shown in (((1, "0a", "0c"),), ((1, "0c", "0a"),))


def test_sham_pairs_need_second_baselines():
    with pytest.raises(NoShamPossible, match="take two baselines"):
        draw_rating([RatingPair("p", "a", "b")], 0)
    with pytest.raises(ValueError, match="no pair"):
        draw_rating([], 0)
    with pytest.raises(ValueError, match=r"0 to 0\.5"):
        draw_rating(PAIRS, 0, 0.9)
