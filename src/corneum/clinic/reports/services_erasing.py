"""Erasure in two steps, with a clinician between them while the record must be kept; and the proof of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.models import Event
from corneum.clinic.audit.services import record
from corneum.clinic.jobs.work import ask
from corneum.clinic.measured import files as measured
from corneum.clinic.measured.models import Measurement
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files as photographs
from corneum.clinic.photos.models import Photo
from corneum.clinic.reports import files
from corneum.clinic.reports.leaving import rows
from corneum.clinic.reports.models import CaseState, ErasureCase, Export, ExportState
from corneum.clinic.reports.queries import keep_until, number_of
from corneum.clinic.stock.models import StockMove
from corneum.clinic.treatments import services_after
from corneum.clinic.treatments.models import Erasure

FILES_JOB = "reports.erase_files"
_STAY = frozenset({Event, Erasure, ErasureCase})
"""What may keep the random identifier of a record that is gone: the log, the leave to delete, and the case itself."""
_LOOSED = frozenset({StockMove})
"""What stays without the client: a lot was used, whoever it was used for."""


class CannotErase(ValueError):
    """An erasure that cannot be now; the message says why."""


class OpenAlready(CannotErase):
    """It was asked for already."""


class ClinicianNeeded(CannotErase):
    """The record must still be kept, and no clinician said why it need not."""


class OtherNumber(CannotErase):
    """What was typed is not the number of this record."""


class LeftBehind(RuntimeError):
    """Something of the record would have stayed: nothing was erased."""


@transaction.atomic
def ask_erasure(*, by: User, client: Client, why: str, now: datetime) -> ErasureCase:
    """Write down that a record is to be erased: nothing is erased yet.

    Raises
    ------
    OpenAlready
        If that was asked for already.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    if ErasureCase.objects.filter(client_id=client.pk, state__in=[CaseState.ASKED, CaseState.APPROVED]).exists():
        raise OpenAlready("the erasure of this record is asked for")
    until = keep_until(client.pk)
    still = until if until is not None and until > timezone.localdate(now) else None
    case = ErasureCase.objects.create(client_id=client.pk, why=why, keep_until=still, asked_at=now, asked_by=by)
    record("erasure.asked", by=by, subject=case, now=now, data={"must_be_kept": still is not None})
    return case


@transaction.atomic
def approve(*, by: User, case: ErasureCase, why: str, now: datetime) -> ErasureCase:
    """Say, as a clinician, why a record may go before its time.

    Raises
    ------
    CannotErase
        If it does not wait for that, or no reason is given.
    """
    locked = ErasureCase.objects.select_for_update().get(pk=case.pk)
    if not locked.needs_clinician or len(why.strip()) < 10:
        raise CannotErase("it does not wait for a clinician, or the reason is missing")
    locked.state, locked.approved_at, locked.approved_by, locked.approved_why = CaseState.APPROVED, now, by, why.strip()
    locked.save(update_fields=["state", "approved_at", "approved_by", "approved_why"])
    record("erasure.approved", by=by, subject=locked, now=now)
    return locked


@transaction.atomic
def cancel(*, by: User, case: ErasureCase, now: datetime) -> None:
    """Give up an erasure; twice is once."""
    waiting = ErasureCase.objects.filter(pk=case.pk, state__in=[CaseState.ASKED, CaseState.APPROVED])
    if waiting.update(state=CaseState.CANCELLED, why="", approved_why="", ended_at=now, ended_by=by):
        record("erasure.cancelled", by=by, subject=case, now=now)


def erase(*, by: User, case: ErasureCase, typed: str, now: datetime) -> ErasureCase:
    """Erase a record: all rows in this transaction, its files right after it. It cannot be undone.

    Parameters
    ----------
    by
        Who.
    case
        That was asked for.
    typed
        The number of the record, as it was typed to confirm.
    now
        When.

    Raises
    ------
    ClinicianNeeded, OtherNumber, CannotErase
        Why nothing was erased.
    LeftBehind
        If a row of the record would have stayed.
    """
    try:
        return _erase(by, case, typed, now)
    except ClinicianNeeded:
        # A treatment since the wish was written down counts as well, and this stays where the erasure is undone.
        waiting = ErasureCase.objects.filter(pk=case.pk, state=CaseState.ASKED)
        waiting.update(keep_until=keep_until(case.client_id))
        raise


@transaction.atomic
def _erase(by: User, case: ErasureCase, typed: str, now: datetime) -> ErasureCase:
    locked = ErasureCase.objects.select_for_update().get(pk=case.pk)
    client = Client.objects.select_for_update().filter(pk=locked.client_id).first()
    if client is None or not locked.is_open:
        raise CannotErase("there is nothing to erase")
    until = keep_until(client.pk)
    if until is not None and until > timezone.localdate(now) and locked.state != CaseState.APPROVED:
        raise ClinicianNeeded("the record must be kept until then")
    if typed.strip().upper().replace("-", "").replace(" ", "") != number_of(client.pk).replace("-", ""):
        raise OtherNumber("that is not the number of this record")
    return _erased(by, locked, client, now)


def erase_files(arguments: dict[str, Any], *, now: datetime) -> None:
    """Delete the files of a record that is erased, and say so in the case; twice is once."""
    for name in arguments["photographs"]:
        photographs.erase(UUID(name))
    for name in arguments["measurements"]:
        measured.remove_pictures(UUID(name))
    for name in arguments["exports"]:
        files.delete(UUID(name))
    with transaction.atomic():
        case = (
            ErasureCase.objects.filter(pk=arguments["case"], state=CaseState.ERASED).select_related("ended_by").first()
        )
        if case is not None:
            ErasureCase.objects.filter(pk=case.pk).update(state=CaseState.DONE, files_at=now)
            record("client.files_erased", by=case.ended_by, subject=case, now=now, data={"folders": case.folders})


def _erased(by: User, case: ErasureCase, client: Client, now: datetime) -> ErasureCase:
    ids = _with_files(client.pk)
    ids["exports"] += _withdrawn_of_clinic()
    gone = services_after.erase(by=by, client=client, now=now)
    StockMove.objects.filter(client_id=client.pk).update(client_id=None, session_id=None)
    gone += _delete_rows(client.pk)
    _check_nothing_left(case.client_id)
    folders = sum(len(some) for some in ids.values())
    case.state, case.ended_at, case.ended_by = CaseState.ERASED, now, by
    case.rows, case.folders, case.why, case.approved_why = gone, folders, "", ""
    case.save(update_fields=["state", "ended_at", "ended_by", "rows", "folders", "why", "approved_why"])
    ask(FILES_JOB, {"case": str(case.pk), **ids}, now=now)
    before = case.keep_until is not None
    data = {"rows": gone, "folders": folders, "before_its_time": before}
    record("client.erased", by=by, subject=case, now=now, data=data)
    return case


def _with_files(client_id: UUID) -> dict[str, list[str]]:
    found: dict[str, type[models.Model]] = {"photographs": Photo, "measurements": Measurement, "exports": Export}
    return {
        name: [str(key) for key in model._default_manager.filter(client_id=client_id).values_list("pk", flat=True)]
        for name, model in found.items()
    }


def _withdrawn_of_clinic() -> list[str]:
    """Take back the copies of the whole clinic that wait, since they hold the record too; return their ids.

    One that is being put together deletes its own file at its end.
    """
    waiting = Export.objects.filter(client_id=None, state__in=[ExportState.ASKED, ExportState.READY])
    found = [str(key) for key in waiting.values_list("pk", flat=True)]
    waiting.update(state=ExportState.WITHDRAWN)
    return found


def _delete_rows(client_id: UUID) -> int:
    """Delete the rows of every app, those first that nothing else rests on."""
    waiting = [model for model in rows.paths() if model not in _STAY | _LOOSED]
    gone = 0
    while waiting:
        held = []
        for model in waiting:
            try:
                gone += rows.rows_of(model, client_id).delete()[0]
            except (ProtectedError, RestrictedError):
                held.append(model)
        if len(held) == len(waiting):
            raise LeftBehind(f"held by each other: {', '.join(model._meta.label for model in held)}")
        waiting = held
    return gone


def _check_nothing_left(client_id: UUID) -> None:
    left = [
        model._meta.label for model in rows.paths() if model not in _STAY and rows.rows_of(model, client_id).exists()
    ]
    if left:
        raise LeftBehind(f"rows would have stayed in {', '.join(left)}")
