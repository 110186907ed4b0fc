"""Which photographs there are, what each may be used for, and what is still to be taken."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from corneum.clinic.consent.models import Consent, Kind, Permission, Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.photos.models import Copy, Photo, State
from corneum.clinic.visits.hours import bounds
from corneum.clinic.visits.models import Visit

CHECKLIST = ("front", "oblique_left", "oblique_right", "profile_left", "profile_right", "chin_up")
"""The views of the face, in the order in which a person turns."""
OF_SITE = ("close_up", "body")
"""Views that name a body site."""


def of_client(client_id: UUID) -> QuerySet[Photo]:
    """Return the kept photographs of a client, the newest first."""
    found = Photo.objects.filter(client_id=client_id, state=State.KEPT, removed_at__isnull=True)
    return found.order_by("-taken_at", "view").select_related("visit")


def photo_of_client(client_id: UUID, photo_id: UUID) -> Photo | None:
    """Return one photograph of a client, in whatever state; None where there is none."""
    found = Photo.objects.select_related("client", "visit", "added_by", "reviewed_by", "removed_by")
    return found.filter(pk=photo_id, client_id=client_id).first()


def baseline_of(client_id: UUID, view: str, site: str = "") -> Photo | None:
    """Return the earliest kept photograph of a view, which later ones are compared with."""
    found = of_client(client_id).filter(view=view, site=site).order_by("taken_at", "added_at")
    return next((photo for photo in found if Purpose.RECORD not in photo.withheld), None)


def baselines_of(client_id: UUID) -> dict[tuple[str, str], Photo]:
    """Return the earliest kept photograph of each view and site."""
    found: dict[tuple[str, str], Photo] = {}
    for photo in of_client(client_id).order_by("taken_at", "added_at"):
        if Purpose.RECORD not in photo.withheld:
            found.setdefault((photo.view, photo.site), photo)
    return found


def of_day(client_id: UUID, day: date) -> dict[tuple[str, str], Photo]:
    """Return the last kept photograph of each view and site that was taken on a day."""
    first, last = bounds(day)
    found = of_client(client_id).filter(taken_at__gte=first, taken_at__lt=last).order_by("taken_at", "added_at")
    return {(photo.view, photo.site): photo for photo in found}


def may_show(photo: Photo, purpose: str, in_force: Collection[str] | None = None) -> bool:
    """Return whether a photograph may be used for a purpose now.

    Consent for the purpose and for the record must be in force, neither may be taken back for this photograph, and it
    must not be removed. What is not in the record yet, or was not taken into it, is shown to the staff alone.

    Parameters
    ----------
    photo
        Which.
    purpose
        One of `corneum.clinic.consent.models.PHOTOGRAPH_PURPOSES`.
    in_force
        Of the client, where they were asked for already; see `corneum.clinic.consent.queries.photo_purposes`.
    """
    granted = frozenset(photo_purposes(photo.client_id) if in_force is None else in_force) - set(photo.withheld)
    kept = photo.state == State.KEPT or purpose == Purpose.RECORD
    return photo.removed_at is None and kept and {Purpose.RECORD.value, str(purpose)} <= granted


def copies_of(photo: Photo) -> list[Copy]:
    """Return the copies of a photograph that were given out, the newest first."""
    return list(Copy.objects.filter(photo=photo).select_related("given_by", "called_back_by"))


def copies_given(limit: int = 100) -> list[Copy]:
    """Return the copies that were given out last, the newest first."""
    some = Copy.objects.select_related("client", "photo", "given_by", "called_back_by")
    return list(some.filter(Q(call_back_since=None) | Q(called_back_at__isnull=False))[:limit])


def to_call_back() -> QuerySet[Copy]:
    """Return the copies whose use was withdrawn and whose holders nobody has asked yet, the longest waiting first."""
    some = Copy.objects.filter(call_back_since__isnull=False, called_back_at=None)
    return some.select_related("client", "photo", "given_by").order_by("call_back_since")


def to_call_back_count() -> int:
    """Return how many copies wait to be called back."""
    return Copy.objects.filter(call_back_since__isnull=False, called_back_at=None).count()


def may_take(client_id: UUID) -> bool:
    """Return whether photographs of a client may be taken and kept at all."""
    return Purpose.RECORD in photo_purposes(client_id)


def waiting() -> QuerySet[Photo]:
    """Return the photographs that clients sent and nobody has looked at, the longest waiting first."""
    found = Photo.objects.filter(state=State.WAITING, removed_at__isnull=True)
    return found.select_related("client").order_by("added_at")


def waiting_count() -> int:
    """Return how many photographs from home wait."""
    return Photo.objects.filter(state=State.WAITING, removed_at__isnull=True).count()


def sent_by(client_id: UUID, limit: int = 30) -> list[Photo]:
    """Return what a client sent, the newest first."""
    return list(Photo.objects.filter(client_id=client_id, origin="home").order_by("-added_at")[:limit])


def removed_today(client_id: UUID, now: datetime) -> list[Photo]:
    """Return what was removed on this day and can still be brought back."""
    first, last = bounds(timezone.localdate(now))
    found = Photo.objects.filter(client_id=client_id, removed_at__gte=first, removed_at__lt=last)
    return list(found.order_by("-removed_at"))


def has_kept(client_ids: Sequence[UUID], day: date) -> frozenset[UUID]:
    """Return which of many clients have a kept photograph of a day."""
    first, last = bounds(day)
    found = Photo.objects.filter(
        client_id__in=client_ids, state=State.KEPT, removed_at__isnull=True, taken_at__gte=first, taken_at__lt=last
    )
    return frozenset(found.values_list("client_id", flat=True))


def record_consents(client_ids: Sequence[UUID]) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return which of many clients agreed to photographs for the record, and which were asked at all."""
    agreed = Permission.objects.filter(client_id__in=client_ids, purpose=Purpose.RECORD, until=None)
    asked = Consent.objects.filter(client_id__in=client_ids, kind=Kind.PHOTOGRAPH)
    return frozenset(agreed.values_list("client_id", flat=True)), frozenset(asked.values_list("client_id", flat=True))


def visit_of(client_id: UUID, now: datetime) -> Visit | None:
    """Return the visit to which photographs that are taken now belong; also one that is over, of today."""
    first, last = bounds(timezone.localdate(now))
    found = Visit.objects.filter(client_id=client_id, starts__gte=first, starts__lt=last)
    here = found.filter(~Q(status__in=("missed", "cancelled")))
    order = {"in_room": 0, "arrived": 1, "done": 2, "booked": 3}
    return min(here, key=lambda visit: (order.get(visit.status, 9), abs(visit.starts - now)), default=None)
