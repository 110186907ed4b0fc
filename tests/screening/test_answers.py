from datetime import date

import pytest

from corneum.screening import AnswersError, read_answers
from corneum.screening.answers import checked_answers, checked_zones
from corneum.screening.answers_file import parse_answers
from tests.screening.sample_rules import QUESTIONS, RULES, book_of, written

TODAY = date(2026, 11, 20)


@pytest.fixture
def book(tmp_path):
    return book_of(tmp_path)


def test_every_way_to_write_an_answer(book):
    raw = {
        "drug": {"ever": True, "last_dose": "2026-10-01"},
        "wart.sites": ["Volar-Forearm", "forearm", "eye"],
        "wart.kind": "FLAT",
        "sore.now": "Don't know",
        "sugar.hba1c": 7,
    }
    assert checked_answers(raw, TODAY, book) == {
        "drug.ever": "yes",
        "drug.last_dose": date(2026, 10, 1),
        "wart.sites": ("forearm", "periorbital"),
        "wart.kind": "flat",
        "sore.now": "don't know",
        "sugar.hba1c": 7.0,
    }


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("sore.nw", "yes", "sore.nw: no such question; did you mean 'sore.now'?"),
        ("sore.now", "maybe", "'maybe' is no answer; write one of yes, no, don't know"),
        ("sore.now", 1, "1 is no answer"),
        ("wart.kind", "falt", "did you mean 'flat'?"),
        ("drug.last_dose", date(2026, 11, 21), "21 November 2026 is after the day of screening, 20 November 2026"),
        ("drug.last_dose", "last week", "'last week' is not a date"),
        ("drug.last_dose", 2026, "2026 is not a date"),
        ("wart.sites", "cheek", "'cheek' is not a list of sites"),
        ("wart.sites", ["chek"], "Did you mean cheek"),
        ("wart.sites", [3], "is not a list of sites"),
        ("sugar.hba1c", 21, "21 is out of range; allowed is at least 3 and at most 20 %"),
        ("sugar.hba1c", float("nan"), "nan is not a number"),
        ("sugar.hba1c", True, "True is not a number"),
        ("sugar.hba1c", "7", "'7' is not a number"),
    ],
)
def test_a_mistake_is_told(book, name, value, said):
    with pytest.raises(AnswersError) as refused:
        checked_answers({name: value}, TODAY, book)
    (mistake,) = refused.value.mistakes
    assert said in mistake and mistake.startswith(name)


def test_an_answer_that_another_rules_out_is_a_mistake(book):
    with pytest.raises(AnswersError, match=r"asked only if drug\.ever is yes; one of the two is wrong"):
        checked_answers({"drug.ever": "no", "drug.last_dose": TODAY}, TODAY, book)


@pytest.mark.parametrize("zones", [[], "cheek", 3, ["chek"], [3], None])
def test_zones_that_are_none(zones):
    with pytest.raises(AnswersError, match="zones"):
        checked_zones(zones)


def test_twenty_mistakes_are_told_at_once(book):
    text = """
titel = "Twenty mistakes"
today = "tomorrow"
zones = ["chek", "noze", "cheek", 4]

[person]
age = 300
hat = "blue"

[answers]
drug.ever = "no"
drug.last_dose = 2026-10-01
drug.ever_been = "yes"
wart.sites = ["lip", "knee"]
wart.kind = "round"
wart.kinds = "flat"
sore.now = 3
sore.yesterday = "yes"
sugar.hba1c = 500
one = 1
two = 2
three = 3
four = 4
five = 5
"""
    with pytest.raises(AnswersError) as refused:
        parse_answers(text, book, today=TODAY, name="twenty.toml")
    found = refused.value.mistakes
    assert len(found) == 20, "\n".join(found)
    assert all(one.startswith("twenty.toml") for one in found)
    assert "twenty.toml:14: wart.sites: unknown site 'knee'" in "\n".join(found)


def test_the_day_comes_from_the_file_unless_it_is_given(book):
    text = 'zones = ["cheek"]\ntoday = 2026-11-01'
    assert parse_answers(text, book, today=TODAY).today == date(2026, 11, 1)
    assert parse_answers(text, book, today=TODAY, override=date(2026, 12, 4)).today == date(2026, 12, 4)
    assert parse_answers('zones = ["cheek"]', book, today=TODAY).today == TODAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zones = [", "not valid TOML"),
        ('zones = ["cheek"]\nanswers = 3', "answers: must be a table"),
        ('zones = ["cheek"]\ntitle = 3', "title: must be text"),
        ("", "zones: name at least one site"),
    ],
)
def test_a_file_that_is_not_an_answers_file(book, text, said):
    with pytest.raises(AnswersError, match=said):
        parse_answers(text, book, today=TODAY)


def test_a_file_that_cannot_be_read(tmp_path):
    book = book_of(tmp_path)
    with pytest.raises(AnswersError, match=r"none\.toml: cannot be read"):
        read_answers(tmp_path / "none.toml", book, today=TODAY)
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(AnswersError, match=r"it is not UTF-8 text"):
        read_answers(bad, book, today=TODAY)


def test_the_person_is_answered_under_its_own_head(tmp_path):
    book = book_of(
        tmp_path,
        *RULES.values(),
        QUESTIONS.split("[[question]]")[-1].join(["[[question]]", ""]).replace("sugar.hba1c", "person.age"),
    )
    sheet = parse_answers('zones = ["cheek"]\n[person]\nage = 9', book, today=TODAY)
    assert sheet.answers == {"person.age": 9.0}
    path = written(tmp_path, 'title = "A"\nzones = ["mouth"]\n[answers]\nsore.now = true', name="answers.toml")
    sheet = read_answers(path, book, today=TODAY)
    assert (sheet.title, sheet.zones, sheet.answers) == ("A", ("perioral",), {"sore.now": "yes"})
