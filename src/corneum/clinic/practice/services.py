"""What changes the clinic's own data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from corneum.clinic.audit.services import Someone, record
from corneum.clinic.practice.models import ROW, Practice
from corneum.clinic.practice.queries import practice


@transaction.atomic
def change(*, by: Someone, fields: Mapping[str, Any], now: datetime) -> Practice:
    """Keep what the owner entered; the log names the fields, never what stands in them."""
    stored, changed = keep(fields)
    if changed:
        record("practice.changed", by=by, subject=stored, now=now, data={"changed": changed})
    return stored


def keep(fields: Mapping[str, Any]) -> tuple[Practice, list[str]]:
    """Write the fields into the row, which is made where there is none; return it and the names of what changed.

    For a service that writes its own event, in its own transaction.
    """
    stored = Practice.objects.select_for_update().filter(pk=ROW).first() or practice()
    is_new = stored._state.adding
    changed = [name for name, value in fields.items() if is_new or getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, fields[name])
    if changed:
        stored.save(force_insert=is_new)
    return stored, changed
