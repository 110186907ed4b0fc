"""What other rooms know, as a session needs it: the plan, the visit, consent, and the clinic's own records."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.intake import queries as intake
from corneum.clinic.intake.inbox import plan_check_ins
from corneum.clinic.people.models import Client
from corneum.clinic.plans import queries as plans
from corneum.clinic.plans.models import PlanVersion, ZoneOfPlan
from corneum.clinic.treatments.day import day_rules
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.next_session import review_of, sessions_of
from corneum.clinic.treatments.state import SessionState
from corneum.clinic.treatments.zones import Planned, lines, planned_zone
from corneum.clinic.visits import queries as visits
from corneum.clinic.visits.models import Kind, RecallKind, Status, Visit
from corneum.clinic.visits.recalls import close
from corneum.clinic.visits.services import bring_in, finish, recall
from corneum.evidence import load_evidence
from corneum.screening import Finding
from corneum.units import Quantity, convert

REVIEW_AT = 3
"""Sessions after which the rules ask whether the result was looked at (question ``earlier.review_open``)."""
_VISIT_OF: Mapping[str, Kind] = {
    RecallKind.COURSE: Kind.TREATMENT,
    RecallKind.PHOTOGRAPH: Kind.PHOTOGRAPHS,
    RecallKind.MAINTENANCE: Kind.TREATMENT,
    RecallKind.REVIEW: Kind.REVIEW,
}
"""The visit that makes a call needless where it is booked already."""


def approved_plan(client_id: UUID) -> PlanVersion | None:
    """Return the plan by which a client is treated, or None."""
    return plans.approved(client_id)


def current_visit(client_id: UUID, now: datetime) -> Visit | None:
    """Return the visit for which the client is here, or None."""
    return visits.current_visit(client_id, now)


def against(client_id: UUID, zones: Collection[str], today: date) -> tuple[Finding, ...]:
    """Return what stops or defers zones by the newest answers handed in; what the day itself asks again is left out."""
    found = intake.against(client_id, zones, today)
    return tuple(one for one in found if one.rule.id not in day_rules().rules)


def missing_consent(client_id: UUID, today: date) -> list[str]:
    """Return the kinds of consent that a treatment needs and that are not in force."""
    if not apps.is_installed("corneum.clinic.consent"):
        return ["treatment"]
    from corneum.clinic.consent.queries import missing

    return list(missing(client_id, today))


def withdrawn_consent(client_id: UUID) -> list[str]:
    """Return the kinds of consent that a treatment needs and that the client took back."""
    if not apps.is_installed("corneum.clinic.consent"):
        return []
    from corneum.clinic.consent.queries import withdrawn

    return withdrawn(client_id)


def after_signing(session: Session, *, reviewed: bool, by: User, now: datetime) -> None:
    """Put down the check-ins and who is to be called for what follows, and end the visit of a signed session.

    All in the transaction of the signature, so it happens once. Who was not treated is asked nothing. Whoever was
    ``reviewed`` in this course is not called for that.
    """
    visit = session.visit
    if visit is not None and visit.status in (Status.ARRIVED, Status.IN_ROOM):
        # Who was treated was in the room, whether somebody had said so or not.
        bring_in(by=by, visit=visit, now=now)
        finish(by=by, visit=visit, now=now)
    if session.done:
        plan_check_ins(by=by, client=session.client, treated=timezone.localdate(session.opened_at), now=now)
        _call_for_what_follows(session, reviewed=reviewed, by=by, now=now)


def _call_for_what_follows(session: Session, *, reviewed: bool, by: User, now: datetime) -> None:
    client, treated = session.client, timezone.localdate(session.opened_at)
    dues = _dues(session, treated, reviewed=reviewed)
    for kind, visit in _VISIT_OF.items():
        due = dues.get(kind)
        waiting = visits.open_recall(client.pk, kind)
        if due is not None and not visits.is_booked_after(client.pk, treated, visit):
            recall(by=by, client=client, kind=kind, due_on=due, now=now)
        elif waiting is not None and kind == RecallKind.COURSE:
            # The session that the call was for is done, and the next is booked or there is none.
            close(by=by, recall=waiting, now=now)


def after_reaction(client: Client, due: date | None, *, by: User, now: datetime) -> None:
    """Call the client for the look at a reaction on its day, unless that is booked; nobody calls where none is due."""
    waiting = visits.open_recall(client.pk, RecallKind.FOLLOW_UP)
    if due is not None and not visits.is_booked_after(client.pk, timezone.localdate(now), Kind.CHECK):
        recall(by=by, client=client, kind=RecallKind.FOLLOW_UP, due_on=due, now=now)
    elif waiting is not None:
        close(by=by, recall=waiting, now=now)


def after_review(client: Client, *, by: User, now: datetime) -> None:
    """Take the client off the list of recalls once the result was looked at."""
    waiting = visits.open_recall(client.pk, RecallKind.REVIEW)
    if waiting is not None:
        close(by=by, recall=waiting, now=now)


def _dues(session: Session, treated: date, *, reviewed: bool) -> dict[str, date]:
    """Return what follows a session, with its day: the next session; after the last, photographs and maintenance.

    From the session on at which the result is to be looked at, the review as well, until somebody looked: before the
    next session, which it decides on.
    """
    found, review = _following(session, treated), review_of(session.plan)
    if review is not None and session.number >= int(review["session"]) and not reviewed:
        found[RecallKind.REVIEW] = min(found.values())
    return found


def _following(session: Session, treated: date) -> dict[str, date]:
    plan = session.plan.plan or {}
    if session.number < sessions_of(session.plan):
        return {RecallKind.COURSE: treated + timedelta(days=int(plan.get("interval_d", 0)))}
    weeks = load_evidence().number("course.photographs.early_wk").value
    found: dict[str, date] = {RecallKind.PHOTOGRAPH: treated + timedelta(days=round(convert(weeks, "wk", "d")))}
    maintenance = session.plan.request.get("course", {}).get("maintenance_weeks")
    if maintenance:
        found[RecallKind.MAINTENANCE] = treated + timedelta(weeks=int(maintenance))
    return found


def as_planned(version: PlanVersion) -> list[dict[str, Any]]:
    """Return what a session keeps of its plan, zone by zone, as plain values."""
    return [_kept(zone) for zone in version.zones()]


def as_done(planned: Iterable[Planned], state: SessionState) -> dict[str, Any]:
    """Return what a signed session keeps of what was done, zone by zone, so that nobody has to fold it again."""
    found: dict[str, Any] = {}
    for one in planned:
        zone = state.zone(one.zone)
        if zone.touched:
            found[one.zone] = {
                "label": one.label,
                "settings": {line.name: str(line.now) for line in lines(one, zone) if line.now is not None},
                "passes": len(zone.passes),
                "bled": zone.bleeding is not None,
                "end_point": zone.end_point,
                "comfort": zone.comfort,
                "reactions": list(zone.reactions),
                "seconds": round(zone.seconds),
            }
    return found


def as_carried(earlier: Iterable[Session]) -> dict[str, Any]:
    """Return what was done last time, zone by zone, from signed sessions, the newest first."""
    found: dict[str, Any] = {}
    for session in earlier:
        day = timezone.localdate(session.opened_at).isoformat()
        for name, done in session.done.items():
            found.setdefault(name, done | {"day": day})
    return found


def zones_of(session: Session) -> tuple[Planned, ...]:
    """Return the zones of a session with what was planned, and what was done there last time."""
    return tuple(planned_zone(raw, session.carried) for raw in session.planned)


def known_answers(session: Session, earlier: Iterable[Session], *, reviewed: bool) -> dict[str, Any]:
    """Return the answers of the day that the records give, so that nobody is asked for them.

    Parameters
    ----------
    session
        Of today.
    earlier
        The client's signed sessions, the newest first.
    reviewed
        Whether the result of the course was looked at and the course went on.
    """
    found: dict[str, Any] = {}
    phototype = phototype_of(session)
    if phototype:
        found["person.phototype"] = phototype
    grits = [zone.settings["grit"].to("um") for zone in zones_of(session) if "grit" in zone.settings]
    coarse = load_evidence().rule("treatment.coarse_diamond").value or 0.0
    found["tip.coarse"] = "yes" if any(grit >= coarse for grit in grits) else "no"
    treated = [one for one in earlier if one.done]
    if treated:
        last = treated[0]
        done = sum(one.course == session.course for one in treated)
        found |= {
            "earlier.any": "yes",
            "earlier.last": timezone.localdate(last.opened_at).isoformat(),
            "earlier.sites": list(last.done),
            "earlier.sessions": float(done),
            "earlier.bleeding": [name for name, zone in last.done.items() if zone["bled"]],
        }
        if done >= REVIEW_AT:
            found["earlier.review_open"] = "no" if reviewed else "yes"
    return found


def phototype_of(session: Session) -> str | None:
    """Return the skin type with which the plan was made, or None."""
    found: str | None = session.plan.request.get("person", {}).get("phototype")
    return found


def prescribed_of(session: Session) -> tuple[str, ...]:
    """Return what a prescriber added to the plan."""
    return tuple(session.plan.request.get("course", {}).get("prescribed", ()))


def _kept(zone: ZoneOfPlan) -> dict[str, Any]:
    given: Mapping[str, Quantity | None] = {
        "vacuum": zone.vacuum,
        "flow": zone.flow,
        "grit": zone.grit,
        "speed": None if zone.speed_mm_s is None else Quantity(zone.speed_mm_s, "mm/s"),
    }
    return {
        "zone": zone.zone,
        "title": zone.title,
        "device": zone.device,
        "label": zone.label,
        "settings": {name: str(value) for name, value in given.items() if value is not None},
        "passes": zone.passes,
        "end_point": zone.end_point,
        "minutes": zone.minutes,
        "needs_clinician": zone.needs_clinician,
    }
