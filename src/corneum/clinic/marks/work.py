"""Slow work, done beside the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.jobs.work import Progress, worker
from corneum.clinic.marks import looking


@worker(looking.JOB)
def look(arguments: dict[str, Any], tell: Progress) -> None:
    """Look for marks; done twice, the second time finds it done."""
    looking.look_through(UUID(arguments["look_id"]), now=timezone.now(), tell=tell)
