"""What screening found: per rule, per zone, and for the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corneum.screening.rows import Conflict, Rule
from corneum.screening.rule_book import Standing
from corneum.screening.verdicts import VERDICTS, RuleVerdict, Verdict, worst

FindingKind = Literal["fired", "unanswered", "dont_know", "overridden"]


@dataclass(frozen=True)
class Finding:
    """One rule that fired, waits for an answer, or would have fired but for a clinic's override.

    Parameters
    ----------
    rule
        The rule as it was shipped.
    kind
        ``fired``; ``unanswered`` or ``dont_know`` if it is open; ``overridden`` if only the shipped rule fires.
    verdict
        What follows, after the clinic's override.
    zones
        Asked sites that it reaches.
    until
        For a defer, the first day on which the rule no longer defers; None if no day can be named.
    standing
        Who signed or overrides the rule.
    shipped_verdict, shipped_until
        The same without the override.
    open_questions
        Ids of the questions that leave it open.
    """

    rule: Rule
    kind: FindingKind
    verdict: RuleVerdict
    zones: tuple[str, ...]
    until: date | None
    standing: Standing
    shipped_verdict: RuleVerdict
    shipped_until: date | None
    open_questions: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The sentence for the practitioner."""
        return self.rule.reason

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Sources that say something else."""
        return self.rule.conflicts

    @property
    def signed(self) -> bool:
        """Whether a dermatologist's signature holds for the rule."""
        return self.standing.signed

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values for JSON; dates in ISO form."""
        override = self.standing.override
        return {
            "rule": self.rule.id,
            "title": self.rule.title,
            "kind": self.kind,
            "verdict": self.verdict,
            "zones": list(self.zones),
            "until": _iso(self.until),
            "reason": self.reason,
            "client_text": self.rule.client_text,
            "ask_again": self.rule.ask_again,
            "strength": self.rule.strength,
            "source": self.rule.source,
            "rows": list(self.rule.rows),
            "conflicts": [conflict.model_dump() for conflict in self.conflicts],
            "open_questions": list(self.open_questions),
            "signed": self.signed,
            "sign_off": self.standing.text,
            "override": None if override is None else override.model_dump(mode="json"),
            "shipped": {"verdict": self.shipped_verdict, "until": _iso(self.shipped_until)},
        }


@dataclass(frozen=True)
class ZoneScreening:
    """The verdict for one site, and the findings that reach it, strictest first."""

    site: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The strictest verdict of the findings."""
        return worst(finding.verdict for finding in self.findings)

    @property
    def until(self) -> date | None:
        """The first day on which no finding defers; None if none does, or one names no day."""
        days = [finding.until for finding in self.findings if finding.verdict == "defer"]
        named = [day for day in days if day is not None]
        return max(named) if named and len(named) == len(days) else None


@dataclass(frozen=True)
class Screening:
    """All that the rules say of a person's answers on one day.

    Parameters
    ----------
    today
        The day of screening.
    zones
        Verdict and findings by site name, in the order asked.
    findings
        Every finding, strictest first, then in the order of the tables.
    digest
        SHA-256 of the rules, questions and overrides that were applied.
    """

    today: date
    zones: Mapping[str, ZoneScreening]
    findings: tuple[Finding, ...]
    digest: str

    @property
    def refused(self) -> bool:
        """Whether every asked zone is stopped."""
        return all(zone.verdict == "stop" for zone in self.zones.values())

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Ids of the questions that leave a rule open, in the order of the rules."""
        return tuple(dict.fromkeys(name for finding in self.findings for name in finding.open_questions))

    def to_dict(self) -> dict[str, Any]:
        """Return the screening as plain values for JSON; dates in ISO form."""
        return {
            "today": self.today.isoformat(),
            "digest": self.digest,
            "refused": self.refused,
            "zones": {
                site: {
                    "verdict": zone.verdict,
                    "until": _iso(zone.until),
                    "rules": [finding.rule.id for finding in zone.findings],
                }
                for site, zone in self.zones.items()
            },
            "findings": [finding.to_dict() for finding in self.findings],
            "open_questions": list(self.open_questions),
        }


def strictest_first(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings, strictest first; among equals those that fired first, then in the order given."""
    return tuple(sorted(findings, key=lambda one: (-VERDICTS.index(one.verdict), one.kind != "fired")))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
