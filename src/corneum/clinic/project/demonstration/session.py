"""A session of treatment as a practitioner taps it in: checks of the day, lots, zones, the closing list."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from corneum.clinic.accounts.models import User
from corneum.clinic.people.models import Client
from corneum.clinic.project.demonstration.answers import nothing
from corneum.clinic.stock.models import Lot
from corneum.clinic.treatments import services
from corneum.clinic.treatments.day import asked_today, standings
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.situation import situation_of
from corneum.clinic.treatments.zones import Planned

_BETWEEN_TAPS = timedelta(seconds=20)
_ROUNDS = 12
"""Answers open other questions; so many rounds end all of them."""


class Tapping:
    """One session, tapped in by one person; the clock goes on with each tap."""

    def __init__(self, by: User, client: Client, course: int, number: int, now: datetime) -> None:
        self.by, self.now = by, now
        self.session: Session = services.open_session(by=by, client=client, course=course, number=number, now=now)

    def tap(self, kind: str, zone: str = "", **value: Any) -> None:
        """Tap once."""
        self.now += _BETWEEN_TAPS
        services.tap(
            by=self.by,
            session=self.session,
            entry_id=uuid4(),
            kind=kind,
            zone=zone,
            value=value,
            tapped_at=None,
            now=self.now,
        )

    def checks(self) -> None:
        """Answer what the day asks, and write down who was asked where a rule wants it."""
        for _ in range(_ROUNDS):
            stands = situation_of(self.session)
            asked = [one for one in asked_today(stands.state, stands.known, stands.today) if one.answer is None]
            if not asked:
                break
            self.tap("answers", answers={one.question.id: nothing(one.question, stands.today) for one in asked})
        for one in standings(situation_of(self.session).screening, situation_of(self.session).state):
            if one.waits:
                self.tap("asked", rule=one.finding.rule.id, who="Dr. Clara Placeholder", said="Go on as planned.")

    def begin(self, lots: list[tuple[Lot, int]]) -> None:
        """Open the lots, and begin."""
        for lot, amount in lots:
            self.tap("lot", lot=str(lot.pk), amount=amount)
        if not situation_of(self.session).has_consent:
            self.tap("check", name="consent", on=False, why="signed on paper")
        self.tap("begun")

    def zone(self, planned: Planned, *, comfort: int, reaction: str = "", lower: str = "") -> None:
        """Treat a zone as planned, or with a lower vacuum."""
        name = planned.zone
        if lower:
            self.tap("setting", name, name="vacuum", given=lower)
        self.tap("timer", name, on=True)
        for _ in range(max(1, planned.start_passes)):
            self.tap("pass", name)
        self.now += timedelta(minutes=planned.minutes)
        self.tap("timer", name, on=False)
        if reaction:
            self.tap("reaction", name, word=reaction, on=True)
        self.tap("end_point", name, word="light")
        self.tap("comfort", name, number=comfort)
        self.tap("finished", name, on=True)

    def close(self, note: str) -> Session:
        """Go through the closing list, and sign."""
        for point in situation_of(self.session).points:
            if point.name == "note":
                self.tap("note", text=note)
            elif point.open:
                self.tap("check", name=point.name, on=False, why="signed on paper")
            else:
                self.tap("check", name=point.name, on=True)
        return services.sign(by=self.by, session=self.session, now=self.now + _BETWEEN_TAPS)

    @property
    def zones(self) -> tuple[Planned, ...]:
        """What is planned, zone by zone, where nothing speaks against it today."""
        stands = situation_of(self.session)
        return tuple(one for one in stands.planned if stands.may_treat(one.zone))
