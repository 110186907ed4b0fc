"""A large clinic, made up: rows by the hundred thousand, with every constraint of the database in force, seeded.

What one client has is what a page shows of them, and is alike for all; how many there are grows with the clinic.
A plan, a sheet of answers and the taps of a session are long: every client has short ones, some have real ones and
an open session, and the pages are measured on those.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bench.clinic_rows import Row, Writer

SESSIONS, PHOTOS, EVENTS = 4, 10, 10
"""Of each client."""
TAPS = 24
"""Of a session that has them."""
TODAY, WAITING, CALLED = 48, 20, 2_000
"""Visits of today, what waits in the inbox, and who is to be called, at most: a day is a day in a large clinic too."""
_TAPPED_EVERY = 25
"""The last session of one client in so many has its taps; without them the rest would be ten million rows."""
_GIVEN = [
    "Ada",
    "Berta",
    "Cem",
    "Dora",
    "Emil",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jana",
    "Karim",
    "Lea",
    "Mio",
    "Nora",
    "Omar",
    "Pia",
    "Quentin",
    "Rosa",
    "Sam",
    "Tara",
]
_LETTERS = "aeioulnrstdmk"
_AT_HOUR = 9


@dataclass(frozen=True)
class Made:
    """What was made, and who can be looked at.

    Parameters
    ----------
    rows
        By table.
    seconds
        By table.
    shown
        Clients with a real plan, real answers and taps.
    """

    rows: dict[str, int]
    seconds: dict[str, float]
    shown: tuple[UUID, ...]


class Maker(Writer):
    """Makes rows with random numbers that the same seed gives again."""

    def __init__(self, clients: int, now: datetime, seed: int = 0) -> None:
        super().__init__()
        self.clients, self.now, self.today = clients, now, now.date()
        self.random = random.Random(seed)
        # In order: rows are made client by client, and every index of clients then grows at its end.
        self.ids = sorted(self.uuid() for _ in range(clients))
        self.plans = {key: self.uuid() for key in self.ids}

    def uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def name(self) -> str:
        family = "".join(self.random.choices(_LETTERS, k=self.random.randint(5, 9))).capitalize()
        return f"{self.random.choice(_GIVEN)} {family}"

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)


def fill(clients: int, real: Row, *, now: datetime | None = None, seed: int = 0, shown: int = 40) -> Made:
    """Fill an empty, migrated clinic that has its staff, rooms, devices and lots.

    Parameters
    ----------
    clients
        How many.
    real
        ``plan`` and ``request`` of a version, ``planned`` and ``answers``: as the services kept them.
    now
        Everything lies around it.
    seed
        Same seed, same rows.
    shown
        How many clients have the real plan and answers.
    """
    maker = Maker(clients, now or datetime.now(UTC), seed)
    for step in (_people, _visits, _plans, _sessions, _intake, _consents, _photos, _after, _events):
        step(maker, real, set(maker.ids[:shown]))
    return Made(maker.rows, maker.seconds, tuple(maker.ids[:shown]))


def _people(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.people.models import Client, SearchWord
    from corneum.clinic.people.search import words_of

    since, kept = maker.ago(400), []
    for number, key in enumerate(maker.ids):
        born = date(1940, 1, 1) + timedelta(days=maker.random.randrange(24_000))
        row = {"id": key, "name": maker.name(), "born": born, "email": f"c{number}@example.org"}
        kept.append(row | {"phone": f"+43 1 555{number:07d}", "since": since})
    maker.write("clients", Client, kept)
    words = ({"word": word, "client_id": row["id"]} for row in kept for word in words_of(Client(**row)))
    maker.write("words", SearchWord, words)


def _slots(maker: Maker) -> Iterator[tuple[UUID, int, datetime]]:
    """Yield client, number and start of each session: four in the last year, the last one of some today."""
    midnight = datetime(maker.today.year, maker.today.month, maker.today.day, _AT_HOUR, tzinfo=UTC)
    for place, key in enumerate(maker.ids):
        last = place * 365 // maker.clients
        for number in range(1, SESSIONS + 1):
            days = last + 14 * (SESSIONS - number)
            # The first ones come today; of the others as many a day as there are, and nobody else today.
            days = days if days else 1 + place % 300
            days = 0 if number == SESSIONS and place < TODAY else days
            yield key, number, midnight - timedelta(days=days) + timedelta(minutes=15 * (place % 36))


def _visits(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.stock.models import Room
    from corneum.clinic.visits.models import Recall, Visit, VisitChange

    rooms = [room.pk for room in Room.objects.all()]
    people = [one.pk for one in User.objects.filter(role__in=["clinician", "practitioner"])]
    changes: list[Row] = []

    def made() -> Iterator[Row]:
        for place, (key, _number, starts) in enumerate(_slots(maker)):
            row = {"id": maker.uuid(), "client_id": key, "starts": starts, "ends": starts + timedelta(minutes=45)}
            row |= {"practitioner_id": people[place % len(people)], "room_id": rooms[place % len(rooms)]}
            if place % 8 == 0:
                changes.append({"visit_id": row["id"], "what": "done", "at": row["ends"], "by_id": people[0]})
            yield row | {"kind": "treatment", "status": "booked" if starts.date() == maker.today else "done"}

    maker.write("visits", Visit, made())
    before = {"status": "in_room"}
    maker.write("visit changes", VisitChange, (row | {"before": before} for row in changes))
    # Who is to be called is called within some weeks: the list does not grow with the years.
    maker.write(
        "recalls",
        Recall,
        (
            {
                "id": maker.uuid(),
                "client_id": key,
                "kind": "course",
                "due_on": maker.today + timedelta(days=day % 60 - 30),
            }
            for day, key in enumerate(maker.ids[:CALLED])
        ),
    )


def _plans(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.plans.models import PlanVersion

    doctor, at = User.objects.get(role="clinician").pk, maker.ago(380)
    short: Row = {"sessions": 6, "interval_d": 14, "review": None, "zones": []}
    asked: Row = {"person": {"phototype": "II"}, "course": {}}
    same = {"number": 1, "state": "approved", "made_by_id": doctor, "made_at": at, "day": at.date()}
    same |= {"program_version": "bench", "approved_by_id": doctor, "approved_at": at}
    maker.write(
        "plans",
        PlanVersion,
        (
            {
                "id": plan,
                "client_id": key,
                "request": real["request"] if key in shown else asked,
                "plan": real["plan"] if key in shown else short,
                **same,
            }
            for key, plan in maker.plans.items()
        ),
    )


def _sessions(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.stock.models import Lot, StockMove
    from corneum.clinic.treatments.models import Entry, Session

    by, lot = User.objects.get(role="practitioner").pk, Lot.objects.all()[0].pk
    tapped: list[tuple[UUID, datetime]] = []
    moved: list[Row] = []
    opened: Row = {"state": "open", "signed_at": None, "signed_by_id": None, "done": {}, "digest": ""}
    signed: Row = {"state": "signed", "signed_by_id": by, "done": real["done"], "digest": "0" * 64}

    def made() -> Iterator[Row]:
        for place, (key, number, starts) in enumerate(_slots(maker)):
            session, at = maker.uuid(), starts + timedelta(minutes=40)
            has_taps = number == SESSIONS and (key in shown or (place // SESSIONS) % _TAPPED_EVERY == 0)
            if has_taps:
                tapped.append((session, starts))
            moved.append({"id": maker.uuid(), "at": at, "session_id": session, "client_id": key})
            yield {
                "id": session,
                "client_id": key,
                "plan_id": maker.plans[key],
                "number": number,
                "planned": real["planned"],
                "opened_at": starts,
                "opened_by_id": by,
                **(opened if has_taps else signed | {"signed_at": at}),
            }

    maker.write("sessions", Session, made())
    same = {"lot_id": lot, "amount": -1, "reason": "used", "by_id": by}
    maker.write("stock moves", StockMove, (row | same for row in moved))
    zone, nothing = real["planned"][0]["zone"], Row()
    maker.write(
        "taps",
        Entry,
        (
            {
                "id": maker.uuid(),
                "session_id": session,
                "number": number,
                "kind": "pass",
                "zone": zone,
                "value": nothing,
                "tapped_at": at + timedelta(seconds=20 * number),
                "at": at + timedelta(seconds=20 * number),
                "by_id": by,
            }
            for session, at in tapped
            for number in range(1, TAPS + 1)
        ),
    )
    # The database takes taps of open sessions alone, and lets nothing of a signed one change.
    closing = Session.objects.filter(state="open").exclude(client_id__in=shown)
    closing.update(state="signed", signed_at=maker.now, signed_by=by, done=real["done"], digest="0" * 64)


def _intake(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.intake.models import CheckIn, Concern, InboxItem, Sheet, StoredVerdict
    from corneum.screening import load_rules

    by, at = User.objects.get(role="practitioner").pk, maker.ago(390)
    short, cheek = {"person.sex": "female", "person.phototype": "II"}, ["cheek"]
    same = {"number": 1, "zones": cheek, "made": at, "changed": at, "submitted": at, "submitted_by_id": by}
    maker.write(
        "sheets",
        Sheet,
        (
            {"id": maker.uuid(), "client_id": key, "answers": real["answers"] if key in shown else short, **same}
            for key in maker.ids
        ),
    )
    same = {"day": maker.today, "stops": False, "defers": False, "asks": True, "rules_digest": load_rules().digest()}
    maker.write("verdicts", StoredVerdict, ({"id": maker.uuid(), "client_id": key, **same} for key in maker.ids))
    same = {"concern": "dullness", "zone": "cheek", "severity": "mild", "placed": at, "placed_by_id": by}
    maker.write("concerns", Concern, ({"id": maker.uuid(), "client_id": key, **same} for key in maker.ids))
    treated, said = maker.ago(40), {"comfort": 1}
    days = [
        {"after_days": day, "due": (treated + timedelta(days=day)).date(), "answered": treated + timedelta(days=day)}
        for day in (1, 3, 14)
    ]
    same = {"treated": treated.date(), "answers": said}
    rows = ({"id": maker.uuid(), "client_id": key, **same, **day} for key in maker.ids for day in days)
    maker.write("check-ins", CheckIn, rows)
    waiting = set(maker.ids[:: max(1, maker.clients // WAITING)][:WAITING])
    maker.write(
        "inbox",
        InboxItem,
        (
            {
                "id": maker.uuid(),
                "client_id": key,
                "kind": "answers",
                "at": at,
                "seen": None if key in waiting else at,
                "seen_by_id": None if key in waiting else by,
            }
            for key in maker.ids
        ),
    )


def _consents(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.consent.models import Consent, Permission
    from corneum.clinic.consent.queries import text_in_force

    by, at, texts = User.objects.get(role="practitioner").pk, maker.ago(380), {}
    for kind in ("treatment", "data", "photograph"):
        text = text_in_force(kind, "en")
        if text._state.adding:
            text.save()
        texts[kind] = text.pk
    sheet: Row = {"title": "Consent", "sections": [], "plan": ""}
    permitted: list[Row] = []

    def made() -> Iterator[Row]:
        for key in maker.ids:
            for kind, text in texts.items():
                row = {"id": maker.uuid(), "client_id": key, "kind": kind, "text_id": text, "sheet": sheet, "given": at}
                purpose = "record" if kind == "photograph" else kind
                permitted.append({"consent_id": row["id"], "client_id": key, "purpose": purpose, "since": at})
                yield row | {"digest": "0" * 64, "plan": "plan 1" if kind == "treatment" else "", "taken_by_id": by}

    maker.write("consents", Consent, made())
    maker.write("permissions", Permission, permitted)


def _photos(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.photos.models import Photo

    by = User.objects.get(role="practitioner").pk
    views = ("front", "oblique_left", "oblique_right", "profile_left", "profile_right")
    days = [maker.ago(300 - 30 * (number // len(views))) for number in range(PHOTOS)]
    same = {"origin": "camera", "state": "kept", "added_by_id": by, "width": 3000, "height": 4000, "digest": "0" * 64}
    kept = [
        {"view": views[number % len(views)], "taken_at": day, "added_at": day, **same}
        for number, day in enumerate(days)
    ]
    maker.write(
        "photographs",
        Photo,
        (
            {"id": maker.uuid(), "client_id": key, "source_digest": f"{place * PHOTOS + number:064x}", **row}
            for place, key in enumerate(maker.ids)
            for number, row in enumerate(kept)
        ),
    )


def _after(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.treatments.models import AdverseEvent

    by = User.objects.get(role="practitioner").pk
    same = {"kind": "redness", "severity": "1", "onset": maker.ago(30).date(), "action": "Cooled.", "level": "care"}
    same |= {"added_at": maker.ago(30), "added_by_id": by, "closed_at": maker.ago(20), "closed_by_id": by}
    rows = ({"id": maker.uuid(), "client_id": key, **same} for key in maker.ids[::20])
    maker.write("reactions", AdverseEvent, rows)


def _events(maker: Maker, real: Row, shown: set[UUID]) -> None:
    from corneum.clinic.accounts.models import User
    from corneum.clinic.audit.models import Event

    by = User.objects.get(role="practitioner").pk
    rows = (
        {
            "at": at,
            "action": "photo.shown",
            "by_id": by,
            "subject_kind": "photo",
            "subject_id": key.hex,
            "client_id": key,
        }
        for at in [maker.ago(380 - 30 * number) for number in range(EVENTS)]
        for key in maker.ids
    )
    maker.write("audit events", Event, rows)
