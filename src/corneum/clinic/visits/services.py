"""What changes visits: each one transaction and one audit event; what clashes is refused with a way out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.people.models import Client
from corneum.clinic.stock.models import Device
from corneum.clinic.visits.hours import bounds, is_on_grid, slot_after, slot_at
from corneum.clinic.visits.models import (
    HOLDING,
    LONGEST,
    SLOT,
    BookedSlot,
    Held,
    Recall,
    Status,
    Visit,
    VisitChange,
)
from corneum.clinic.visits.queries import Place, Taken, free_rooms, held_by, next_free, still_in_use, taken
from corneum.clinic.visits.recalls import answered_by, asked_again, close_with
from corneum.clinic.visits.recalls import recall as recall

STEPS: dict[str, tuple[Status, ...]] = {
    Status.BOOKED: (Status.ARRIVED, Status.IN_ROOM, Status.MISSED, Status.CANCELLED),
    Status.ARRIVED: (Status.IN_ROOM, Status.MISSED, Status.CANCELLED),
    Status.IN_ROOM: (Status.DONE,),
    Status.MISSED: (Status.ARRIVED,),
}
"""What may follow; everything else is an undo."""
_ACTION = {
    Status.ARRIVED: "visit.arrived",
    Status.IN_ROOM: "visit.brought_in",
    Status.DONE: "visit.finished",
    Status.MISSED: "visit.missed",
    Status.CANCELLED: "visit.cancelled",
}
_NOT_THERE = (Status.MISSED, Status.CANCELLED)
_READ: dict[str, Callable[[str], Any]] = {
    "starts": datetime.fromisoformat,
    "ends": datetime.fromisoformat,
    "practitioner_id": UUID,
    "room_id": UUID,
    "device_id": UUID,
}


class VisitRefused(ValueError):
    """A visit cannot be changed so."""


class OffGrid(VisitRefused):
    """A visit starts and lasts in steps of five minutes, up to eight hours."""


class InThePast(VisitRefused):
    """A day that is over cannot be booked."""


class StepRefused(VisitRefused):
    """A step that does not follow on where the visit is."""


class ChangedSince(VisitRefused):
    """Someone changed the visit after what would be undone."""


class Clash(VisitRefused):
    """Another visit holds the room, the device or a person.

    Parameters
    ----------
    held
        What is held, and by which visit.
    next_free
        The next start at which all would be free.
    """

    def __init__(self, held: list[Taken], next_free: datetime | None) -> None:
        self.held, self.next_free = tuple(held), next_free
        super().__init__(", ".join(f"the {one.what.value} is taken" for one in held) or "the time is taken")


class NoRoom(VisitRefused):
    """No room is free now."""


@transaction.atomic
def book(*, by: User, client: Client, kind: str, place: Place, now: datetime, recall: Recall | None = None) -> Visit:
    """Book a visit; what is booked just so already stays one visit.

    Parameters
    ----------
    by, now
        Who, and when.
    client, kind
        For whom, and for what.
    place
        When, with whom and where.
    recall
        The recall that this answers: it is closed, as is every other that such a visit makes needless. One of
        another client stays open.

    Raises
    ------
    OffGrid, InThePast
        If the time is none that can be booked.
    Clash
        If another visit holds the room, the device or a person; or a late one, where it is to begin now.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    there = _there(client, kind, place.starts, place.minutes, place.practitioner, place.device, Status.BOOKED)
    if there is not None and there.room_id == place.room.pk:
        return there
    visit = _made(by, client, kind, place, Status.BOOKED, now)
    if recall is not None and recall.client_id == client.pk:
        close_with(recall, by=by, visit=visit, now=now)
    answered_by(visit, by=by, now=now)
    record("visit.booked", by=by, subject=visit, now=now, data={"kind": kind})
    return visit


@transaction.atomic
def walk_in(
    *, by: User, client: Client, kind: str, practitioner: User, device: Device | None, minutes: int, now: datetime
) -> Visit:
    """Book a visit that begins now, in a room that is free; the client is here. Twice in five minutes is once.

    Raises
    ------
    NoRoom
        If no room is free for so long.
    Clash
        If the device or a person is taken.
    """
    starts = slot_at(now)
    Client.objects.select_for_update().get(pk=client.pk)
    there = _there(client, kind, starts, minutes, practitioner, device, Status.ARRIVED)
    if there is not None:
        return there
    rooms = free_rooms(starts, starts + timedelta(minutes=minutes), now)
    if not rooms:
        raise NoRoom("no room is free now")
    place = Place(starts, minutes, practitioner, rooms[0], device)
    visit = _made(by, client, kind, place, Status.ARRIVED, now)
    answered_by(visit, by=by, now=now)
    record("visit.walked_in", by=by, subject=visit, now=now, data={"kind": kind})
    return visit


@transaction.atomic
def move(*, by: User, visit: Visit, place: Place, now: datetime) -> Visit:
    """Move a visit that has not begun to another time, room, device or practitioner.

    Raises
    ------
    StepRefused
        If it has begun, or is over.
    OffGrid, InThePast, Clash
        As in `book`.
    """
    visit = _locked(visit)
    if visit.status not in (Status.BOOKED, Status.ARRIVED):
        raise StepRefused(f"a visit that is {visit.status} is not moved")
    _check_time(place, now)
    was = _place(visit)
    if was == replace(place, starts=place.starts.astimezone(UTC)):
        return visit
    # What it waits for already is not refused to it: only what it would take beside.
    had = held_by(visit.client_id, was) if was.starts <= now else []
    _refuse_late(visit, place, [one for one in held_by(visit.client_id, place) if one not in had], now)
    _keep(visit, "moved", by, now)
    _put(visit, place)
    _claim(visit, place, now)
    record("visit.moved", by=by, subject=visit, now=now)
    return visit


@transaction.atomic
def change_status(*, by: User, visit: Visit, status: str, now: datetime) -> Visit:
    """Take a visit one step on; the same step twice is one step.

    Who is done early gives the rest of the time back.

    Raises
    ------
    StepRefused
        If that does not follow on where it is.
    Clash
        If another visit has taken the time of one that was given up.
    """
    visit, wanted = _locked(visit), Status(status)
    if visit.status == wanted:
        return visit
    if wanted not in STEPS.get(visit.status, ()):
        raise StepRefused(f"{wanted.value} does not follow on {visit.status}")
    _keep(visit, wanted.value, by, now)
    was, visit.status = visit.status, wanted
    if wanted == Status.DONE and visit.starts < now < visit.ends:
        visit.ends = slot_after(now)
    visit.save()
    _claim(visit, _place(visit), now)
    if wanted in _NOT_THERE:
        asked_again(visit)
    elif was in _NOT_THERE:
        answered_by(visit, by=by, now=now)
    record(_ACTION[wanted], by=by, subject=visit, now=now)
    return visit


def arrive(*, by: User, visit: Visit, now: datetime) -> Visit:
    """Say that the client has come."""
    return change_status(by=by, visit=visit, status=Status.ARRIVED, now=now)


def bring_in(*, by: User, visit: Visit, now: datetime) -> Visit:
    """Say that the client is in the room."""
    return change_status(by=by, visit=visit, status=Status.IN_ROOM, now=now)


def finish(*, by: User, visit: Visit, now: datetime) -> Visit:
    """Say that the visit is over."""
    return change_status(by=by, visit=visit, status=Status.DONE, now=now)


def cancel(*, by: User, visit: Visit, now: datetime) -> Visit:
    """Cancel a visit; its room, device and people are free again."""
    return change_status(by=by, visit=visit, status=Status.CANCELLED, now=now)


@transaction.atomic
def undo(*, by: User, visit: Visit, change_id: int, now: datetime) -> Visit:
    """Undo the last change of a visit: it is what it was before; a booking undone is cancelled. Twice is once.

    Raises
    ------
    ChangedSince
        If another change came after it.
    Clash
        If another visit has taken its time since.
    """
    visit = _locked(visit)
    last = VisitChange.objects.filter(visit=visit, undone=False).order_by("-id").first()
    newest = VisitChange.objects.filter(visit=visit).order_by("-id").first()
    if newest is not None and newest.undone and newest.pk == change_id:
        return visit
    if last is None or last.pk != change_id:
        raise ChangedSince("the visit was changed since")
    was = visit.status
    for key, value in last.before.items():
        setattr(visit, key, _READ.get(key, str)(value) if value is not None else None)
    visit.save()
    _claim(visit, _place(_fresh(visit)), now)
    if visit.status in _NOT_THERE:
        asked_again(visit)
    elif was in _NOT_THERE:
        answered_by(visit, by=by, now=now)
    last.undone = True
    last.save(update_fields=["undone"])
    record("visit.undone", by=by, subject=visit, now=now, data={"what": last.what})
    return visit


def _made(by: User, client: Client, kind: str, place: Place, status: Status, now: datetime) -> Visit:
    _check_time(place, now)
    visit = Visit(client=client, kind=kind, status=status)
    _refuse_late(visit, place, held_by(client.pk, place), now)
    _put(visit, place)
    _claim(visit, place, now)
    VisitChange.objects.create(visit=visit, what="booked", before={"status": Status.CANCELLED}, at=now, by=by)
    return visit


def _there(
    client: Client, kind: str, starts: datetime, minutes: int, practitioner: User, device: Device | None, status: Status
) -> Visit | None:
    """Return the visit that is just so already: somebody pressed the button twice."""
    ends = starts + timedelta(minutes=minutes)
    same = Visit.objects.filter(client=client, kind=kind, starts=starts, ends=ends, status=status)
    return same.filter(practitioner=practitioner, device=device).first()


def _check_time(place: Place, now: datetime) -> None:
    length = timedelta(minutes=place.minutes)
    if not (is_on_grid(place.starts) and SLOT <= length <= LONGEST and length % SLOT == timedelta()):
        raise OffGrid("a visit starts and lasts in steps of five minutes, up to eight hours")
    if place.starts < bounds(timezone.localdate(now))[0]:
        raise InThePast("a day that is over cannot be booked")


def _put(visit: Visit, place: Place) -> None:
    visit.starts, visit.ends = place.starts.astimezone(UTC), place.ends
    visit.practitioner, visit.room, visit.device = place.practitioner, place.room, place.device
    visit.save()


def _claim(visit: Visit, place: Place, now: datetime) -> None:
    """Hold what a visit holds from now on, and nothing else; raise `Clash` where another visit holds it."""
    BookedSlot.objects.filter(visit=visit).delete()
    BookedSlot.objects.filter(slot__lt=slot_at(now) - timedelta(days=1)).delete()
    if visit.status not in HOLDING:
        return
    # The query says who is in the way; the constraint holds where two book in the same moment.
    _refuse_taken(visit, place, now)
    first = max(visit.starts, slot_at(now))
    slots = [first + SLOT * number for number in range(max(0, (visit.ends - first) // SLOT))]
    # In one order for everybody: two that wait for each other would both be lost.
    rows = [
        BookedSlot(resource_kind=what, resource_id=which, slot=slot, visit=visit)
        for what, which in sorted(held_by(visit.client_id, place))
        for slot in slots
    ]
    try:
        with transaction.atomic():
            BookedSlot.objects.bulk_create(rows)
    except IntegrityError:
        _refuse_taken(visit, place, now)
        raise Clash([], next_free(visit.client_id, place, now, but=visit.pk)) from None


def _refuse_taken(visit: Visit, place: Place, now: datetime) -> None:
    held = taken(visit.client_id, place, but=visit.pk)
    if held:
        raise Clash(held, next_free(visit.client_id, place, now, but=visit.pk))


def _refuse_late(visit: Visit, place: Place, held: list[tuple[Held, UUID]], now: datetime) -> None:
    still = still_in_use(held, place, now)
    if still:
        raise Clash(still, next_free(visit.client_id, place, now, but=visit.pk))


def _keep(visit: Visit, what: str, by: User, now: datetime) -> None:
    before: dict[str, Any] = {
        "status": visit.status,
        "starts": visit.starts.isoformat(),
        "ends": visit.ends.isoformat(),
        "practitioner_id": str(visit.practitioner_id),
        "room_id": str(visit.room_id),
        "device_id": None if visit.device_id is None else str(visit.device_id),
    }
    VisitChange.objects.create(visit=visit, what=what, before=before, at=now, by=by)


def _locked(visit: Visit) -> Visit:
    Visit.objects.select_for_update().get(pk=visit.pk)
    return _fresh(visit)


def _fresh(visit: Visit) -> Visit:
    return Visit.objects.select_related("client", "practitioner", "room", "device").get(pk=visit.pk)


def _place(visit: Visit) -> Place:
    return Place(visit.starts, visit.minutes, visit.practitioner, visit.room, visit.device)
