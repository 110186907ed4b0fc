"""Looks at a plan with other settings: the same numbers as a single one, and what can be drawn of them."""

import numpy as np
import pytest

from corneum.course import Goal, Looks, OtherSettings, Plan, WhatIfError, plan_course, simulate_plan, what_if
from corneum.units import Quantity
from tests.course.builders import TODAY, crystal, diamond, kpa, only_coldsore, request

SAMPLES = 20


@pytest.fixture(scope="module")
def plan() -> Plan:
    asked = request(Goal("dullness", "cheek", "mild"), devices=(diamond(),))
    return plan_course(asked, today=TODAY, rules=only_coldsore(), samples=SAMPLES)


@pytest.fixture(scope="module")
def crystals() -> Plan:
    asked = request(Goal("dullness", "cheek", "mild"), devices=(crystal(),))
    return plan_course(asked, today=TODAY, rules=only_coldsore(), samples=SAMPLES)


def test_a_look_says_what_a_single_one_says(plan: Plan) -> None:
    looks = Looks(plan)
    assert looks.at("cheek").found.expected == plan.zone("cheek").expected
    for passes in (2, 3, 2):
        assert looks.at("cheek", OtherSettings(passes=passes)).found == what_if(plan, "cheek", passes=passes)


def test_a_look_draws_what_the_simulation_draws(plan: Plan) -> None:
    look, whole = Looks(plan).at("cheek"), simulate_plan(plan)["cheek"].zone("cheek")
    assert np.array_equal(look.depth_map.depth_um, whole.depth_map.depth_um)
    assert np.allclose(look.removal.mean_um, whole.sessions[0].depth_um)
    first = whole.curves.hours.searchsorted(24.0)
    at = look.curves.hours.searchsorted(24.0)
    assert np.allclose(look.curves.tewl_exponential_g_m2_h[:, at], whole.curves.tewl_exponential_g_m2_h[:, first])
    assert np.allclose(look.rest_tewl_g_m2_h, whole.curves.tewl_exponential_g_m2_h[:, 0])


def test_more_crystals_take_more(crystals: Plan) -> None:
    looks = Looks(crystals)
    shares = [
        looks.at("cheek", OtherSettings(flow=Quantity(flow, "g/min"))).found.expected.corneum_share.middle
        for flow in (6, 12, 24)
    ]
    assert shares == sorted(shares) and shares[0] < shares[-1]


def test_a_shorter_interval_breaks_the_barrier_s_limit(plan: Plan) -> None:
    look = Looks(plan).at("cheek", OtherSettings(vacuum=kpa(34), passes=4, interval_d=1))
    assert look.interval_d == 1 and look.curves.hours[-1] == 24
    assert any("barrier would not be back after 1 days" in said for said in look.found.breaks)
    assert what_if(plan, "cheek", vacuum=kpa(34), passes=4, interval_d=1) == look.found


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (OtherSettings(passes=0), "at least 1"),
        (OtherSettings(flow=Quantity(9, "g/min")), "no flow of crystals"),
        (OtherSettings(interval_d=400), "1 to 366"),
        (OtherSettings(interval_d=0), "1 to 366"),
        (OtherSettings(speed_mm_s=0.0), "above 0"),
        (OtherSettings(speed_mm_s=float("nan")), "above 0"),
    ],
)
def test_what_cannot_be_is_refused(other: OtherSettings, said: str, plan: Plan) -> None:
    with pytest.raises(WhatIfError, match=said):
        Looks(plan).at("cheek", other)


def test_crystals_have_no_tips(crystals: Plan) -> None:
    with pytest.raises(WhatIfError, match="no diamond tips"):
        Looks(crystals).at("cheek", OtherSettings(grit=Quantity(60, "um")))


def test_other_days_alone_leave_the_map_as_it_is(plan: Plan) -> None:
    looks = Looks(plan)
    first = looks.at("cheek", OtherSettings(passes=2))
    later = looks.at("cheek", OtherSettings(passes=2, interval_d=21))
    assert later.depth_map is first.depth_map
    assert later.found == what_if(plan, "cheek", passes=2, interval_d=21)
    assert looks.at("cheek", OtherSettings(passes=3)).depth_map is not first.depth_map
