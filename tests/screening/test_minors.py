"""Under 18 the rules exclude, whatever stays unanswered; an override of a clinic leaves the other rules standing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.screening import DONT_KNOW, load_rules, screen
from tests.screening.intakes import TODAY, intakes

OVERRIDE = """
[[override]]
rule = "age.010"
verdict = "ask"
who = "Dr. A. Example, dermatologist"
when = 2026-11-01
why = "Acne led by a doctor, letter on file"
"""
LED = {"minor.looks_only": "no", "minor.agreement_missing": "no", "minor.others_wish": "no"}


def verdict(answers, rules=None):
    return screen(answers, ["cheek"], date(2026, 11, 20), rules or load_rules()).zones["cheek"].verdict


@given(intakes(load_rules()), st.floats(1, 17.99))
def test_under_18_every_intake_stops(answers, age):
    assert verdict({**answers, "person.age": age}) == "stop"


@pytest.mark.parametrize("name", LED)
@pytest.mark.parametrize("said", ["yes", DONT_KNOW])
def test_an_override_does_not_lift_the_other_rules(tmp_path, name, said):
    path = tmp_path / "clinic.toml"
    path.write_text(OVERRIDE)
    rules = load_rules(path)
    assert verdict({"person.age": 16, **LED}, rules) == "ask"
    assert verdict({"person.age": 16, **LED, name: said}, rules) == "stop"
    assert verdict({"person.age": 10, **LED}, rules) == "stop"


def test_at_18_no_rule_for_minors_speaks():
    found = screen({"person.age": 18}, ["cheek"], TODAY)
    assert not [one.rule.id for one in found.findings if one.rule.id.startswith("age.")]
