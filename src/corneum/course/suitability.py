"""What microdermabrasion is for, concern by concern and severity by severity, with the trial behind each verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field

from corneum.course.tables import NamedRow, Row, SourcedRow, TableError, nearest, read_table, shipped

Verdict = Literal["offer", "weak evidence", "adjunct only", "refer", "exclude"]
Certainty = Literal["low", "very low", "none"]
Depth = Literal[
    "stratum corneum",
    "epidermis",
    "papillary dermis",
    "reticular dermis",
    "subdermal",
    "muscle",
    "follicle",
    "vessel",
    "not given",
]

VERDICTS: tuple[Verdict, ...] = ("offer", "weak evidence", "adjunct only", "refer", "exclude")
"""From the loosest to the strictest."""
TREATED: frozenset[Verdict] = frozenset({"offer", "weak evidence", "adjunct only"})
"""Verdicts for which the planner may look for settings."""
NOT_GRADED = "not_graded"
"""The severity of a concern that nobody has graded yet."""


class UnknownConcernError(ValueError):
    """No concern has this id; the message names the nearest ones."""


class UnknownSeverityError(ValueError):
    """The scale of the concern has no such level; the message lists the levels."""


class Level(Row):
    """One level of a severity scale: ``id`` as files write it, ``text`` as people read it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    text: str = Field(min_length=3)


class Scale(SourcedRow):
    """A named severity scale, mildest level first.

    Parameters
    ----------
    title
        Its name in the field.
    levels
        Levels from mild to severe, or kinds where the scale has no order.
    note
        What is doubtful about it.
    """

    title: str
    levels: tuple[Level, ...] = Field(min_length=1)
    note: str = ""


class Concern(NamedRow):
    """Something a person wants changed.

    Parameters
    ----------
    title
        The field's term.
    plain
        The same for a client.
    scale
        Id of the severity scale.
    aliases
        Other names that a file may use.
    lesion_check
        Each spot is looked at by a doctor before anything else.
    """

    title: str
    plain: str
    scale: str
    aliases: tuple[str, ...] = ()
    lesion_check: bool = False


class Suitability(SourcedRow):
    """What the evidence says about one concern at some levels of severity.

    Parameters
    ----------
    concern, severity
        Concern id and ids of the levels of its scale that the row speaks of.
    verdict
        One of `VERDICTS`.
    grade
        How certain the evidence for a benefit is, GRADE-like, as judged by the survey; "none" if no trial was read.
    role
        What microdermabrasion can and cannot do here, one sentence for the practitioner.
    plain
        The same for the client.
    trial
        The trial behind it in one sentence; says so where there is none.
    depth
        The layer that a treatment must reach.
    target
        Key of the evidence number that gives the share of the stratum corneum to remove, empty if not treated.
    sessions_seen
        Fewest and most sessions of the trials, empty if none.
    schedule_seen
        Their schedule in words.
    conditions
        What must hold before this verdict counts, such as a lesion check or a doctor.
    alternatives
        Ids of the alternatives, the stronger or equal ones first.
    conflicts
        What another source says.
    """

    concern: str
    severity: tuple[str, ...] = Field(min_length=1)
    verdict: Verdict
    grade: Certainty
    role: str = Field(min_length=8)
    plain: str = Field(min_length=8)
    trial: str = Field(min_length=8)
    depth: Depth
    target: str = ""
    sessions_seen: tuple[int, ...] = Field(default=(), max_length=2)
    schedule_seen: str = ""
    conditions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def treated(self) -> bool:
        """Whether settings may be looked for at all."""
        return self.verdict in TREATED


@dataclass(frozen=True)
class SuitabilityTable:
    """All scales, concerns and verdicts, by id.

    Parameters
    ----------
    scales, concerns
        By id.
    rows
        The verdicts, in the order of the table.
    """

    scales: Mapping[str, Scale]
    concerns: Mapping[str, Concern]
    rows: tuple[Suitability, ...]

    def concern(self, name: str) -> Concern:
        """Return the concern ``name``, or raise `UnknownConcernError`."""
        key = _plain(name)
        known = {_plain(alias): row.id for row in self.concerns.values() for alias in (row.id, *row.aliases)}
        key = known.get(key, key)
        if key not in self.concerns:
            raise UnknownConcernError(
                f"unknown concern {name!r}.{nearest(key, known)} Known concerns: {', '.join(self.concerns)}"
            )
        return self.concerns[key]

    def levels(self, concern: str) -> tuple[Level, ...]:
        """Return the levels of severity of a concern, mildest first."""
        return self.scales[self.concern(concern).scale].levels

    def of(self, concern: str, severity: str | None = None) -> Suitability:
        """Return the verdict on ``concern`` at ``severity``; see `suitability`."""
        found = self.concern(concern)
        rows = [row for row in self.rows if row.concern == found.id]
        if severity is None or severity == NOT_GRADED:
            return max(rows, key=lambda row: VERDICTS.index(row.verdict))
        level = _plain(severity)
        for row in rows:
            if level in row.severity:
                return row
        known = [level.id for level in self.levels(found.id)]
        raise UnknownSeverityError(
            f"{found.id}: unknown severity {severity!r}.{nearest(level, known)} "
            f"{self.scales[found.scale].title} has: {', '.join(known)}; or {NOT_GRADED}"
        )


def suitability(concern: str, severity: str | None = None, table: SuitabilityTable | None = None) -> Suitability:
    """Return what the evidence says about treating ``concern`` at ``severity``.

    Parameters
    ----------
    concern
        Id of a concern; case, hyphens and spaces do not matter.
    severity
        Id of a level of the concern's scale. None or ``not_graded`` gives the strictest verdict of the concern:
        what nobody has graded may be of the severe kind.
    table
        Another table than the shipped one.

    Raises
    ------
    UnknownConcernError, UnknownSeverityError
        If the concern or the level is not known; the message names the nearest ones.

    References
    ----------
    Rows IN-001 to IN-037, RM-01 to RM-20 and SC-001 to SC-031 of the survey; each verdict names its own.

    Examples
    --------
    >>> suitability("dullness", "mild").verdict
    'offer'
    >>> suitability("acne scars ice pick").verdict
    'refer'
    """
    return (table or load_suitability()).of(concern, severity)


def read_suitability(path: Traversable | Path) -> SuitabilityTable:
    """Return the table of a file.

    Raises
    ------
    TableError
        If the file cannot be trusted: every mistake of the rows and between them.
    """
    kinds: dict[str, type[Row]] = {"scale": Scale, "concern": Concern, "suitability": Suitability}
    raw = read_table(path, kinds)
    scales = {row.id: row for row in raw["scale"] if isinstance(row, Scale)}
    concerns = {row.id: row for row in raw["concern"] if isinstance(row, Concern)}
    rows = tuple(row for row in raw["suitability"] if isinstance(row, Suitability))
    table = SuitabilityTable(scales, concerns, rows)
    mistakes = _mistakes(table)
    if mistakes:
        raise TableError(f"{path.name}: {mistake}" for mistake in mistakes)
    return table


@cache
def load_suitability() -> SuitabilityTable:
    """Return the shipped table; it is read once."""
    return read_suitability(shipped("suitability.toml"))


def _plain(name: str) -> str:
    return "_".join(name.lower().replace("_", " ").replace("-", " ").split())


def _mistakes(table: SuitabilityTable) -> list[str]:
    found = [
        f"concern {row.id!r}: unknown scale {row.scale!r}"
        for row in table.concerns.values()
        if row.scale not in table.scales
    ]
    found += [f"{row.id}: unknown concern {row.concern!r}" for row in table.rows if row.concern not in table.concerns]
    if found:
        return found
    for concern in table.concerns.values():
        levels = [level.id for level in table.scales[concern.scale].levels]
        told = [level for row in table.rows if row.concern == concern.id for level in row.severity]
        found += [f"concern {concern.id!r}: no verdict for severity {level!r}" for level in levels if level not in told]
        found += [
            f"concern {concern.id!r}: {level!r} is no level of {concern.scale}" for level in told if level not in levels
        ]
        found += [f"concern {concern.id!r}: two verdicts for {level!r}" for level in set(told) if told.count(level) > 1]
    for row in table.rows:
        if row.treated != bool(row.target):
            found.append(f"{row.id}: a target goes with {', '.join(sorted(TREATED))}, and only with them")
    return found
