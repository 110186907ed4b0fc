"""What the screening says of a zone, as a plan keeps it."""

from dataclasses import dataclass
from datetime import date

from corneum.screening import Verdict
from corneum.screening.verdicts import RuleVerdict


@dataclass(frozen=True)
class Conflict:
    """A source that disagrees with a rule; shown beside it, never averaged.

    Parameters
    ----------
    row, says, would
        Row of the evidence, what it says, and what would follow from it.
    """

    row: str
    says: str
    would: str


@dataclass(frozen=True)
class PlanFinding:
    """One rule of the screening that speaks of a zone.

    Parameters
    ----------
    rule, title
        The rule.
    verdict
        What it says.
    until
        Earliest day, for "defer".
    reason, client_text, ask_again
        One sentence each, for the practitioner, for the client, and for the day.
    strength, source, rows
        Where it comes from.
    conflicts
        Sources that disagree.
    signed
        Who signed it off and when, or "not signed off by a dermatologist".
    override
        What a clinic's own file changed, with the original, or empty.
    unanswered
        Whether it fired only because a question was not answered, or with "don't know".
    """

    rule: str
    title: str
    verdict: RuleVerdict
    until: date | None
    reason: str
    client_text: str
    ask_again: str
    strength: str
    source: str
    rows: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    signed: str
    override: str = ""
    unanswered: bool = False


@dataclass(frozen=True)
class ZoneVerdict:
    """What the screening says of a zone.

    Parameters
    ----------
    zone
        Body site.
    verdict
        The worst of the findings; "none" if no rule fired.
    until
        Latest day of the findings that defer, or None.
    findings
        The rules that fired, the worst first.
    """

    zone: str
    verdict: Verdict
    until: date | None
    findings: tuple[PlanFinding, ...]
