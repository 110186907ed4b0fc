"""What happens to the list of marks: added, changed, looked at by a doctor, taken off, put back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.services import record
from corneum.clinic.marks.models import Mark
from corneum.clinic.marks.tables import exclusion_of, table_of
from corneum.clinic.people.models import Client
from corneum.lesions.exclusions import WAITING
from corneum.lesions.marks_file import marks_of

_LEAST_WHY = 4


class MarkRefused(ValueError):
    """What may not be done to a mark; the message says why."""


@transaction.atomic
def add_mark(*, by: User, client: Client, fields: Mapping[str, Any], now: datetime) -> Mark:
    """Put a mark on the list.

    Parameters
    ----------
    by
        Who saw it.
    client
        Whose.
    fields
        ``zone``, ``right``, ``down``, ``diameter`` with its unit, ``note``, ``state``, ``found_on``.
    now
        When.

    Raises
    ------
    MarksError
        If the core cannot read it; every mistake is listed.
    """
    made = Mark(client=client, added_at=now, added_by=by, **fields)
    _check(made, now)
    made.save()
    record("mark.added", by=by, subject=made, now=now)
    return made


@transaction.atomic
def change_mark(*, by: User, mark: Mark, fields: Mapping[str, Any], now: datetime) -> Mark:
    """Correct what stands on the list of a mark.

    Raises
    ------
    MarksError
        If the core cannot read it.
    MarkRefused
        If it would end a wait for a doctor, or the mark was taken off.
    """
    stored = _stored(mark)
    waited = exclusion_of(stored).waits
    changed = [key for key, value in fields.items() if getattr(stored, key) != value]
    for key in changed:
        setattr(stored, key, fields[key])
    _check(stored, now)
    if waited and not exclusion_of(stored).waits:
        raise MarkRefused(_("It waits for a doctor: that ends with the day on which one looked, not otherwise."))
    if changed:
        stored.save(update_fields=changed)
        record("mark.changed", by=by, subject=stored, now=now, data={"changed": changed})
    return stored


@transaction.atomic
def doctor_looked(*, by: User, mark: Mark, day: date, now: datetime) -> Mark:
    """Write down the day on which a doctor looked at a mark; what was found stays between doctor and client.

    Raises
    ------
    MarkRefused
        If the day has not come yet, or lies before the change was seen.
    """
    stored = _stored(mark)
    if day > timezone.localdate(now):
        raise MarkRefused(_("This day has not come yet."))
    if stored.state in WAITING and day < stored.found_on:
        raise MarkRefused(_("On this day nobody had seen the change yet: the mark still waits."))
    stored.looked_at_on = day
    stored.save(update_fields=["looked_at_on"])
    record("mark.looked_at", by=by, subject=stored, now=now)
    return stored


@transaction.atomic
def end_mark(*, by: User, mark: Mark, why: str, now: datetime) -> Mark:
    """Take a mark off the list; the course no longer goes around it.

    Raises
    ------
    MarkRefused
        If there is no reason, or it waits for a doctor: then only a clinician takes it off, or, on the same day, who
        put it there by a slip.
    """
    stored = _stored(mark)
    if len(why.strip()) < _LEAST_WHY:
        raise MarkRefused(_("Say why."))
    if exclusion_of(stored).waits and by.role != Role.CLINICIAN and not _own_slip(stored, by, now):
        raise MarkRefused(_("It waits for a doctor. Write down the day on which one looked; or a clinician decides."))
    stored.ended_at, stored.ended_by, stored.ended_why = now, by, why.strip()[:200]
    stored.save(update_fields=["ended_at", "ended_by", "ended_why"])
    record("mark.ended", by=by, subject=stored, now=now)
    return stored


@transaction.atomic
def restore_mark(*, by: User, mark: Mark, now: datetime) -> Mark:
    """Put a mark back on the list; one that stands there stays as it is."""
    stored = Mark.objects.select_for_update().get(pk=mark.pk)
    if stored.ended_at is not None:
        stored.ended_at, stored.ended_by, stored.ended_why = None, None, ""
        stored.save(update_fields=["ended_at", "ended_by", "ended_why"])
        record("mark.restored", by=by, subject=stored, now=now)
    return stored


def _stored(mark: Mark) -> Mark:
    stored = Mark.objects.select_for_update().select_related("client").get(pk=mark.pk)
    if stored.ended_at is not None:
        raise MarkRefused(_("It was taken off the list meanwhile."))
    return stored


def _check(mark: Mark, now: datetime) -> None:
    marks_of([table_of(mark)], today=timezone.localdate(now))


def _own_slip(mark: Mark, by: User, now: datetime) -> bool:
    by_hand = mark.photo_id is None and mark.added_by_id == by.pk
    return by_hand and timezone.localdate(mark.added_at) == timezone.localdate(now)
