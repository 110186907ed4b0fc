"""The questions of the screening rules in small pages, and answers as a form sends them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneum.clinic.ui.phrases import spoken
from corneum.screening import DONT_KNOW, AnswersError, Question, RuleBook, load_rules, questions
from corneum.screening.answers import checked_answers
from corneum.screening.clauses import Truth, truth_of

KNOWN_OTHERWISE = ("person.age",)
"""Read from the record, never asked."""
_FOR_STAFF = "For the practitioner:"
_MOST = 7
TOPICS: Mapping[str, str | Promise] = {
    "person": _("You"),
    "general_health": _("Health"),
    "medicines": _("Medicines"),
    "allergies": _("Allergies"),
    "pregnancy_age": _("Pregnancy and age"),
    "skin_disease": _("Skin"),
    "scars_lesions": _("Scars, spots and moles"),
    "infections": _("Infections"),
    "sun_skin_type": _("Sun"),
    "recent_procedures": _("Recent procedures"),
    "hair_removal": _("Hair removal"),
    "earlier_sessions": _("Earlier microdermabrasion"),
    "consent": _("Wishes and time to decide"),
    "on_the_day": _("The day of the treatment"),
}
"""Tables of the core, in the order in which they are asked; a table that is not named here comes last."""


class Sent(Protocol):
    """What a form sends."""

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the last value of a key."""

    def getlist(self, key: str, /) -> list[Any]:
        """Return every value of a key."""


@dataclass(frozen=True)
class Page:
    """A small page of questions.

    Parameters
    ----------
    name, title
        In its address, and as shown.
    part, parts
        Which of how many pages of its topic it is.
    questions
        Ids in order; those that another opens stand after it on the same page.
    """

    name: str
    title: str | Promise
    part: int
    parts: int
    questions: tuple[str, ...]


def for_staff(question: Question) -> bool:
    """Return whether a question is put to the practitioner."""
    return question.text.startswith(_FOR_STAFF)


def wording(question: Question) -> str:
    """Return a question without the words that say who is asked."""
    said = question.text.removeprefix(_FOR_STAFF).strip()
    return spoken(said[:1].upper() + said[1:])


@cache
def pages(*, staff: bool) -> tuple[Page, ...]:
    """Return the pages of the shipped rules: for the client, or with the practitioner's questions as well."""
    book = load_rules()
    asked = [one for one in questions(book) if one.id not in KNOWN_OTHERWISE and (staff or not for_staff(one))]
    topics = dict.fromkeys([*TOPICS, *(book.topics[one.id] for one in asked)])
    return tuple(page for topic in topics for page in _pages_of(topic, asked, book))


def page_named(name: str, *, staff: bool) -> Page | None:
    """Return a page by its name, or None."""
    return next((page for page in pages(staff=staff) if page.name == name), None)


def _pages_of(topic: str, asked: Iterable[Question], book: RuleBook) -> list[Page]:
    blocks: dict[str, list[str]] = {}
    for question in asked:
        if book.topics[question.id] == topic:
            blocks.setdefault(root_of(question.id, book), []).append(question.id)
    # A page counts what is asked first: followers open only where they are needed.
    count = -(-len(blocks) // _MOST)
    size = -(-len(blocks) // count) if count else 0
    groups = list(blocks.values())
    cut = [groups[start : start + size] for start in range(0, len(groups), size)] if groups else []
    title = TOPICS.get(topic, topic.replace("_", " ").capitalize())
    return [
        Page(f"{topic}-{number}", title, number, len(cut), tuple(name for group in some for name in group))
        for number, some in enumerate(cut, 1)
    ]


def root_of(question_id: str, book: RuleBook) -> str:
    """Return the first question of a chain of its topic, in which each opens the next one."""
    gate = book.questions[question_id].only_if
    if gate is None or book.topics.get(gate.question) != book.topics[question_id]:
        return question_id
    if gate.question in KNOWN_OTHERWISE:
        return question_id
    return root_of(gate.question, book)


def open_ids(answers: Mapping[str, Any], book: RuleBook, today: date) -> frozenset[str]:
    """Return the ids of the questions that the answers so far do not rule out."""
    return frozenset(one.id for one in questions(book, answers, today=today))


def asked_ids(answers: Mapping[str, Any], book: RuleBook, today: date) -> frozenset[str]:
    """Return the ids of the questions that are put: one that another opens comes up once that one was answered so."""
    return frozenset(
        one.id
        for one in questions(book, answers, today=today)
        if one.only_if is None or truth_of(one.only_if, answers, book.questions, today).truth is Truth.TRUE
    )


def in_force(raw: Mapping[str, Any], book: RuleBook, today: date) -> dict[str, Any]:
    """Return checked answers without those that another answer rules out.

    What was ruled out is kept in the draft: who slips on a yes or no gets it back.
    """
    found: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            # One by one: followers are weighed together below.
            found |= checked_answers({name: value}, today, _lone(name, book))
        except AnswersError:
            continue
    while True:
        stays = open_ids(found, book, today)
        kept = {name: value for name, value in found.items() if name in stays}
        if len(kept) == len(found):
            return found
        found = kept


@cache
def _lone_question(question: Question) -> RuleBook:
    return RuleBook(questions={question.id: question.model_copy(update={"only_if": None})}, rules={})


def _lone(name: str, book: RuleBook) -> RuleBook:
    question = book.questions.get(name)
    return RuleBook(questions={}, rules={}) if question is None else _lone_question(question)


def mistake_in(question: Question, value: object, today: date) -> str:
    """Return what the core says against an answer, or nothing."""
    try:
        checked_answers({question.id: value}, today, _lone_question(question))
    except AnswersError as error:
        return error.mistakes[0].removeprefix(f"{question.id}: ")
    return ""


def sent_answer(question: Question, sent: Sent) -> object | None:
    """Return the answer to a question as a form sends it; None where it was left open.

    A number that cannot be read is returned as it was written: the core says what is wrong with it.
    """
    name = question.id
    if question.kind == "sites":
        return _sent_sites(name, sent)
    if sent.get(f"{name}~unknown"):
        return DONT_KNOW
    said = str(sent.get(name) or "").strip()
    if not said:
        return None
    if question.kind == "number":
        try:
            return float(said.replace(",", "."))
        except ValueError:
            return said
    return said


def _sent_sites(name: str, sent: Sent) -> object | None:
    where, sites = sent.get(name), [str(one) for one in sent.getlist(f"{name}~sites")]
    if where == "unknown":
        return DONT_KNOW
    if where == "nowhere":
        return []
    return sites or None
