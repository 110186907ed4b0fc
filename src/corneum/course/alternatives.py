"""The other ways, side by side: depth, sessions, downtime, cost and evidence."""

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field

from corneum.course.costs import Fee, load_fees
from corneum.course.suitability import Depth, Suitability
from corneum.course.tables import SourcedRow, Strength, TableError, nearest, read_table, shipped
from corneum.evidence.rows import Read


class UnknownAlternativeError(ValueError):
    """No alternative has this id; the message names the nearest ones."""


class Alternative(SourcedRow):
    """One other way.

    Parameters
    ----------
    title, plain
        Its name in the field, and in words for a client.
    purpose
        What it is for.
    depth
        The layer it works in.
    sessions, downtime
        As sources give them; empty where none was read.
    downtime_days
        Fewest and most days, empty where none was read.
    cost_class
        From low to very high; ``not read`` where no source gives one.
    fee
        Id of the quoted fee, empty if none was read.
    evidence, strength
        What supports it, in a sentence and in one word.
    caution
        Its risk in one sentence.
    read
        How it was read.
    """

    title: str
    plain: str
    purpose: str
    depth: Depth
    sessions: str
    downtime: str
    downtime_days: tuple[int, ...] = Field(default=(), max_length=2)
    cost_class: Literal["low", "low to medium", "medium", "high", "very high", "not read"]
    fee: str = ""
    evidence: str = Field(min_length=8)
    strength: Strength
    caution: str
    read: Read

    def quoted_fee(self, fees: Mapping[str, Fee] | None = None) -> Fee | None:
        """Return the fee that a source quotes, or None."""
        return (load_fees() if fees is None else fees).get(self.fee)


def read_alternatives(path: Traversable | Path) -> Mapping[str, Alternative]:
    """Return the alternatives of a file by id, or raise `TableError` with every mistake."""
    rows = read_table(path, {"alternative": Alternative})["alternative"]
    fees = load_fees()
    wrong = [
        f"{path.name}: {row.id}: unknown fee {row.fee!r}.{nearest(row.fee, fees)}"
        for row in rows
        if row.fee and row.fee not in fees
    ]
    wrong += [
        f"{path.name}: {row.id}: downtime_days run backwards"
        for row in rows
        if tuple(sorted(row.downtime_days)) != row.downtime_days
    ]
    if wrong:
        raise TableError(wrong)
    return {row.id: row for row in rows}


@cache
def load_alternatives() -> Mapping[str, Alternative]:
    """Return the shipped alternatives; they are read once."""
    return read_alternatives(shipped("alternatives.toml"))


def alternative(name: str) -> Alternative:
    """Return the alternative ``name``, or raise `UnknownAlternativeError`."""
    known = load_alternatives()
    if name not in known:
        raise UnknownAlternativeError(f"unknown alternative {name!r}.{nearest(name, known)} Known: {', '.join(known)}")
    return known[name]


def alternatives_for(found: Suitability) -> tuple[Alternative, ...]:
    """Return the alternatives of a verdict, the stronger or equal ones first.

    References
    ----------
    Rows CO-001 to CO-037 and RM-01 to RM-20 of the survey.
    """
    return tuple(alternative(name) for name in found.alternatives)
