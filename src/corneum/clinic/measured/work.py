"""Slow work, done beside the pages."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.jobs.work import Progress, worker
from corneum.clinic.measured import services


@worker(services.JOB)
def pair(arguments: dict[str, Any], tell: Progress) -> None:
    """Measure a pair; done twice, the second time finds it done."""
    services.measure(UUID(arguments["measurement_id"]), now=timezone.now, tell=tell)


@worker(services.DRAW_JOB)
def pictures(arguments: dict[str, Any], tell: Progress) -> None:
    """Draw the pictures of a pair again; done twice, the second time finds them there."""
    services.draw(UUID(arguments["measurement_id"]), tell=tell)
