"""Today: appointments in every state, whatever the hour at which the demonstration is made."""

from datetime import datetime, timedelta

from corneum.clinic.accounts.models import User
from corneum.clinic.project.demonstration.record import Record
from corneum.clinic.project.demonstration.story import Story
from corneum.clinic.stock.models import Device, Room
from corneum.clinic.visits import services as visits
from corneum.clinic.visits.hours import bounds, slot_at


def treated_today(story: Story, one: Record, number: int) -> None:
    """A session that is over: signed two hours ago."""
    house = one.house
    starts = _booked(story, one, 170, by=house.clinician, room=house.rooms[2], minutes=40)
    story.before(172, f"{one.person.name}: here", lambda now: one.come(now, starts))
    story.before(
        165,
        f"{one.person.name}: session {number}",
        lambda now: one.treat(now, number, note="Two red dots beside the nose, shown to the client.", comfort=3),
    )


def in_the_room(story: Story, one: Record, number: int) -> None:
    """A session that is open, one zone of it done."""
    house = one.house
    starts = _booked(story, one, 25, by=house.practitioner, room=house.rooms[0], minutes=60, device=house.crystal)
    story.before(27, f"{one.person.name}: here", lambda now: one.come(now, starts))

    def begun(now: datetime) -> None:
        tapping = one.begin(now, number)
        tapping.zone(tapping.zones[0], comfort=2)

    story.before(20, f"{one.person.name}: session {number} begun", begun)


def in_the_room_again(story: Story, one: Record) -> None:
    """In the room, with the session that was opened on another day."""
    house = one.house
    starts = _booked(story, one, 25, by=house.practitioner, room=house.rooms[0], minutes=60, device=house.crystal)
    story.before(27, f"{one.person.name}: here", lambda now: one.come(now, starts))


def looked_at(story: Story, one: Record) -> None:
    """A review that is over."""
    starts = _booked(story, one, 170, by=one.house.clinician, room=one.house.rooms[2], minutes=30, kind="review")
    story.before(172, f"{one.person.name}: here", lambda now: one.come(now, starts))
    story.before(142, f"{one.person.name}: seen", lambda now: one.finish(now, starts))


def arrived(story: Story, one: Record) -> None:
    """Somebody who waits."""
    starts = _booked(story, one, -10, by=one.house.clinician, room=one.house.rooms[1], minutes=45)
    story.before(
        3,
        f"{one.person.name}: here",
        lambda now: visits.arrive(by=one.house.reception, visit=one.visit(starts), now=now),
    )


def missed(story: Story, one: Record) -> None:
    """Somebody who did not come."""
    starts = _booked(story, one, 95, by=one.house.owner, room=one.house.rooms[1], minutes=30, kind="review")
    story.before(
        75,
        f"{one.person.name}: missed",
        lambda now: visits.change_status(by=one.house.reception, visit=one.visit(starts), status="missed", now=now),
    )


def cancelled(story: Story, one: Record) -> None:
    """Somebody who called off."""
    starts = _booked(story, one, -150, by=one.house.owner, room=one.house.rooms[2], minutes=45)
    story.beforehand(
        "16:10",
        200,
        f"{one.person.name}: cancelled",
        lambda now: visits.cancel(by=one.house.reception, visit=one.visit(starts), now=now),
    )


def comes_later(story: Story, one: Record, minutes: float, *, kind: str, room: int) -> None:
    """Somebody who is booked for later today."""
    by = one.house.clinician if room else one.house.practitioner
    _booked(story, one, -minutes, by=by, room=one.house.rooms[room], minutes=30, kind=kind)


def _booked(
    story: Story,
    one: Record,
    minutes_ago: float,
    *,
    by: User,
    room: Room,
    minutes: int,
    kind: str = "treatment",
    device: Device | None = None,
) -> datetime:
    starts = _start(story, minutes_ago)
    story.beforehand(
        "10:00",
        240,
        f"{one.person.name}: booked",
        lambda now: one.book(now, starts, kind=kind, minutes=minutes, by=by, room=room, device=device),
    )
    return starts


def _start(story: Story, minutes_ago: float) -> datetime:
    """Return the start of a visit so many minutes ago, not before today began; one to come may be on the next day."""
    first, _ = bounds(story.today)
    return max(slot_at(story.now - timedelta(minutes=minutes_ago)), first)
