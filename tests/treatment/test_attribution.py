"""Which rows a band comes from."""

import numpy as np
import pytest

from corneum.evidence import Draws, load_evidence
from corneum.treatment import influences

KEYS = ("skin.adhesion.surface_j_m2", "skin.adhesion.gradient_ratio", "abrasion.friction_coefficient")


def drawn(n=200):
    draws = Draws(load_evidence(), n=n, seed=3)
    return draws, [draws[key] for key in KEYS]


def test_an_outcome_that_follows_one_row_is_put_down_to_it():
    draws, (first, *_) = drawn()
    (found,) = influences(draws, np.log(first), most=1)
    assert found.key == KEYS[0]
    assert found.share == pytest.approx(1)
    assert found.rises


def test_a_row_that_lowers_the_outcome_is_told_apart():
    draws, (first, *_) = drawn()
    assert not influences(draws, -first)[0].rises


def test_the_strongest_row_comes_first_and_chance_is_left_out():
    draws, (first, second, _) = drawn(400)
    outcome = first / first.std() + 0.5 * second / second.std()
    found = influences(draws, outcome)
    assert [each.key for each in found[:2]] == list(KEYS[:2])
    assert found[0].share > found[1].share
    assert all(9 / 400 < each.share <= 1 for each in found)


def test_no_more_rows_are_told_than_wanted():
    draws, values = drawn()
    assert len(influences(draws, sum(value / value.std() for value in values), most=2)) == 2


@pytest.mark.parametrize("outcome", [np.zeros(200), np.full(200, 4.0)])
def test_an_outcome_without_spread_comes_from_nothing(outcome):
    assert influences(drawn()[0], outcome) == ()


def test_too_few_samples_tell_nothing():
    draws, (first, *_) = drawn(9)
    assert influences(draws, first) == ()


def test_a_central_run_has_no_spread_to_share_out():
    draws = Draws(load_evidence(), n=50, central=True)
    assert draws[KEYS[0]].shape == (50,)
    assert influences(draws, np.arange(50.0)) == ()
