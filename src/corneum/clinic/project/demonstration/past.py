"""What happened before today: consultations, plans, sessions, and what followed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from corneum.clinic.intake import linking
from corneum.clinic.marks import services as marks
from corneum.clinic.project.demonstration.photographs import Studio
from corneum.clinic.project.demonstration.record import Record
from corneum.clinic.project.demonstration.story import Story
from corneum.clinic.treatments import services_after
from corneum.clinic.visits.recalls import recall

_ALL = ("data", "treatment", "photograph")
_ALREADY = timedelta(days=7)


def consultation(story: Story, one: Record, days_ago: int, clock: str, said: Mapping[str, Any] | None = None) -> None:
    """Let a client come for the first time: record, answers, concerns."""
    name, start = one.person.name, story.at(days_ago, clock)
    story.on(days_ago + 5, "09:10", f"{name}: record", one.open)
    story.on(
        days_ago + 5, "09:12", f"{name}: booked", lambda now: one.book(now, start, kind="consultation", minutes=30)
    )
    story.step(start - timedelta(minutes=5), f"{name}: here", lambda now: one.come(now, start))
    story.step(
        start + timedelta(minutes=5),
        f"{name}: answers",
        lambda now: one.answer(now, by=one.house.practitioner, other=said),
    )
    story.step(start + timedelta(minutes=11), f"{name}: concerns", one.place_concerns)
    story.step(start + timedelta(minutes=29), f"{name}: seen", lambda now: one.finish(now, start))


def planned(story: Story, one: Record, days_ago: int, clock: str, **other: Any) -> None:
    """Let a plan be made, shown and approved, and consent be signed."""
    name, start = one.person.name, story.at(days_ago, clock)
    story.step(start, f"{name}: plan", lambda now: one.draft(now, **other))
    story.step(start + timedelta(minutes=6), f"{name}: approved", one.approve)
    purposes = ("record", "show") if one.person.composite else ("record",)
    signed = start + timedelta(minutes=10)
    story.step(signed, f"{name}: consent", lambda now: one.consent(now, _ALL, purposes))


def session(story: Story, one: Record, number: int, days_ago: int, clock: str, **told: Any) -> None:
    """Let a client come for a session that is signed."""
    name, start = one.person.name, story.at(days_ago, clock)
    story.step(start - _ALREADY, f"{name}: booked", lambda now: one.book(now, start, device=one.house.crystal))
    story.step(start - timedelta(minutes=6), f"{name}: here", lambda now: one.come(now, start))
    treated = {"note": "Even light redness, nothing else seen. Aftercare explained.", **told}
    story.step(
        start + timedelta(minutes=3),
        f"{name}: session {number}",
        lambda now: one.treat(now, number, **treated),
    )


def check_ins(story: Story, one: Record, session_days_ago: int, **third: Any) -> None:
    """Let a client answer what is asked on days 1, 3 and 14, as far as they have passed; something on day 3."""
    treated = story.today - timedelta(days=session_days_ago)
    for after, said in ((1, {"red": "yes"}), (3, third), (14, {})):
        if session_days_ago >= after:
            what = f"{one.person.name}: check-in of day {after}"
            story.on(session_days_ago - after, "07:05", what, partial(_answered, one, treated, after, said))


def reaction(story: Story, one: Record, days_ago: int, *, closed: bool, **fields: Any) -> None:
    """Let a reaction be noted, and followed until it is over."""
    noted: dict[str, Any] = {"severity": "1", "level": "care", "zone": "", "seen": "", **fields}

    def note(now: datetime) -> None:
        found = {"onset": timezone.localdate(now), **noted}
        event = services_after.add_event(
            by=one.house.practitioner, client=one.client, session=one.last_session(), fields=found, now=now
        )
        if closed:
            over = {"text": "Called: nothing left to see.", "severity": "1", "level": "care", "closes": True}
            services_after.follow_event(
                by=one.house.practitioner, event=event, fields=over, now=now + timedelta(minutes=20)
            )

    story.on(days_ago, "07:40", f"{one.person.name}: reaction", note)


def photographs(story: Story, one: Record, studio: Studio, number: int, days_ago: int, clock: str) -> None:
    """Let a photograph be taken on a visit of its own, and measured against the baseline."""
    name, start = one.person.name, story.at(days_ago, clock)
    story.step(
        start - timedelta(minutes=15),
        f"{name}: booked",
        lambda now: one.book(now, start, kind="photographs", minutes=15, room=one.house.rooms[1]),
    )
    story.step(start - timedelta(minutes=8), f"{name}: here", lambda now: one.come(now, start))
    story.step(start + timedelta(minutes=2), f"{name}: photograph", lambda now: studio.take(one, number, now, start))
    if number:
        measured = start + timedelta(minutes=4)
        story.step(measured, f"{name}: measured", lambda now: studio.measure(one, number, now))
    story.step(start + timedelta(minutes=10), f"{name}: seen", lambda now: one.finish(now, start))


def mark(story: Story, one: Record, days_ago: int, clock: str, *, looked: bool, **fields: Any) -> None:
    """Let a mark be put on the list, and a doctor have looked at it."""

    def put(now: datetime) -> None:
        day = timezone.localdate(now)
        made = marks.add_mark(by=one.house.practitioner, client=one.client, fields={"found_on": day, **fields}, now=now)
        if looked:
            marks.doctor_looked(by=one.house.clinician, mark=made, day=day, now=now + timedelta(minutes=2))

    story.on(days_ago, clock, f"{one.person.name}: mark", put)


def review(story: Story, one: Record, days_ago: int) -> None:
    """Let the course be looked back at, and go on."""
    fields = {
        "photographs": "changed",
        "happened": "no",
        "wishes": "go_on",
        "decision": "go_on",
        "why": "Photographs compared with the client, with the error of each change; the client wishes to go on.",
    }
    story.on(
        days_ago,
        "11:20",
        f"{one.person.name}: review",
        lambda now: services_after.review(
            by=one.house.clinician, client=one.client, course=1, fields=dict(fields), now=now
        ),
    )


def called(story: Story, one: Record, days_ago: int, kind: str, due_in: int) -> None:
    """Let somebody be put on the list of those who are called."""
    due = story.today + timedelta(days=due_in)
    story.on(
        days_ago,
        "11:30",
        f"{one.person.name}: recall",
        lambda now: recall(by=one.house.reception, client=one.client, kind=kind, due_on=due, now=now),
    )


def from_home(story: Story, one: Record, days_ago: int) -> None:
    """Let a client answer the questions at home, by a private link."""

    def linked(now: datetime) -> None:
        link, _token = linking.make_link(
            by=one.house.reception, client=one.client, scopes=["intake", "consent"], days=14, now=now
        )
        linking.open_link(link=link, now=now + timedelta(hours=8))

    story.on(days_ago + 2, "09:20", f"{one.person.name}: record", one.open)
    story.on(days_ago + 2, "09:25", f"{one.person.name}: link", linked)
    story.on(days_ago, "20:15", f"{one.person.name}: answers", lambda now: one.answer(now, by=None))


def _answered(one: Record, treated: date, after: int, said: dict[str, Any], now: datetime) -> None:
    one.check_in(now, treated, after, **said)
