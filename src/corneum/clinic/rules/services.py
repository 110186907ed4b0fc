"""What happens to the clinic's rules: drafted, thrown away, signed. Each one transaction and one event."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from corneum import __version__
from corneum.clinic.accounts.models import User
from corneum.clinic.accounts.roles import Role
from corneum.clinic.audit.services import record
from corneum.clinic.rules.books import (
    LIMITS,
    SAID,
    draft_digest,
    is_stricter,
    said,
    shipped_limits,
    stricter_limits,
)
from corneum.clinic.rules.models import RuleVersion, State
from corneum.screening import load_rules

_LEAST_WHY = 8
_told: list[Callable[[datetime], object]] = []


class RulesRefused(ValueError):
    """A change or signature that cannot stand; the message says why."""


class ChangedMeanwhile(RulesRefused):
    """The draft is no longer what was shown to who signs."""


def on_signing(tell: Callable[[datetime], object]) -> None:
    """Have a function called, once, in the transaction in which rules come into force."""
    if tell not in _told:
        _told.append(tell)


@transaction.atomic
def change_rule(
    *, by: User, rule: str, verdict: str | None, wait_days: int | None, why: str, now: datetime
) -> RuleVersion:
    """Make a rule stricter in the draft.

    Parameters
    ----------
    by
        Who writes it.
    rule
        Id of a shipped rule.
    verdict, wait_days
        In the place of those of the rule; None leaves them.
    why
        In a sentence.
    now
        When.

    Raises
    ------
    RulesRefused
        If it is not stricter than the rule as shipped, or has no reason.
    """
    shipped = load_rules().rule(rule)
    changed = None if verdict == shipped.verdict else verdict
    if not is_stricter(shipped, changed, wait_days):
        raise RulesRefused(_("A clinic makes a rule stricter, never looser; one client's exception is decided there."))
    if len(why.strip()) < _LEAST_WHY:
        raise RulesRefused(_("Say why, in a sentence."))
    draft = _draft(by, now)
    draft.changes[rule] = {"verdict": changed, "wait_days": wait_days, "why": why.strip()[:500]}
    return _kept(draft, by, now, {"rule": rule})


@transaction.atomic
def reset_rule(*, by: User, rule: str, now: datetime) -> RuleVersion:
    """Put a rule back in the draft to what was shipped."""
    draft = _draft(by, now)
    draft.changes.pop(rule, None)
    return _kept(draft, by, now, {"rule": rule, "reset": True})


@transaction.atomic
def change_limits(*, by: User, limits: Mapping[str, float | None], now: datetime) -> RuleVersion:
    """Write the clinic's own limits of a course into the draft.

    Raises
    ------
    RulesRefused
        If one is looser than as shipped.
    """
    given = {name: float(limits[name]) for name in LIMITS if limits.get(name) is not None}  # type: ignore[arg-type]
    if stricter_limits(given, shipped_limits()) != shipped_limits() | given:
        raise RulesRefused(_("A clinic makes a limit stricter, never looser."))
    draft = _draft(by, now)
    draft.limits = {name: value for name, value in given.items() if value != shipped_limits()[name]}
    return _kept(draft, by, now, {"limits": sorted(draft.limits)})


@transaction.atomic
def discard(*, by: User, now: datetime) -> None:
    """Throw the draft away; the version in force stays."""
    draft = RuleVersion.objects.select_for_update().filter(state=State.DRAFT).first()
    if draft is not None:
        record("rules.draft_discarded", by=by, subject=draft, now=now, data={"changes": len(draft.changes)})
        draft.delete()


@transaction.atomic
def sign(*, by: User, seen: str, text: str, now: datetime) -> RuleVersion:
    """Sign the draft, or the rules as they stand where there is none: it is in force from now on.

    Parameters
    ----------
    by
        A clinician.
    seen
        Digest of the draft that was shown.
    text
        What is signed, in a sentence.
    now
        When.

    Raises
    ------
    RulesRefused
        If who signs is no clinician, or says nothing.
    ChangedMeanwhile
        If the draft was changed since it was shown.
    """
    if by.role != Role.CLINICIAN:
        raise RulesRefused(_("Only a clinician signs the rules."))
    if len(text.strip()) < _LEAST_WHY:
        raise RulesRefused(_("Write what is signed, in a sentence."))
    draft = _draft(by, now)
    if draft_digest(draft) != seen:
        raise ChangedMeanwhile(_("The draft was changed meanwhile: read it again, then sign."))
    book, earlier = load_rules(), RuleVersion.objects.filter(state=State.IN_FORCE).first()
    number = (RuleVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    if earlier is not None:
        RuleVersion.objects.filter(pk=earlier.pk).update(state=State.REPLACED)
    RuleVersion.objects.filter(pk=draft.pk).update(
        number=number,
        state=State.IN_FORCE,
        changes=_signed(draft.changes, {} if earlier is None else earlier.changes, by, now),
        signed_at=now,
        signed_by=by,
        text=text.strip()[:1000],
        digests={name: rule.digest for name, rule in book.rules.items()},
        program_version=__version__,
    )
    draft.refresh_from_db()
    data = {"number": number, "changes": len(draft.changes), "limits": sorted(draft.limits)}
    record("rules.signed", by=by, subject=draft, now=now, data=data)
    for tell in _told:
        tell(now)
    return draft


def _signed(changes: Mapping[str, Any], before: Mapping[str, Any], by: User, now: datetime) -> dict[str, Any]:
    """Return changes with who answers for each and since when: what did not change keeps its name and day."""
    who = {"who": f"{by.name} ({by.get_role_display()})", "when": timezone.localdate(now).isoformat()}
    kept = {rule: one for rule, one in before.items() if {key: one[key] for key in SAID} == changes.get(rule)}
    return {rule: one | who for rule, one in changes.items()} | kept


def _draft(by: User, now: datetime) -> RuleVersion:
    found = RuleVersion.objects.select_for_update().filter(state=State.DRAFT).first()
    if found is not None:
        return found
    changes, limits = said(RuleVersion.objects.filter(state=State.IN_FORCE).first())
    return RuleVersion.objects.create(changes=changes, limits=limits, made_at=now, changed_at=now, changed_by=by)


def _kept(draft: RuleVersion, by: User, now: datetime, data: dict[str, Any]) -> RuleVersion:
    draft.changed_at, draft.changed_by = now, by
    draft.save(update_fields=["changes", "limits", "changed_at", "changed_by"])
    record("rules.drafted", by=by, subject=draft, now=now, data=data)
    return draft
