"""Visits in the words of a page: rows of a day, why a time is refused, and what is said of a change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from corneum.clinic.stock.models import Room
from corneum.clinic.visits import services
from corneum.clinic.visits.addresses import address
from corneum.clinic.visits.flags import Flag, flags_of
from corneum.clinic.visits.models import Held, Kind, Status, Visit, VisitChange
from corneum.clinic.visits.queries import Place, Taken, free_rooms, last_changes

_UNDO_FOR = timedelta(minutes=15)
_LATE_AFTER = timedelta(minutes=10)
_MOST_ROOMS = 3
_TONE = {Status.ARRIVED: "wait", Status.IN_ROOM: "", Status.DONE: "done", Status.MISSED: "stop"}


@dataclass(frozen=True)
class Step:
    """A button that takes a visit on.

    Parameters
    ----------
    status
        What it becomes.
    words
        On the button.
    """

    status: str
    words: str | Promise


_NEXT = {
    Status.BOOKED: Step(Status.ARRIVED, pgettext_lazy("step", "Arrived")),
    Status.ARRIVED: Step(Status.IN_ROOM, pgettext_lazy("step", "Into the room")),
    Status.IN_ROOM: Step(Status.DONE, pgettext_lazy("step", "Done")),
    Status.MISSED: Step(Status.ARRIVED, pgettext_lazy("step", "Came after all")),
}
_ELSE = {
    Status.IN_ROOM: gettext_lazy("Into the room"),
    Status.MISSED: gettext_lazy("Did not come"),
    Status.CANCELLED: gettext_lazy("Cancel it"),
}


@dataclass(frozen=True)
class Row:
    """A visit in the list of a day.

    Parameters
    ----------
    visit
        The visit.
    flags
        What is to be seen to.
    change
        What can still be undone, or None.
    is_late
        The time is over and the client has not come.
    refused
        Why the last button did nothing.
    """

    visit: Visit
    flags: tuple[Flag, ...] = ()
    change: VisitChange | None = None
    is_late: bool = False
    refused: str = ""

    @cached_property
    def starts(self) -> datetime:
        """When it starts, by the clinic's clock."""
        return timezone.localtime(self.visit.starts)

    @property
    def time(self) -> str:
        """When it starts, as a clock shows it."""
        return f"{self.starts:%H:%M}"

    @property
    def moment(self) -> str:
        """When it starts, for machines."""
        return self.starts.isoformat()

    @property
    def length(self) -> str:
        """How long it takes, in words."""
        return _("%(minutes)s min") % {"minutes": self.visit.minutes}

    @property
    def kind(self) -> str:
        """What it is for, in words."""
        return str(Kind(self.visit.kind).label)

    @property
    def status(self) -> str:
        """Where it is, in words."""
        return str(Status(self.visit.status).label)

    @property
    def where(self) -> str:
        """With whom, where and with which device."""
        visit = self.visit
        device = [visit.device.label] if visit.device is not None else []
        return " · ".join([visit.practitioner.name, visit.room.name, *device])

    @property
    def addresses(self) -> dict[str, str]:
        """Where its buttons and links lead."""
        key = self.visit.pk
        found = {name: address(f"visits:{name}", key) for name in ("visit", "undo")}
        return found | {"client": address("people:client", self.visit.client_id)}

    @property
    def undo_label(self) -> str:
        """What the button that undoes says to who cannot see where it stands."""
        words = {"name": self.visit.client.name, "what": self.changed}
        return _("Undo for %(name)s: %(what)s") % words

    @property
    def more_label(self) -> str:
        """What the button to the other steps says to who cannot see where it stands."""
        return _("More for %(name)s") % {"name": self.visit.client.name}

    @property
    def tone(self) -> str:
        """The colour of the status."""
        return _TONE.get(Status(self.visit.status), "")

    @property
    def next(self) -> Step | None:
        """The step that usually follows."""
        return _NEXT.get(Status(self.visit.status))

    @property
    def others(self) -> list[Step]:
        """The other steps that may follow."""
        after = services.STEPS.get(self.visit.status, ())
        usual = self.next
        return [Step(one, _ELSE[one]) for one in after if one in _ELSE and (usual is None or usual.status != one)]

    @property
    def can_move(self) -> bool:
        """Whether it can be moved."""
        return self.visit.status in (Status.BOOKED, Status.ARRIVED)

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done any more."""
        return self.visit.status in (Status.DONE, Status.MISSED, Status.CANCELLED)

    @property
    def changed(self) -> str:
        """What was done last, in words."""
        return changed(self.change) if self.change is not None else ""


def rows(visits: Sequence[Visit], now: datetime) -> list[Row]:
    """Return the rows of visits, with a number of queries that does not grow with them."""
    flags, changes = flags_of(visits, now), last_changes(visits, now - _UNDO_FOR)
    return [
        Row(
            visit,
            tuple(flags.get(visit.pk, ())),
            changes.get(visit.pk),
            visit.status == Status.BOOKED and now - visit.starts > _LATE_AFTER,
        )
        for visit in visits
    ]


def summary(day: Sequence[Row]) -> list[Flag]:
    """Return how a day stands, in a few words each."""
    states = Counter(row.visit.status for row in day)
    flags = Counter(kind for row in day for kind in {flag.kind for flag in row.flags})
    visits = len(day) - states[Status.CANCELLED]
    said = [
        (visits, ngettext("%(number)s visit", "%(number)s visits", visits), ""),
        (states[Status.ARRIVED], _("%(number)s waiting"), "wait"),
        (states[Status.IN_ROOM], _("%(number)s in a room"), ""),
        (states[Status.DONE], _("%(number)s done"), "done"),
        (sum(row.is_late for row in day), _("%(number)s late"), "stop"),
        (flags["consent"], _("%(number)s without consent"), "stop"),
        (flags["photographs"], _("%(number)s with photographs due"), "wait"),
        (flags["checks"], _("%(number)s with checks open"), "wait"),
    ]
    return [Flag(words % {"number": number}, tone) for number, words, tone in said if number]


def changed(change: VisitChange) -> str:
    """Return what a change did, in words, with where the visit was before where it was moved."""
    if change.what == "moved":
        was = datetime.fromisoformat(change.before["starts"])
        return _("Moved from %(was)s") % {"was": date_format(timezone.localtime(was), "SHORT_DATETIME_FORMAT")}
    words: dict[str, Any] = {"booked": _("Booked"), **{str(status): status.label for status in Status}}
    return str(words.get(change.what, change.what))


def why(error: services.VisitRefused) -> list[str]:
    """Return why a time was refused, a sentence for each reason."""
    if isinstance(error, services.Clash):
        return [_taken(one) for one in error.held] or [_("Someone else booked this time in the same moment.")]
    if isinstance(error, services.OffGrid):
        return [_("A visit starts on a full five minutes, such as 09:05.")]
    if isinstance(error, services.InThePast):
        return [_("That day is over: choose one from today on.")]
    if isinstance(error, services.NoRoom):
        return [_("No room is free for so long from now. Choose a shorter visit, or book a later time.")]
    if isinstance(error, services.ChangedSince):
        return [_("Someone changed this visit in the meantime: nothing was undone.")]
    return [_("That does not follow on where the visit is now: someone may have changed it in the meantime.")]


@dataclass(frozen=True)
class Refused:
    """Why a time was refused, and what is free instead.

    Parameters
    ----------
    reasons
        A sentence each.
    next_free
        The next start at which all is free.
    rooms
        Rooms that are free at the time that was asked for, where only the room is taken.
    """

    reasons: tuple[str, ...]
    next_free: datetime | None = None
    rooms: tuple[Room, ...] = ()


def refused(error: services.VisitRefused, place: Place | None, now: datetime) -> Refused:
    """Return a refusal with its ways out."""
    if not isinstance(error, services.Clash):
        return Refused(tuple(why(error)))
    only_room = {one.what for one in error.held} == {Held.ROOM}
    rooms = free_rooms(place.starts, place.ends, now)[:_MOST_ROOMS] if only_room and place is not None else []
    return Refused(tuple(why(error)), error.next_free, tuple(rooms))


def _taken(held: Taken) -> str:
    visit = held.visit
    names: dict[Held, Any] = {
        Held.ROOM: visit.room,
        Held.DEVICE: visit.device,
        Held.PRACTITIONER: visit.practitioner,
        Held.CLIENT: visit.client,
    }
    words = _("%(what)s is taken from %(starts)s to %(ends)s: %(kind)s, %(client)s with %(practitioner)s.")
    if held.is_late:
        words = _(
            "%(what)s is still in use: %(kind)s until %(ends)s, %(client)s with %(practitioner)s, is not done yet."
        )
    return words % {
        "what": names[held.what],
        "starts": date_format(timezone.localtime(visit.starts), "H:i"),
        "ends": date_format(timezone.localtime(visit.ends), "H:i"),
        "kind": visit.get_kind_display(),
        "client": visit.client,
        "practitioner": visit.practitioner,
    }
