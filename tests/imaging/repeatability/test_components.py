"""Components of variance: known truth comes back, few readings widen the limits."""

import numpy as np
import pytest

from corneum.imaging.repeatability import TooFewReadings, agreement, components
from corneum.imaging.repeatability.components import change_limit


def drawn(dice, persons, setups, captures, setup_sd, repeat_sd):
    between = dice.normal(0, setup_sd, (persons, setups, 1))
    return (
        dice.normal(0, 10, (persons, 1, 1)) + between + dice.normal(0, repeat_sd, (persons, setups, captures))
    ).tolist()


def test_known_components_come_back():
    found = components(drawn(np.random.default_rng(1), 400, 2, 3, 2.0, 1.0))
    assert found.repeat_sd == pytest.approx(1.0, rel=0.05)
    assert found.setup_sd == pytest.approx(2.0, rel=0.1)
    assert (found.repeat_df, found.setup_df) == (1600, 400)
    assert found.change_se == pytest.approx(np.sqrt(2 * 5), rel=0.08)


@pytest.mark.parametrize(("setup_sd", "repeat_sd"), [(2.0, 1.0), (1.0, 1.0), (0.3, 1.0)])
def test_limits_from_few_people_hold_their_nominal_share(setup_sd, repeat_sd):
    dice = np.random.default_rng(7)
    held = []
    for _ in range(600):
        limit = components(drawn(dice, 3, 2, 3, setup_sd, repeat_sd)).mdc95
        changes = np.sqrt(2) * np.hypot(setup_sd, repeat_sd) * dice.standard_normal(50)
        held.append(np.mean(np.abs(changes) <= limit))
    assert 0.92 < np.mean(held) < 0.985


def test_few_readings_widen_the_limit():
    dice = np.random.default_rng(3)
    few, many = (components(drawn(dice, n, 2, 3, 1.0, 0.5)) for n in (1, 200))
    assert few.df < 5 < many.df
    assert few.mdc95 / few.change_se > 2.5 > 1.98 > many.mdc95 / many.change_se


def test_known_limits():
    assert change_limit(1.0, 5) == pytest.approx(2.5706, abs=1e-4)
    assert change_limit(2.0, float("inf")) == pytest.approx(3.92, abs=0.01)


def test_unequal_sizes_and_missing_values_are_taken():
    found = components([[[1.0, 1.1, float("nan")], [1.2, 1.3, 1.4]], [[2.0, 2.2], [2.1]]])
    assert found.repeat_df == 4 and found.setup_df == 2


@pytest.mark.parametrize("readings", [[], [[[1.0, 2.0]]], [[[1.0], [2.0]]]])
def test_nothing_repeated_is_refused(readings):
    with pytest.raises(TooFewReadings, match="two set-ups"):
        components(readings)


def test_agreement_of_identical_raters_is_one_and_a_shift_lowers_only_one_of_them():
    subjects = np.arange(8.0)[:, None]
    assert agreement(np.repeat(subjects, 3, axis=1)).absolute == pytest.approx(1.0)
    shifted = agreement(subjects + np.array([0.0, 2.0]))
    assert 0 < shifted.one_way < shifted.absolute < 1
    assert np.isnan(agreement(np.ones((1, 3))).one_way)
