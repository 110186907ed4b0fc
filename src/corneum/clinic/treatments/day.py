"""The questions of the day, and what the screening rules say of their answers. Nothing here touches the database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from corneum.clinic.treatments.state import SessionState
from corneum.screening import (
    AnswersError,
    Finding,
    Question,
    Rule,
    RuleBook,
    Screening,
    load_rules,
    questions,
    screen,
)

# What may have changed since the intake, by the heading under which it is asked. The rest was decided with the plan.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sun", ("sun.", "sunburn.")),
    ("creams", ("retinoid.010", "retinoid.020", "acid.")),
    ("skin", ("coldsore.010", "coldsore.020", "wound.")),
    ("hair", ("hair.",)),
    ("numbing", ("numbing.",)),
    ("now", ("makeup.", "eyes.010")),
    ("earlier", ("reaction.", "interval.", "course.")),
    ("room", ("eyes.020", "tip.", "operator.", "hygiene.")),
)


@dataclass(frozen=True)
class Asked:
    """A question of the day.

    Parameters
    ----------
    group
        Heading under which it stands.
    question
        As the rules put it.
    answer
        So far; None for none.
    """

    group: str
    question: Question
    answer: Any = None


@dataclass(frozen=True)
class Standing:
    """What a rule says today, and who let it pass.

    Parameters
    ----------
    finding
        Of the screening.
    blocks
        A stop or a deferral that no clinician has overridden.
    waits
        Somebody has to answer, or to be asked.
    """

    finding: Finding
    blocks: bool
    waits: bool


@cache
def day_rules() -> RuleBook:
    """Return the rules of the day."""
    book = load_rules()
    return replace(book, rules={rule.id: rule for rule in book.rules.values() if _group(rule)})


@cache
def _groups() -> Mapping[str, str]:
    """Return the group of each question that the rules of the day need."""
    book, found = day_rules(), dict[str, str]()
    for rule in book.rules.values():
        for name in book.asked_by(rule):
            found.setdefault(name, _group(rule))
    return found


def day_answers(state: SessionState, known: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the answers that count: those tapped, over those known; none to a question that another rules out."""
    book = day_rules()
    said = {name: value for name, value in {**known, **state.answers}.items() if name in day_rules().needed}
    while True:
        open_ones = {question.id for question in questions(book, _plain(said), today=today)}
        kept = {name: value for name, value in said.items() if name in open_ones}
        if kept == said:
            return said
        said = kept


def asked_today(state: SessionState, known: Mapping[str, Any], today: date) -> tuple[Asked, ...]:
    """Return the questions that a person answers today, by group; those that the records answer are left out."""
    book = day_rules()
    said = day_answers(state, known, today)
    open_ones = {question.id: question for question in questions(book, _plain(said), today=today)}
    groups = _groups()
    order = [name for name, _ in GROUPS]
    found = [
        Asked(groups[name], question, said.get(name))
        for name, question in open_ones.items()
        if (name not in known or name in state.answers) and _opened(question, said)
    ]
    return tuple(sorted(found, key=lambda one: order.index(one.group)))


def of_the_day(book: RuleBook) -> RuleBook:
    """Return those rules of a book that are asked again on the day, with what the clinic made stricter of them."""
    return replace(book, rules={name: book.rules[name] for name in day_rules().rules if name in book.rules})


def screened(
    state: SessionState, known: Mapping[str, Any], zones: Collection[str], today: date, book: RuleBook | None = None
) -> Screening:
    """Return what the rules of the day say for each zone.

    Parameters
    ----------
    state, known
        What was tapped, and what the records answer.
    zones
        Of the plan.
    today
        Day of the session.
    book
        The clinic's rules; as shipped if None.

    Raises
    ------
    AnswersError
        If an answer cannot be read.
    """
    rules = day_rules() if book is None or book is load_rules() else of_the_day(book)
    return screen(day_answers(state, known, today), zones, today, rules)


def check_answers(answers: Mapping[str, Any], today: date) -> None:
    """Refuse an answer that cannot be read, by itself.

    Raises
    ------
    AnswersError
        With every mistake.
    """
    book = day_rules()
    free = replace(
        book,
        questions={name: one.model_copy(update={"only_if": None}) for name, one in book.questions.items()},
    )
    unknown = [f"{name}: not asked today" for name in answers if name not in day_rules().needed]
    if unknown:
        raise AnswersError(unknown)
    screen(answers, ["cheek"], today, free)


def standing(finding: Finding, state: SessionState) -> Standing:
    """Return what a finding means for the start."""
    rule = finding.rule.id
    passed = rule in state.overridden
    blocks = finding.kind == "fired" and finding.verdict in ("stop", "defer")
    heard = rule in state.asked and finding.kind != "unanswered"
    waits = finding.verdict == "ask" and not heard
    return Standing(finding, blocks=blocks and not passed, waits=waits and not passed)


def standings(screening: Screening, state: SessionState, zone: str = "") -> tuple[Standing, ...]:
    """Return what every rule says, of one zone or of all; the strictest first."""
    findings = screening.zones[zone].findings if zone else screening.findings
    return tuple(standing(finding, state) for finding in findings if finding.kind != "overridden")


def told(screening: Screening, state: SessionState) -> list[dict[str, Any]]:
    """Return what the rules say as plain values, to be kept; rules that only wait for an answer are left out."""
    return [
        {
            "rule": one.finding.rule.id,
            "title": one.finding.rule.title,
            "kind": one.finding.kind,
            "verdict": one.finding.verdict,
            "until": None if one.finding.until is None else one.finding.until.isoformat(),
            "zones": list(one.finding.zones),
            "blocks": one.blocks,
            "waits": one.waits,
        }
        for one in standings(screening, state)
        if one.finding.kind != "unanswered"
    ]


def may_treat(screening: Screening, state: SessionState, zone: str) -> bool:
    """Return whether nothing of the day speaks against a zone, or a named person let it pass."""
    return not any(one.blocks or one.waits for one in standings(screening, state, zone))


def _opened(question: Question, said: Mapping[str, Any]) -> bool:
    """Return whether the question that opens this one was answered: until then nobody is asked for more."""
    return question.only_if is None or said.get(question.only_if.question) is not None


def _group(rule: Rule) -> str:
    for name, starts in GROUPS:
        if any(rule.id == start or (start.endswith(".") and rule.id.startswith(start)) for start in starts):
            return name
    return ""


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    book = day_rules()
    return {name: _as_read(book.questions[name].kind, value) for name, value in said.items()}


def _as_read(kind: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
