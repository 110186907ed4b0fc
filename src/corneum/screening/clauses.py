"""Whether a clause holds: yes, no, or not known because an answer is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from corneum.screening.rows import DONT_KNOW, Clause, Question

Answer = str | date | float | tuple[str, ...]
Answers = dict[str, Answer]


class Truth(IntEnum):
    """What is known of a clause. A conjunction has the smallest of its clauses."""

    FALSE = 0
    UNANSWERED = 1
    DONT_KNOW = 2
    TRUE = 3


@dataclass(frozen=True)
class Known:
    """What is known of a clause or of all clauses of a rule, and which questions leave it open."""

    truth: Truth
    open_questions: tuple[str, ...] = ()


def truth_of(
    clause: Clause, answers: Mapping[str, Answer], questions: Mapping[str, Question], today: date | None
) -> Known:
    """Return what the answers say of a clause.

    A question that another answer rules out counts as answered in the negative; one that is merely missing never does.

    Parameters
    ----------
    clause
        The condition.
    answers
        Checked answers by question id.
    questions
        All questions by id.
    today
        The day from which ``within_days`` counts back; if None, every answered date counts as recent.
    """
    value = answers.get(clause.question)
    if value is None:
        gate = questions[clause.question].only_if
        opened = Known(Truth.TRUE) if gate is None else truth_of(gate, answers, questions, today)
        return Known(Truth.UNANSWERED, (clause.question,)) if opened.truth is Truth.TRUE else opened
    if value == DONT_KNOW:
        if DONT_KNOW in clause.one_of:
            return Known(Truth.TRUE)
        return Known(Truth.DONT_KNOW, (clause.question,))
    return Known(Truth.TRUE if _holds(clause, value, today) else Truth.FALSE)


def all_of(parts: Iterable[Known]) -> Known:
    """Return what is known of a conjunction: false if one part is, open if one part is open."""
    every = list(parts)
    truth = min((part.truth for part in every), default=Truth.TRUE)
    if truth in (Truth.FALSE, Truth.TRUE):
        return Known(truth)
    return Known(truth, tuple(dict.fromkeys(name for part in every for name in part.open_questions)))


def _holds(clause: Clause, value: Answer, today: date | None) -> bool:
    tests = []
    if clause.one_of:
        said = value if isinstance(value, tuple) else (value,)
        tests.append(any(word in clause.one_of for word in said))
    if clause.within_days is not None:
        recent = isinstance(value, date) and (today is None or (today - value).days < clause.within_days)
        tests.append(recent)
    if clause.at_least is not None:
        tests.append(isinstance(value, float) and value >= clause.at_least)
    if clause.below is not None:
        tests.append(isinstance(value, float) and value < clause.below)
    if clause.sites:
        tests.append(isinstance(value, tuple) and bool(value))
    return all(tests)
