"""Find outcomes, copies of data and erasures; absent and of another client look the same."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.reports.models import CaseState, ErasureCase, Export, Outcomes
from corneum.clinic.treatments.models import Session

COUNT_JOB = "reports.outcomes"


def years() -> list[int]:
    """Return the years that were counted, the newest first."""
    return list(Outcomes.objects.values_list("year", flat=True))


def outcomes(year: int | None) -> Outcomes | None:
    """Return the outcomes of a year, or of the newest one; None where nothing was counted yet.

    Raises
    ------
    Http404
        If that year was not counted.
    """
    if year is None:
        return Outcomes.objects.first()
    found = Outcomes.objects.filter(pk=year).first()
    if found is None:
        raise Http404
    return found


def is_counting() -> bool:
    """Return whether outcomes are being counted, or will be in a moment."""
    waiting = Job.objects.filter(kind=COUNT_JOB, state__in=[JobState.WAITING, JobState.RUNNING])
    return waiting.filter(not_before__lte=timezone.now()).exists()


def exports(client_id: UUID | None) -> list[Export]:
    """Return the copies of a client's data, or of the clinic's, the newest first."""
    return list(Export.objects.filter(client_id=client_id).select_related("asked_by", "fetched_by")[:20])


def export_of(client_id: UUID | None, export_id: UUID) -> Export:
    """Return a copy of data, or raise `Http404`."""
    found = Export.objects.filter(pk=export_id, client_id=client_id).first()
    if found is None:
        raise Http404
    return found


def number_of(client_id: UUID) -> str:
    """Return the number by which a client is named where a slip must not happen: the first half of the id's start.

    Examples
    --------
    >>> number_of(UUID("3f2a91bc-0000-4000-8000-000000000000"))
    '3F2A-91BC'
    """
    start = client_id.hex[:8].upper()
    return f"{start[:4]}-{start[4:]}"


def keep_until(client_id: UUID) -> date | None:
    """Return until when the law asks to keep a record, by the clinic's setting; None where nobody was treated."""
    last = Session.objects.filter(client_id=client_id).aggregate(last=Max("opened_at"))["last"]
    if last is None:
        return None
    day = timezone.localdate(last)
    # The end of the year is not needed: the term runs from the last treatment; 29 February becomes 1 March.
    try:
        return day.replace(year=day.year + settings.KEEP_YEARS)
    except ValueError:
        return date(day.year + settings.KEEP_YEARS, 3, 1)


def case_of(client_id: UUID) -> ErasureCase | None:
    """Return the open erasure of a record, or None."""
    some = ErasureCase.objects.select_related("asked_by", "approved_by")
    return some.filter(client_id=client_id, state__in=[CaseState.ASKED, CaseState.APPROVED]).first()


def cases() -> list[ErasureCase]:
    """Return the newest erasures."""
    return list(ErasureCase.objects.select_related("asked_by", "approved_by", "ended_by")[:200])
