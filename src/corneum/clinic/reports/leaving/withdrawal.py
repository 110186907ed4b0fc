"""What is taken back reaches every copy: exports and what was derived go, the photographs themselves are blocked.

It is taken back for all photographs of a client, or for one. Blocked is what `corneum.clinic.photos.queries.may_show`
refuses: it asks the consent anew at every view. The original stays, since the law may ask to keep it; erasing it is a
decision of its own.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.jobs.work import ask
from corneum.clinic.measured import files as measured
from corneum.clinic.measured.models import Measurement
from corneum.clinic.measured.services import draw_later
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files as photographs
from corneum.clinic.photos import queries as photos
from corneum.clinic.photos.judging import written
from corneum.clinic.photos.models import Photo
from corneum.clinic.reports import files
from corneum.clinic.reports.models import Export, ExportState

JOB = "reports.withdraw_copies"
_DERIVED = tuple(size for size, side in photographs.SIDES.items() if side is not None)
_WAITS = (ExportState.ASKED, ExportState.READY)


def purposes_withdrawn(client: Client, ended: frozenset[str], by: User | None, now: datetime) -> None:
    """Have the copies deleted, in the transaction in which the permission ends.

    A copy of data that waits holds photographs: it cannot be fetched any more from this moment on.
    """
    if Purpose.RECORD in ended:
        _withdraw(client.pk, by, now)


def permitted_again(client: Client, begun: frozenset[str], by: User | None, now: datetime) -> None:
    """Have the small copies made again that a withdrawal deleted."""
    if Purpose.RECORD in begun and Photo.objects.filter(client=client).exists():
        _follow(client.pk, by, now)


def photo_changed(photo: Photo, by: User, now: datetime) -> None:
    """Have the copies follow one photograph that left the record or came back to it, in the same transaction."""
    if photos.may_show(photo, Purpose.RECORD):
        _follow(photo.client_id, by, now)
    else:
        _withdraw(photo.client_id, by, now)


def delete_copies(client_id: UUID, *, by: User | None, now: datetime) -> int:
    """Bring the copies in line with what may be kept now; return how many were deleted.

    Of a photograph that was taken back, or of all without consent, what was derived goes: smaller sizes, pictures of
    measured pairs, outlines of marks. Where it may be kept again, the smaller sizes are made anew from the original,
    and the pictures of pairs are drawn again. What is removed keeps them for the day on which it can be brought back;
    the sweep erases them with it.
    """
    granted = Purpose.RECORD in photo_purposes(client_id)
    every = list(Photo.objects.filter(client_id=client_id))
    blocked = [photo.pk for photo in every if not granted or Purpose.RECORD in photo.withheld]
    for photo in every:
        if photo.pk not in blocked and photo.removed_at is None:
            _make_again(photo.pk)
    measurements = Measurement.objects.filter(Q(baseline__in=blocked) | Q(followup__in=blocked), client_id=client_id)
    exports = Export.objects.filter(client_id=client_id).exclude(state__in=_WAITS)
    gone = {
        "exports": sum(files.delete(one.pk) for one in exports),
        "photographs": sum(_delete_derived(photo_id) for photo_id in blocked),
        "measurements": sum(_delete_measured(one.pk) for one in measurements),
    }
    if granted:
        draw_later(client_id, now=now)
    if any(gone.values()):
        with transaction.atomic():
            record("photo.copies_deleted", by=by, client_id=client_id, now=now, data=gone)
    return sum(gone.values())


def _withdraw(client_id: UUID, by: User | None, now: datetime) -> None:
    """Let no copy of data be fetched from this moment on: what waits may hold what was taken back."""
    Export.objects.filter(client_id=client_id, state__in=_WAITS).update(state=ExportState.WITHDRAWN)
    _follow(client_id, by, now)


def _follow(client_id: UUID, by: User | None, now: datetime) -> None:
    ask(JOB, {"client_id": str(client_id), "by": "" if by is None else str(by.pk)}, now=now, client_id=client_id)


def _delete_derived(photo_id: UUID) -> bool:
    """Delete all files of a photograph but the original, also those that other apps wrote beside it."""
    original = photographs.path_of(photo_id, photographs.FULL)
    there = [path for path in original.parent.glob("*") if path != original]
    for path in there:
        path.unlink(missing_ok=True)
    return bool(there)


def _delete_measured(measurement_id: UUID) -> bool:
    there = measured.folder_of(measurement_id).exists()
    measured.remove_pictures(measurement_id)
    return there


def _make_again(photo_id: UUID) -> None:
    missing = [size for size in _DERIVED if not photographs.path_of(photo_id, size).exists()]
    if missing and photographs.is_there(photo_id):
        sizes = written(photographs.path_of(photo_id, photographs.FULL).read_bytes()).sizes
        for size in missing:
            with files.written_whole(photographs.path_of(photo_id, size)) as file:
                file.write(sizes[size])
