"""Another day: a demonstration that was made before gets a day list for today, of the same invented clients."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from corneum.clinic.people.models import Client
from corneum.clinic.practice.queries import clinic_time
from corneum.clinic.project.demonstration import cast, house, today
from corneum.clinic.project.demonstration.record import Record
from corneum.clinic.project.demonstration.story import Story
from corneum.clinic.visits import services as visits
from corneum.clinic.visits.hours import bounds
from corneum.clinic.visits.models import Status, Visit

_LATE = timedelta(hours=3)
_ON = {Status.BOOKED: Status.IN_ROOM, Status.ARRIVED: Status.IN_ROOM, Status.IN_ROOM: Status.DONE}


def book_today(now: datetime) -> int:
    """Book today's visits of the invented clients who have none today, and end those of days before.

    Done twice, the second time finds them there. Nothing is booked where somebody has changed the clinic so that the
    day cannot be told: a log-in, a room or the device is gone.

    Returns
    -------
    int
        How many visits were booked.
    """
    with clinic_time():
        there = house.found()
        if there is None:
            return 0
        first, last = bounds(timezone.localdate(now))
        # Late in the evening some of today's visits lie behind midnight.
        here = Visit.objects.filter(starts__gte=first, starts__lt=last + _LATE).values("client_id")
        clients = {one.name: one for one in Client.objects.filter(demonstration=True).exclude(pk__in=here)}
        story = Story(now, timezone.localdate(now), is_anew=True)
        coming = [(person, tell) for person, tell in _TODAY if person.name in clients]
        for person, tell in coming:
            tell(story, Record(there, person, story.today).found(clients[person.name]))
        _end_earlier(there, first, now)
        story.tell(lambda what, done, total: None)
        return len(coming)


def _end_earlier(there: house.House, first: datetime, now: datetime) -> None:
    """End the visits of days before that nobody ended."""
    for visit in Visit.objects.filter(starts__lt=first, status__in=list(_ON)):
        while visit.status in _ON:
            visit = visits.change_status(by=there.reception, visit=visit, status=_ON[Status(visit.status)], now=now)


_TODAY: tuple[tuple[cast.Person, Callable[[Story, Record], None]], ...] = (
    (cast.ERIKA, today.in_the_room_again),
    (cast.AMARA, today.looked_at),
    (cast.JOHN, today.missed),
    (cast.MAX, today.arrived),
    (cast.MEI, today.cancelled),
    (cast.JANE, lambda story, one: today.comes_later(story, one, 70, kind="check", room=1)),
    (cast.OTTO, lambda story, one: today.comes_later(story, one, 45, kind="consultation", room=0)),
    (cast.LIESCHEN, lambda story, one: today.comes_later(story, one, 110, kind="consultation", room=2)),
)
