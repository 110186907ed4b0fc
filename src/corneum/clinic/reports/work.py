"""Slow work, done beside the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.jobs.work import Progress, on_failed, worker
from corneum.clinic.reports import services, services_erasing, services_exports
from corneum.clinic.reports.leaving import withdrawal
from corneum.clinic.reports.queries import COUNT_JOB


@worker(COUNT_JOB)
def outcomes(arguments: dict[str, Any], tell: Progress) -> None:
    """Count the outcomes, clear away log-ins that are over, and have it done again in the next night.

    The next night is asked for first, so that one that fails is not the last.
    """
    services.count_every_night(now=timezone.now())
    services.clear_sessions()
    services.count(now=timezone.now(), tell=tell)


@worker(services_exports.JOB)
def export(arguments: dict[str, Any], tell: Progress) -> None:
    """Put a copy of data together; done twice, the second time finds it there."""
    services_exports.put_together(UUID(arguments["export_id"]), now=timezone.now(), tell=tell)


@on_failed(services_exports.JOB)
def export_failed(arguments: dict[str, Any]) -> None:
    """Say that a copy could not be put together, also where every try killed the worker."""
    services_exports.fail(UUID(arguments["export_id"]))


@worker(services_exports.EXPIRY_JOB)
def expire(arguments: dict[str, Any], tell: Progress) -> None:
    """Delete a copy of data that nobody fetched in time."""
    services_exports.expire(UUID(arguments["export_id"]), now=timezone.now())


@worker(services_erasing.FILES_JOB)
def erase_files(arguments: dict[str, Any], tell: Progress) -> None:
    """Delete the files of a record that is erased; what is gone stays gone."""
    services_erasing.erase_files(arguments, now=timezone.now())


@worker(withdrawal.JOB)
def withdraw_copies(arguments: dict[str, Any], tell: Progress) -> None:
    """Delete what was derived from photographs that may no longer be shown, and make it anew for those that may."""
    by = User.objects.filter(pk=arguments["by"]).first() if arguments["by"] else None
    withdrawal.delete_copies(UUID(arguments["client_id"]), by=by, now=timezone.now())
