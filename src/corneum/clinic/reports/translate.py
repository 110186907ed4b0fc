"""The rows of one course as the facts of its result: expected, measured, rated, done, and what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.measured import rating
from corneum.clinic.measured.models import Measurement, Rating
from corneum.clinic.measured.models import State as Measured
from corneum.clinic.measured.queries import stored_pair
from corneum.clinic.people.models import Client
from corneum.clinic.photos import queries as photos
from corneum.clinic.photos.models import Photo
from corneum.clinic.plans.translate import is_readable, plan_of
from corneum.clinic.reports.counting.indications import INDEX_OF
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.treatments.models import AdverseEvent, CourseReview, Decision, Session
from corneum.clinic.treatments.next_session import sessions_of
from corneum.course import Plan
from corneum.imaging.faces import site_of
from corneum.imaging.pairs import Change
from corneum.imaging.rating import Scored

_BEST = {"durable": 0, "between": 1, "unknown": 2, "immediate": 3}


@dataclass(frozen=True)
class MeasuredPair:
    """A measurement that tells of the course: from before it to the latest photograph of the same view."""

    row: Measurement
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class CourseResult:
    """What a course came to.

    Parameters
    ----------
    client, number
        Whose course, and which.
    sessions
        Those in which something was treated, the first one first.
    planned
        How many were planned; 0 where that cannot be read.
    plan
        Of the last session; None where this version of the program cannot read it.
    review
        The last look back, or None.
    measured
        One measurement for each view.
    told
        Their changes at the places and of the indices that the goals of the plan name.
    scored
        The newest closed blinded rating, or None.
    reactions
        Since the course began, the first one first.
    pictures
        Photographs of the first and the last state, where consent lets them be shown; else empty.
    """

    client: Client
    number: int
    sessions: tuple[Session, ...]
    planned: int
    plan: Plan | None
    review: CourseReview | None
    measured: tuple[MeasuredPair, ...]
    told: tuple[tuple[MeasuredPair, Change], ...]
    scored: Scored | None
    reactions: tuple[AdverseEvent, ...]
    pictures: tuple[Photo, ...]

    @property
    def is_over(self) -> bool:
        """Whether the course is at its end: every session done, or stopped."""
        stopped = self.review is not None and self.review.decision == Decision.STOP
        return stopped or 0 < self.planned <= len(self.sessions)

    @property
    def is_due(self) -> bool:
        """Whether there is enough for a result: it is over, or the look back was written."""
        return self.is_over or self.review is not None

    @property
    def beyond(self) -> tuple[tuple[MeasuredPair, Change], ...]:
        """What of the goals changed beyond measurement noise."""
        return tuple((pair, one) for pair, one in self.told if one.verdict in ("higher", "lower"))

    @property
    def counts(self) -> tuple[int, int]:
        """How many values were measured, and how many of them are beyond measurement noise."""
        every = [one for pair in self.measured for one in pair.changes if one.verdict != "withheld"]
        return len(every), sum(one.verdict != "within_noise" for one in every)


def result_of(client: Client, number: int | None) -> CourseResult | None:
    """Return what a course came to, the newest one without a number; None where nothing was treated in it."""
    every = [one for one in treatments.signed_sessions(client.pk) if one.done]
    numbers = {one.course for one in every}
    wanted = max(numbers, default=0) if number is None else number
    if wanted not in numbers:
        return None
    sessions = tuple(one for one in reversed(every) if one.course == wanted)
    following = min((one.opened_at for one in every if one.course > wanted), default=None)
    version = sessions[-1].plan
    plan = plan_of(version) if is_readable(version) else None
    measured = _measured(client.pk, sessions[0].opened_at, following)
    begun = timezone.localdate(sessions[0].opened_at)
    reactions = [
        one
        for one in reversed(treatments.events_of(client.pk))
        if one.onset >= begun and (following is None or one.onset < timezone.localdate(following))
    ]
    return CourseResult(
        client=client,
        number=wanted,
        sessions=sessions,
        planned=sessions_of(version),
        plan=plan,
        review=treatments.last_review(wanted, treatments.reviews(client.pk)),
        measured=measured,
        told=tuple(_told(plan, measured)),
        scored=_scored(client.pk, sessions[0].opened_at, following),
        reactions=tuple(reactions),
        pictures=_pictures(client.pk, measured),
    )


def courses_of(client_id: UUID) -> list[int]:
    """Return the numbers of the courses in which a client was treated, the newest first."""
    return sorted({one.course for one in treatments.signed_sessions(client_id) if one.done}, reverse=True)


def _measured(client_id: UUID, begun: datetime, ended: datetime | None) -> tuple[MeasuredPair, ...]:
    """Return for each view the measurement from before the course to after its first session that says most."""
    some = Measurement.objects.filter(client_id=client_id, state=Measured.DONE).select_related("baseline", "followup")
    some = some.filter(followup__taken_at__gt=begun, baseline__taken_at__lte=begun, followup__removed_at=None)
    found: dict[tuple[str, str], MeasuredPair] = {}
    for row in sorted(some, key=lambda one: (_BEST.get(one.outcome, 9), -one.followup.taken_at.timestamp())):
        stored = stored_pair(row) if ended is None or row.followup.taken_at < ended else None
        if stored is not None:
            key = (row.baseline.view, row.baseline.site)
            found.setdefault(key, MeasuredPair(row, tuple(stored.changes)))
    return tuple(found.values())


def _told(plan: Plan | None, measured: Sequence[MeasuredPair]) -> Iterable[tuple[MeasuredPair, Change]]:
    wanted = [] if plan is None else [(goal.zone, INDEX_OF.get(goal.concern, "")) for goal in plan.goals]
    seen: set[tuple[str, str]] = set()
    for pair in measured:
        for one in pair.changes:
            key = (one.zone, one.index)
            if (site_of(one.zone), one.index) in wanted and one.verdict != "withheld" and key not in seen:
                seen.add(key)
                yield pair, one


def _scored(client_id: UUID, begun: datetime, ended: datetime | None) -> Scored | None:
    closed = Rating.objects.filter(client_id=client_id, closed_at__isnull=False, made_at__gt=begun)
    newest = (closed if ended is None else closed.filter(made_at__lt=ended)).first()
    return None if newest is None else rating.score(newest)


def _pictures(client_id: UUID, measured: Sequence[MeasuredPair]) -> tuple[Photo, ...]:
    granted = photo_purposes(client_id)
    for pair in measured:
        both = (pair.row.baseline, pair.row.followup)
        if all(photos.may_show(one, Purpose.RECORD, granted) for one in both):
            return both
    return ()
