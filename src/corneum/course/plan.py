"""A plan: what is offered where, with which settings, when, what to expect of it, and on which rows it rests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from corneum.course.costs import CourseCost
from corneum.course.entries import CalendarEntry, Review
from corneum.course.findings import Conflict, PlanFinding, ZoneVerdict
from corneum.course.goals import AlternativeNote, PlannedGoal, Response
from corneum.course.request import CourseRequest
from corneum.course.zones import Expected, Influence, PlannedZone, Spread, UnplannedZone, ZoneSettings

__all__ = [
    "AlternativeNote",
    "CalendarEntry",
    "Conflict",
    "CourseCost",
    "Expected",
    "Influence",
    "Origin",
    "Plan",
    "PlanFileError",
    "PlanFinding",
    "PlannedGoal",
    "PlannedZone",
    "Response",
    "Review",
    "Spread",
    "UnplannedZone",
    "ZoneSettings",
    "ZoneVerdict",
]


class PlanFileError(ValueError):
    """A plan file that cannot be read; ``mistakes`` lists every one, with its place."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class Origin:
    """What a plan rests on: enough to compute it again and to say what changed.

    Parameters
    ----------
    version
        Of the program.
    seed, samples
        Of the sampled skins.
    evidence_digest
        SHA-256 of the evidence rows that were used.
    row_digests, rule_digests, table_digests
        Short digests: evidence row, screening rule, or table of the course room -> digest.
    """

    version: str
    seed: Annotated[int, Field(ge=0)]
    samples: Annotated[int, Field(ge=2, le=10_000)]
    evidence_digest: str
    row_digests: Mapping[str, str]
    rule_digests: Mapping[str, str]
    table_digests: Mapping[str, str]

    @property
    def rows_used(self) -> tuple[str, ...]:
        """Keys of the evidence rows that the plan rests on."""
        return tuple(self.row_digests)


@dataclass(frozen=True)
class Plan:
    """A dated course for one person; a named clinician decides.

    Parameters
    ----------
    title, made_on
        What and when.
    request
        What was asked.
    verdicts
        Of the screening, one per zone that was asked for.
    goals
        Every goal with what the evidence says of it.
    zones
        What is planned.
    unplanned
        What is not, and why.
    sessions, interval_d
        Number of sessions, and days between them.
    interval_why
        Where the interval comes from, in one sentence.
    session_days
        Dates of the sessions.
    review
        The look back, or None in a course that ends before it.
    maintenance
        What is known of sessions after the course.
    calendar
        Everything that has a date, in order.
    cost
        What the course costs.
    alternatives
        What else is done for these concerns.
    notes
        What the reader must know beside the numbers.
    origin
        Version, seed and rows.
    """

    title: str
    made_on: date
    request: CourseRequest
    verdicts: tuple[ZoneVerdict, ...]
    goals: tuple[PlannedGoal, ...]
    zones: tuple[PlannedZone, ...]
    unplanned: tuple[UnplannedZone, ...]
    sessions: int
    interval_d: int
    interval_why: str
    session_days: tuple[date, ...]
    review: Review | None
    maintenance: str
    calendar: tuple[CalendarEntry, ...]
    cost: CourseCost
    alternatives: tuple[AlternativeNote, ...]
    notes: tuple[str, ...]
    origin: Origin = field(repr=False)

    def zone(self, site: str) -> PlannedZone:
        """Return the planned zone of a site, or raise KeyError."""
        for found in self.zones:
            if found.zone == site:
                return found
        raise KeyError(
            f"{site!r} is not planned; planned: {', '.join(found.zone for found in self.zones) or 'nothing'}"
        )

    def verdict(self, site: str) -> ZoneVerdict:
        """Return what the screening says of a zone, or raise KeyError."""
        for found in self.verdicts:
            if found.zone == site:
                return found
        raise KeyError(f"{site!r} was not asked for")

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values that JSON can hold."""
        found: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return found

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "Plan":
        """Return the plan that `to_dict` wrote.

        Raises
        ------
        PlanFileError
            If something is missing, unknown or of another kind; every mistake is listed with its place.
        """
        try:
            return _adapter().validate_python(raw)
        except ValidationError as error:
            said = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
            raise PlanFileError(["this is not a plan that this version wrote", *said]) from error


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)
