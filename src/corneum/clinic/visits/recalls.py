"""What changes recalls: who is to be called, and why. Other apps write them when something will be due."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.people.models import Client
from corneum.clinic.visits.models import Kind, Recall, RecallKind, Visit

_ANSWERED = {
    Kind.TREATMENT: (RecallKind.COURSE, RecallKind.MAINTENANCE),
    Kind.PHOTOGRAPHS: (RecallKind.PHOTOGRAPH,),
    Kind.REVIEW: (RecallKind.REVIEW,),
    Kind.CHECK: (RecallKind.FOLLOW_UP,),
}
"""Reasons for a call that a visit makes needless."""


class OpenAgain(ValueError):
    """The client is to be called for the same reason already."""


@transaction.atomic
def recall(*, by: User, client: Client, kind: str, due_on: date, now: datetime) -> Recall:
    """Put a client on the list for a day; an open recall for the same reason moves to that day."""
    kind = RecallKind(kind).value
    found, is_new = Recall.objects.get_or_create(client=client, kind=kind, done_at=None, defaults={"due_on": due_on})
    if is_new or found.due_on != due_on:
        found.due_on = due_on
        found.save(update_fields=["due_on"])
        record("recall.set", by=by, subject=found, now=now, data={"kind": kind})
    return found


@transaction.atomic
def close(*, by: User, recall: Recall, now: datetime) -> Recall:
    """Say that nobody needs to call any more; twice is once."""
    if close_with(recall, by=by, visit=None, now=now):
        record("recall.closed", by=by, subject=recall, now=now, data={"kind": recall.kind})
    return recall


def close_with(recall: Recall, *, by: User, visit: Visit | None, now: datetime) -> bool:
    """Close a recall, in the transaction of the visit that answers it; return whether it was open."""
    found = Recall.objects.filter(pk=recall.pk, done_at__isnull=True)
    closed = found.update(done_at=now, done_by=by, visit=visit) > 0
    recall.refresh_from_db()
    return closed


def answered_by(visit: Visit, *, by: User, now: datetime) -> None:
    """Close what a visit answers, in its transaction: who is booked is not called for the same thing."""
    waiting = Recall.objects.filter(client=visit.client_id, done_at=None, kind__in=_ANSWERED.get(Kind(visit.kind), ()))
    waiting.update(done_at=now, done_by=by, visit=visit)


def asked_again(visit: Visit) -> None:
    """Open again what a visit answered that does not take place, in its transaction: the newest for each reason."""
    closed = Recall.objects.filter(visit=visit, done_at__isnull=False).order_by("done_at")
    open_kinds = set(Recall.objects.filter(client=visit.client_id, done_at=None).values_list("kind", flat=True))
    newest = {one.kind: one.pk for one in closed if one.kind not in open_kinds}
    Recall.objects.filter(pk__in=newest.values()).update(done_at=None, done_by=None, visit=None)


@transaction.atomic
def reopen(*, by: User, recall: Recall, now: datetime) -> Recall:
    """Undo that a recall was closed; twice is once.

    Raises
    ------
    OpenAgain
        If another one for the same reason was opened since.
    """
    try:
        with transaction.atomic():
            closed = Recall.objects.filter(pk=recall.pk, done_at__isnull=False)
            opened = closed.update(done_at=None, done_by=None, visit=None)
    except IntegrityError:
        raise OpenAgain("the client is to be called for the same reason already") from None
    if opened:
        record("recall.opened", by=by, subject=recall, now=now, data={"kind": recall.kind})
    recall.refresh_from_db()
    return recall
