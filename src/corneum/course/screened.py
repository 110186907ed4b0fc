"""The screening as a plan keeps it, and which zones it leaves."""

from collections.abc import Sequence
from datetime import date

from corneum.course.findings import Conflict, PlanFinding, ZoneVerdict
from corneum.course.request import CourseRequest
from corneum.course.zones import UnplannedZone
from corneum.screening import (
    Finding,
    RuleBook,
    Screening,
    ZoneScreening,
    date_in_words,
    override_sentence,
    screen,
)


def screened(request: CourseRequest, today: date, rules: RuleBook) -> Screening:
    """Return what the rules say of the zones of all goals today."""
    return screen(request.answers, request.zones, today, rules)


def zone_verdict(found: ZoneScreening) -> ZoneVerdict:
    """Return the screening of one zone in plain values."""
    return ZoneVerdict(found.site, found.verdict, found.until, tuple(_finding(one) for one in found.findings))


def kept_out(verdict: ZoneVerdict, start: date) -> UnplannedZone | None:
    """Return why the screening keeps a zone out of a course that starts on a day, or None if it does not.

    A zone is out where a rule stops it, or defers it beyond the start or until no named day. A clinician answers
    what a rule asks before the first session.
    """
    stops = [one for one in verdict.findings if one.verdict == "stop"]
    if stops:
        return UnplannedZone(verdict.zone, "screening", f"Stopped by {_named(stops)}")
    waits = [one for one in verdict.findings if one.verdict == "defer" and (one.until is None or one.until > start)]
    if not waits:
        return None
    if verdict.until is None:
        return UnplannedZone(
            verdict.zone, "screening", f"Deferred, until what the rule names has passed, by {_named(waits)}"
        )
    said = f"Deferred until {date_in_words(verdict.until)} by {_named(waits)}"
    return UnplannedZone(verdict.zone, "screening", said, verdict.until)


def _named(findings: Sequence[PlanFinding]) -> str:
    rules = " and ".join(f"rule {one.rule} ({one.reason.rstrip('.')})" for one in findings)
    return f"{rules}. A named clinician decides."


def _finding(found: Finding) -> PlanFinding:
    rule = found.rule
    return PlanFinding(
        rule=rule.id,
        title=rule.title,
        verdict=found.verdict,
        until=found.until,
        reason=rule.reason,
        client_text=rule.client_text,
        ask_again=rule.ask_again,
        strength=rule.strength,
        source=rule.source,
        rows=rule.rows,
        conflicts=tuple(Conflict(one.row, one.says, one.would) for one in rule.conflicts),
        signed=found.standing.text,
        override=override_sentence(found),
        unanswered=found.kind in ("unanswered", "dont_know"),
    )
