"""A permission that ends reaches every copy: exports and what was derived go, the photographs themselves are blocked.

Blocked is what `corneum.clinic.photos.queries.may_show` refuses: it asks the consent anew at every view. The original
stays, since the law may ask to keep it; erasing it is a decision of its own.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.jobs.work import ask
from corneum.clinic.measured import files as measured
from corneum.clinic.measured.models import Measurement
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files as photographs
from corneum.clinic.photos.judging import written
from corneum.clinic.photos.models import Photo
from corneum.clinic.reports import files
from corneum.clinic.reports.models import Export, ExportState

JOB = "reports.withdraw_copies"
_DERIVED = tuple(size for size, side in photographs.SIDES.items() if side is not None)


def purposes_withdrawn(client: Client, ended: frozenset[str], by: User | None, now: datetime) -> None:
    """Have the copies deleted, in the transaction in which the permission ends.

    A copy of data that waits holds photographs: it cannot be fetched any more from this moment on.
    """
    if Purpose.RECORD in ended:
        waiting = Export.objects.filter(client_id=client.pk, state__in=[ExportState.ASKED, ExportState.READY])
        waiting.update(state=ExportState.WITHDRAWN)
        ask(JOB, _arguments(client, by), now=now, client_id=client.pk)


def permitted_again(client: Client, begun: frozenset[str], by: User | None, now: datetime) -> None:
    """Have the small copies made again that a withdrawal deleted."""
    if Purpose.RECORD in begun and Photo.objects.filter(client=client).exists():
        ask(JOB, _arguments(client, by), now=now, client_id=client.pk)


def delete_copies(client_id: UUID, *, by: User | None, now: datetime) -> int:
    """Bring the copies in line with the consent as it stands now; return how many were deleted.

    Without consent: the copies of data, the smaller sizes, and the pictures of measured pairs go. With consent that
    was given since, the smaller sizes are made anew from the original.
    """
    photos = Photo.objects.filter(client_id=client_id)
    if Purpose.RECORD in photo_purposes(client_id):
        for photo in photos.filter(removed_at__isnull=True):
            _make_again(photo.pk)
        return 0
    gone = {
        "exports": sum(files.delete(one.pk) for one in Export.objects.filter(client_id=client_id)),
        "photographs": sum(_delete_derived(photo.pk) for photo in photos),
        "measurements": sum(_delete_measured(one.pk) for one in Measurement.objects.filter(client_id=client_id)),
    }
    if any(gone.values()):
        with transaction.atomic():
            record("photo.copies_deleted", by=by, client_id=client_id, now=now, data=gone)
    return sum(gone.values())


def _arguments(client: Client, by: User | None) -> dict[str, str]:
    return {"client_id": str(client.pk), "by": "" if by is None else str(by.pk)}


def _delete_derived(photo_id: UUID) -> bool:
    there = [path for size in _DERIVED if (path := photographs.path_of(photo_id, size)).exists()]
    for path in there:
        path.unlink()
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
