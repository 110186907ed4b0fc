"""What trials counted for a concern, with exact intervals; different graders and scales are never pooled."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import Field
from scipy.special import betaincinv

from corneum.course.suitability import load_suitability
from corneum.course.tables import Row, SourcedRow, TableError, nearest, read_table, shipped
from corneum.evidence.rows import Read


class CountError(ValueError):
    """Counts that cannot be: below 0, or more than the people counted."""


class Outcome(Row):
    """A named event and how many people had it; events of one trial may overlap."""

    text: str = Field(min_length=3)
    count: int = Field(ge=0)


class Response(SourcedRow):
    """What one trial counted.

    Parameters
    ----------
    concerns
        Concerns that it speaks of.
    people
        Number of people counted.
    sessions
        Fewest and most sessions, empty where not read.
    schedule, grader
        In words: when, and who judged on which scale.
    control
        Whether there was something to compare with.
    alone
        Whether microdermabrasion was the only treatment.
    with_
        What else was given, if not alone; ``with`` in the file.
    outcomes
        Named events; the first is the one to show if only one is shown.
    counts
        Whether counts were printed or follow from printed percentages.
    note, read
        What is doubtful, and how it was read.
    """

    concerns: tuple[str, ...] = Field(min_length=1)
    people: int = Field(ge=1)
    sessions: tuple[int, ...] = Field(default=(), max_length=2)
    schedule: str
    grader: str
    control: bool
    alone: bool = True
    with_: str = Field(default="", alias="with")
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    counts: str
    note: str = ""
    read: Read


class Finding(SourcedRow):
    """What one trial found without counts of people."""

    concerns: tuple[str, ...] = Field(min_length=1)
    text: str = Field(min_length=8)
    read: Read


@dataclass(frozen=True)
class Share:
    """How many people had an outcome.

    Parameters
    ----------
    text
        The outcome as the trial named it.
    count, people
        How many of how many.
    share, low, high
        The share, and the ends of its exact 95 % interval; between 0 and 1.
    """

    text: str
    count: int
    people: int
    share: float
    low: float
    high: float

    def words(self) -> str:
        """Return "17 of 24 people (71 %, 49 to 87 %)"."""
        part, low, high = (f"{100 * value:.0f}" for value in (self.share, self.low, self.high))
        return f"{self.count} of {self.people} people ({part} %, {low} to {high} %)"


@dataclass(frozen=True)
class TrialResponse:
    """One trial with the shares of its outcomes, and what to remember about it for a planned course."""

    trial: Response
    shares: tuple[Share, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ExpectedResponse:
    """What trials let a person expect.

    Parameters
    ----------
    concern, sessions
        What was asked.
    trials
        Trials that counted people, each by itself; those of microdermabrasion alone first.
    findings
        Trials that found something without counts.
    statement
        One sentence; says so where there is no trial.
    """

    concern: str
    sessions: int
    trials: tuple[TrialResponse, ...]
    findings: tuple[Finding, ...]
    statement: str


def exact_interval(count: int, people: int, level: float = 0.95) -> tuple[float, float]:
    """Return the Clopper-Pearson interval of ``count`` out of ``people``.

    Parameters
    ----------
    count, people
        0 <= count <= people, people at least 1.
    level
        Coverage, between 0 and 1.

    Raises
    ------
    CountError
        If the numbers cannot be.

    References
    ----------
    Clopper CJ, Pearson ES, Biometrika 1934: quantiles of the beta distribution; the coverage is never below ``level``.

    Examples
    --------
    >>> low, high = exact_interval(17, 24)
    >>> f"{low:.3f} {high:.3f}"
    '0.489 0.874'
    >>> exact_interval(0, 10)[0], exact_interval(10, 10)[1]
    (0.0, 1.0)
    """
    if people < 1 or not 0 <= count <= people:
        raise CountError(
            f"{count} of {people} people cannot be: give at least 1 person and a count from 0 to that number"
        )
    if not 0 < level < 1:
        raise CountError(f"a level lies between 0 and 1, not at {level:g}")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, people - count + 1, tail))
    high = 1.0 if count == people else float(betaincinv(count + 1, people - count, 1 - tail))
    return low, high


def expected_response(concern: str, sessions: int) -> ExpectedResponse:
    """Return what trials let a person expect for ``concern`` after a course of ``sessions``.

    Parameters
    ----------
    concern
        Id or alias of a concern.
    sessions
        Sessions planned, at least 1; trials with more or fewer are shown with a warning, never rescaled.

    Raises
    ------
    UnknownConcernError
        If the concern is not known.
    CountError
        If ``sessions`` is below 1.

    References
    ----------
    Rows C01 to C24 and IN-001 to IN-031 of the survey; each trial names its own.
    """
    if sessions < 1:
        raise CountError(f"a course has at least 1 session, not {sessions}")
    known = load_suitability().concern(concern)
    responses, findings = load_responses()
    trials = tuple(
        _answer(row, sessions)
        for row in sorted(responses.values(), key=lambda row: not row.alone)
        if known.id in row.concerns
    )
    also = tuple(row for row in findings.values() if known.id in row.concerns)
    return ExpectedResponse(known.id, sessions, trials, also, _statement(known.title, trials, also))


def read_responses(path: Traversable | Path) -> tuple[Mapping[str, Response], Mapping[str, Finding]]:
    """Return trials with counts and findings without, by id, or raise `TableError` with every mistake."""
    kinds: dict[str, type[Row]] = {"response": Response, "finding": Finding}
    raw = read_table(path, kinds)
    responses = {row.id: row for row in raw["response"] if isinstance(row, Response)}
    findings = {row.id: row for row in raw["finding"] if isinstance(row, Finding)}
    wrong = [f"{path.name}: {mistake}" for mistake in _mistakes(responses, findings)]
    if wrong:
        raise TableError(wrong)
    return responses, findings


@cache
def load_responses() -> tuple[Mapping[str, Response], Mapping[str, Finding]]:
    """Return the shipped trials and findings; they are read once."""
    return read_responses(shipped("responses.toml"))


def _answer(row: Response, sessions: int) -> TrialResponse:
    shares = tuple(
        Share(found.text, found.count, row.people, found.count / row.people, *exact_interval(found.count, row.people))
        for found in row.outcomes
    )
    warnings = []
    if not row.alone:
        warnings.append(f"Given together with {row.with_}: the share belongs to the combination.")
    if not row.control:
        warnings.append("No control group: part of it may have come without the treatment.")
    if row.sessions and sessions < row.sessions[0]:
        warnings.append(
            f"The trial gave {row.sessions[0]} sessions or more, the plan has {sessions}; the difference is not known."
        )
    return TrialResponse(row, shares, tuple(warnings))


def _statement(title: str, trials: tuple[TrialResponse, ...], findings: tuple[Finding, ...]) -> str:
    if trials:
        first = trials[0]
        given = "" if first.trial.alone else f", together with {first.trial.with_}"
        said = f"{first.shares[0].words()}: {first.shares[0].text}{given}; judged by {first.trial.grader}"
        return f"{title}: {said}; " + ("with a control." if first.trial.control else "no control group.")
    if findings:
        return f"{title}: no trial counted people; {len(findings)} reported a change or its absence without counts."
    return f"{title}: no trial of microdermabrasion was read."


def _mistakes(responses: Mapping[str, Response], findings: Mapping[str, Finding]) -> list[str]:
    concerns = load_suitability().concerns
    rows: list[Any] = [*responses.values(), *findings.values()]
    found = [
        f"{row.id}: unknown concern {name!r}.{nearest(name, concerns)}"
        for row in rows
        for name in row.concerns
        if name not in concerns
    ]
    for row in responses.values():
        found += [
            f"{row.id}: {event.count} of {row.people} people: {event.text}"
            for event in row.outcomes
            if event.count > row.people
        ]
        if list(row.sessions) != sorted(row.sessions):
            found.append(f"{row.id}: sessions run backwards")
        if row.alone == bool(row.with_):
            found.append(f"{row.id}: 'with' goes with alone = false, and only with it")
    return found
