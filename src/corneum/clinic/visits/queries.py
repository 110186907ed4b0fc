"""Read visits: a day, what holds a time, when it is free, and recalls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.people.models import Client
from corneum.clinic.practice.queries import practice
from corneum.clinic.stock.models import Device, Room
from corneum.clinic.visits.hours import bounds, hours_of, is_open, slot_after, slot_at
from corneum.clinic.visits.models import HOLDING, LONGEST, SLOT, Held, Recall, Status, Visit, VisitChange

TREATING = (Role.OWNER, Role.CLINICIAN, Role.PRACTITIONER)
_AHEAD = timedelta(days=28)
_LISTED = (
    *("client_id", "practitioner_id", "room_id", "device_id", "starts", "ends", "kind", "status"),
    *("client__name", "practitioner__name", "room__name", "device__label"),
    *("device__service_due_on", "device__calibration_due_on"),
)
"""What a list of visits shows: a long one reads no more."""
_HERE = (Status.ARRIVED, Status.IN_ROOM)


@dataclass(frozen=True)
class Place:
    """When, with whom and where a visit is to be.

    Parameters
    ----------
    starts
        With a time zone.
    minutes
        How long.
    practitioner, room, device
        What it holds beside the client.
    """

    starts: datetime
    minutes: int
    practitioner: User
    room: Room
    device: Device | None = None

    @property
    def ends(self) -> datetime:
        """When it ends; by the minutes that pass, not by the clock on the wall."""
        return self.starts.astimezone(UTC) + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Taken:
    """What another visit holds.

    Parameters
    ----------
    what
        Of what.
    visit
        The other visit.
    is_late
        Its time is over, and it is not.
    """

    what: Held
    visit: Visit
    is_late: bool = False


def practitioners() -> QuerySet[User]:
    """Return who can be booked."""
    return User.objects.filter(is_active=True, role__in=TREATING)


def held_by(client_id: UUID, place: Place) -> list[tuple[Held, UUID]]:
    """Return what a visit at a place would hold."""
    held = [(Held.CLIENT, client_id), (Held.PRACTITIONER, place.practitioner.pk), (Held.ROOM, place.room.pk)]
    return [*held, (Held.DEVICE, place.device.pk)] if place.device is not None else held


def taken(client_id: UUID, place: Place, *, but: UUID | None = None) -> list[Taken]:
    """Return what other visits hold of what a visit at a place would hold."""
    found = _holding(held_by(client_id, place), place.starts, place.ends, but)
    return [
        Taken(what, visit)
        for visit in found
        for what, which in held_by(client_id, place)
        if getattr(visit, f"{what.value}_id") == which
    ]


def still_in_use(held: Sequence[tuple[Held, UUID]], place: Place, now: datetime) -> list[Taken]:
    """Return what late visits hold of what a visit at a place would hold; nothing of a place that is not now."""
    found = (
        _late(now).filter(_any_of(held)) if held and _is_now(place.starts, place.ends, now) else Visit.objects.none()
    )
    return [
        Taken(what, visit, is_late=True)
        for visit in found.select_related("client", "practitioner", "room", "device")
        for what, which in held
        if getattr(visit, f"{what.value}_id") == which
    ]


def free_rooms(starts: datetime, ends: datetime, now: datetime) -> list[Room]:
    """Return the rooms that no visit holds at a time."""
    found = Room.objects.filter(is_active=True).exclude(pk__in=_overlapping(starts, ends).values("room_id"))
    return list(found.exclude(pk__in=_late(now).values("room_id")) if _is_now(starts, ends, now) else found)


def next_free(client_id: UUID, place: Place, now: datetime, *, but: UUID | None = None) -> datetime | None:
    """Return the next start, on or after that of a place, at which all of it is free; None for none in four weeks."""
    first = max(place.starts, slot_after(now))
    length = timedelta(minutes=place.minutes)
    held = held_by(client_id, place)
    busy = [(visit.starts, visit.ends) for visit in _holding(held, first, first + _AHEAD, but)]
    busy += [(visit.starts, slot_at(now) + SLOT) for visit in _late(now).filter(_any_of(held))]
    house, today = practice(), timezone.localdate(first)
    openings = [slot_after(hours_of(today + timedelta(days=ahead), house)[0]) for ahead in range(_AHEAD.days)]
    for starts in sorted({first, *(slot_after(end) for _, end in busy), *openings}):
        ends = starts + length
        if starts < first or not is_open(starts, ends, house):
            continue
        if all(ends <= begins or starts >= over for begins, over in busy):
            return starts
    return None


def day(day: date, *, practitioner_id: UUID | None = None, room_id: UUID | None = None) -> list[Visit]:
    """Return the visits of a day, in their order, with whom and where."""
    first, last = bounds(day)
    return between(first, last, practitioner_id=practitioner_id, room_id=room_id)


def between(
    first: datetime, last: datetime, *, practitioner_id: UUID | None = None, room_id: UUID | None = None
) -> list[Visit]:
    """Return the visits that start from one moment to before another, with the names that a list shows."""
    found = Visit.objects.filter(starts__gte=first, starts__lt=last)
    if practitioner_id is not None:
        found = found.filter(practitioner_id=practitioner_id)
    if room_id is not None:
        found = found.filter(room_id=room_id)
    return list(found.select_related("client", "practitioner", "room", "device").only(*_LISTED))


def visits_of(client_id: UUID, limit: int = 100) -> list[Visit]:
    """Return the newest visits of a client, the latest first."""
    found = Visit.objects.filter(client_id=client_id).order_by("-starts")
    return list(found.select_related("practitioner", "room", "device")[:limit])


def current_visit(client_id: UUID, now: datetime) -> Visit | None:
    """Return the visit for which a client is here today, or else comes next today; None where there is none."""
    first, last = bounds(timezone.localdate(now))
    found = Visit.objects.filter(client_id=client_id, starts__gte=first, starts__lt=last)
    found = found.filter(status__in=(Status.BOOKED, *_HERE)).select_related("practitioner", "room", "device")
    # Whoever is here comes before whoever is still awaited.
    return min(found, key=lambda visit: (visit.status == Status.BOOKED, abs(visit.starts - now)), default=None)


def is_booked_after(client_id: UUID, day: date, kind: str) -> bool:
    """Return whether a client is booked for something on a day after this one."""
    _first, last = bounds(day)
    return Visit.objects.filter(client_id=client_id, kind=kind, status=Status.BOOKED, starts__gte=last).exists()


def open_recall(client_id: UUID, kind: str) -> Recall | None:
    """Return the open recall of a client for a reason, or None."""
    return Recall.objects.filter(client_id=client_id, kind=kind, done_at__isnull=True).first()


def last_changes(visits: Iterable[Visit], since: datetime) -> dict[UUID, VisitChange]:
    """Return the last change of each visit that was not undone, of those since a moment."""
    changes = VisitChange.objects.filter(visit__in=[visit.pk for visit in visits], undone=False, at__gte=since)
    return {change.visit_id: change for change in changes}


def recalls(until: date, *, after: Recall | None = None) -> QuerySet[Recall]:
    """Return the open recalls that are due by a day, the longest due first; those that follow one of them."""
    found = Recall.objects.filter(done_at__isnull=True, due_on__lte=until).select_related("client")
    if after is None:
        return found
    return found.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, pk__gt=after.pk))


def recall_counts(today: date, until: date) -> tuple[int, int, int]:
    """Return how many open recalls are overdue, are due today, and will be by a day."""
    found = Recall.objects.filter(done_at__isnull=True, due_on__lte=until).aggregate(
        late=Count("pk", filter=Q(due_on__lt=today)), now=Count("pk", filter=Q(due_on=today)), all=Count("pk")
    )
    return found["late"], found["now"], found["all"] - found["late"] - found["now"]


def just_called(since: datetime) -> QuerySet[Recall]:
    """Return the recalls that were closed since a moment, the last first."""
    return Recall.objects.filter(done_at__gte=since).select_related("client").order_by("-done_at")


def clients_named(ids: Iterable[UUID]) -> dict[UUID, Client]:
    """Return clients by their ids."""
    return Client.objects.in_bulk(list(ids))


def _late(now: datetime) -> QuerySet[Visit]:
    """Return today's visits that are not over though their time is: each holds at least the slot of now."""
    first, _last = bounds(timezone.localdate(now))
    return Visit.objects.filter(starts__gte=first, ends__lte=now, status=Status.IN_ROOM)


def _is_now(starts: datetime, ends: datetime, now: datetime) -> bool:
    return starts < slot_at(now) + SLOT and ends > slot_at(now)


def _any_of(held: Sequence[tuple[Held, UUID]]) -> Q:
    found = Q()
    for what, which in held:
        found |= Q(**{f"{what.value}_id": which})
    return found


def _overlapping(starts: datetime, ends: datetime) -> QuerySet[Visit]:
    # The lower bound lets the database use its index: no visit is longer.
    return Visit.objects.filter(
        starts__gt=starts - LONGEST - timedelta(minutes=1), starts__lt=ends, ends__gt=starts, status__in=HOLDING
    )


def _holding(held: Sequence[tuple[Held, UUID]], starts: datetime, ends: datetime, but: UUID | None) -> list[Visit]:
    found = _overlapping(starts, ends).filter(_any_of(held))
    if but is not None:
        found = found.exclude(pk=but)
    return list(found.select_related("client", "practitioner", "room", "device"))
