"""Concerns as a page shows them: graded in words, with what the evidence says."""

from dataclasses import dataclass

from corneum.clinic.intake.models import Concern
from corneum.clinic.ui.phrases import spoken
from corneum.course.suitability import Suitability, load_suitability, suitability
from corneum.evidence import load_evidence
from corneum.skin import SITES

TONES = {"offer": "done", "weak evidence": "wait", "adjunct only": "wait", "refer": "stop", "exclude": "stop"}


@dataclass(frozen=True)
class ShownConcern:
    """A concern at its place.

    Parameters
    ----------
    row
        Of the clinic.
    title, plain, place
        In the field's words, in a client's, and where.
    severity, scale
        How it was graded, on which named scale; empty where nobody did.
    evidence
        What the evidence says at that severity; ungraded it is the strictest.
    tone
        Class of the design.
    source
        On whose word.
    """

    row: Concern
    title: str
    plain: str
    place: str
    severity: str
    scale: str
    evidence: Suitability
    tone: str
    source: str


def shown_concern(row: Concern) -> ShownConcern:
    """Return a concern as a page shows it."""
    table = load_suitability()
    concern = table.concern(row.concern)
    scale = table.scales[concern.scale]
    said = suitability(row.concern, row.severity or None)
    return ShownConcern(
        row=row,
        title=spoken(concern.title),
        plain=spoken(concern.plain),
        place=spoken(SITES[row.zone].title),
        severity=next((spoken(level.text) for level in scale.levels if level.id == row.severity), ""),
        scale=spoken(scale.title),
        evidence=said,
        tone=TONES[said.verdict],
        source=load_evidence().sources[said.source].citation,
    )
