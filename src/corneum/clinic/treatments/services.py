"""What happens in a session: opened, tapped, signed, amended. Each one transaction and one audit event."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.people.models import Client
from corneum.clinic.stock.models import Lot, Reason
from corneum.clinic.stock.services import move
from corneum.clinic.treatments import allowed, day, queries, refusals, taps, translate
from corneum.clinic.treatments.models import Amendment, Entry, Session, State
from corneum.clinic.treatments.next_session import may_follow, next_sessions
from corneum.clinic.treatments.situation import situation_of


@transaction.atomic
def open_session(*, by: User, client: Client, course: int, number: int, now: datetime) -> Session:
    """Open the next session of a course, with what is planned and what was done last time.

    Raises
    ------
    Refused
        `NoPlan`, `AlreadyOpen`, `WrongNumber`, `ReviewDue`, `CourseStopped`, `NewPlanNeeded` or `RuleStands`.
    """
    # Two at once would both find none open: one waits for the other here.
    Client.objects.select_for_update().get(pk=client.pk)
    if queries.open_session(client.pk) is not None:
        raise refusals.AlreadyOpen(str(client.pk))
    plan = translate.approved_plan(client.pk)
    if plan is None or not plan.zones():
        raise refusals.NoPlan(str(client.pk))
    earlier = queries.signed_sessions(client.pk)
    if (course, number) not in next_sessions(earlier):
        raise refusals.WrongNumber(f"{course}.{number}")
    may_follow(course, number, plan, queries.reviews(client.pk), earlier)
    stands = translate.against(client.pk, [zone.zone for zone in plan.zones()], timezone.localdate(now))
    if stands:
        raise refusals.RuleStands(", ".join(one.rule.id for one in stands))
    visit = translate.current_visit(client.pk, now)
    session = Session.objects.create(
        client=client,
        plan=plan,
        visit=visit,
        course=course,
        number=number,
        planned=translate.as_planned(plan),
        carried=translate.as_carried(earlier),
        opened_at=now,
        opened_by=by,
    )
    data = {"course": course, "number": number, "plan": plan.number}
    record("treatment.opened", by=by, subject=session, now=now, data=data)
    return session


@transaction.atomic
def tap(
    *,
    by: User,
    session: Session,
    entry_id: UUID,
    kind: str,
    zone: str,
    value: dict[str, Any],
    tapped_at: datetime | None,
    now: datetime,
) -> Entry:
    """Keep one tap; the same tap sent again is kept once, and answered the same.

    Parameters
    ----------
    by, now
        Who sent it, and when it arrived.
    session
        Where.
    entry_id
        Made where it was tapped.
    kind, zone, value
        What was tapped; an override of a rule has a service of its own.
    tapped_at
        By the clock of the tablet; None where it says nothing.

    Raises
    ------
    Refused
        If it is not allowed as the session stands, with the reason as its type.
    LotRefused
        If a lot cannot be opened.
    """
    if kind == "overridden":
        raise refusals.NotATap("an override is no tap")
    return _kept(by, session, entry_id, kind, zone, value, tapped_at, now)


@transaction.atomic
def override(*, by: User, session: Session, entry_id: UUID, rule: str, why: str, now: datetime) -> Entry:
    """Let a rule of the day pass, with a reason; it stays visible. The table of permissions says who may.

    Raises
    ------
    Refused
        If there is no such rule, no reason, or the session is sealed.
    """
    return _kept(by, session, entry_id, "overridden", "", {"rule": rule, "why": why}, None, now)


@transaction.atomic
def sign(*, by: User, session: Session, now: datetime) -> Session:
    """Sign a session: from here on it never changes.

    Raises
    ------
    Refused
        `Sealed` if it is, `Unfinished` if something of the closing list is open.
    """
    locked = _locked(session)
    if not locked.is_open:
        raise refusals.Sealed(str(session.pk))
    stands = situation_of(locked)
    if not stands.can_be_signed:
        raise refusals.Unfinished(", ".join(point.name for point in stands.points if not point.settled))
    locked.state, locked.signed_at, locked.signed_by = State.SIGNED, now, by
    locked.done = translate.as_done(stands.planned, stands.state)
    locked.findings = day.told(stands.screening, stands.state)
    locked.digest = digest_of(locked)
    locked.save(update_fields=["state", "signed_at", "signed_by", "done", "findings", "digest"])
    data = {"taps": stands.state.taps, "zones": len(locked.done), "digest": locked.digest}
    record("treatment.signed", by=by, subject=locked, now=now, data=data)
    reviewed = queries.last_review(locked.course, queries.reviews(locked.client_id)) is not None
    translate.after_signing(locked, reviewed=reviewed, by=by, now=now)
    return locked


@transaction.atomic
def amend(*, by: User, session: Session, zone: str, text: str, why: str, now: datetime) -> Amendment:
    """Add to a sealed session what is right; the original stays as it was.

    Raises
    ------
    Refused
        `NotSigned` if it is still open, `NotPlanned` if it has no such zone.
    """
    if _locked(session).is_open:
        raise refusals.NotSigned(str(session.pk))
    if zone and zone not in {raw["zone"] for raw in session.planned}:
        raise refusals.NotPlanned(zone)
    made = Amendment.objects.create(session=session, zone=zone, text=text, why=why, at=now, by=by)
    data = {"amendment": str(made.pk)}
    record("treatment.amended", by=by, subject=session, now=now, data=data)
    return made


def digest_of(session: Session) -> str:
    """Return the SHA-256 over a session and its taps: who holds a print of it can tell that nothing was changed."""
    rows = Entry.objects.filter(session=session).order_by("number")
    said = [
        [str(row.pk), row.number, row.kind, row.zone, row.value, row.tapped_at.isoformat(), str(row.by_id)]
        for row in rows
    ]
    whole = [str(session.pk), session.course, session.number, session.planned, session.carried, said]
    if session.findings is not None:
        whole.append(session.findings)
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _kept(
    by: User,
    session: Session,
    entry_id: UUID,
    kind: str,
    zone: str,
    value: dict[str, Any],
    tapped_at: datetime | None,
    now: datetime,
) -> Entry:
    locked = _locked(session)
    there = Entry.objects.filter(pk=entry_id).first()
    if there is not None:
        if (there.session_id, there.kind, there.zone) != (session.pk, kind, zone):
            raise refusals.OtherTap(str(entry_id))
        return there
    if not locked.is_open:
        raise refusals.Sealed(str(session.pk))
    try:
        value = taps.checked(kind, zone, value)
    except taps.TapError as error:
        raise refusals.NotATap(str(error)) from error
    stands = situation_of(locked)
    if kind == "undo":
        _take_back(by, locked, value, now)
    else:
        allowed.check(stands, kind, zone, value)
    if kind == "lot":
        value = _opened(by, locked, value, now)
    made = Entry.objects.create(
        id=entry_id,
        session=locked,
        number=stands.state.taps + 1,
        kind=kind,
        zone=zone,
        value=value,
        tapped_at=min(max(tapped_at or now, locked.opened_at), now),
        at=now,
        by=by,
    )
    record("treatment.tapped", by=by, subject=locked, now=now, data={"tap": made.number})
    return made


def _take_back(by: User, session: Session, value: dict[str, Any], now: datetime) -> None:
    target = Entry.objects.filter(session=session, pk=value["entry"]).first()
    if target is None:
        raise refusals.CannotUndo("no such tap")
    allowed.check_undo(situation_of(session), target.pk, target.kind, value.get("why", ""), now)
    if target.kind == "lot":
        lot = Lot.objects.get(pk=target.value["lot"])
        amount = int(target.value["amount"])
        move(lot, amount, Reason.RETURNED, by=by, now=now, session_id=session.pk, client_id=session.client_id)


def _opened(by: User, session: Session, value: dict[str, Any], now: datetime) -> dict[str, Any]:
    lot = Lot.objects.select_related("item").filter(pk=value["lot"]).first()
    if lot is None:
        raise refusals.NotATap("no such lot")
    move(lot, -value["amount"], Reason.USED, by=by, now=now, session_id=session.pk, client_id=session.client_id)
    item = lot.item
    return value | {"item": item.name, "number": lot.number, "unit": item.unit, "kind": item.kind}


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update().select_related("client").get(pk=session.pk)
