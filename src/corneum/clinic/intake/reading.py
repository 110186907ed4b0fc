"""Rows of the clinic as the core reads them: answers, a book of rules with a clinician's overrides, digests."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from corneum.clinic.consent.queries import age_on
from corneum.clinic.intake.models import RuleOverride, Sheet
from corneum.clinic.intake.questioning import in_force
from corneum.clinic.people.models import Client
from corneum.clinic.rules.queries import book as rules_in_force
from corneum.screening import Finding, Override, RuleBook, load_rules

HELD = ("stop", "defer")
"""Verdicts that hold a treatment back; a clinician may decide against either."""


def answers_on(sheet: Sheet | None, client: Client, today: date) -> dict[str, Any]:
    """Return the answers of a sheet as the rules read them; the age comes from the date of birth.

    Parameters
    ----------
    sheet
        The sheet; None for one that has nothing on it.
    client
        Whose.
    today
        The day of screening.
    """
    raw = {} if sheet is None else sheet.answers
    age = float(age_on(client.born, today))
    return in_force({**raw, "person.age": age}, load_rules(), today)


def answers_digest(rule: str, answers: Mapping[str, Any], book: RuleBook) -> str:
    """Return the SHA-256 over the answers that a rule reads: a decision against it holds for these only."""
    asked = book.asked_by(book.rule(rule))
    said = [(name, str(answers.get(name))) for name in asked if name != "person.age"]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def rule_digest(rule: str, book: RuleBook) -> str:
    """Return the SHA-256 of a rule as it counts here: as shipped, or with what the clinic made stricter."""
    return book.rule(rule).digest if book.standing(rule).override is None else book.digest([rule])


def holds_back(found: Finding) -> bool:
    """Return whether a finding holds a treatment back, now or but for what somebody decided against it."""
    return found.verdict in HELD or found.shipped_verdict in HELD


def holds(override: RuleOverride, answers: Mapping[str, Any], book: RuleBook) -> bool:
    """Return whether a decision still stands: neither the rule nor the answers that it reads were changed since."""
    if override.ended is not None or override.rule not in book.rules:
        return False
    same_rule = rule_digest(override.rule, book) == override.rule_digest
    return same_rule and answers_digest(override.rule, answers, book) == override.answers_digest


def book_with(overrides: Iterable[RuleOverride], answers: Mapping[str, Any]) -> RuleBook:
    """Return the clinic's rules in force, with those decisions of clinicians that stand for one client."""
    book = rules_in_force()
    decided = {
        one.rule: replace(book.standing(one.rule), override=_override(one))
        for one in overrides
        if holds(one, answers, book)
    }
    # The same book has its digest at hand.
    return replace(book, standings={**book.standings, **decided}) if decided else book


def _override(one: RuleOverride) -> Override:
    return Override.model_validate(
        {
            "rule": one.rule,
            "verdict": one.verdict,
            "who": f"{one.by.name} ({one.by.get_role_display()})",
            "when": timezone.localdate(one.at),
            "why": one.why,
        }
    )
