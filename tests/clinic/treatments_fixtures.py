"""A client with an approved plan, lots on the shelf, consent, and a session at any stage."""

from datetime import date, timedelta
from uuid import uuid4

from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.stock import services as stock
from corneum.clinic.stock.models import Item
from corneum.clinic.treatments import services, services_after
from corneum.clinic.treatments.day import asked_today
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.situation import situation_of
from corneum.clinic.treatments.translate import as_planned
from tests.clinic.conftest import NOW

ZONES = ("cheek", "forehead")


def plan_dict(zones=ZONES, vacuum=20.0, passes=2, sessions=6):
    """What of a plan's JSON a session reads."""
    settings = {"flow_g_min": {"value": 12.0, "unit": "g/min"}}
    return {
        "sessions": sessions,
        "interval_d": 14,
        "review": {"session": 3, "day": "2027-04-01", "text": "Review.", "stop_rule": "Stop if.", "rules": ["x"]},
        "zones": [
            {
                "zone": zone,
                "title": zone.title(),
                "needs_clinician": False,
                "settings": {
                    "device": "crystal-venturi",
                    "label": "Crystal machine",
                    "vacuum": {"value": vacuum, "unit": "kPa"},
                    "settings": settings,
                    "passes": passes,
                    "speed_mm_s": 30.0,
                    "area_cm2": 40.0,
                    "minutes": 1.5,
                },
            }
            for zone in zones
        ],
    }


def approved_plan(client, by, *, number=1, **options):
    PlanVersion.objects.filter(client=client, state="approved").update(state="replaced")
    return PlanVersion.objects.create(
        client=client,
        number=number,
        state="approved",
        request={"person": {"age": 40.0, "phototype": "II"}, "course": {}},
        plan=plan_dict(**options),
        made_by=by,
        made_at=NOW,
        day=NOW.date(),
        program_version="test",
        approved_by=by,
        approved_at=NOW,
    )


def lot(by, *, number="T-1", kind="tip", amount=10, expires_on=date(2030, 1, 1)):
    item, _ = Item.objects.get_or_create(kind=kind, name=f"A {kind}", defaults={"unit": "piece"})
    return stock.receive(by=by, item=item, number=number, expires_on=expires_on, amount=amount, now=NOW)


def opened(client, by, *, course=1, number=1, now=NOW):
    return services.open_session(by=by, client=client, course=course, number=number, now=now)


def tap(session, by, kind, zone="", *, entry_id=None, at=None, now=None, **value):
    moment = now or session.opened_at + timedelta(minutes=5)
    return services.tap(
        by=by,
        session=session,
        entry_id=entry_id or uuid4(),
        kind=kind,
        zone=zone,
        value=value,
        tapped_at=at,
        now=moment,
    )


def answer_all(session, by, **other):
    """Answer every question of the day with no, none or 0; others as given, with __ for the dot."""
    said = {name.replace("__", "."): value for name, value in other.items()}
    for _ in range(12):
        stands = situation_of(session)
        asked = [one for one in asked_today(stands.state, stands.known, stands.today) if one.answer is None]
        if not asked:
            return
        answers = {one.question.id: said.get(one.question.id, _nothing(one.question)) for one in asked}
        tap(session, by, "answers", answers=answers)
    raise AssertionError("the questions do not end")


def begun(client, by, **options):
    session = opened(client, by, **options)
    answer_all(session, by)
    on_paper(session, by)
    tap(session, by, "begun")
    return session


def on_paper(session, by):
    """Write down that consent stands on paper."""
    tap(session, by, "check", name="consent", on=False, why="signed on paper")


def treated(session, by, zones=ZONES):
    """Two passes on every zone, and the closing list done but for consent."""
    for zone in zones:
        tap(session, by, "pass", zone)
        tap(session, by, "end_point", zone, word="light")
        tap(session, by, "comfort", zone, number=2)
    for name in ("photographs", "aftercare"):
        tap(session, by, "check", name=name, on=True)
    tap(session, by, "note", text="Calm skin.")
    tap(session, by, "check", name="consent", on=False, why="signed on paper")
    tap(session, by, "check", name="lots", on=False, why="nothing opened")


def signed(client, by, **options):
    session = begun(client, by, **options)
    treated(session, by)
    return services.sign(by=by, session=session, now=session.opened_at + timedelta(hours=1))


def treatment_ids(by, client):
    """A signed session and a reaction, for the addresses that need them."""
    plan = approved_plan(client, by, number=900)
    session = Session.objects.create(
        client=client,
        plan=plan,
        number=1,
        planned=as_planned(plan),
        state="signed",
        opened_at=NOW,
        opened_by=by,
        signed_at=NOW,
        signed_by=by,
    )
    fields = {"kind": "redness", "severity": "1", "level": "care", "onset": NOW.date(), "action": "Cooled."}
    event = services_after.add_event(by=by, client=client, session=session, fields=fields, now=NOW)
    return {"session_id": session.pk, "event_id": event.pk}


def _nothing(question):
    return {"yes_no": "no", "sites": [], "number": 0.0, "date": "2020-01-01"}.get(
        question.kind, question.choices[0].id if question.choices else "no"
    )
