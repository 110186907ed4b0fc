"""Versions of the clinic's rules as the core reads them: overrides and signatures in a book of rules, and limits."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from corneum.clinic.rules.models import RuleVersion
from corneum.evidence import load_evidence
from corneum.screening import VERDICTS, Override, Rule, RuleBook, SignOff, Standing, load_rules

LIMITS: Mapping[str, str] = {
    "passes": "most",
    "beyond_probability": "most",
    "tolerance_area": "most",
    "barrier_probability": "least",
}
"""Limits of a course, and whether a stricter one is smaller or larger."""
SAID = ("verdict", "wait_days", "why")
_ROWS = {"tolerance_area": "course.limit.tolerance_area_share"}


def is_stricter(rule: Rule, verdict: str | None, wait_days: int | None) -> bool:
    """Return whether a clinic's own verdict or days are stricter than those of a rule, nowhere looser.

    Parameters
    ----------
    rule
        As shipped.
    verdict
        In its place, or None for the same.
    wait_days
        In the place of its days, or None for the same; they belong to a deferral.
    """
    now = verdict or rule.verdict
    if now not in VERDICTS or VERDICTS.index(now) < VERDICTS.index(rule.verdict):
        return False
    if wait_days is None:
        return now != rule.verdict
    return now == "defer" and takes_days(rule) and wait_days >= least_days(rule, now)


def takes_days(rule: Rule) -> bool:
    """Return whether days can be counted for a rule: others last until what they name has passed."""
    return rule.wait_days is not None or any(clause.within_days for clause in rule.when)


def least_days(rule: Rule, verdict: str) -> int:
    """Return the fewest days that are stricter than a rule as shipped, once its verdict is this."""
    windows = [clause.within_days for clause in rule.when if clause.within_days]
    shipped = max([rule.wait_days or 0, *windows])
    return shipped + 1 if verdict == rule.verdict else max(shipped, 1)


def book_of(version: RuleVersion | None) -> RuleBook:
    """Return the rules with what a signed version makes stricter, and with its signature.

    A change that is no longer stricter than the rule as it is shipped now does not count: the shipped rule does.
    """
    book = load_rules()
    if version is None or version.signed_by is None or version.signed_at is None:
        return book
    signer = f"{version.signed_by.name} ({version.signed_by.get_role_display()})"
    standings = dict(book.standings)
    for name, rule in book.rules.items():
        if name in version.digests:
            digest = version.digests[name]
            signed = SignOff(rule=name, who=signer, when=timezone.localdate(version.signed_at), digest=digest)
            standings[name] = Standing(signed, digest != rule.digest, override_of(version.changes, rule))
    return replace(book, standings=standings)


def override_of(changes: Mapping[str, Any], rule: Rule) -> Override | None:
    """Return what changes of a signed version put in the place of a rule, or None."""
    one = changes.get(rule.id)
    if one is None or not is_stricter(rule, one["verdict"], one["wait_days"]):
        return None
    given = {key: value for key, value in one.items() if value is not None} | {"when": date.fromisoformat(one["when"])}
    return Override.model_validate({"rule": rule.id} | given)


def shipped_limits() -> dict[str, float]:
    """Return the limits of a course as they stand without a clinic's own."""
    book = load_evidence()
    found = {
        name: float(book.number(_ROWS.get(name, f"course.limit.{name}")).value) for name in LIMITS if name != "passes"
    }
    return {"passes": float(book.rule("treatment.passes.cap").value or 1)} | found


def stricter_limits(some: Mapping[str, float | None], others: Mapping[str, float | None]) -> dict[str, float]:
    """Return of each limit the stricter of two."""
    found = {}
    for name, kind in LIMITS.items():
        given = [float(one) for one in (some.get(name), others.get(name)) if one is not None]
        if given:
            found[name] = min(given) if kind == "most" else max(given)
    return found


def said(version: RuleVersion | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return changes and limits of a version, without who answers for them: what a draft from it begins with."""
    if version is None:
        return {}, {}
    known = load_rules().rules
    changes = {name: {key: one[key] for key in SAID} for name, one in version.changes.items() if name in known}
    return changes, dict(version.limits)


def draft_digest(version: RuleVersion | None) -> str:
    """Return the SHA-256 of what a draft says: who signs, signs what was seen.

    Parameters
    ----------
    version
        The draft; without one the version in force, or None for the rules as shipped.
    """
    whole = json.dumps([*said(version), load_rules().digest()], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()
