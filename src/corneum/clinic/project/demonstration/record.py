"""One invented client's record, written through the services that the pages call."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.consent import queries as consents
from corneum.clinic.consent import services as consenting
from corneum.clinic.consent.models import Signer
from corneum.clinic.intake import inbox, queries, services
from corneum.clinic.intake.triage import asked_on
from corneum.clinic.people import services as people
from corneum.clinic.people.models import Client
from corneum.clinic.photos.models import Photo
from corneum.clinic.plans import services as plans
from corneum.clinic.plans import translate
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.practice.queries import practice
from corneum.clinic.project.demonstration.answers import intake_answers
from corneum.clinic.project.demonstration.cast import Person
from corneum.clinic.project.demonstration.house import House
from corneum.clinic.project.demonstration.session import Tapping
from corneum.clinic.stock.models import Device, Room
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.treatments.models import Session
from corneum.clinic.visits import services as visits
from corneum.clinic.visits.models import Visit
from corneum.clinic.visits.queries import Place
from corneum.course.suitability import load_suitability
from corneum.skin import find_site

_CRYSTALS = {"T-4711": 1, "A-0815": 60, "E-2201": 1}
_DIAMOND = {"T-4802": 1, "E-2201": 1}
"""What a session uses up, by lot."""


class Record:
    """A client's record; every method is one thing that happened, at the moment that it is given."""

    def __init__(self, house: House, person: Person, today: date) -> None:
        self.house, self.person, self.today = house, person, today
        self._client: Client | None = None
        self._visits: dict[datetime, Visit] = {}
        self.photos: list[Photo] = []

    @property
    def client(self) -> Client:
        """The client, once the record was opened."""
        if self._client is None:
            raise LookupError(f"{self.person.name}: the record was not opened yet")
        return self._client

    def found(self, client: Client) -> "Record":
        """Go on with a record that is there."""
        self._client = client
        return self

    def open(self, now: datetime) -> None:
        """Open the record."""
        one = self.person
        born = date(self.today.year - one.age, 1, 1 + len(one.name) % 20)
        names = ("name", "called", "guardian", "phone", "email", "language", "note")
        fields: dict[str, Any] = {name: getattr(one, name) for name in names}
        fields |= {"born": born, "demonstration": True}
        self._client = people.add_client(by=self.house.reception, fields=fields, now=now)

    def answer(self, now: datetime, *, by: User | None, other: Mapping[str, Any] | None = None) -> None:
        """Answer the intake, and hand it in."""
        one, day = self.person, timezone.localdate(now)
        given = {"person.sex": one.sex, "person.phototype": one.phototype, **one.answers, **(other or {})}
        zones = list(dict.fromkeys(zone for _, zone, _ in one.concerns))
        said = intake_answers(given, one.age, day)
        mistakes = services.save_answers(by=by, client=self.client, answers=said, zones=zones, now=now)
        if mistakes:
            raise ValueError(f"{one.name}: {mistakes}")
        services.submit(by=by, client=self.client, now=now)

    def place_concerns(self, now: datetime) -> None:
        """Place what bothers the client on the drawing."""
        for concern, zone, severity in self.person.concerns:
            fields = {"concern": concern, "zone": zone, "severity": severity}
            services.place_concern(by=self.house.practitioner, client=self.client, **fields, now=now)

    def override(self, now: datetime, rule: str, why: str) -> None:
        """Have the clinician decide against a rule."""
        services.override(by=self.house.clinician, client=self.client, rule=rule, verdict="ask", why=why, now=now)

    def draft(self, now: datetime, **other: Any) -> PlanVersion:
        """Plan the course from answers and concerns, as the page of a new draft asks for it."""
        day = timezone.localdate(now)
        answers, goals = translate.answers_of(self.client.pk), translate.concerns_of(self.client.pk)
        table = load_suitability()
        titles = [f"{table.concern(one['concern']).title}: {find_site(one['zone']).title}" for one in goals]
        fields = {
            "title": "; ".join(titles)[:120],
            **translate.person_of(answers),
            "devices": [one.label for one in self.house.devices.values()],
            "goals": goals,
            "clinician": self.house.clinician.name,
            "clinic_name": practice().title,
            **other,
        }
        tables = translate.request_tables(fields, born=self.client.born, today=day, answers=answers)
        return plans.plan_draft(by=self.house.practitioner, client=self.client, request=tables, day=day, now=now)

    def approve(self, now: datetime) -> None:
        """Show the newest draft to the client, and have the clinician approve it."""
        newest = PlanVersion.objects.filter(client=self.client).latest("number")
        shown = plans.show(by=self.house.practitioner, version=newest, now=now)
        why = "Discussed with the client; what the rules ask was answered in the consultation."
        plans.approve(by=self.house.clinician, version=shown, why=why, now=now)

    def consent(self, now: datetime, kinds: Sequence[str], purposes: Sequence[str] = ("record",)) -> None:
        """Have the sheets signed that a treatment needs, or some of them."""
        name = self.person.name
        signers = (
            [(Signer.GUARDIAN, self.person.guardian), (Signer.ASSENT, name)]
            if consents.is_minor(self.client, timezone.localdate(now))
            else [(Signer.CLIENT, name)]
        )
        for kind in kinds:
            _text, sheet = consents.sheet_for(self.client, kind)
            consenting.give(
                by=self.house.practitioner,
                client=self.client,
                kind=kind,
                digest=sheet.digest,
                signatures=[consenting.Signed(signer, who) for signer, who in signers],
                purposes=purposes if kind == "photograph" else (),
                now=now,
            )

    def book(
        self,
        now: datetime,
        starts: datetime,
        *,
        kind: str = "treatment",
        minutes: int = 45,
        by: User | None = None,
        room: Room | None = None,
        device: Device | None = None,
    ) -> None:
        """Book a visit; where the time is taken, which happens around midnight alone, the next one that is free."""
        place = Place(starts, minutes, by or self.house.practitioner, room or self.house.rooms[0], device)
        fields: dict[str, Any] = {"by": self.house.reception, "client": self.client, "kind": kind, "now": now}
        try:
            made = visits.book(place=place, **fields)
        except visits.Clash as clash:
            if clash.next_free is None:
                raise
            made = visits.book(place=replace(place, starts=clash.next_free), **fields)
        self._visits[starts] = made

    def visit(self, starts: datetime) -> Visit:
        """Return the visit that was booked for a time."""
        return self._visits[starts]

    def come(self, now: datetime, starts: datetime) -> None:
        """Arrive for a visit, and be brought in."""
        visits.arrive(by=self.house.reception, visit=self.visit(starts), now=now)
        visits.bring_in(by=self.house.practitioner, visit=self.visit(starts), now=now + timedelta(minutes=4))

    def finish(self, now: datetime, starts: datetime) -> None:
        """End a visit."""
        visits.finish(by=self.house.practitioner, visit=self.visit(starts), now=now)

    def begin(self, now: datetime, number: int, course: int = 1) -> Tapping:
        """Open a session, answer the questions of the day, open the lots."""
        tapping = Tapping(self.house.practitioner, self.client, course, number, now)
        tapping.checks()
        used = _CRYSTALS if any(one.device.startswith("crystal") for one in tapping.zones) else _DIAMOND
        tapping.begin([(self.house.lots[lot], amount) for lot, amount in used.items()])
        return tapping

    def treat(self, now: datetime, number: int, *, note: str, reaction: str = "", comfort: int = 2) -> Session:
        """Do a whole session and sign it: each zone as planned."""
        tapping = self.begin(now, number)
        for place, planned in enumerate(tapping.zones):
            tapping.zone(planned, comfort=min(10, comfort + place), reaction="" if place else reaction)
        return tapping.close(note)

    def check_in(self, now: datetime, treated: date, after_days: int, **said: object) -> None:
        """Answer a check-in at home: nothing, but what is given."""
        found = next(
            one
            for one in queries.check_ins_of(self.client.pk)
            if (one.treated, one.after_days) == (treated, after_days)
        )
        answers = {one.id: "no" if one.kind == "yes_no" else 1 for one in asked_on(after_days)} | said
        inbox.answer_check_in(by=None, check_in=found, answers=answers, now=now)

    def last_session(self) -> Session | None:
        """Return the session that was signed last, or None."""
        return next(iter(treatments.signed_sessions(self.client.pk)), None)
