"""Copies of a photograph that leave the clinic: given out for an agreed use, fetched as a file, called back after."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.consent.withdrawing import CopyOut, ended_with
from corneum.clinic.intake.inbox import acknowledge, tell
from corneum.clinic.intake.models import InboxItem, ItemKind
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files, queries
from corneum.clinic.photos.models import COPY_PURPOSES, Copy, Photo
from corneum.imaging.door import jpeg_of, photo_in

FETCHED_WITHIN = timedelta(days=1)
"""So long the file of a copy is made; whoever needs it later gives it out anew, and says why."""
_QUALITY = 95
_LEVEL = 2
"""Of the inbox: the clinic looks at it within a day."""


class NotGiven(ValueError):
    """A copy that may not leave: its use was not agreed to, or was withdrawn, or its time is over."""


@transaction.atomic
def give_out(*, by: User, photo: Photo, purpose: str, to: str, why: str, now: datetime) -> Copy:
    """Write down that a copy is given out, for what, and to whom; its file is fetched in a second step.

    Raises
    ------
    NotGiven
        If the client did not agree to this use of this photograph.
    """
    Client.objects.select_for_update().get(pk=photo.client_id)
    stored = Photo.objects.get(pk=photo.pk)
    if purpose not in COPY_PURPOSES or not queries.may_show(stored, purpose) or not files.is_there(stored.pk):
        raise NotGiven("this use of this photograph is not agreed to")
    made = Copy.objects.create(
        client_id=stored.client_id,
        photo=stored,
        purpose=purpose,
        to=to.strip(),
        why=why.strip(),
        given_at=now,
        given_by=by,
    )
    record("photo.given_out", by=by, subject=made, now=now, data={"purpose": purpose})
    return made


def fetch(*, by: User, copy: Copy, now: datetime) -> bytes:
    """Return the file of a copy: written anew from the pixels alone, so that nothing else leaves with them.

    Raises
    ------
    NotGiven
        If the use was withdrawn meanwhile, or the copy was given out too long ago.
    """
    _check_may_leave(copy, now)
    data = jpeg_of(photo_in(files.path_of(copy.photo_id, files.FULL).read_bytes()).pixels, _QUALITY)
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=copy.client_id)
        stored = _locked(copy)
        _check_may_leave(stored, now)
        stored.fetched_at, stored.digest = stored.fetched_at or now, hashlib.sha256(data).hexdigest()
        stored.save(update_fields=["fetched_at", "digest"])
        record("photo.copy_fetched", by=by, subject=stored, now=now, data={"purpose": stored.purpose})
    return data


@transaction.atomic
def undo(*, by: User, copy: Copy, now: datetime) -> None:
    """Strike a copy out that was written down by a slip.

    Raises
    ------
    NotGiven
        If its file was fetched: then it may be anywhere.
    """
    stored = Copy.objects.select_for_update().filter(pk=copy.pk).first()
    if stored is None:
        return
    if stored.fetched_at is not None:
        raise NotGiven("its file was fetched")
    record("photo.copy_undone", by=by, subject=stored, now=now)
    stored.delete()


def uses_withdrawn(client: Client, ended: frozenset[str], by: User | None, now: datetime) -> None:
    """Have the copies called back that went out for a use that ends, in the same transaction."""
    _call_back(client.pk, ended, now)


def uses_of_one_changed(photo: Photo, now: datetime) -> None:
    """Have the copies of one photograph called back, or no longer, after its own uses were changed."""
    _call_back(photo.client_id, photo.withheld, now, photo)
    in_force = photo_purposes(photo.client_id)
    again = [purpose for purpose in COPY_PURPOSES if queries.may_show(photo, purpose, in_force)]
    waiting = Copy.objects.filter(photo=photo, purpose__in=again, called_back_at=None)
    waiting.update(call_back_since=None)


@transaction.atomic
def called_back(*, by: User, copy: Copy, note: str, now: datetime) -> Copy:
    """Write down that whoever holds a copy was asked to delete it, and what they said; the first note holds."""
    stored = _locked(copy)
    if stored.call_back_since is not None and stored.called_back_at is None:
        stored.called_back_at, stored.called_back_by, stored.called_back_note = now, by, note.strip()
        stored.save(update_fields=["called_back_at", "called_back_by", "called_back_note"])
        record("photo.copy_called_back", by=by, subject=stored, now=now)
        _settle_inbox(stored.client_id, by, now)
    return stored


@transaction.atomic
def not_called_back(*, by: User, copy: Copy, now: datetime) -> Copy:
    """Undo that: it waits again."""
    stored = _locked(copy)
    if stored.called_back_at is not None:
        stored.called_back_at, stored.called_back_by, stored.called_back_note = None, None, ""
        stored.save(update_fields=["called_back_at", "called_back_by", "called_back_note"])
        record("photo.copy_call_undone", by=by, subject=stored, now=now)
    return stored


def copies_out(client_id: UUID) -> list[CopyOut]:
    """Return the copies of a client's photographs whose files left, the newest first."""
    some = Copy.objects.filter(client_id=client_id, fetched_at__isnull=False)
    return [CopyOut(one.given_at, one.purpose, one.to) for one in some]


def _call_back(client_id: UUID, ended: Collection[str], now: datetime, photo: Photo | None = None) -> None:
    some = Copy.objects.filter(
        client_id=client_id, purpose__in=ended_with(ended), fetched_at__isnull=False, call_back_since=None
    )
    count = (some if photo is None else some.filter(photo=photo)).update(call_back_since=now)
    if count and not _told_of(client_id):
        tell(client=Client.objects.get(pk=client_id), kind=ItemKind.COPIES, level=_LEVEL, now=now)


def _check_may_leave(copy: Copy, now: datetime) -> None:
    if now - copy.given_at > FETCHED_WITHIN or not queries.may_show(copy.photo, copy.purpose):
        raise NotGiven("this copy can no longer be fetched")


def _locked(copy: Copy) -> Copy:
    return Copy.objects.select_for_update(of=("self",)).select_related("photo").get(pk=copy.pk)


def _told_of(client_id: UUID) -> list[InboxItem]:
    return list(InboxItem.objects.filter(client_id=client_id, kind=ItemKind.COPIES, seen=None))


def _settle_inbox(client_id: UUID, by: User, now: datetime) -> None:
    """Mark the inbox's note as seen once every copy of the client was called back."""
    if not queries.to_call_back().filter(client_id=client_id).exists():
        for item in _told_of(client_id):
            acknowledge(by=by, item=item, note="", now=now)
