"""What to do before, on the day and after, dated for each session; and what a consent must name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from corneum.course.tables import Row, SourcedRow, Strength, TableError, nearest, read_table, shipped
from corneum.skin import Region, find_site

Phase = Literal["before", "day", "after"]
Kind = Literal["avoid", "do", "expect", "call"]
Audience = Literal["both", "practitioner"]
Prescription = Literal["numbing", "antiviral"]
PRESCRIPTIONS: tuple[Prescription, ...] = ("numbing", "antiviral")
"""What a prescriber may add to a course."""
_PHOTOTYPES = range(1, 7)
_R = TypeVar("_R", bound=SourcedRow)


class CareInputError(ValueError):
    """Sessions, a phototype or a prescription that cannot be; the message says what is allowed."""


class OtherWindow(Row):
    """What another source says, with its own days; never averaged with ours."""

    row: str
    says: str = Field(min_length=8)
    from_day: int
    to_day: int


class Instruction(SourcedRow):
    """One instruction with its window of days around a session.

    Parameters
    ----------
    topic
        Instructions of one topic and phase replace each other: the longest window that applies is dated.
    phase
        Before, on the day, or after.
    from_day, to_day
        First and last day, counted from the session; negative is before.
    span
        Around each session, or once from the first session to the last.
    kind
        Something to avoid, to do, to expect, or a reason to call.
    audience
        ``practitioner`` where the client is told nothing.
    client, practitioner
        The instruction in plain words, and in the field's.
    phototypes, regions
        For whom and where; empty for all.
    needs, unless
        Only with this prescription, or only without it.
    strength
        In the survey's words.
    conflicts
        Other windows, shown beside this one.
    """

    topic: str = Field(pattern=r"^[a-z][a-z_]*$")
    phase: Phase
    from_day: int
    to_day: int
    span: Literal["session", "course"] = "session"
    kind: Kind
    audience: Audience = "both"
    client: str = ""
    practitioner: str = Field(min_length=8)
    phototypes: tuple[int, ...] = ()
    regions: tuple[Region, ...] = ()
    needs: Prescription | None = None
    unless: Prescription | None = None
    strength: Strength
    conflicts: tuple[OtherWindow, ...] = ()

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        if self.from_day > self.to_day:
            raise ValueError("from_day is after to_day")
        if self.phase == "before" and self.from_day >= 0:
            raise ValueError("an instruction for before begins on a day below 0")
        if (self.audience == "both") != bool(self.client):
            raise ValueError("client text goes with audience 'both', and only with it")
        if any(number not in _PHOTOTYPES for number in self.phototypes):
            raise ValueError("phototypes go from 1 to 6")
        return self

    @property
    def days(self) -> int:
        """Number of days of the window."""
        return self.to_day - self.from_day + 1


class ConsentItem(SourcedRow):
    """Something that a consent must name, in plain words."""

    title: str
    client: str = Field(min_length=8)


@dataclass(frozen=True)
class CareEntry:
    """One instruction with its dates.

    Parameters
    ----------
    instruction
        What is asked, with its rows and what other sources say.
    session
        Number of the session, from 1; None if it holds for the whole course.
    start, end
        First and last day, both included.
    """

    instruction: Instruction
    session: int | None
    start: date
    end: date


def care_calendar(
    session_dates: Sequence[date],
    zones: Collection[str],
    *,
    phototype: int | None = None,
    prescribed: Collection[str] = (),
    instructions: Iterable[Instruction] | None = None,
) -> tuple[CareEntry, ...]:
    """Return every instruction of a course with its dates, in order of date.

    Parameters
    ----------
    session_dates
        Days of the sessions, in order, each once; at least one.
    zones
        Sites that are treated.
    phototype
        Fitzpatrick phototype 1 to 6; None if unknown, which never gives a shorter window than a known one.
    prescribed
        What a prescriber added: some of `PRESCRIPTIONS`. Numbing cream appears only if it is named here.
    instructions
        Other instructions than the shipped ones.

    Raises
    ------
    CareInputError
        If the dates are missing or out of order, or the phototype or a prescription is unknown.
    UnknownSiteError
        If a zone is unknown.

    References
    ----------
    Rows CA-001 to CA-020 of the survey; each instruction names its own.
    """
    _check(session_dates, phototype, prescribed)
    regions = {find_site(zone).region for zone in zones}
    rows = load_care() if instructions is None else tuple(instructions)
    chosen = _longest(row for row in rows if _applies(row, regions, phototype, prescribed))
    entries = [entry for row in chosen for entry in _dated(row, session_dates)]
    return tuple(sorted(entries, key=lambda entry: (entry.start, entry.end, entry.instruction.id)))


def read_care(path: Traversable | Path) -> tuple[Instruction, ...]:
    """Return the instructions of a file, or raise `TableError` with every mistake."""
    return _sourced(path, "instruction", Instruction)


def read_consent(path: Traversable | Path) -> tuple[ConsentItem, ...]:
    """Return the items of a consent from a file, or raise `TableError` with every mistake."""
    return _sourced(path, "consent", ConsentItem)


@cache
def load_care() -> tuple[Instruction, ...]:
    """Return the shipped instructions; they are read once."""
    return read_care(shipped("care.toml"))


@cache
def load_consent() -> tuple[ConsentItem, ...]:
    """Return what a consent must name; it is read once."""
    return read_consent(shipped("consent.toml"))


def _sourced(path: Traversable | Path, kind: str, model: type[_R]) -> tuple[_R, ...]:
    rows = read_table(path, {kind: model})[kind]
    if not rows:
        raise TableError([f"{path.name}: holds no [[{kind}]]"])
    return rows


def _check(session_dates: Sequence[date], phototype: int | None, prescribed: Collection[str]) -> None:
    if not session_dates:
        raise CareInputError("a course has at least 1 session date")
    if list(session_dates) != sorted(set(session_dates)):
        raise CareInputError("session dates must be in order, each once")
    if phototype is not None and phototype not in _PHOTOTYPES:
        raise CareInputError(f"a phototype goes from 1 to 6, not {phototype}")
    for name in prescribed:
        if name not in PRESCRIPTIONS:
            raise CareInputError(
                f"unknown prescription {name!r}.{nearest(name, PRESCRIPTIONS)} Known: {', '.join(PRESCRIPTIONS)}"
            )


def _applies(row: Instruction, regions: set[Region], phototype: int | None, prescribed: Collection[str]) -> bool:
    return (
        (not row.regions or bool(regions & set(row.regions)))
        and (not row.phototypes or phototype is None or phototype in row.phototypes)
        and (row.needs is None or row.needs in prescribed)
        and (row.unless is None or row.unless not in prescribed)
    )


def _longest(rows: Iterable[Instruction]) -> tuple[Instruction, ...]:
    kept: dict[tuple[str, Phase], Instruction] = {}
    for row in rows:
        # Of equal windows the later row stands: the tables go from lighter to darker skin, from less to more care.
        if row.days >= (kept[row.topic, row.phase].days if (row.topic, row.phase) in kept else 0):
            kept[row.topic, row.phase] = row
    return tuple(kept.values())


def _dated(row: Instruction, session_dates: Sequence[date]) -> Iterable[CareEntry]:
    before, after = timedelta(days=row.from_day), timedelta(days=row.to_day)
    if row.span == "course":
        yield CareEntry(row, None, session_dates[0] + before, session_dates[-1] + after)
        return
    for number, day in enumerate(session_dates, 1):
        yield CareEntry(row, number, day + before, day + after)
