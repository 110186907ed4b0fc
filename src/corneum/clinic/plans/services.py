"""What happens to plans: asked for, drafted, shown, approved, withdrawn. Each one transaction and one event."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import ngettext

from corneum import __version__
from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.jobs.work import ask
from corneum.clinic.people.models import Client
from corneum.clinic.plans.models import PlanVersion, State
from corneum.clinic.plans.translate import rules_with, standing_overrides, stopped_by
from corneum.clinic.ui.phrases import spoken
from corneum.course import CourseRefused, CourseRequest, Plan, RequestError, plan_course
from corneum.course.findings import PlanFinding
from corneum.course.request_file import request_of
from corneum.course.suitability import TREATED
from corneum.screening import RuleBook

JOB = "plan"
SEED = 0
Tell = Callable[[str, float], None]
_HOLDS: list[Callable[[UUID], bool]] = []


class NotWaiting(ValueError):
    """The version is no longer one that can be shown or approved."""


class InUse(ValueError):
    """Somebody is being treated by this plan right now."""


class RuleStops(ValueError):
    """A rule stops a planned zone by the newest answers; the message names the rules."""


class ReasonNeeded(ValueError):
    """A warning stands; whoever approves says why."""


def checked_request(request: dict[str, Any], *, today: date, rules: RuleBook | None = None) -> CourseRequest:
    """Return what the tables of a request ask.

    Raises
    ------
    RequestError
        With every mistake.
    """
    return request_of(request, today=today, name="", rules=rules)


@transaction.atomic
def ask_draft(*, by: User, client: Client, request: dict[str, Any], day: date, now: datetime) -> PlanVersion:
    """Ask for a new draft, which a worker plans: that takes longer than a person waits for a page.

    Raises
    ------
    RequestError
        If the request has mistakes.
    """
    checked_request(request, today=day)
    made = _new(by=by, client=client, request=request, day=day, now=now)
    job = ask(JOB, {"plan_id": str(made.pk)}, now=now, client_id=client.pk)
    PlanVersion.objects.filter(pk=made.pk).update(job_id=job.pk)
    made.job_id = job.pk
    return made


def plan_draft(*, by: User, client: Client, request: dict[str, Any], day: date, now: datetime) -> PlanVersion:
    """Make a new draft and wait for it.

    Returns
    -------
    PlanVersion
        A draft, or a version that says why nothing is planned.

    Raises
    ------
    RequestError
        If the request has mistakes.
    """
    checked_request(request, today=day)
    with transaction.atomic():
        made = _new(by=by, client=client, request=request, day=day, now=now)
    return draw_up(made.pk, now=now)


def draw_up(plan_id: UUID, *, now: datetime, tell: Tell | None = None) -> PlanVersion:
    """Plan what a version asks and keep what came of it; a version that is done stays as it is."""
    found = PlanVersion.objects.select_related("made_by").get(pk=plan_id)
    if found.state != State.COMPUTING:
        return found
    say = tell or (lambda step, share: None)
    rules = rules_with(found.overrides)
    try:
        # No transaction is open while it computes: nobody waits for it to write.
        plan = plan_course(
            checked_request(found.request, today=found.day, rules=rules),
            today=found.day,
            rules=rules,
            seed=found.seed,
            progress=lambda what, done, total: say(what, done / max(total, 1)),
        )
    except CourseRefused as refused:
        _keep_refusal(found, _refusal(refused), now)
    except RequestError as error:
        _keep_refusal(found, {"reasons": list(error.mistakes), "verdicts": [], "goals": [], "unplanned": []}, now)
    else:
        _keep_plan(found, plan, now)
    found.refresh_from_db()
    return found


@transaction.atomic
def show(*, by: User, version: PlanVersion, now: datetime) -> PlanVersion:
    """Note that the plan is shown to the client.

    Raises
    ------
    NotWaiting
        If nothing is planned, or it was replaced.
    """
    if version.state == State.APPROVED:
        PlanVersion.objects.filter(pk=version.pk).update(shown_by=by, shown_at=now)
    elif not PlanVersion.objects.filter(pk=version.pk, state__in=(State.DRAFT, State.SHOWN)).update(
        state=State.SHOWN, shown_by=by, shown_at=now
    ):
        raise NotWaiting("this version is no longer one that is shown")
    record("plan.shown", by=by, subject=version, now=now, data={"number": version.number})
    version.refresh_from_db()
    return version


@transaction.atomic
def approve(*, by: User, version: PlanVersion, why: str, now: datetime) -> PlanVersion:
    """Approve a version; one that was approved before is replaced by it.

    Raises
    ------
    NotWaiting
        If nothing is planned, or it was replaced.
    ReasonNeeded
        If a warning stands and no reason is given.
    RuleStops
        If the newest answers stop a zone that is planned.
    """
    if version.plan is None or not version.can_be_approved:
        raise NotWaiting("this version cannot be approved any more")
    standing = warnings_of(Plan.from_dict(version.plan))
    if standing and not why.strip():
        raise ReasonNeeded("a warning stands: the reason is needed")
    Client.objects.select_for_update().get(pk=version.client_id)
    stops = stopped_by(version, timezone.localdate(now))
    if stops:
        raise RuleStops(", ".join(stops))
    PlanVersion.objects.filter(client_id=version.client_id, state=State.APPROVED).update(state=State.REPLACED)
    taken = PlanVersion.objects.filter(pk=version.pk, state__in=(State.DRAFT, State.SHOWN)).update(
        state=State.APPROVED, approved_by=by, approved_at=now, approved_why=why.strip()[:500]
    )
    if not taken:
        raise NotWaiting("this version cannot be approved any more")
    record("plan.approved", by=by, subject=version, now=now, data=_numbers(version) | {"warnings": len(standing)})
    version.refresh_from_db()
    return version


def hold_by(holds: Callable[[UUID], bool]) -> None:
    """Let a room above say whether a plan, by its id, is in use, so that its approval cannot be withdrawn now."""
    if holds not in _HOLDS:
        _HOLDS.append(holds)


@transaction.atomic
def withdraw_approval(*, by: User, version: PlanVersion, why: str, now: datetime) -> PlanVersion:
    """Withdraw the approval of a version: it is a draft again, or replaced where a newer version holds a plan.

    Raises
    ------
    NotWaiting
        If it is not the approved version.
    ReasonNeeded
        If no reason is given.
    InUse
        If a session is open on it.
    """
    if not why.strip():
        raise ReasonNeeded("an approval is withdrawn with a reason")
    Client.objects.select_for_update().get(pk=version.client_id)
    if any(holds(version.pk) for holds in _HOLDS):
        raise InUse("a session is open on this plan")
    newer = PlanVersion.objects.filter(client_id=version.client_id, number__gt=version.number, plan__isnull=False)
    taken = PlanVersion.objects.filter(pk=version.pk, state=State.APPROVED).update(
        state=State.REPLACED if newer.exists() else State.DRAFT,
        approved_by=None,
        approved_at=None,
        approved_why="",
        withdrawn_by=by,
        withdrawn_at=now,
        withdrawn_why=why.strip()[:500],
    )
    if not taken:
        raise NotWaiting("this version is not approved")
    record("plan.approval_withdrawn", by=by, subject=version, now=now, data=_numbers(version))
    version.refresh_from_db()
    return version


def warnings_of(plan: Plan) -> tuple[str, ...]:
    """Return what a clinician answers before a plan may be approved without a reason, one sentence each."""
    said: list[str] = []
    for zone in plan.zones:
        of_zone = [one for one in plan.verdict(zone.zone).findings if one.verdict in ("ask", "defer", "stop")]
        said += [_finding_text(zone.title, one) for one in of_zone if not one.unanswered]
        open_rules = sum(one.unanswered for one in of_zone)
        if open_rules:
            waits = ngettext("%(count)s rule waits for answers.", "%(count)s rules wait for answers.", open_rules)
            said.append(f"{spoken(zone.title)}: {waits % {'count': open_rules}}")
        if zone.needs_clinician and not of_zone:
            said.append(f"{zone.title}: a clinician answers a question first.")
    said += [f"{goal.title}, {goal.verdict}: {goal.why}" for goal in plan.goals if goal.verdict not in TREATED]
    return tuple(dict.fromkeys(said))


def _finding_text(title: str, found: PlanFinding) -> str:
    return f"{title}: {found.reason} (rule {found.rule})"


def _new(*, by: User, client: Client, request: dict[str, Any], day: date, now: datetime) -> PlanVersion:
    # Two drafts at once would take the same number: one waits for the other here.
    Client.objects.select_for_update().get(pk=client.pk)
    last = PlanVersion.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    made = PlanVersion.objects.create(
        client=client,
        number=last + 1,
        request=request,
        overrides=standing_overrides(client.pk, request.get("answers", {})),
        made_by=by,
        made_at=now,
        day=day,
        seed=SEED,
        program_version=__version__,
    )
    record("plan.asked", by=by, subject=made, now=now, data=_numbers(made))
    return made


@transaction.atomic
def _keep_plan(found: PlanVersion, plan: Plan, now: datetime) -> None:
    Client.objects.select_for_update().get(pk=found.client_id)
    older = PlanVersion.objects.filter(client_id=found.client_id, number__lt=found.number)
    replaced = older.filter(state__in=(State.DRAFT, State.SHOWN)).update(state=State.REPLACED)
    newer = PlanVersion.objects.filter(client_id=found.client_id, number__gt=found.number, plan__isnull=False)
    state = State.REPLACED if newer.exists() else State.DRAFT
    taken = PlanVersion.objects.filter(pk=found.pk, state=State.COMPUTING).update(
        state=state, plan=plan.to_dict(), evidence_digest=plan.origin.evidence_digest
    )
    if taken:
        data = _numbers(found) | {"zones": len(plan.zones), "unplanned": len(plan.unplanned), "replaced": replaced}
        record("plan.drafted", by=found.made_by, subject=found, now=now, data=data)


@transaction.atomic
def _keep_refusal(found: PlanVersion, refusal: dict[str, Any], now: datetime) -> None:
    taken = PlanVersion.objects.filter(pk=found.pk, state=State.COMPUTING).update(state=State.REFUSED, refusal=refusal)
    if taken:
        data = _numbers(found) | {"reasons": len(refusal["reasons"])}
        record("plan.refused", by=found.made_by, subject=found, now=now, data=data)


def _refusal(refused: CourseRefused) -> dict[str, Any]:
    return refused.to_dict() | {
        "goals": [
            {"title": one.title, "zone": one.zone, "verdict": one.verdict, "why": one.why} for one in refused.goals
        ],
        "unplanned": [
            {
                "zone": one.zone,
                "kind": one.kind,
                "why": one.why,
                "until": None if one.until is None else one.until.isoformat(),
            }
            for one in refused.unplanned
        ],
    }


def _numbers(version: PlanVersion) -> dict[str, Any]:
    return {"number": version.number, "program": version.program_version}
