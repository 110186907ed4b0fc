from math import inf

import numpy as np
import pytest

from corneum.recovery import (
    LAWS,
    ProbabilityError,
    actives_wait_h,
    actives_waits_h,
    barrier_back_d,
    injure,
    redness_gone_each_h,
    redness_gone_h,
)
from corneum.recovery.corneum import area_means
from corneum.recovery.tewl import local_excess
from tests.recovery.builders import even, resting, uneven


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


def test_several_probabilities_from_one_search_are_those_of_one_each():
    state = treated(9.0)
    each = (0.5, 0.95)
    assert redness_gone_each_h(state, each) == tuple(redness_gone_h(state, one) for one in each)
    assert actives_waits_h(state, each) == tuple(actives_wait_h(state, one) for one in each)


def test_one_moment_is_computed_as_one_of_many():
    state = resting(n=7)
    state = injure(state, uneven(state, [0.0, 0.0, 2.0, 5.0, 11.0, 30.0]))
    for hour in (0.0, 3.7, 200.0):
        many = np.array([hour, hour + 1.0])
        alone = np.full((state.n, 1), hour)
        for law in LAWS:
            found = area_means(state, alone, [local_excess(state, law, alone), lambda missing: missing.living_um])
            wanted = area_means(state, many, [local_excess(state, law, many), lambda missing: missing.living_um])
            for one, other in zip(found, wanted, strict=True):
                np.testing.assert_allclose(one[:, 0], other[:, 0], rtol=1e-15)
    assert not area_means(resting(), np.ones((5, 1)), [lambda missing: missing.corneum_um])[0].any()
