from math import inf

import numpy as np
import pytest

from corneum.recovery import ProbabilityError, actives_wait_h, barrier_back_d, injure, redness_gone_h
from tests.recovery.builders import even, resting


def treated(depth_um=2.76, n=100, **more):
    state = resting(n=n, **more)
    return injure(state, even(state, depth_um))


def test_untouched_skin_waits_for_the_rule_only():
    state = resting()
    assert barrier_back_d(state) == 0
    assert redness_gone_h(state) == 0
    assert actives_wait_h(state) == state.draws.book.rule("treatment.actives.earliest").value


def test_actives_wait_never_undercuts_the_rule():
    closed = {"recovery.permeability.disorder_fold": 1.0}
    assert actives_wait_h(treated(0.1, fixed=closed)) == 24
    assert actives_wait_h(treated(6.0)) > 24


def test_wait_of_one_sample_is_where_the_excess_meets_its_limit():
    fixed = {
        "recovery.lipid.excess_share": 0.0,
        "recovery.corneum.regrowth_um_d": 2.0,
        "recovery.tewl.residual_share": 0.2,
        "recovery.barrier.back_share": 0.25,
    }
    # 1 / (1 - 0.8 m / C) = 1.25 at m = C / 4 = 3 um, from 9 um at 2 um a day.
    assert barrier_back_d(treated(9.0, n=1, fixed=fixed), "reciprocal") == pytest.approx(3.0, abs=1e-3)


def test_deeper_removal_takes_longer():
    waits = [barrier_back_d(treated(depth)) for depth in (1.0, 3.0, 6.0, 12.0, 40.0)]
    assert np.all(np.diff(waits) > 0)


def test_what_takes_more_than_a_year_is_infinite():
    assert barrier_back_d(treated(12.0, fixed={"recovery.corneum.regrowth_um_d": 1e-3})) == inf


@pytest.mark.parametrize("probability", [0.0, -0.1, 1.1, float("nan")])
@pytest.mark.parametrize("wait", [barrier_back_d, actives_wait_h, redness_gone_h])
def test_impossible_probabilities_are_refused(wait, probability):
    with pytest.raises(ProbabilityError, match="above 0 and at most 1"):
        wait(resting(), probability=probability)
