"""Slow work, done beside the pages: the gates of large photographs, and files that nobody may see any more."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.jobs.work import Progress, worker
from corneum.clinic.photos import files, services
from corneum.clinic.photos.judging import judged
from corneum.clinic.photos.models import Photo, State
from corneum.clinic.photos.translate import photo_of

_AT_ONCE = 500
Erased = Callable[[UUID], None]
"""Called with the id of a photograph whose files were erased."""
_erased: list[Erased] = []
Sweep = Callable[[datetime], int]
"""Called with a time: what was begun before it and never finished is deleted; returns how much."""
_sweeps: list[Sweep] = []


def on_erased(function: Erased) -> Erased:
    """Have other apps told when the files of a photograph were erased; for the `ready` of an app."""
    if function not in _erased:
        _erased.append(function)
    return function


def on_sweep(function: Sweep) -> Sweep:
    """Have other apps sweep what they left unfinished, in the same night; for the `ready` of an app."""
    if function not in _sweeps:
        _sweeps.append(function)
    return function


@worker(services.CHECK_JOB)
def check(arguments: dict[str, Any], tell: Progress) -> None:
    """Ask the gates about a photograph."""
    judge(UUID(arguments["photo_id"]))


@worker(services.SWEEP_JOB)
def clear(arguments: dict[str, Any], tell: Progress) -> None:
    """Erase files that nobody may see any more, and have it done again in the next night.

    What is removed while a sweep waits asks for none of its own, and is not of this sweep if it is of its day. The next
    one is asked for first, so that a sweep that fails is not the last.
    """
    services.sweep_later(timezone.now())
    sweep(timezone.now())


def judge(photo_id: UUID) -> None:
    """Ask the gates about a kept photograph; done twice, the second time finds it done."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None or photo.check_result or not files.is_there(photo.pk):
        return
    found = judged(photo_of(photo), photo.view)
    # Another view may have been chosen meanwhile: then another job answers for it.
    Photo.objects.filter(pk=photo_id, view=photo.view).update(check_result=found)


def sweep(now: datetime) -> int:
    """Erase files that belong to no photograph, and those of photographs removed or turned down before today.

    Return how many. Done twice, the second time finds nothing.
    """
    today, an_hour_ago = timezone.localdate(now), now - timedelta(hours=1)
    erased = files.clear_unfinished(an_hour_ago) + sum(swept(an_hour_ago) for swept in _sweeps)
    there = list(files.ids(an_hour_ago))
    for start in range(0, len(there), _AT_ONCE):
        some = there[start : start + _AT_ONCE]
        kept = {photo.pk for photo in Photo.objects.filter(pk__in=some) if not _is_over(photo, today)}
        for photo_id in set(some) - kept:
            files.erase(photo_id)
            for function in _erased:
                function(photo_id)
            erased += 1
    return erased


def _is_over(photo: Photo, today: date) -> bool:
    turned_down = photo.reviewed_at if photo.state == State.TURNED_DOWN else None
    ended = photo.removed_at or turned_down
    return ended is not None and timezone.localdate(ended) < today
