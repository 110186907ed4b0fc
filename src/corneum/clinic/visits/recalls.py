"""What changes recalls: who is to be called, and why. Other apps write them when something will be due."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.people.models import Client
from corneum.clinic.visits.models import Recall, RecallKind, Visit


class OpenAgain(ValueError):
    """The client is to be called for the same reason already."""


@transaction.atomic
def recall(*, by: User, client: Client, kind: str, due_on: date, now: datetime) -> Recall:
    """Have a client called when something is due; an open recall for the same reason moves to that day."""
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
    close_with(recall, by=by, visit=None, now=now)
    record("recall.closed", by=by, subject=recall, now=now, data={"kind": recall.kind})
    return recall


def close_with(recall: Recall, *, by: User, visit: Visit | None, now: datetime) -> None:
    """Close a recall, in the transaction of the visit that answers it."""
    Recall.objects.filter(pk=recall.pk, done_at__isnull=True).update(done_at=now, done_by=by, visit=visit)
    recall.refresh_from_db()


@transaction.atomic
def reopen(*, by: User, recall: Recall, now: datetime) -> Recall:
    """Undo that a recall was closed.

    Raises
    ------
    OpenAgain
        If another one for the same reason was opened since.
    """
    try:
        with transaction.atomic():
            Recall.objects.filter(pk=recall.pk).update(done_at=None, done_by=None, visit=None)
    except IntegrityError:
        raise OpenAgain("the client is to be called for the same reason already") from None
    record("recall.opened", by=by, subject=recall, now=now, data={"kind": recall.kind})
    recall.refresh_from_db()
    return recall
