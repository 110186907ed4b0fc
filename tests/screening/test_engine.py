import json
from datetime import date, timedelta

import pytest

from corneum.screening import AnswersError, UnknownRuleError, questions, screen, worst
from tests.screening.sample_rules import NOTHING, QUESTIONS, RULES, book_of, rule

TODAY = date(2026, 11, 20)
OVERRIDE = '\n[[override]]\nrule = "drug.010"\n{change}\nwho = "Dr A"\nwhen = 2026-06-01\nwhy = "Our own reason."\n'


@pytest.fixture
def book(tmp_path):
    return book_of(tmp_path)


def verdicts(found):
    return {site: zone.verdict for site, zone in found.zones.items()}


def test_no_rule_fires_on_no(book):
    found = screen(NOTHING, ["cheek", "back"], TODAY, book)
    assert verdicts(found) == {"cheek": "none", "upper_back": "none"}
    assert found.findings == () and not found.refused and found.open_questions == ()


def test_a_cold_sore_stops_the_mouth_and_not_the_back(book):
    found = screen({**NOTHING, "sore.now": "yes"}, ["perioral", "chin", "upper_back"], TODAY, book)
    assert verdicts(found) == {"perioral": "stop", "chin": "stop", "upper_back": "none"}
    assert found.findings[0].zones == ("perioral", "chin") and not found.refused
    assert screen({**NOTHING, "sore.now": "yes"}, ["chin"], TODAY, book).refused


@pytest.mark.parametrize(("days", "verdict"), [(0, "defer"), (182, "defer"), (183, "none"), (4000, "none")])
def test_a_wait_ends_on_its_day(book, days, verdict):
    dose = TODAY - timedelta(days=days)
    found = screen({**NOTHING, "drug.ever": "yes", "drug.last_dose": dose}, ["cheek"], TODAY, book)
    assert verdicts(found) == {"cheek": verdict}
    if verdict == "defer":
        until = found.zones["cheek"].until
        assert until == dose + timedelta(days=183)
        again = screen({**NOTHING, "drug.ever": "yes", "drug.last_dose": dose}, ["cheek"], until, book)
        assert verdicts(again) == {"cheek": "none"}


def test_a_wait_without_a_date_counts_from_today(tmp_path):
    more = rule("sore.020", '{ question = "sore.now", is = ["yes"] }', '"everywhere"', "defer", "wait_days = 14")
    found = screen({"sore.now": "yes"}, ["cheek"], TODAY, book_of(tmp_path, more))
    assert found.zones["cheek"].until == date(2026, 12, 4)


def test_a_defer_without_days_names_no_day_for_its_zone(book):
    answers = {**NOTHING, "sugar.hba1c": 9, "drug.ever": "yes", "drug.last_dose": TODAY}
    zone = screen(answers, ["cheek"], TODAY, book).zones["cheek"]
    assert (zone.verdict, zone.until) == ("defer", None)
    assert {one.until for one in zone.findings} == {None, TODAY + timedelta(days=183)}


def test_the_answered_sites_are_the_scope(book):
    found = screen({**NOTHING, "wart.sites": ["hand"], "wart.kind": "raised"}, ["hand", "cheek"], TODAY, book)
    assert verdicts(found) == {"hand": "stop", "cheek": "none"}


def test_a_region_is_a_scope(book):
    found = screen({**NOTHING, "wart.sites": ["hand"], "wart.kind": "flat"}, ["cheek", "neck", "eye"], TODAY, book)
    assert verdicts(found) == {"cheek": "ask", "neck": "none", "periorbital": "none"}
    found = screen({**NOTHING, "sugar.hba1c": 6}, ["hand", "chest"], TODAY, book)
    assert verdicts(found) == {"hand": "note", "chest": "none"}


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_a_missing_answer_asks(book, name):
    left = {key: value for key, value in NOTHING.items() if key != name}
    found = screen(left, ["perioral", "hand"], TODAY, book)
    assert found.zones["perioral"].verdict == "ask"
    assert {one.kind for one in found.findings} == {"unanswered"}
    assert found.open_questions == (name,)
    unknown = screen({**NOTHING, name: "don't know"}, ["perioral", "hand"], TODAY, book)
    assert verdicts(unknown) == verdicts(found)
    assert {one.kind for one in unknown.findings} == {"dont_know"}


def test_a_question_that_was_opened_and_not_answered_asks(book):
    found = screen({**NOTHING, "drug.ever": "yes"}, ["cheek"], TODAY, book)
    assert (verdicts(found), found.open_questions) == ({"cheek": "ask"}, ("drug.last_dose",))


def test_unknown_sites_may_be_any_site(book):
    found = screen({**NOTHING, "wart.sites": "don't know"}, ["hand", "back"], TODAY, book)
    assert set(verdicts(found).values()) == {"ask"}


def test_a_rule_may_fire_on_an_answer_that_is_not_known(tmp_path):
    more = rule("sore.030", '{ question = "sore.now", is = ["yes", "don\'t know"] }', '"everywhere"', "stop")
    assert screen({"sore.now": "don't know"}, ["back"], TODAY, book_of(tmp_path, more)).refused


def test_the_strictest_comes_first(book):
    answers = {"drug.ever": "yes", "drug.last_dose": TODAY, "sore.now": "yes", "sugar.hba1c": 6.5}
    found = screen(answers, ["chin", "hand"], TODAY, book)
    order = [one.verdict for one in found.findings]
    assert order == ["stop", "defer", "ask", "ask", "note"]
    assert verdicts(found) == {"chin": "stop", "hand": "defer"}


def test_an_unknown_zone_is_refused(book):
    with pytest.raises(AnswersError, match="Did you mean cheek"):
        screen(NOTHING, ["chek"], TODAY, book)


def test_a_signature_holds_until_the_rule_changes(tmp_path):
    digest = book_of(tmp_path).rule("sore.010").digest
    sign = f'[[sign_off]]\nrule = "sore.010"\nwho = "Dr A"\nwhen = 2026-06-01\ndigest = "{digest}"'
    signed = book_of(tmp_path, *RULES.values(), sign)
    assert signed.standing("sore.010").signed and "Dr A" in signed.standing("sore.010").text
    assert signed.standing("wart.010").text == "not signed off by a dermatologist"
    changed = [text.replace("A reason for", "Another reason for") for text in RULES.values()]
    lapsed = book_of(tmp_path, *changed, sign).standing("sore.010")
    assert not lapsed.signed and "changed since" in lapsed.text


def test_an_override_of_days_is_seen_with_the_original(tmp_path):
    book = book_of(tmp_path, *RULES.values(), OVERRIDE.format(change="wait_days = 30"))
    for days, kind, verdict in [(29, "fired", "defer"), (30, "overridden", "note"), (182, "overridden", "note")]:
        dose = TODAY - timedelta(days=days)
        found = screen({**NOTHING, "drug.ever": "yes", "drug.last_dose": dose}, ["cheek"], TODAY, book)
        (finding,) = found.findings
        assert (finding.kind, finding.verdict) == (kind, verdict)
        assert finding.shipped_verdict == "defer" and finding.shipped_until == dose + timedelta(days=183)
        assert finding.until == (dose + timedelta(days=30) if kind == "fired" else None)
        assert finding.standing.override.who == "Dr A"
    dose = TODAY - timedelta(days=183)
    assert not screen({**NOTHING, "drug.ever": "yes", "drug.last_dose": dose}, ["cheek"], TODAY, book).findings


def test_an_override_may_be_stricter(tmp_path):
    answers = {**NOTHING, "drug.ever": "yes", "drug.last_dose": TODAY - timedelta(days=200)}
    longer = book_of(tmp_path, *RULES.values(), OVERRIDE.format(change="wait_days = 365"))
    (finding,) = screen(answers, ["cheek"], TODAY, longer).findings
    assert finding.verdict == "defer" and finding.until == TODAY + timedelta(days=165)
    assert finding.shipped_until is None
    stop = book_of(tmp_path, *RULES.values(), OVERRIDE.format(change='verdict = "stop"'))
    found = screen({**answers, "drug.last_dose": TODAY}, ["cheek"], TODAY, stop)
    assert found.refused and found.findings[0].shipped_verdict == "defer"


def test_an_override_does_not_answer_a_question(tmp_path):
    book = book_of(tmp_path, *RULES.values(), OVERRIDE.format(change='verdict = "note"'))
    assert screen({**NOTHING, "drug.ever": "yes"}, ["cheek"], TODAY, book).zones["cheek"].verdict == "ask"


def test_questions_are_those_that_the_rules_need(tmp_path):
    extra = "\n[[question]]\nid = 'not.needed'\ntext = 'Does no rule ask this?'\nkind = 'yes_no'\n"
    book = book_of(tmp_path, *RULES.values(), extra)
    every = [one.id for one in questions(book)]
    assert every == [line.split('"')[1] for line in QUESTIONS.splitlines() if line.startswith("id = ")]
    left = [one.id for one in questions(book, {"drug.ever": "no"})]
    assert left == [name for name in every if name != "drug.last_dose"]


def test_the_result_is_plain_values(book):
    answers = {**NOTHING, "drug.ever": "yes", "drug.last_dose": "2026-11-01"}
    told = json.loads(json.dumps(screen(answers, ["cheek"], TODAY, book).to_dict()))
    assert told["zones"]["cheek"] == {"verdict": "defer", "until": "2027-05-03", "rules": ["drug.010"]}
    assert told["findings"][0]["conflicts"][0]["row"] == "CI-002"
    assert told["findings"][0]["sign_off"] == "not signed off by a dermatologist"


def test_an_unknown_rule_is_told(book):
    with pytest.raises(UnknownRuleError, match=r"Did you mean sore\.010"):
        book.rule("sore.011")


def test_the_worst_of_nothing_is_none():
    assert worst([]) == "none" and worst(["ask", "stop", "note"]) == "stop"
