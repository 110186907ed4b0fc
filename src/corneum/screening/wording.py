"""Findings and verdicts in sentences. The software reminds; a named clinician decides."""

from corneum.screening.dates import date_in_words
from corneum.screening.result import Finding, ZoneScreening

DECIDES = "A named clinician decides."


def zone_sentence(zone: ZoneScreening) -> str:
    """Return what the rules say of one zone, in a sentence or two.

    References
    ----------
    The words follow the project's table of words that the software may use: a verdict is never a clearance.
    """
    fired = [one.rule.id for one in zone.findings if one.kind == "fired"]
    waiting = sum(one.kind in ("unanswered", "dont_know") for one in zone.findings)
    said = f"Rule {fired[0]}" if len(fired) == 1 else f"Rules {', '.join(fired)}" if fired else "No rule fired"
    if waiting:
        said += "; 1 rule waits for an answer" if waiting == 1 else f"; {waiting} rules wait for an answer"
    return f"{said}. {DECIDES}"


def finding_sentence(finding: Finding) -> str:
    """Return one finding with its strength, wait and disagreement, and who decides.

    For example "Rule isotretinoin.010 (regulator, 183 days; other views: CI-001). A named clinician decides."
    """
    rule = finding.rule
    on_whose_word = rule.strength + (f", {rule.wait_days} days" if rule.wait_days else "")
    rows = [conflict.row for conflict in rule.conflicts]
    if rows:
        return f"Rule {rule.id} ({on_whose_word}; other views: {', '.join(rows)}). {DECIDES}"
    return f"Rule {rule.id} ({on_whose_word}). {DECIDES}"


def consequence(finding: Finding) -> str:
    """Return what follows from a finding, in words: "defer until 4 December 2026"."""
    if finding.kind == "unanswered":
        return "ask: not answered"
    if finding.kind == "dont_know":
        return "ask: the answer is not known"
    if finding.verdict != "defer":
        return finding.verdict
    if finding.until is not None:
        return f"defer until {date_in_words(finding.until)}"
    return "defer until what the rule names has passed"


def verdict_in_words(zone: ZoneScreening) -> str:
    """Return a zone's verdict with its date: "defer until 4 December 2026"."""
    if zone.verdict != "defer" or zone.until is None:
        return zone.verdict
    return f"defer until {date_in_words(zone.until)}"


def override_sentence(finding: Finding) -> str:
    """Return who changed the rule and what it was as shipped; empty without an override."""
    override = finding.standing.override
    if override is None:
        return ""
    was = finding.rule.verdict + (f" for {finding.rule.wait_days} days" if finding.rule.wait_days else "")
    now = (override.verdict or "defer") + (f" for {override.wait_days} days" if override.wait_days else "")
    return (
        f"Overridden by {override.who} on {date_in_words(override.when)}: {now}. As shipped: {was}. Why: {override.why}"
    )
