from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corneum.screening import DONT_KNOW, VERDICTS, load_rules, screen
from corneum.skin import SITES
from tests.screening.intakes import TODAY, ZONES, answer_to, consistent, intakes, risks
from tests.screening.sample_rules import book_of


@cache
def sample():
    with TemporaryDirectory() as folder:
        return book_of(Path(folder))


BOOKS = pytest.mark.parametrize("load", [sample, load_rules], ids=["sample", "shipped"])


def strictness(zone):
    """Return the verdict's rank, and among defers the day; a defer without a day outlasts every day."""
    until = zone.until if zone.until is not None else date.max
    return (VERDICTS.index(zone.verdict), until if zone.verdict == "defer" else date.min)


def assert_never_looser(stricter, looser):
    for site, zone in looser.zones.items():
        assert strictness(stricter.zones[site]) >= strictness(zone), site


def of_kind(book, kind):
    return [one.id for one in book.questions.values() if one.kind == kind]


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_a_yes_in_place_of_a_no_never_loosens(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    name = data.draw(st.sampled_from(risks(book)))
    assume(name in answers)
    with_risk = {**answers, name: "yes"}
    without = consistent({**answers, name: "no"}, book)
    assert_never_looser(screen(with_risk, zones, TODAY, book), screen(without, zones, TODAY, book))


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_a_missing_or_unknown_answer_is_never_looser_than_no(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    name = data.draw(st.sampled_from([*risks(book), *of_kind(book, "sites")]))
    no = "no" if name in risks(book) else ()
    assume(name in consistent({**answers, name: no}, book))
    denied = screen(consistent({**answers, name: no}, book), zones, TODAY, book)
    missing = {key: value for key, value in answers.items() if key != name}
    assume(consistent({**missing, name: no}, book).keys() - {name} <= missing.keys())
    assert_never_looser(screen(missing, zones, TODAY, book), denied)
    assert_never_looser(screen({**answers, name: DONT_KNOW}, zones, TODAY, book), denied)


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_a_missing_answer_asks_wherever_an_answer_could_fire(load, data):
    book = load()
    answers = data.draw(intakes(book, open_questions=False))
    name = data.draw(st.sampled_from(sorted(answers)))
    zones = sorted(SITES)
    full = screen(answers, zones, TODAY, book)
    assert not full.open_questions
    without = screen({key: value for key, value in answers.items() if key != name}, zones, TODAY, book)
    fired = {one.rule.id for one in full.findings if any(clause.question == name for clause in one.rule.when)}
    still = {one.rule.id: one for one in without.findings}
    for rule_id in fired:
        assert still[rule_id].verdict in ("ask", "defer", "stop") and name in still[rule_id].open_questions


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_a_more_recent_date_never_loosens(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    name = data.draw(st.sampled_from(of_kind(book, "date")))
    assume(isinstance(answers.get(name), date))
    later = min(TODAY, answers[name] + timedelta(days=data.draw(st.integers(1, 400))))
    old, recent = screen(answers, zones, TODAY, book), screen({**answers, name: later}, zones, TODAY, book)
    assert_never_looser(recent, old)


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_more_sites_never_loosen(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    name = data.draw(st.sampled_from(of_kind(book, "sites")))
    assume(isinstance(answers.get(name), tuple))
    more = {**answers, name: tuple(dict.fromkeys([*answers[name], *data.draw(ZONES)]))}
    assert_never_looser(screen(more, zones, TODAY, book), screen(answers, zones, TODAY, book))


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_a_zone_does_not_depend_on_its_neighbors(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    together = screen(answers, zones, TODAY, book)
    for site in zones:
        alone = screen(answers, [site], TODAY, book).zones[site]
        assert [one.rule.id for one in alone.findings] == [one.rule.id for one in together.zones[site].findings]
        assert strictness(alone) == strictness(together.zones[site])


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_the_same_answers_give_the_same_screening(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    shuffled = dict(data.draw(st.permutations(sorted(answers.items()))))
    assert screen(answers, zones, TODAY, book) == screen(shuffled, zones, TODAY, book)


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_a_verdict_is_the_worst_of_its_findings_and_nothing_waits_for_the_past(load, data):
    book = load()
    found = screen(data.draw(intakes(book)), data.draw(ZONES), TODAY, book)
    for site, zone in found.zones.items():
        assert all(VERDICTS.index(one.verdict) <= VERDICTS.index(zone.verdict) for one in zone.findings)
        assert all(site in one.zones for one in zone.findings)
        assert (zone.verdict == "none") == (not zone.findings)
    for one in found.findings:
        assert (one.until is None) or (one.verdict == "defer" and one.until > TODAY)


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_on_the_named_day_the_rule_no_longer_defers(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    for one in screen(answers, zones, TODAY, book).findings:
        dated = any(clause.within_days and isinstance(answers.get(clause.question), date) for clause in one.rule.when)
        if one.until is not None and dated:
            again = screen(answers, zones, one.until, book)
            before = screen(answers, zones, one.until - timedelta(days=1), book)
            assert one.rule.id not in {later.rule.id for later in again.findings}
            if all(clause.within_days in (None, one.rule.wait_days) for clause in one.rule.when):
                assert one.rule.id in {later.rule.id for later in before.findings}


@BOOKS
@settings(max_examples=40)
@given(data=st.data())
def test_one_answer_moves_only_the_rules_that_ask_for_it(load, data):
    book = load()
    answers, zones = data.draw(intakes(book)), data.draw(ZONES)
    name = data.draw(st.sampled_from(sorted(book.questions)))
    changed = consistent(
        {**answers, name: answer_to(book.questions[name], Random(data.draw(st.integers(0, 2**32))))}, book
    )
    assume(name in changed and set(changed) >= set(answers))
    rest = [
        {
            one.rule.id: (one.verdict, one.until)
            for one in screen(given_answers, zones, TODAY, book).findings
            if name not in book.asked_by(one.rule)
        }
        for given_answers in (answers, changed)
    ]
    assert rest[0] == rest[1]
