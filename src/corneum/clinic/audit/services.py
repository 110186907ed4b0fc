"""Write what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction

from corneum.clinic.audit.models import Event


class Someone(Protocol):
    """Who does things: a member of the staff."""

    pk: Any


class NoTransaction(RuntimeError):
    """An event outside a transaction could stay when its change is lost."""


def record(
    action: str,
    *,
    by: Someone | None,
    now: datetime,
    subject: models.Model | None = None,
    client_id: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    at_machine: bool = False,
) -> Event:
    """Write one event, in the transaction of the change that it tells of.

    Parameters
    ----------
    action
        Dotted, in the past tense: ``photo.shown``.
    by
        Who did it; None for a client who came by a private link.
    now
        When.
    subject
        What it was done to.
    client_id
        Whose record it belongs to; taken from the subject where that has a ``client_id``.
    data
        Names of fields, counts and versions; nothing personal.
    at_machine
        Whether it was done by a command at the clinic's own machine, where nobody logs in.

    Raises
    ------
    NoTransaction
        If it is called outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction(f"{action}: an event belongs into the transaction of its change")
    return Event.objects.create(
        at=now,
        action=action,
        by_id=None if by is None else by.pk,
        by_link=by is None and not at_machine,
        subject_kind="" if subject is None else subject._meta.model_name or "",
        subject_id="" if subject is None else str(subject.pk),
        client_id=client_id or getattr(subject, "client_id", None),
        data=dict(data or {}),
    )
