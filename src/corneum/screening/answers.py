"""Answers to the intake: what may be answered, and every mistake at once."""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast

from corneum.screening.checks import did_you_mean
from corneum.screening.clauses import Answer, Answers, Truth, truth_of
from corneum.screening.dates import date_in_words
from corneum.screening.rows import DONT_KNOW, Clause, Question
from corneum.screening.rule_book import RuleBook
from corneum.skin import UnknownSiteError, find_site

_OTHER_WORDS = {"dont know": DONT_KNOW, "do not know": DONT_KNOW, "unknown": DONT_KNOW, "don’t know": DONT_KNOW}


class AnswersError(ValueError):
    """Answers that cannot be screened: every mistake, with its place."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def checked_answers(raw: Mapping[str, object], today: date, rules: RuleBook) -> Answers:
    """Return ``raw`` answers in the form that the rules read.

    Parameters
    ----------
    raw
        Answer by question id; groups of answers may be nested, as TOML does with dotted names. Yes and no may be
        written as true and false, dates as ISO text, and "don't know" answers every question.
    today
        No answered date may lie after it.
    rules
        The questions that may be answered.

    Raises
    ------
    AnswersError
        With every mistake: unknown question, an answer of the wrong kind, a date in the future, a word that is no
        choice, a number out of range, an unknown site, an answer to a question that another answer rules out.
    """
    mistakes: list[str] = []
    found: Answers = {}
    for name, value in flat(raw, rules):
        question = rules.questions.get(name)
        if question is None:
            mistakes.append(f"{name}: no such question{did_you_mean(name, rules.questions)}")
            continue
        try:
            found[name] = _read(question, value, today)
        except ValueError as error:
            mistakes.append(f"{name}: {error}")
    mistakes += [said for name in found for said in _ruled_out(rules.questions[name], found, today, rules)]
    if mistakes:
        raise AnswersError(mistakes)
    return found


def checked_zones(zones: object) -> tuple[str, ...]:
    """Return the site names that ``zones`` mean, each once, in the order given.

    Raises
    ------
    AnswersError
        If there is no zone, or one that is no site; every mistake is listed.
    """
    if isinstance(zones, str) or not isinstance(zones, Iterable):
        raise AnswersError([f'zones: must be a list of sites, such as ["cheek", "chin"], not {zones!r}'])
    found: dict[str, None] = {}
    mistakes = []
    for zone in zones:
        try:
            found[find_site(zone).name if isinstance(zone, str) else _refused(zone)] = None
        except UnknownSiteError as error:
            mistakes.append(f"zones: {error}")
    if not found and not mistakes:
        mistakes.append("zones: name at least one site to treat")
    if mistakes:
        raise AnswersError(mistakes)
    return tuple(found)


def _refused(zone: object) -> str:
    raise UnknownSiteError(f"{zone!r} is not the name of a site")


def flat(raw: Mapping[str, object], rules: RuleBook | None = None, lead: str = "") -> Iterator[tuple[str, object]]:
    """Yield question id and answer; nested tables become dotted ids."""
    for key, value in raw.items():
        name = f"{lead}{key}"
        if isinstance(value, Mapping) and value and (rules is None or name not in rules.questions):
            yield from flat(value, rules, f"{name}.")
        else:
            yield name, value


def _read(question: Question, value: object, today: date) -> Answer:
    if isinstance(value, str):
        word = value.strip().lower()
        if _OTHER_WORDS.get(word, word) == DONT_KNOW:
            return DONT_KNOW
    match question.kind:
        case "yes_no" | "choice":
            return _word(question, value)
        case "date":
            return _date(value, today)
        case "number":
            return _number(question, value)
        case "sites":
            return _sites(value)


def _word(question: Question, value: object) -> str:
    if question.kind == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    word = value.strip() if isinstance(value, str) else value
    by_case = {allowed.lower(): allowed for allowed in question.allowed}
    if isinstance(word, str) and word.lower() in by_case:
        return by_case[word.lower()]
    hint = did_you_mean(word, question.allowed) if isinstance(word, str) else ""
    raise ValueError(f"{value!r} is no answer; write one of {', '.join((*question.allowed, DONT_KNOW))}{hint}")


def _date(value: object, today: date) -> date:
    day: object = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"{value!r} is not a date; write year-month-day, such as {today.isoformat()}")
    if day > today:
        raise ValueError(f"{date_in_words(day)} is after the day of screening, {date_in_words(today)}")
    return day


def _number(question: Question, value: object) -> float:
    unit = f" {question.unit}" if question.unit else ""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number{' of' + unit if unit else ''}")
    low, high = question.low, question.high
    if (low is not None and value < low) or (high is not None and value > high):
        ends = [f"at least {low:g}"] * (low is not None) + [f"at most {high:g}"] * (high is not None)
        raise ValueError(f"{value:g} is out of range; allowed is {' and '.join(ends)}{unit}")
    return float(value)


def _sites(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(site, str) for site in value):
        raise ValueError(f"{value!r} is not a list of sites; write for example ['cheek', 'chin'], or [] for none")
    return tuple(dict.fromkeys(find_site(cast(str, site)).name for site in value))


def _ruled_out(question: Question, answers: Answers, today: date, rules: RuleBook) -> Iterator[str]:
    gate = question.only_if
    if gate is not None and truth_of(gate, answers, rules.questions, today).truth is Truth.FALSE:
        yield f"{question.id}: answered, but asked only if {condition_in_words(gate)}; one of the two is wrong"


def condition_in_words(clause: Clause) -> str:
    """Return a clause as people read it.

    Examples
    --------
    >>> condition_in_words(Clause.model_validate({"question": "a.b", "is": ["yes"]}))
    'a.b is yes'
    """
    said: list[Any] = []
    if clause.one_of:
        said.append(f"is {' or '.join(clause.one_of)}")
    if clause.within_days:
        said.append(f"is less than {clause.within_days} days ago")
    if clause.at_least is not None:
        said.append(f"is at least {clause.at_least:g}")
    if clause.below is not None:
        said.append(f"is below {clause.below:g}")
    if clause.sites:
        said.append("names a site")
    return f"{clause.question} {' and '.join(said)}"
