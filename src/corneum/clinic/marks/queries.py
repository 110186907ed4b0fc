"""Which marks a client has, which of them wait for a doctor, and what was looked for on photographs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.marks.models import Look, LookState, Mark
from corneum.clinic.marks.tables import exclusion_of, table_of
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.queries import may_show
from corneum.clinic.photos.queries import of_client as photos_of_client
from corneum.lesions.exclusions import WAITING, Exclusion

_MOST_LOOKS = 20
_SAME = ("note",)
"""Keys of a table that change nothing of what a plan leaves out."""


def marks_on(client_id: UUID) -> list[Mark]:
    """Return the marks of a client, those that were added first in front."""
    found = Mark.objects.filter(client_id=client_id, ended_at=None).select_related("added_by", "photo")
    return list(found.order_by("added_at", "pk"))


def ended_marks(client_id: UUID) -> list[Mark]:
    """Return the marks that were taken off the list, the newest first."""
    found = Mark.objects.filter(client_id=client_id, ended_at__isnull=False).select_related("ended_by")
    return list(found.order_by("-ended_at"))


def mark_of(client_id: UUID, mark_id: UUID) -> Mark:
    """Return a mark, or raise `Http404` where there is none or it is another client's."""
    found = Mark.objects.select_related("client").filter(client_id=client_id, pk=mark_id).first()
    if found is None:
        raise Http404
    return found


def request_marks(client_id: UUID) -> list[dict[str, Any]]:
    """Return the marks of a client as the ``[[mark]]`` tables of a course's request."""
    return [table_of(mark) for mark in marks_on(client_id)]


def exclusions_of(client_id: UUID) -> tuple[Exclusion, ...]:
    """Return the skin that is left out for the marks of a client."""
    return tuple(exclusion_of(mark) for mark in marks_on(client_id))


def not_in(request: Mapping[str, Any], client_id: UUID) -> tuple[str, ...]:
    """Return what came after a request was made: marks that it does not hold as they are now, one sentence each.

    Parameters
    ----------
    request
        Tables of a course's request.
    client_id
        Whose.
    """
    held = [_compared(one) for one in request.get("mark", [])]
    return tuple(exclusion_of(mark).text for mark in marks_on(client_id) if _compared(table_of(mark)) not in held)


def waiting_on(client_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of many clients have a mark that waits for a doctor."""
    late = Q(looked_at_on__isnull=True) | Q(looked_at_on__lt=F("found_on"))
    found = Mark.objects.filter(late, client_id__in=list(client_ids), ended_at=None, state__in=WAITING)
    return frozenset(found.values_list("client_id", flat=True))


def photos_to_look_at(client_id: UUID) -> list[Photo]:
    """Return the kept photographs that may be looked at, the newest first."""
    in_force = photo_purposes(client_id)
    return [photo for photo in photos_of_client(client_id) if may_show(photo, Purpose.RECORD, in_force)]


def looks_of(client_id: UUID) -> list[Look]:
    """Return the last looks for marks, the newest first."""
    return list(_looks().filter(client_id=client_id).order_by("-asked_at")[:_MOST_LOOKS])


def look_of(client_id: UUID, look_id: UUID) -> Look:
    """Return a look for marks, or raise `Http404`."""
    found = _looks().filter(client_id=client_id, pk=look_id).first()
    if found is None:
        raise Http404
    return found


def picture_of(look: Look, side: str) -> Photo:
    """Return the photograph on which the marks of a look are drawn.

    Raises
    ------
    Http404
        If there is none, or it may not be shown.
    """
    photo = {"earlier": look.earlier, "later": look.later}.get(side)
    if photo is None or look.state != LookState.DONE or not may_show(photo, Purpose.RECORD):
        raise Http404
    return photo


def sides_shown(look: Look) -> tuple[str, ...]:
    """Return which photographs of a look may be shown."""
    in_force = photo_purposes(look.client_id)
    sides: Sequence[tuple[str, Photo | None]] = (("earlier", look.earlier), ("later", look.later))
    return tuple(side for side, photo in sides if photo is not None and may_show(photo, Purpose.RECORD, in_force))


def _looks() -> QuerySet[Look]:
    return Look.objects.select_related("client", "earlier", "later", "asked_by", "listed_by")


def _compared(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in _SAME}
