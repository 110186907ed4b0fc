from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.course import (
    CourseRefused,
    CourseRequest,
    Goal,
    Limits,
    Plan,
    Prices,
    RequestError,
    WhatIfError,
    plan_course,
    simulate_plan,
    what_if,
)
from corneum.evidence import load_evidence
from corneum.screening import RuleBook
from corneum.treatment import band
from tests.course.builders import START, TODAY, crystal, diamond, kpa, only_coldsore, request, rules

SAMPLES = 20


def _plan(asked: CourseRequest, book: RuleBook | None = None, seed: int = 0) -> Plan:
    return plan_course(asked, today=TODAY, rules=book or only_coldsore(), samples=SAMPLES, seed=seed)


@pytest.fixture(scope="module")
def plan() -> Plan:
    goals = (Goal("dullness", "cheek", "mild"), Goal("fine_lines", "periorbital", "i"))
    return _plan(request(*goals, devices=(crystal(), diamond())))


def test_same_inputs_same_plan(plan: Plan) -> None:
    again = _plan(plan.request)
    assert again == plan
    assert again.to_dict() == plan.to_dict()


def test_another_seed_is_recorded(plan: Plan) -> None:
    assert _plan(plan.request, seed=5).origin.seed == 5


def test_a_plan_survives_json(plan: Plan) -> None:
    import json

    assert Plan.from_dict(json.loads(json.dumps(plan.to_dict(), allow_nan=False))) == plan


def test_every_row_of_the_origin_is_in_the_book(plan: Plan) -> None:
    book = load_evidence()
    for key in plan.origin.rows_used:
        assert book.row(key).key == key
    assert "course.limit.beyond_probability" in plan.origin.rows_used
    assert any(key.startswith("recovery.") for key in plan.origin.rows_used)


def test_the_full_simulation_has_the_same_numbers(plan: Plan) -> None:
    results = simulate_plan(plan)
    for zone in plan.zones:
        first = results[zone.zone].zone(zone.zone).sessions[0]
        assert float(band(first.corneum_share).middle) == pytest.approx(zone.expected.corneum_share.middle, rel=1e-9)
        assert float(band(first.depth_um).high) == pytest.approx(zone.expected.depth_um.high, rel=1e-9)


def test_a_stopped_zone_is_left_out_and_the_others_are_not() -> None:
    goals = (Goal("dullness", "perioral", "mild"), Goal("dullness", "cheek", "mild"))
    found = _plan(request(*goals, answers={"coldsore.now": "yes"}))
    assert [zone.zone for zone in found.zones] == ["cheek"]
    assert [one.zone for one in found.unplanned] == ["perioral"]
    assert "coldsore.010" in found.unplanned[0].why
    assert found.verdict("perioral").verdict == "stop"
    assert [goal.planned for goal in found.goals] == [False, True]


def test_a_stop_everywhere_is_refused_with_the_rule() -> None:
    with pytest.raises(CourseRefused, match=r"coldsore\.010") as refused:
        _plan(request(Goal("dullness", "perioral", "mild"), answers={"coldsore.now": "yes"}))
    assert refused.value.verdicts[0].verdict == "stop"
    assert not refused.value.goals[0].planned


def test_a_missing_answer_is_planned_but_needs_a_clinician() -> None:
    zone = _plan(request(), rules()).zone("cheek")
    assert zone.verdict == "ask"
    assert zone.needs_clinician


@pytest.mark.parametrize(("days_ago", "planned"), [(10, True), (0, True)])
def test_a_wait_that_ends_before_the_start_is_asked_again(days_ago: int, planned: bool) -> None:
    last = (TODAY - timedelta(days=days_ago)).isoformat()
    found = _plan(request(answers={"peel.last": last}), rules())
    until = TODAY - timedelta(days=days_ago) + timedelta(days=28)
    assert found.zone("cheek").verdict == "defer"
    assert [entry.day for entry in found.calendar if entry.kind == "ask_again"] == [until]


def test_a_wait_beyond_the_start_keeps_the_zone_out() -> None:
    asked = replace(request(answers={"peel.last": TODAY.isoformat()}), start=TODAY + timedelta(days=27))
    with pytest.raises(CourseRefused, match=r"29 December 2026.*peel\.010"):
        _plan(asked, rules())


def test_the_session_may_be_on_the_day_of_the_wait() -> None:
    asked = replace(request(answers={"peel.last": TODAY.isoformat()}), start=TODAY + timedelta(days=28))
    assert _plan(asked, rules()).session_days[0] == TODAY + timedelta(days=28)


def test_what_is_referred_is_not_planned() -> None:
    found = _plan(request(Goal("dullness", "cheek", "mild"), Goal("acne_scars_ice_pick", "cheek")))
    assert [goal.planned for goal in found.goals] == [True, False]
    assert {"tca_cross"} & {one.id for one in found.alternatives}
    with pytest.raises(CourseRefused, match="Nothing is offered here"):
        _plan(request(Goal("acne_scars_ice_pick", "cheek")))


def test_an_excluded_concern_keeps_its_whole_zone_out() -> None:
    with pytest.raises(CourseRefused, match="Not treated here"):
        _plan(request(Goal("dullness", "cheek", "mild"), Goal("sunburn", "cheek")))


def test_the_least_wanted_depth_of_a_zone_is_planned() -> None:
    book = load_evidence()
    found = _plan(request(Goal("dullness", "cheek", "mild"), Goal("melasma", "cheek"), devices=(crystal(),)))
    shares = [goal.wanted_share for goal in found.goals]
    assert found.zone("cheek").wanted_share == min(share for share in shares if share is not None)
    assert found.zone("cheek").wanted_share == book.number("course.target.gentle_share").value
    assert found.zone("cheek").needs_clinician


@pytest.mark.parametrize(("days", "doctor", "refused"), [(6, None, True), (6, "Dr. E", False), (7, None, False)])
def test_short_intervals_need_a_doctor(days: int, doctor: str | None, refused: bool) -> None:
    asked = request(interval_d=days, doctor=doctor)
    if refused:
        with pytest.raises(CourseRefused, match=r"treatment\.interval\.refuse"):
            _plan(asked)
        return
    found = _plan(asked)
    assert found.interval_d >= days
    assert any("Under 10 days" in note for note in found.notes)
    assert any("Below 7 days on the word of Dr. E." in note for note in found.notes) == (days < 7)


def test_the_gates_look_at_the_interval_as_given() -> None:
    with pytest.raises(CourseRefused, match=r"interval of 6\.6 days is below 7"):
        _plan(replace(request(), interval_d=6.6))
    assert any("Under 10 days" in note for note in _plan(replace(request(), interval_d=9.6)).notes)


def test_a_referred_goal_asks_a_clinician_for_its_zone() -> None:
    zone = _plan(request(Goal("dullness", "cheek", "mild"), Goal("rosacea", "cheek", "0"))).zone("cheek")
    assert zone.verdict == "ask"
    assert zone.needs_clinician
    assert any("rosacea is referred" in note for note in zone.notes)


def test_an_adjunct_alone_needs_a_doctor() -> None:
    asked = Goal("melasma", "cheek")
    with pytest.raises(CourseRefused, match="only beside other care led by a doctor or specialist"):
        _plan(request(asked, devices=(crystal(),)))
    assert _plan(request(asked, devices=(crystal(),), doctor="Dr. E")).zone("cheek").needs_clinician


@pytest.mark.parametrize(("phototype", "gentle"), [("IV", False), ("V", True), ("VI", True)])
def test_dark_skin_is_worked_on_gently_after_a_test_spot(phototype: str, gentle: bool) -> None:
    asked = request(devices=(crystal(),))
    found = _plan(replace(asked, person=replace(asked.person, phototype=phototype)))
    spots = [entry for entry in found.calendar if entry.kind == "test_spot"]
    assert (found.zone("cheek").wanted_key == "course.target.gentle_share") == gentle
    assert (found.goals[0].wanted_key == "course.target.gentle_share") == gentle
    assert [entry.day for entry in spots] == ([START - timedelta(days=14)] if gentle else [])
    assert all("treatment.test_spot" in entry.rows and entry.zones == ("cheek",) for entry in spots)


def test_a_keloid_history_is_worked_on_gently() -> None:
    book = only_coldsore()
    asks = book.rules["coldsore.010"].model_copy(update={"id": "keloid.020", "verdict": "ask", "scope": ("cheek",)})
    goals = (Goal("dullness", "cheek", "mild"), Goal("dullness", "forehead", "mild"))
    found = _plan(
        request(*goals, devices=(crystal(),), answers={"coldsore.now": "yes"}),
        RuleBook(book.questions, {"keloid.020": asks}),
    )
    assert found.zone("cheek").wanted_key == "course.target.gentle_share"
    assert found.zone("forehead").wanted_key == "course.target.usual_share"
    assert [entry.zones for entry in found.calendar if entry.kind == "test_spot"] == [("cheek",)]


def test_a_test_spot_is_never_before_the_day_of_planning() -> None:
    asked = request(devices=(crystal(),))
    found = _plan(replace(asked, person=replace(asked.person, phototype="V"), start=TODAY + timedelta(days=3)))
    assert [entry.day for entry in found.calendar if entry.kind == "test_spot"] == [TODAY]
    assert any("Only 3 days are left between the test spot" in note for note in found.notes)


def test_care_that_began_before_the_day_of_planning_is_noted() -> None:
    def begun(start: date) -> bool:
        return any("began before the day of planning" in note for note in _plan(replace(request(), start=start)).notes)

    assert begun(TODAY)
    assert not begun(START)


def test_a_limit_that_the_samples_cannot_show_is_a_mistake() -> None:
    with pytest.raises(RequestError, match="at least 59 samples are needed"):
        _plan(request(limits=Limits(0.05)))


def test_reasons_are_told_once_with_the_start_that_can_be_planned() -> None:
    goals = (Goal("dullness", "cheek", "mild"), Goal("dullness", "chin", "mild"))
    asked = replace(request(*goals, answers={"peel.last": TODAY.isoformat()}), start=TODAY)
    with pytest.raises(CourseRefused) as refused:
        _plan(asked, rules())
    assert len(refused.value.reasons) == 2
    assert refused.value.reasons[0].startswith("cheek, chin: Deferred")
    until = TODAY + timedelta(days=28)
    assert f"with start = {until.isoformat()} it can be planned" in refused.value.reasons[1]
    assert refused.value.until == until
    assert _plan(replace(asked, start=until), rules()).session_days[0] == until


def test_the_barrier_is_back_before_the_next_session(plan: Plan) -> None:
    limit = plan.zones[0].limits_used["barrier_probability"]
    for zone in plan.zones:
        assert zone.expected.barrier_probability >= limit
        assert all(days is not None and days <= plan.interval_d for days in zone.expected.barrier_d.values())


def test_the_interval_is_lengthened_for_the_barrier() -> None:
    asked = request(interval_d=1, doctor="Dr. E", limits=Limits(beyond_probability=0.4, barrier_probability=1.0))
    found = _plan(asked)
    assert found.interval_d > 1
    assert "Lengthened from 1" in found.interval_why


def test_dates_follow_each_other(plan: Plan) -> None:
    assert plan.session_days == tuple(START + timedelta(days=14 * number) for number in range(3))
    assert [entry.day for entry in plan.calendar] == sorted(entry.day for entry in plan.calendar)
    assert plan.review is not None
    assert plan.review.session == 3


def test_prices_of_the_clinic_are_used() -> None:
    asked = request()
    asked = replace(asked, clinic=replace(asked.clinic, prices=Prices("EUR", 80.0)))
    cost = _plan(asked).cost
    assert (cost.low, cost.high, cost.currency) == (240, 240, "EUR")


def test_what_if_shows_what_it_breaks_and_plans_nothing(plan: Plan) -> None:
    before = plan.to_dict()
    more = what_if(plan, "cheek", vacuum=kpa(34), passes=6)
    assert more.expected.corneum_share.middle > plan.zone("cheek").expected.corneum_share.middle
    assert any("passes" in said for said in more.breaks)
    same = what_if(plan, "cheek")
    assert same.expected == plan.zone("cheek").expected
    assert same.breaks == ()
    assert plan.to_dict() == before


def test_what_if_refuses_what_cannot_be(plan: Plan) -> None:
    with pytest.raises(WhatIfError, match="at least 1"):
        what_if(plan, "cheek", passes=0)
    with pytest.raises(KeyError, match="not planned"):
        what_if(plan, "hand")
    with pytest.raises(ValueError, match="outside what"):
        what_if(plan, "cheek", vacuum=kpa(500))


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["cheek", "nose", "hand", "upper_back"]),
    st.floats(18, 80),
    st.floats(0.14, 0.5),
    st.floats(0.3, 1.0),
    st.integers(1, 4),
)
def test_a_plan_keeps_its_own_limits(zone: str, age: float, beyond: float, barrier: float, sessions: int) -> None:
    asked = request(
        Goal("dullness", zone, "mild"), age=age, limits=Limits(beyond, barrier_probability=barrier), sessions=sessions
    )
    try:
        found = _plan(asked).zone(zone)
    except CourseRefused as refused:
        assert refused.reasons
        return
    assert found.expected.beyond_probability < found.expected.beyond_bound <= beyond
    assert found.expected.barrier_probability >= barrier
    assert found.expected.corneum_share.middle <= found.wanted_share * 1.03


@settings(max_examples=10, deadline=None)
@given(st.floats(0.14, 0.5), st.floats(0.14, 0.5), st.sampled_from(["cheek", "hand"]))
def test_a_stricter_clinic_never_gets_a_deeper_plan(one: float, other: float, zone: str) -> None:
    def depth(limit: float) -> float:
        try:
            found = _plan(request(Goal("dullness", zone, "mild"), limits=Limits(limit)))
        except CourseRefused:
            return 0.0
        return found.zone(zone).expected.corneum_share.middle

    assert depth(min(one, other)) <= depth(max(one, other)) * 1.03


@pytest.mark.parametrize("zone", ["perioral", "cheek"])
def test_adding_a_risk_never_opens_a_zone(zone: str) -> None:
    def open_zones(answers: dict[str, str | float | tuple[str, ...]]) -> set[str]:
        try:
            found = _plan(request(Goal("dullness", zone, "mild"), answers=answers), rules())
        except CourseRefused:
            return set()
        return {one.zone for one in found.zones if not one.needs_clinician}

    mild: dict[str, str | float | tuple[str, ...]] = {"peel.last": "2020-01-01"}
    risky: list[dict[str, str | float | tuple[str, ...]]] = [
        {**mild, "coldsore.now": "yes"},
        {"peel.last": TODAY.isoformat()},
        {},
    ]
    for answers in risky:
        assert open_zones(answers) <= open_zones(mild)
