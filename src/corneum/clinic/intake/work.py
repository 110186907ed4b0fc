"""Slow work, done beside the pages."""

from typing import Any

from django.utils import timezone

from corneum.clinic.intake import weighing
from corneum.clinic.jobs.work import Progress, worker


@worker(weighing.JOB)
def weigh(arguments: dict[str, Any], tell: Progress) -> None:
    """Weigh answers anew, some clients at once, and go on until nothing is out of date.

    The next night is asked for first, so that one that fails is not the last.
    """
    now = timezone.now()
    weighing.weigh_at_night(now)
    if weighing.weigh_some(now):
        weighing.weigh_soon(now)
