import json
from dataclasses import replace
from pathlib import Path

import pytest

from corneum.course import Plan, PlanFileError, plan_course, read_plan, replay
from corneum.evidence import Book, load_evidence
from corneum.screening import RuleBook
from tests.course.builders import TODAY, only_coldsore, request


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_course(request(), today=TODAY, samples=20, rules=only_coldsore())


def _book_with(key: str, **change: float) -> Book:
    book = load_evidence()
    rows = [*book.sources.values(), *book.numbers.values(), *book.rules.values(), *book.measurements.values()]
    return Book(row.model_copy(update=change) if row.key == key else row for row in rows)


def test_a_plan_is_the_same_again(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan.to_dict()), encoding="utf-8")
    found = replay(read_plan(path), rules=only_coldsore())
    assert found.same
    assert found.text() == "The same plan."
    assert not (found.changed_rows or found.changed_rules or found.changed_tables or found.differences)


def test_a_changed_row_is_named(plan: Plan) -> None:
    key = "course.check_in.second_d"
    found = replay(plan, rules=only_coldsore(), book=_book_with(key, value=4.0, low=4.0, high=4.0))
    assert not found.same
    assert found.changed_rows == (key,)
    assert key in found.text()
    assert not (found.newly_used or found.no_longer_used)
    assert any(one.startswith("calendar.") for one in found.differences)


def test_a_row_that_makes_it_impossible_is_named(plan: Plan) -> None:
    key = "course.limit.beyond_probability"
    asked = replace(plan.request.clinic, limits=type(plan.request.clinic.limits)())
    free = plan_course(
        replace(plan.request, clinic=asked), today=TODAY, samples=20, rules=only_coldsore(), book=_loose(key)
    )
    found = replay(free, rules=only_coldsore(), book=_book_with(key, value=0.0, low=0.0, high=0.0))
    assert not found.same
    assert key in found.changed_rows


def _loose(key: str) -> Book:
    return _book_with(key, value=0.5, low=0.5, high=0.5)


def test_a_changed_rule_is_named(plan: Plan) -> None:
    book = only_coldsore()
    changed = RuleBook(
        book.questions,
        {name: rule.model_copy(update={"reason": "Another reason for it."}) for name, rule in book.rules.items()},
    )
    found = replay(plan, rules=changed)
    assert found.changed_rules == ("coldsore.010",)
    assert found.same  # the rule did not fire, so the plan says the same


def test_an_edited_plan_is_told_from_a_changed_row(plan: Plan) -> None:
    found = replay(replace(plan, sessions=99), rules=only_coldsore())
    assert not found.same
    assert found.differences == ("sessions: 99 -> 3",)
    assert "edited" in found.text()


def test_another_version_is_told(plan: Plan) -> None:
    found = replay(replace(plan, origin=replace(plan.origin, version="0.0.1")), rules=only_coldsore())
    assert "0.0.1 then" in found.text()


@pytest.mark.parametrize(
    ("text", "said"), [("{", "not valid JSON"), ("{}", "title"), ("[]", "not a plan"), ('{"title": 3}', "title")]
)
def test_what_is_no_plan_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanFileError, match=said):
        read_plan(path)


def test_a_missing_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match="cannot be read"):
        read_plan(tmp_path / "none.json")


def test_rows_of_one_side_are_not_called_changed(plan: Plan) -> None:
    rows = dict(plan.origin.row_digests)
    gone = rows.pop("course.check_in.second_d")
    found = replay(
        replace(plan, origin=replace(plan.origin, row_digests={**rows, "course.old": gone})), rules=only_coldsore()
    )
    assert found.same
    assert found.changed_rows == ()
    assert (found.newly_used, found.no_longer_used) == (("course.check_in.second_d",), ("course.old",))
    assert "Newly used: course.check_in.second_d." in found.text()


@pytest.mark.parametrize(("name", "value"), [("samples", 0), ("samples", -3), ("samples", 10**9), ("seed", -1)])
def test_an_impossible_origin_is_refused(plan: Plan, tmp_path: Path, name: str, value: int) -> None:
    raw = plan.to_dict()
    raw["origin"][name] = value
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(PlanFileError, match=rf"origin\.{name}"):
        read_plan(path)


def test_a_plan_of_an_unknown_zone_cannot_be_computed_again(plan: Plan) -> None:
    goals = tuple(replace(goal, zone="elbow") for goal in plan.request.goals)
    with pytest.raises(PlanFileError, match="cannot be computed again"):
        replay(replace(plan, request=replace(plan.request, goals=goals)), rules=only_coldsore())
