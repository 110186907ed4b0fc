"""The claims and contradictions of the articles that the project started from, and what covers each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field

from corneum.course.alternatives import load_alternatives
from corneum.course.care import load_care, load_consent
from corneum.course.suitability import load_suitability
from corneum.course.tables import NamedRow, Row, nearest, read_table, shipped
from corneum.course.wording import load_wording
from corneum.evidence import load_evidence
from corneum.recovery import Curves
from corneum.screening import load_rules
from corneum.treatment.result import SessionRemoval, ZoneResult

CoverKind = Literal["rule", "suitability", "model", "instruction", "refused_wording", "alternative", "consent"]
KINDS: Mapping[CoverKind, str] = {
    "rule": "screening rule",
    "suitability": "suitability",
    "model": "model or limit",
    "instruction": "instruction",
    "refused_wording": "refused wording",
    "alternative": "alternative",
    "consent": "consent",
}


class Cover(Row):
    """One thing in the software that answers a claim: its kind, and its id there."""

    kind: CoverKind
    ref: str


class Claim(NamedRow):
    """A claim of an article, in our own words.

    Parameters
    ----------
    article
        Number of the article, from ``000`` to ``004``.
    claim
        What it says.
    verdict, remark
        What the evidence says of it, and with which limit.
    rows
        Findings of the survey; empty where none was read.
    answer
        What the software does about it.
    cover
        Where it does so.
    """

    id: str = Field(pattern=r"^L00[0-4]-[1-9]\d?$")
    article: str = Field(pattern=r"^00[0-4]$")
    claim: str = Field(min_length=8)
    verdict: Literal["supported", "partly", "contradicted", "no evidence"]
    remark: str = ""
    rows: tuple[str, ...] = ()
    answer: str = Field(min_length=8)
    cover: tuple[Cover, ...] = Field(min_length=1)


class Contradiction(NamedRow):
    """Articles that contradict each other or themselves.

    Parameters
    ----------
    says
        The sides.
    articles
        Whose they are.
    resolution
        What the software does.
    rows
        Findings of the survey that decide it.
    applied
        Where it does so.
    """

    id: str = Field(pattern=r"^XC-[0-2]\d$")
    says: tuple[str, ...] = Field(min_length=2)
    articles: tuple[str, ...] = Field(min_length=1)
    resolution: str = Field(min_length=8)
    rows: tuple[str, ...] = Field(min_length=1)
    applied: tuple[Cover, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Lost:
    """A cover whose ref no longer exists.

    Parameters
    ----------
    id
        The claim or contradiction.
    cover
        What it named.
    hint
        The nearest names that exist.
    """

    id: str
    cover: Cover
    hint: str


def lost_cover(
    rows: Iterable[Claim | Contradiction], known: Mapping[CoverKind, frozenset[str]] | None = None
) -> tuple[Lost, ...]:
    """Return every cover of ``rows`` that names something that does not exist.

    Parameters
    ----------
    rows
        Claims or contradictions.
    known
        Names by kind; `known_refs` if not given.
    """
    names = known_refs() if known is None else known
    return tuple(
        Lost(row.id, cover, nearest(cover.ref, names[cover.kind]))
        for row in rows
        for cover in (row.cover if isinstance(row, Claim) else row.applied)
        if cover.ref not in names[cover.kind]
    )


def known_refs() -> Mapping[CoverKind, frozenset[str]]:
    """Return every name that a cover may have, by kind.

    A model ref is the key of an evidence row, or ``simulate.`` and the name of something that a simulation returns.
    """
    book = load_evidence()
    return {
        "rule": frozenset(load_rules().rules),
        "suitability": frozenset(row.id for row in load_suitability().rows),
        "model": frozenset([*book.numbers, *book.rules, *book.measurements, *_simulated()]),
        "instruction": frozenset(row.id for row in load_care()),
        "refused_wording": frozenset(row.id for row in load_wording()),
        "alternative": frozenset(load_alternatives()),
        "consent": frozenset(row.id for row in load_consent()),
    }


def read_claims(path: Traversable | Path) -> tuple[Claim, ...]:
    """Return the claims of a file, or raise `TableError` with every mistake."""
    return read_table(path, {"claim": Claim})["claim"]


def read_contradictions(path: Traversable | Path) -> tuple[Contradiction, ...]:
    """Return the contradictions of a file, or raise `TableError` with every mistake."""
    return read_table(path, {"contradiction": Contradiction})["contradiction"]


@cache
def load_claims() -> tuple[Claim, ...]:
    """Return the shipped claims; they are read once."""
    return read_claims(shipped("claims.toml"))


@cache
def load_contradictions() -> tuple[Contradiction, ...]:
    """Return the shipped contradictions; they are read once."""
    return read_contradictions(shipped("contradictions.toml"))


def _simulated() -> frozenset[str]:
    names = {one.name for kind in (ZoneResult, SessionRemoval, Curves) for one in fields(kind)}
    names |= {name for name, value in vars(SessionRemoval).items() if isinstance(value, property)}
    return frozenset(f"simulate.{name}" for name in names)
