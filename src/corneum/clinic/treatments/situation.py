"""A session as it stands: what was planned, what was tapped, what the rules of the day say, what is still open."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from corneum.clinic.marks.queries import exclusions_of
from corneum.clinic.rules import queries as rules
from corneum.clinic.treatments import day, queries, translate
from corneum.clinic.treatments.models import Session, State
from corneum.clinic.treatments.state import CHECKS, SessionState, ZoneState
from corneum.clinic.treatments.zones import Planned
from corneum.lesions.exclusions import Exclusion
from corneum.screening import Finding, RuleBook, Screening

STOPPING = {"blister": "AE-017", "hives": "AE-008"}
"""Reactions after which nothing more is done there, and the rows of the survey that say so."""


@dataclass(frozen=True)
class Point:
    """A point of the closing list.

    Parameters
    ----------
    name
        One of `corneum.clinic.treatments.state.CHECKS`.
    done
        Whether it is confirmed.
    why
        Why it is left out; empty where it is not.
    open
        Zones, or kinds of consent, that are missing.
    needed
        Whether it matters yet: where nothing was treated, only the note does.
    """

    name: str
    done: bool
    why: str = ""
    open: tuple[str, ...] = ()
    needed: bool = True

    @property
    def settled(self) -> bool:
        """Whether it no longer holds up the signature."""
        return self.done or bool(self.why) or not self.needed


@dataclass(frozen=True)
class Situation:
    """A session as it stands.

    Parameters
    ----------
    session
        Its row.
    state
        What was tapped comes to.
    planned
        Zones, in the order of the plan.
    known
        Answers that the records give.
    today
        Day of the session.
    rules
        Of the clinic, as they were in force when the session was opened; as shipped if None.
    marks
        Of the client, which are never treated over.
    """

    session: Session
    state: SessionState
    planned: tuple[Planned, ...]
    known: dict[str, Any]
    today: date
    rules: RuleBook | None = None
    marks: tuple[Exclusion, ...] = ()

    @cached_property
    def screening(self) -> Screening:
        """What the rules of the day say."""
        return day.screened(self.state, self.known, self.names, self.today, self.rules)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the planned zones."""
        return tuple(planned.zone for planned in self.planned)

    @cached_property
    def against(self) -> tuple[Finding, ...]:
        """What stops or defers the treatment by the newest answers that the client handed in."""
        return translate.against(self.session.client_id, self.names, self.today)

    @cached_property
    def missing_consent(self) -> tuple[str, ...]:
        """Kinds of consent that a treatment needs and that are not in force."""
        return tuple(translate.missing_consent(self.session.client_id, self.today))

    @cached_property
    def withdrawn_consent(self) -> tuple[str, ...]:
        """Those of them that the client took back: no paper stands for these."""
        return tuple(translate.withdrawn_consent(self.session.client_id)) if self.missing_consent else ()

    @property
    def has_consent(self) -> bool:
        """Whether consent is in force, or stands on paper as somebody wrote down."""
        consent = next(point for point in self.points if point.name == "consent")
        return not self.withdrawn_consent and (consent.done or bool(consent.why))

    def zone(self, name: str) -> ZoneState:
        """Return what was done to a zone."""
        return self.state.zone(name)

    def plan_of(self, name: str) -> Planned | None:
        """Return what is planned for a zone; None where nothing is."""
        return next((planned for planned in self.planned if planned.zone == name), None)

    def may_treat(self, name: str) -> bool:
        """Return whether nothing of the day speaks against a zone, and no mark of it waits for a doctor."""
        waits = any(mark.waits for mark in self.marks_on(name))
        return not waits and day.may_treat(self.screening, self.state, name)

    def marks_on(self, name: str) -> tuple[Exclusion, ...]:
        """Return the marks of a zone."""
        return tuple(mark for mark in self.marks if mark.site == name)

    @property
    def may_begin(self) -> bool:
        """Whether there is a zone against which nothing speaks."""
        return any(self.may_treat(name) for name in self.names)

    def stopped_by(self, name: str) -> str:
        """Return the reaction after which nothing more is done to a zone; hives stop every one of them."""
        if "blister" in self.zone(name).reactions:
            return "blister"
        return "hives" if any("hives" in zone.reactions for zone in self.state.zones.values()) else ""

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The closing list."""
        incomplete = tuple(name for name in self.state.touched if not _complete(self.zone(name)))
        touched = bool(self.state.touched)
        done = {
            "consent": not self.missing_consent,
            "lots": bool(self.state.lots),
            "settings": touched and not incomplete,
            "note": bool(self.state.note),
        }
        opened = {"consent": self.missing_consent, "settings": incomplete}
        return tuple(self._point(name, done.get(name, False), opened.get(name, ())) for name in CHECKS)

    @property
    def can_be_signed(self) -> bool:
        """Whether nothing of the closing list is open."""
        return all(point.settled for point in self.points)

    def _point(self, name: str, done: bool, opened: tuple[str, ...]) -> Point:
        tapped = self.state.checks.get(name)
        confirmed = tapped is not None and tapped.on and not opened and (done or name not in ("lots",))
        why = tapped.why if tapped is not None and not tapped.on else ""
        return Point(name, done or confirmed, why, opened, bool(self.state.touched) or name == "note")


def situation_of(session: Session) -> Situation:
    """Return how a session stands."""
    earlier = queries.signed_sessions(session.client_id, but=session.pk)
    before = [one for one in earlier if one.opened_at < session.opened_at]
    reviews = queries.reviews(session.client_id) if before else []
    if session.signed_at is not None:
        # A sealed record stays as it was: what was decided later says nothing of it.
        reviews = [one for one in reviews if one.at <= session.signed_at]
    review = queries.last_review(session.course, reviews)
    return Situation(
        session=session,
        state=queries.state(session),
        planned=translate.zones_of(session),
        known=translate.known_answers(session, before, reviewed=queries.goes_on(review)),
        today=_day(session.opened_at),
        rules=rules.book(session.opened_at),
        marks=exclusions_of(session.client_id) if session.state == State.OPEN else (),
    )


def _complete(zone: ZoneState) -> bool:
    return zone.running_since is None and zone.comfort is not None and bool(zone.end_point or zone.bleeding)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
