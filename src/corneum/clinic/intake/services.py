"""Answers and concerns: what a client or a practitioner writes down, each one transaction and one audit event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.services import record
from corneum.clinic.intake.inbox import tell
from corneum.clinic.intake.models import Concern, ItemKind, OverrideVerdict, RuleOverride, Sheet
from corneum.clinic.intake.queries import newest_sheet, screening_on, working_sheet
from corneum.clinic.intake.questioning import KNOWN_OTHERWISE, mistake_in
from corneum.clinic.intake.reading import answers_digest, answers_on, holds_back, rule_digest
from corneum.clinic.intake.weighing import weigh
from corneum.clinic.people.models import Client
from corneum.clinic.rules.queries import book as rules_in_force
from corneum.course.suitability import load_suitability, suitability
from corneum.screening import load_rules
from corneum.skin import find_site


class NothingAnswered(ValueError):
    """There is no draft that could be handed in."""


class OverrideRefused(ValueError):
    """A decision that nobody may take, or that has no reason; the message says why."""


@transaction.atomic
def save_answers(
    *,
    by: User | None,
    client: Client,
    answers: Mapping[str, object | None],
    now: datetime,
    zones: list[str] | None = None,
) -> dict[str, str]:
    """Keep answers in the draft; those that the core refuses are not kept.

    Parameters
    ----------
    by
        Who wrote them down; None for the client.
    client
        Whose.
    answers
        By question id; None takes an answer back.
    now
        When.
    zones
        Sites that the client names; None leaves them.

    Returns
    -------
    dict
        What the core says against an answer, by question id.
    """
    draft = _draft(client, now)
    questions, today = load_rules().questions, timezone.localdate(now)
    mistakes: dict[str, str] = {}
    changed: list[str] = []
    for name, value in answers.items():
        if name not in questions or name in KNOWN_OTHERWISE:
            continue
        said = "" if value is None else mistake_in(questions[name], value, today)
        if said:
            mistakes[name] = said
        elif draft.answers.get(name) != value:
            changed.append(name)
            draft.answers = {key: one for key, one in draft.answers.items() if key != name}
            if value is not None:
                draft.answers[name] = value
    if zones is not None and draft.zones != zones:
        draft.zones, changed = [find_site(zone).name for zone in zones], [*changed, "zones"]
    if changed:
        draft.changed, draft.at_home = now, draft.at_home or by is None
        draft.save()
        record("answers.saved", by=by, subject=draft, now=now, data={"changed": len(changed)})
    return mistakes


@transaction.atomic
def submit(*, by: User | None, client: Client, now: datetime) -> Sheet:
    """Hand the draft in: it becomes a version that nobody changes any more.

    Raises
    ------
    NothingAnswered
        If there is no draft.
    """
    draft = _open_draft(client)
    kept = answers_on(draft, client, timezone.localdate(now))
    draft.answers = {name: value for name, value in draft.answers.items() if name in kept}
    last = Sheet.objects.filter(client=client).aggregate(last=Max("number"))["last"]
    draft.number = (last or 0) + 1
    draft.submitted, draft.changed, draft.submitted_by = now, now, by
    draft.rules_digest = rules_in_force().digest()
    draft.save()
    record("answers.submitted", by=by, subject=draft, now=now, data={"number": draft.number, "count": len(kept)})
    if by is None:
        tell(client=client, kind=ItemKind.ANSWERS, now=now)
    weigh(client.pk, now)
    return draft


@transaction.atomic
def discard_draft(*, by: User, client: Client, now: datetime) -> None:
    """Discard what the staff changed since the last version; what a client answered at home is never discarded.

    Raises
    ------
    NothingAnswered
        If there is no draft, or the client wrote in it.
    """
    draft = _open_draft(client)
    if draft.at_home:
        raise NothingAnswered("the client answered in this draft")
    record("answers.discarded", by=by, subject=draft, now=now, data={"count": len(draft.answers)})
    draft.delete()


@transaction.atomic
def place_concern(*, by: User, client: Client, concern: str, zone: str, severity: str | None, now: datetime) -> Concern:
    """Place what bothers a client, or grade it anew.

    Raises
    ------
    UnknownConcernError, UnknownSeverityError
        If the core does not know the concern, or its scale has no such level.
    UnknownSiteError
        If there is no such place.
    """
    suitability(concern, severity or None)
    name, site = load_suitability().concern(concern).id, find_site(zone).name
    _lock(client.pk)
    earlier = Concern.objects.filter(client=client, concern=name, zone=site, removed=None)
    graded = earlier.update(removed=now) > 0
    placed = Concern.objects.create(
        client=client, concern=name, zone=site, severity=severity or "", placed=now, placed_by=by
    )
    record("concern.graded" if graded else "concern.placed", by=by, subject=placed, now=now)
    weigh(client.pk, now)
    return placed


@transaction.atomic
def remove_concern(*, by: User, concern: Concern, now: datetime) -> Concern:
    """Take a concern off the drawing; it stays in the history. Twice is once."""
    stored = _locked(concern)
    if stored.removed is None:
        stored.removed = now
        stored.save(update_fields=["removed"])
        record("concern.removed", by=by, subject=stored, now=now)
        weigh(stored.client_id, now)
    return stored


@transaction.atomic
def restore_concern(*, by: User, concern: Concern, now: datetime) -> Concern:
    """Put a concern back that was taken off by a slip; nothing changes where one was placed there since."""
    stored = _locked(concern)
    same = Concern.objects.filter(client=stored.client_id, concern=stored.concern, zone=stored.zone, removed=None)
    if not same.exists():
        stored.removed = None
        stored.save(update_fields=["removed"])
        record("concern.restored", by=by, subject=stored, now=now)
        weigh(stored.client_id, now)
    return stored


@transaction.atomic
def override(*, by: User, client: Client, rule: str, verdict: str, why: str, now: datetime) -> RuleOverride:
    """Decide against a rule that holds a treatment back. The finding stays in sight, with who decided and why.

    Raises
    ------
    OverrideRefused
        If who decides is no clinician, the reason is missing, or the rule holds nothing back now.
    """
    if by.role != Role.CLINICIAN:
        raise OverrideRefused("only a clinician decides against a rule")
    if len(why.strip()) < 8 or verdict not in OverrideVerdict.values:
        raise OverrideRefused("a decision against a rule has a reason, in a sentence")
    _lock(client.pk)
    sheet, today = working_sheet(client.pk), timezone.localdate(now)
    screening = None if sheet is None else screening_on(sheet, today, client=client)
    found = screening.findings if screening else ()
    if rule not in {one.rule.id for one in found if holds_back(one)}:
        raise OverrideRefused("this rule holds nothing back now")
    book, answers = rules_in_force(), answers_on(sheet, client, today)
    RuleOverride.objects.filter(client=client, rule=rule, ended=None).update(ended=now, ended_by=by)
    made = RuleOverride.objects.create(
        client=client,
        rule=rule,
        rule_digest=rule_digest(rule, book),
        answers_digest=answers_digest(rule, answers, book),
        verdict=verdict,
        why=why.strip(),
        at=now,
        by=by,
    )
    record("rule.overridden", by=by, subject=made, now=now)
    weigh(client.pk, now)
    return made


@transaction.atomic
def end_override(*, by: User, one: RuleOverride, now: datetime) -> RuleOverride:
    """Take a decision against a rule back: the rule counts again."""
    _lock(one.client_id)
    one.ended, one.ended_by = now, by
    one.save(update_fields=["ended", "ended_by"])
    record("rule.override_ended", by=by, subject=one, now=now)
    weigh(one.client_id, now)
    return one


def _lock(client_id: UUID) -> None:
    # The client's row is the lock: two tabs never lose each other's answers, nor place the same concern twice.
    Client.objects.select_for_update().get(pk=client_id)


def _locked(concern: Concern) -> Concern:
    _lock(concern.client_id)
    return Concern.objects.get(pk=concern.pk)


def _draft(client: Client, now: datetime) -> Sheet:
    """Return the draft, or a new one from the last version, which is not kept yet."""
    _lock(client.pk)
    draft = Sheet.objects.filter(client=client, submitted=None).first()
    if draft is None:
        last = newest_sheet(client.pk)
        draft = Sheet(client=client, made=now, changed=now)
        draft.answers = dict[str, Any](last.answers) if last is not None else {}
        draft.zones = list[str](last.zones) if last is not None else []
    return draft


def _open_draft(client: Client) -> Sheet:
    _lock(client.pk)
    draft = Sheet.objects.filter(client=client, submitted=None).first()
    if draft is None:
        raise NothingAnswered("there are no answers that were not handed in yet")
    return draft
