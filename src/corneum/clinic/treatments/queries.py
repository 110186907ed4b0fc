"""Find sessions, what was added to them, reactions and reviews; absent and of another client look the same."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min, QuerySet
from django.http import Http404

from corneum.clinic.treatments.models import AdverseEvent, CourseReview, Decision, Entry, Session, State
from corneum.clinic.treatments.state import SessionState, Tap, state_of


def session_of(client_id: UUID, session_id: UUID) -> Session:
    """Return a session with its plan and people.

    Raises
    ------
    Http404
        If there is none, or it is another client's.
    """
    found = _sessions(client_id).filter(pk=session_id).first()
    if found is None:
        raise Http404
    return found


def open_session(client_id: UUID) -> Session | None:
    """Return the session that is still being recorded, or None."""
    return _sessions(client_id).filter(state=State.OPEN).first()


def is_open_on(plan_id: UUID) -> bool:
    """Return whether a session is open on a version of a plan."""
    return Session.objects.filter(plan_id=plan_id, state=State.OPEN).exists()


def began(client_id: UUID) -> list[datetime]:
    """Return when each session of a client was opened, the earliest first."""
    found = Session.objects.filter(client_id=client_id).order_by("opened_at")
    return list(found.values_list("opened_at", flat=True))


def signed_sessions(client_id: UUID, *, but: UUID | None = None) -> list[Session]:
    """Return the sealed sessions of a client, the newest first."""
    found = Session.objects.filter(client_id=client_id, state=State.SIGNED).select_related(
        "plan", "signed_by", "opened_by"
    )
    return list(found.exclude(pk=but) if but else found)


def last_treated(client_id: UUID) -> Session | None:
    """Return the newest sealed session in which something was treated, or None."""
    return next((one for one in signed_sessions(client_id) if one.done), None)


def taps_of(session_id: UUID) -> list[Tap]:
    """Return what was tapped, in order."""
    return [_tap(entry) for entry in Entry.objects.filter(session_id=session_id).select_related("by")]


def state(session: Session) -> SessionState:
    """Return what a session has come to."""
    return state_of(taps_of(session.pk))


def reviews(client_id: UUID) -> list[CourseReview]:
    """Return the reviews of a client's courses, the newest first."""
    return list(CourseReview.objects.filter(client_id=client_id).select_related("by"))


def last_review(course: int, found: Iterable[CourseReview]) -> CourseReview | None:
    """Return the last review of a course among those of a client, or None."""
    return next((one for one in found if one.course == course), None)


def goes_on(review: CourseReview | None) -> bool:
    """Return whether a review let its course go on."""
    return review is not None and review.decision == Decision.GO_ON


def event_of(client_id: UUID, event_id: UUID) -> AdverseEvent:
    """Return a reaction with its notes, or raise `Http404`."""
    some = AdverseEvent.objects.select_related("client", "session", "added_by", "closed_by")
    found = some.filter(client_id=client_id, pk=event_id).first()
    if found is None:
        raise Http404
    return found


def events_of(client_id: UUID) -> list[AdverseEvent]:
    """Return the reactions of a client, the newest first."""
    return list(AdverseEvent.objects.filter(client_id=client_id).select_related("added_by"))


def next_look(client_id: UUID) -> date | None:
    """Return the first day on which an open reaction of a client is looked at again, or None."""
    found = AdverseEvent.objects.filter(client_id=client_id, closed_at=None)
    first: date | None = found.aggregate(first=Min("follow_up_on"))["first"]
    return first


def with_looks_due(client_ids: Collection[UUID], today: date) -> set[UUID]:
    """Return those clients of whom an open reaction is to be looked at by now."""
    found = AdverseEvent.objects.filter(client__in=client_ids, closed_at=None, follow_up_on__lte=today)
    return set(found.order_by().values_list("client_id", flat=True))


def _sessions(client_id: UUID) -> QuerySet[Session]:
    return Session.objects.filter(client_id=client_id).select_related("client", "plan", "opened_by", "signed_by")


def _tap(entry: Entry) -> Tap:
    return Tap(entry.pk, entry.number, entry.kind, entry.zone, entry.value, entry.tapped_at, entry.by.name)
