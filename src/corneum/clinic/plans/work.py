"""Slow work, done beside the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.jobs.work import Progress, worker
from corneum.clinic.plans import services


@worker(services.JOB)
def plan(arguments: dict[str, Any], tell: Progress) -> None:
    """Plan what a version asks; done twice, the second time finds it done."""
    services.draw_up(UUID(arguments["plan_id"]), now=timezone.now(), tell=tell)
