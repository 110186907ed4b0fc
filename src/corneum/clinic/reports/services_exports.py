"""Copies of data: asked for, put together beside the pages, fetched once, and deleted when nobody fetches them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID
from zipfile import ZipFile

from django.db import transaction
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.jobs.work import Progress, ask
from corneum.clinic.people.models import Client
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.services import show
from corneum.clinic.reports import files
from corneum.clinic.reports.leaving.bundle import photo_path
from corneum.clinic.reports.leaving.packing import pack_client, pack_clinic
from corneum.clinic.reports.models import Export, ExportState

JOB = "reports.export"
EXPIRY_JOB = "reports.export_expiry"
WAITS = timedelta(days=7)
_OPEN = (ExportState.ASKED, ExportState.READY, ExportState.FAILED)
"""Of which there is a file, or may be: one that failed is tried again."""


class AlreadyAsked(ValueError):
    """A copy is being put together already."""


class NotThere(ValueError):
    """There is nothing to fetch: it was fetched, it expired, or it was withdrawn."""


@transaction.atomic
def ask_export(*, by: User, client: Client | None, now: datetime) -> Export:
    """Have a copy of one client's data put together, or of the clinic's without a client.

    Raises
    ------
    AlreadyAsked
        If one is on its way.
    """
    client_id = None if client is None else client.pk
    if client is not None:
        Client.objects.select_for_update().get(pk=client.pk)
    if Export.objects.filter(client_id=client_id, state=ExportState.ASKED, asked_at__gt=now - WAITS).exists():
        raise AlreadyAsked("a copy is being put together")
    export = Export.objects.create(client_id=client_id, asked_at=now, asked_by=by, expires_at=now + WAITS)
    job = ask(JOB, {"export_id": str(export.pk)}, now=now, client_id=client_id)
    Export.objects.filter(pk=export.pk).update(job_id=job.pk)
    ask(EXPIRY_JOB, {"export_id": str(export.pk)}, now=now, client_id=client_id, not_before=export.expires_at)
    record("data.asked", by=by, subject=export, client_id=client_id, now=now)
    return export


def put_together(export_id: UUID, *, now: datetime, tell: Progress) -> None:
    """Write the file of a copy, and say that it is ready; one that was withdrawn meanwhile is deleted again.

    One that fails says so, and may be tried again; until then it stands in nobody's way.
    """
    Export.objects.filter(pk=export_id, state=ExportState.FAILED).update(state=ExportState.ASKED)
    try:
        _put_together(export_id, now, tell)
    except Exception:
        fail(export_id)
        raise


def fail(export_id: UUID) -> None:
    """Say of a copy that is asked for that it could not be put together."""
    Export.objects.filter(pk=export_id, state=ExportState.ASKED).update(state=ExportState.FAILED)


def fetch(*, by: User, export: Export, now: datetime) -> tuple[BinaryIO, int]:
    """Return the file of a copy, opened, and its size; it has no name any more: nobody fetches it twice.

    Raises
    ------
    NotThere
        If it was fetched, expired or withdrawn.
    """
    path = files.path_of(export.pk)
    with transaction.atomic():
        waiting = Export.objects.filter(pk=export.pk, state=ExportState.READY, expires_at__gt=now)
        if not path.is_file() or not waiting.update(state=ExportState.FETCHED, fetched_at=now, fetched_by=by):
            raise NotThere("there is nothing to fetch")
        opened = path.open("rb")
        shown = _photographs_in(path, export.client_id)
        data = {"size": export.size, "photographs": len(shown)}
        record("data.fetched", by=by, subject=export, client_id=export.client_id, now=now, data=data)
        for photo in shown:
            show(by=by, photo=photo, now=now)
    files.delete(export.pk)
    return opened, export.size


@transaction.atomic
def discard(*, by: User, export: Export, now: datetime) -> None:
    """Delete a copy that nobody needs any more; twice is once."""
    if Export.objects.filter(pk=export.pk, state__in=_OPEN).update(state=ExportState.EXPIRED):
        record("data.discarded", by=by, subject=export, client_id=export.client_id, now=now)
    transaction.on_commit(lambda: files.delete(export.pk))


def expire(export_id: UUID, *, now: datetime) -> None:
    """Delete a copy that was not fetched in time."""
    Export.objects.filter(pk=export_id, state__in=_OPEN, expires_at__lte=now).update(state=ExportState.EXPIRED)
    if not Export.objects.filter(pk=export_id, state__in=_OPEN).exists():
        files.delete(export_id)


def _put_together(export_id: UUID, now: datetime, tell: Progress) -> None:
    export = Export.objects.filter(pk=export_id, state=ExportState.ASKED).first()
    if export is None:
        return
    with files.written_whole(files.path_of(export.pk)) as file:
        try:
            digest = _packed(export.client_id, file, now, tell)
        except Client.DoesNotExist:
            digest = ""
    size = files.path_of(export.pk).stat().st_size
    with transaction.atomic():
        ready = Export.objects.filter(pk=export.pk, state=ExportState.ASKED) if digest else Export.objects.none()
        moment = timezone.now()
        if ready.update(state=ExportState.READY, ready_at=moment, size=size, digest=digest):
            record("data.ready", by=export.asked_by, subject=export, client_id=export.client_id, now=now)
            return
    files.delete(export.pk)


def _photographs_in(path: Path, client_id: UUID | None) -> list[Photo]:
    """Return the photographs that a copy holds: each that leaves is an event, as each that is shown on a page."""
    with ZipFile(path) as packed:
        # By the part of a name that is of the photograph alone: its view may have been corrected since.
        ends = {name.rpartition("-")[2] for name in packed.namelist() if name.startswith("photographs/")}
    every = Photo.objects.filter(client_id=client_id) if client_id is not None else ()
    return [photo for photo in every if photo_path(photo).rpartition("-")[2] in ends]


def _packed(client_id: UUID | None, file: BinaryIO, now: datetime, tell: Progress) -> str:
    if client_id is None:
        return pack_clinic(file, now, tell)
    return pack_client(file, Client.objects.get(pk=client_id), now, tell)
