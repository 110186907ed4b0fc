"""Clinical cases: each shows one rule firing, or holding still. They are tests and the manual at once."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corneum.screening.answers import AnswersError, checked_answers, checked_zones, flat
from corneum.screening.engine import finding_of
from corneum.screening.rule_book import RuleBook, UnknownRuleError
from corneum.screening.tables import RulesError, load_rules, read_rows, shipped
from corneum.screening.verdicts import VERDICTS


class Case(BaseModel):
    """One invented case for one rule.

    Parameters
    ----------
    rule
        Id of the rule that the case shows; only this rule is looked at.
    fires
        Whether the rule fires. A case that does not fire must be silent, unless ``expect`` says otherwise.
    expect
        Verdict of this rule by zone; ``none`` where it says nothing. The entry ``until`` is the day of a defer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    rule: str
    title: str = Field(min_length=5)
    fires: bool
    today: date
    zones: tuple[str, ...] = Field(min_length=1)
    answers: dict[str, Any]
    expect: dict[str, Literal["none", "note", "ask", "defer", "stop"] | date] = Field(default_factory=dict)

    @field_validator("answers", mode="before")
    @classmethod
    def _flat(cls, raw: object) -> object:
        return dict(flat(raw)) if isinstance(raw, dict) else raw

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        for name, value in self.expect.items():
            if (name == "until") != isinstance(value, date):
                raise ValueError(f"expect: {name} = {value} is neither a zone with one of {VERDICTS} nor a day until")
            if name != "until" and name not in self.zones:
                raise ValueError(f"expect: {name!r} is not one of the zones")
        if self.fires and not any(value != "none" for name, value in self.expect.items() if name != "until"):
            raise ValueError("a case that fires must expect a verdict in a zone")
        return self


def load_cases(*extra: Path) -> tuple[Case, ...]:
    """Return the shipped cases, with those of ``extra`` files added.

    Raises
    ------
    RulesError
        If a file cannot be read or a case has mistakes; every mistake is listed with its line.
    """
    return _shipped_cases() if not extra else read_cases([*shipped("cases"), *extra])


@cache
def _shipped_cases() -> tuple[Case, ...]:
    return read_cases(shipped("cases"))


def read_cases(tables: Iterable[Traversable | Path]) -> tuple[Case, ...]:
    """Return the cases of ``tables``, and no others; see `load_cases`."""
    mistakes: list[str] = []
    found = [one.row for table in tables for one in read_rows(table, {"case": Case}, mistakes)]
    if mistakes:
        raise RulesError(mistakes)
    return tuple(found)


def run_case(case: Case, rules: RuleBook | None = None) -> tuple[str, ...]:
    """Return what the case expects and the rules do not do; empty if they agree."""
    book = load_rules() if rules is None else rules
    try:
        rule = book.rule(case.rule)
        sites = checked_zones(case.zones)
        answers = checked_answers(case.answers, case.today, book)
    except UnknownRuleError as error:
        return (str(error),)
    except AnswersError as error:
        return error.mistakes
    finding = finding_of(rule, answers, sites, case.today, book)
    misses = []
    fired = finding is not None and finding.kind == "fired"
    if fired != case.fires:
        misses.append(f"it {'fires' if fired else 'does not fire'}")
    if not case.fires and not case.expect and finding is not None and not fired:
        misses.append(f"it is not silent: {finding.kind}, {', '.join(finding.open_questions)}")
    for zone, wanted in case.expect.items():
        if zone == "until":
            found: object = finding.until if finding is not None else None
        else:
            found = finding.verdict if finding is not None and checked_zones([zone])[0] in finding.zones else "none"
        if found != wanted:
            misses.append(f"{zone}: {found}, expected {wanted}")
    return tuple(misses)
