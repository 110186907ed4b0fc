"""Whether a tap is allowed now: hard stops, step-ups, and what must come first."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from corneum.clinic.treatments import day, refusals
from corneum.clinic.treatments.situation import Situation
from corneum.clinic.treatments.state import SessionState
from corneum.clinic.treatments.taps import OF_ZONE
from corneum.clinic.treatments.zones import OtherUnitError, Planned, harder, most_passes
from corneum.screening import AnswersError
from corneum.units import parse_quantity

_ON_SKIN = frozenset({"pass", "bleeding", "timer"})
_CAN_UNDO = frozenset({"pass", "setting", "lot", "bleeding", "comfort", "end_point", "asked", "overridden", "begun"})
BEGIN_BACK = timedelta(minutes=10)
"""How long the beginning of a treatment can be taken back, as long as nothing was applied."""


def check(now: Situation, kind: str, zone: str, value: Mapping[str, Any]) -> None:
    """Refuse a tap that is not allowed as the session stands.

    Parameters
    ----------
    now
        How it stands.
    kind, zone, value
        The tap, in the form of `corneum.clinic.treatments.taps.checked`.

    Raises
    ------
    Refused
        Of the kind that says why.

    References
    ----------
    Rules ``treatment.end_point`` (PR-019) and ``treatment.passes.cap`` (PR-011).
    """
    if kind in OF_ZONE:
        planned = now.plan_of(zone)
        if planned is None:
            raise refusals.NotPlanned(zone)
        _check_zone(now, planned, kind, value)
    elif kind == "answers":
        try:
            day.check_answers(value["answers"], now.today)
        except AnswersError as error:
            raise refusals.NotATap(str(error)) from error
    elif kind in ("asked", "overridden"):
        open_ones = (one for one in day.standings(now.screening, now.state) if one.blocks or one.waits)
        if value["rule"] not in {one.finding.rule.id for one in open_ones}:
            raise refusals.NothingStands(value["rule"])
    elif kind == "begun":
        _check_begun(now)
    elif kind == "check":
        _check_point(now, value)


def check_undo(now: Situation, entry_id: UUID, kind: str, why: str, moment: datetime) -> None:
    """Refuse to take back what cannot be: bleeding only with a reason, the beginning only soon, nothing twice."""
    if entry_id in now.state.retracted or kind not in _CAN_UNDO:
        raise refusals.CannotUndo(kind)
    if kind == "bleeding" and len(why) < 4:
        raise refusals.ReasonNeeded("bleeding is not taken back without a reason")
    if kind == "begun" and not begin_can_be_taken_back(now.state, moment):
        raise refusals.AppliedAlready("the treatment is under way")


def begin_can_be_taken_back(state: SessionState, moment: datetime) -> bool:
    """Return whether the beginning was a slip that can still be undone: just now, and nothing was applied."""
    return state.begun_at is not None and not state.applied and moment - state.begun_at <= BEGIN_BACK


def _check_begun(now: Situation) -> None:
    if not now.may_begin:
        raise refusals.NothingToTreat("every zone is blocked")
    if now.against:
        raise refusals.RuleStands(", ".join(one.rule.id for one in now.against))
    if now.withdrawn_consent:
        raise refusals.ConsentWithdrawn(", ".join(now.withdrawn_consent))
    if not now.has_consent:
        raise refusals.ConsentMissing(", ".join(now.missing_consent))


def _check_zone(now: Situation, planned: Planned, kind: str, value: Mapping[str, Any]) -> None:
    zone = now.zone(planned.zone)
    if kind in _ON_SKIN and now.state.begun_at is None:
        raise refusals.NotBegun(planned.zone)
    if kind == "timer" and not value["on"]:
        return
    if kind in ("pass", "timer"):
        if zone.closed:
            raise refusals.ZoneClosed(planned.zone)
        if now.stopped_by(planned.zone):
            raise refusals.ReactionStops(planned.zone)
        if zone.finished:
            raise refusals.ZoneFinished(planned.zone)
        if not now.may_treat(planned.zone):
            raise refusals.ZoneBlocked(planned.zone)
    if kind == "pass":
        if len(zone.passes) >= most_passes():
            raise refusals.CapReached(planned.zone)
        if len(zone.passes) >= planned.start_passes and not value.get("why"):
            raise refusals.ReasonNeeded(planned.zone)
    if kind == "setting":
        _check_setting(planned, value)


def _check_setting(planned: Planned, value: Mapping[str, Any]) -> None:
    start = planned.start(value["name"])
    try:
        up = start is not None and harder(value["name"], parse_quantity(value["given"]), start)
    except OtherUnitError as error:
        raise refusals.NotATap(str(error)) from error
    if up and not value.get("why"):
        raise refusals.ReasonNeeded(value["name"])


def _check_point(now: Situation, value: Mapping[str, Any]) -> None:
    point = next(one for one in now.points if one.name == value["name"])
    if value["on"] and point.open:
        raise refusals.Unfinished(point.name)
    if not value["on"] and not value.get("why") and value["name"] not in now.state.checks:
        raise refusals.ReasonNeeded(point.name)
