"""The rows of the screening tables: questions, rules, and what a clinic signs or overrides."""

import hashlib
import json
import re
from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corneum.screening.verdicts import RuleVerdict
from corneum.skin import SITES

DONT_KNOW = "don't know"
YES_NO = ("yes", "no")
EVERYWHERE = "everywhere"
ANSWERED_SITES = "answered_sites"
REGIONS = tuple(dict.fromkeys(site.region for site in SITES.values()))
STRENGTHS = (
    "guideline",
    "consensus",
    "regulator",
    "systematic review",
    "trial",
    "observational",
    "lab",
    "case report",
    "expert opinion",
    "clinic page",
    "vendor",
    "web",
    "seed claim only",
    "inference",
    "gap",
)
Kind = Literal["yes_no", "choice", "date", "number", "sites"]
_ID = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Choice(_Row):
    """One answer that a choice question offers."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    text: str = Field(min_length=1)


class Clause(_Row):
    """One condition on the answer to one question; every test that is given must hold.

    Parameters
    ----------
    question
        Id of the question.
    one_of
        Written ``is``: the answer is one of these (for sites: names one of these).
    within_days
        The date answered is fewer days before today [d].
    at_least, below
        The number answered is at least, or less than, this (in the question's unit).
    sites
        If true the answered list is not empty; it names the scope of a rule whose scope is ``answered_sites``.
    """

    question: str
    one_of: tuple[str, ...] = Field((), alias="is")
    within_days: int | None = Field(None, ge=1)
    at_least: float | None = None
    below: float | None = None
    sites: Literal[True] | None = None

    @model_validator(mode="after")
    def _tests_something(self) -> Self:
        if not self.one_of and not any((self.within_days, self.sites)) and self.at_least is None and self.below is None:
            raise ValueError("tests nothing: give is, within_days, at_least, below or sites = true")
        return self


class Question(_Row):
    """One question of the intake, as it is put to the client.

    ``low`` and ``high`` are the ends of what a number may be, in ``unit``.
    """

    id: str = Field(pattern=_ID)
    text: str = Field(min_length=8)
    kind: Kind
    choices: tuple[Choice, ...] = ()
    only_if: Clause | None = None
    help: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices belong to kind = 'choice', which needs at least one")
        if len({choice.id for choice in self.choices}) < len(self.choices):
            raise ValueError("two choices have one id")
        if self.kind != "number" and (self.unit or self.low is not None or self.high is not None):
            raise ValueError("unit, low and high belong to kind = 'number'")
        return self

    @property
    def allowed(self) -> tuple[str, ...]:
        """The words that may answer a yes_no or choice question; empty for the other kinds."""
        return YES_NO if self.kind == "yes_no" else tuple(choice.id for choice in self.choices)


class Conflict(_Row):
    """A source that says something else than the rule: shown beside it, never averaged into it."""

    row: str
    says: str = Field(min_length=8)
    would: str = Field(min_length=2)
    source: str = ""


class Rule(_Row):
    """One rule: when it fires, where, what follows, and on whose word.

    ``scope`` is ``everywhere``, ``answered_sites``, a region, or a list of site names and regions.
    ``wait_days`` counts from the date that a clause tests, or from today if no clause tests one;
    a defer without it lasts until what the rule names has passed.
    """

    id: str = Field(pattern=_ID)
    title: str = Field(min_length=5)
    when: tuple[Clause, ...] = Field(min_length=1)
    scope: tuple[str, ...]
    verdict: RuleVerdict
    wait_days: int | None = Field(None, ge=1)
    reason: str = Field(min_length=12)
    client_text: str = Field(min_length=12)
    ask_again: str = ""
    strength: str
    source: str
    rows: tuple[str, ...] = Field(min_length=1)
    conflicts: tuple[Conflict, ...] = ()

    @field_validator("scope", mode="before")
    @classmethod
    def _as_list(cls, raw: object) -> object:
        if not isinstance(raw, str):
            return raw
        return [re.sub(r"^region:\s*", "", raw)]

    @field_validator("strength")
    @classmethod
    def _in_the_vocabulary(cls, said: str) -> str:
        for part in said.split(" + "):
            if re.sub(r"\s*\(.*\)$", "", part).strip() not in STRENGTHS:
                raise ValueError(f"{part!r} is not a strength; write one of {', '.join(STRENGTHS)}, or two with ' + '")
        return said

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        for word in self.scope:
            if word not in (EVERYWHERE, ANSWERED_SITES, *REGIONS, *SITES):
                known = ", ".join(dict.fromkeys((EVERYWHERE, ANSWERED_SITES, *REGIONS, *SITES)))
                raise ValueError(f"scope {word!r} is not known; write one of {known}")
        if not self.scope or (len(self.scope) > 1 and {EVERYWHERE, ANSWERED_SITES} & set(self.scope)):
            raise ValueError("scope is one of everywhere, answered_sites, a region, or a list of sites and regions")
        if ANSWERED_SITES in self.scope and not any(clause.sites for clause in self.when):
            raise ValueError("scope answered_sites needs a clause with sites = true")
        if self.wait_days is not None and self.verdict != "defer":
            raise ValueError("wait_days belongs to verdict = 'defer'")
        for clause in self.when:
            if clause.within_days and self.wait_days and self.wait_days < clause.within_days:
                raise ValueError("wait_days is less than within_days: it would defer until a day that has passed")
        return self

    @property
    def digest(self) -> str:
        """SHA-256 over the rule's content, in hex: what a sign-off refers to."""
        return digest_of(self)


class SignOff(_Row):
    """A dermatologist's name under a rule; with ``digest`` it lapses once the rule is changed."""

    rule: str
    who: str = Field(min_length=3)
    when: date
    digest: str = ""


class Override(_Row):
    """A clinic's own days or verdict in place of those of a rule, with who, when and why."""

    rule: str
    wait_days: int | None = Field(None, ge=1)
    verdict: RuleVerdict | None = None
    who: str = Field(min_length=3)
    when: date
    why: str = Field(min_length=8)

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.wait_days is None and self.verdict is None:
            raise ValueError("changes nothing: give wait_days or verdict")
        if self.wait_days is not None and self.verdict not in (None, "defer"):
            raise ValueError("wait_days belongs to verdict = 'defer'")
        return self

    def applied_to(self, rule: Rule) -> Rule:
        """Return ``rule`` with this clinic's days and verdict; its windows of days follow the days."""
        changed: dict[str, Any] = {}
        if self.verdict is not None:
            changed = {"verdict": self.verdict, "wait_days": rule.wait_days if self.verdict == "defer" else None}
        if self.wait_days is not None:
            windows = [
                clause.model_copy(update={"within_days": self.wait_days}) if clause.within_days else clause
                for clause in rule.when
            ]
            changed |= {"wait_days": self.wait_days, "when": tuple(windows)}
        return rule.model_copy(update=changed)


def digest_of(*rows: BaseModel) -> str:
    """Return the SHA-256 over the canonical text of ``rows``, in hex."""
    text = json.dumps([row.model_dump(mode="json") for row in rows], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
