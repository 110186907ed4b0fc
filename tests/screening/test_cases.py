from collections import defaultdict

import pytest

from corneum.screening import RulesError, load_cases, load_rules, questions, run_case, screen
from corneum.screening.cases import Case, read_cases
from tests.screening.sample_rules import book_of, written

CASE = """
[[case]]
rule = "sore.010"
title = "A sore on the lip"
fires = true
today = 2026-11-20
zones = ["perioral", "upper_back"]
answers = { sore.now = "yes" }
expect = { perioral = "stop", upper_back = "none" }
"""


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.rule}: {case.title}")
def test_the_rules_do_what_the_case_shows(case):
    assert run_case(case) == ()


def test_each_rule_is_shown_firing_and_holding_still():
    shown = defaultdict(set)
    for case in load_cases():
        shown[case.rule].add(case.fires)
    assert {rule_id: shown[rule_id] for rule_id in load_rules().rules if shown[rule_id] != {True, False}} == {}


def test_every_question_is_needed_by_a_rule():
    book = load_rules()
    needed = {one.id for one in questions(book)}
    assert [name for name in book.questions if name not in needed and not name.startswith("person.")] == []


def test_there_are_as_many_rules_as_promised():
    assert len(load_rules().rules) >= 80


def test_no_shipped_rule_is_signed():
    assert not any(load_rules().standing(rule_id).signed for rule_id in load_rules().rules)


def test_an_empty_intake_asks_everywhere_and_clears_nothing():
    from datetime import date

    from corneum.skin import SITES

    found = screen({}, SITES, date(2026, 11, 20))
    assert {zone.verdict for zone in found.zones.values()} == {"ask"}
    assert {one.kind for one in found.findings} == {"unanswered"}


def case_of(tmp_path, old="", new=""):
    (case,) = read_cases([written(tmp_path, CASE.replace(old, new), name="case.toml")])
    return case


def test_dotted_answers_are_read(tmp_path):
    assert case_of(tmp_path).answers == {"sore.now": "yes"}
    assert run_case(case_of(tmp_path), book_of(tmp_path)) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"stop"', '"ask"', "perioral: stop, expected ask"),
        ('sore.now = "yes"', 'sore.now = "no"', "it does not fire"),
        ("fires = true", "fires = false", "it fires"),
        ("sore.010", "sore.011", "no screening rule has the id 'sore.011'"),
        ("sore.now", "sore.nwo", "sore.nwo: no such question"),
        (', upper_back = "none"', ", until = 2026-12-04", "until: None, expected 2026-12-04"),
    ],
)
def test_a_case_that_does_not_hold_is_told(tmp_path, old, new, said):
    misses = run_case(case_of(tmp_path, old, new), book_of(tmp_path))
    assert any(said in one for one in misses), misses


def test_a_case_that_holds_still_by_a_missing_answer_proves_nothing(tmp_path):
    text = CASE.replace("true", "false").replace('{ sore.now = "yes" }', "{}")
    silent = text.replace('expect = { perioral = "stop", upper_back = "none" }', "")
    (case,) = read_cases([written(tmp_path, silent, name="case.toml")])
    assert run_case(case, book_of(tmp_path)) == ("it is not silent: unanswered, sore.now",)
    (case,) = read_cases([written(tmp_path, text.replace('"stop"', '"ask"'), name="case.toml")])
    assert run_case(case, book_of(tmp_path)) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("upper_back = ", "chest = ", "'chest' is not one of the zones"),
        ('"stop"', '"halt"', "expect"),
        ('perioral = "stop", ', "", "must expect a verdict"),
        ("fires", "fire", "did you mean 'fires'?"),
    ],
)
def test_a_wrong_case_is_refused(tmp_path, old, new, said):
    with pytest.raises(RulesError, match=r"case\.toml:2: sore\.010: .*") as refused:
        case_of(tmp_path, old, new)
    assert said in str(refused.value)


def test_a_case_is_a_value():
    assert Case.model_config["frozen"]
