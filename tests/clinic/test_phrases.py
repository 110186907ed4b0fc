"""What the core says comes out in German: whole sentences, sentences with gaps, lists, dates and numbers."""

from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import urlencode

import messages
import pytest
from django.http import QueryDict
from django.test import Client as Browser
from django.utils import translation
from django.utils.formats import date_format

from corneum.clinic.intake.present.questions import State, _shown
from corneum.clinic.intake.questioning import mistake_in, sent_answer
from corneum.clinic.ui import phrases
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reports import spoken_report
from corneum.course import plan_course
from corneum.course.care import load_care, load_consent
from corneum.course.request_file import read_request
from corneum.evidence import load_evidence
from corneum.reports.course import client_report
from corneum.reports.course.page import html_of
from corneum.screening import load_rules

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def the_next_test_speaks_english():
    """A page leaves its language to its thread."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Cheek", "Wange"),
        ("cheek, forehead and around the eye", "Wange, Stirn und Augenumgebung"),
        ("defer until 4 December 2026", "verschieben bis 4. Dezember 2026"),
        ("Review at session 3: go on or stop", "Zwischenbilanz bei Sitzung 3: weiter oder aufhören"),
        ("Ask again from 4 December 2026.", "Wieder fragen ab 4. Dezember 2026."),
        ("Photographs, 4 weeks after", "Fotografien, 4 Wochen danach"),
        ("  No rule fired. A named clinician decides. ", None),
        ("4.1 mm", "4,1 mm"),
        ("course.check_in.first_d", "course.check_in.first_d"),
        ("Nobody translated this.", "Nobody translated this."),
        ("", ""),
    ],
)
def test_german(said: str, told: str | None) -> None:
    with translation.override("de"):
        found = spoken(said)
    if told is None:
        assert found == "  Keine Regel greift. Es entscheidet die namentlich genannte Behandlungsleitung. "
    else:
        assert found == told


def test_sunday_is_no_sunlight() -> None:
    with translation.override("de"):
        assert "Sonne" not in date_format(date(2026, 9, 20), "WEEKDAY_FORMAT") and spoken("Sun") == "Sonne"


def test_english_stays_as_the_core_said_it() -> None:
    with translation.override("en"):
        assert spoken("defer until 4 December 2026") == "defer until 4 December 2026"


def test_everything_that_a_client_reads_of_the_core_s_tables_is_german() -> None:
    book = load_rules()
    texts = [rule.client_text for rule in book.rules.values()]
    texts += [text for one in load_consent() for text in (one.title, one.client)]
    texts += [one.client for one in load_care() if one.client]
    texts += [choice.text for one in book.questions.values() for choice in one.choices]
    with translation.override("de"):
        assert [text for text in texts if spoken(text) == text] == []


@pytest.fixture
def answers_in_german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let whatever translators are given of the checks of answers be translated, and nothing else of them."""
    given = {one.id: f"Auf Deutsch: {one.id}" for one in messages.table_messages() if one.place.endswith("/answers")}
    real = phrases._messages
    monkeypatch.setattr(phrases, "_messages", lambda language: {**real(language), **given})
    for held in (phrases._patterns, phrases._spoken):
        held.cache_clear()
    yield
    for held in (phrases._patterns, phrases._spoken):
        held.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("isotretinoin.last_dose", "2999-03-02"),
        ("isotretinoin.last_dose", "yesterday"),
        ("earlier.redness_days", "many"),
        ("earlier.redness_days", "999"),
        ("earlier.pain", "much"),
        ("earlier.pain", "11"),
        ("person.phototype", "VII"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_in_the_client_s_language(
    name: str, value: str, answers_in_german: None
) -> None:
    question = load_rules().questions[name]
    sent = {name: value}
    said = mistake_in(question, sent_answer(question, QueryDict(urlencode(sent))), TODAY)
    state = State({}, load_rules(), TODAY, {}, mistakes={name: said})
    with translation.override("de"):
        assert said and _shown(question, False, state).mistake.startswith("Auf Deutsch: ")


def test_a_client_s_report_is_german_to_the_last_word(pytestconfig: pytest.Config) -> None:
    request = read_request(pytestconfig.rootpath / "examples" / "first-course.toml", today=TODAY)
    report = client_report(plan_course(request, today=TODAY), load_evidence())
    with translation.override("de"):
        told = spoken_report(report)
    page = unescape(html_of(told))
    assert told.language == "de" and '<html lang="de">' in page
    words = page.partition("</style>")[2].lower().replace("\xa0", " ")
    for word in (" the ", " your ", " is ", " you ", " days ", " session ", " of ", " weeks "):
        assert word not in words, words[words.index(word) - 80 : words.index(word) + 80]


def test_a_choice_of_language_holds_and_the_page_says_which(browse):
    browser = browse("owner")
    assert '<html lang="en"' in browser.get("/clients/").content.decode()
    browser.post("/language/", {"language": "de", "next": "/clients/"})
    page = browser.get("/clients/").content.decode()
    assert '<html lang="de"' in page and "Personen" in page
    browser.post("/language/", {"language": "en", "next": "/clients/"})
    assert '<html lang="en"' in browser.get("/clients/").content.decode()


@pytest.mark.django_db
def test_a_browser_that_asks_for_german_gets_it_before_the_log_in() -> None:
    page = Browser(headers={"accept-language": "de-AT,de;q=0.9"}).get("/log-in/", follow=True).content.decode()
    assert '<html lang="de"' in page
