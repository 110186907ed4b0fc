"""What the rules say, as a page shows it: verdicts by zone, findings with their sources, conflicts side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corneum.clinic.intake.models import RuleOverride
from corneum.clinic.intake.questioning import pages, wording
from corneum.clinic.intake.reading import holds_back
from corneum.clinic.ui.phrases import spoken
from corneum.screening import (
    MEANINGS,
    Finding,
    RuleBook,
    Screening,
    consequence,
    finding_sentence,
    override_sentence,
    verdict_in_words,
    zone_sentence,
)
from corneum.skin import SITES

TONES = {"stop": "stop", "defer": "wait", "ask": "wait", "note": "", "none": ""}


@dataclass(frozen=True)
class ShownZone:
    """The verdict of one zone."""

    site: str
    title: str
    tone: str
    verdict: str
    sentence: str


@dataclass(frozen=True)
class OtherView:
    """A source that says something else than a rule."""

    row: str
    says: str
    would: str
    source: str


@dataclass(frozen=True)
class ShownFinding:
    """A rule that speaks, with its reason, its source, and what others say.

    Parameters
    ----------
    rule, title, reason, ask_again
        As the rules have them.
    tone, consequence
        What follows, as a class of the design and in words.
    sentence
        The rule with its strength, and who decides.
    zones
        Where, in words; empty for every asked zone.
    source, strength, rows, signed
        On whose word.
    others
        Sources that say something else.
    override
        Who decided otherwise, and what it was as shipped; empty without a decision.
    heavy
        Whether it stops or defers, or somebody decided otherwise: shown open.
    stops
        Whether it stops or defers, as it counts or as shipped: a clinician may decide.
    decision
        The decision that stands, to take it back.
    """

    rule: str
    title: str
    reason: str
    ask_again: str
    tone: str
    consequence: str
    sentence: str
    zones: str
    source: str
    strength: str
    rows: tuple[str, ...]
    signed: str
    others: tuple[OtherView, ...]
    override: str
    heavy: bool
    stops: bool
    decision: RuleOverride | None


@dataclass(frozen=True)
class OpenQuestion:
    """A question that leaves rules open, and the page on which it stands."""

    id: str
    text: str
    page: str
    rules: int


@dataclass(frozen=True)
class Verdict:
    """The whole screening as a page shows it."""

    zones: tuple[ShownZone, ...]
    findings: tuple[ShownFinding, ...]
    open: tuple[OpenQuestion, ...]
    meanings: tuple[tuple[str, str], ...]


def verdict_page(screening: Screening, book: RuleBook, overrides: Iterable[RuleOverride]) -> Verdict:
    """Return what a page shows of a screening.

    Parameters
    ----------
    screening
        What the rules say.
    book
        The rules, with their sources.
    overrides
        Decisions of clinicians for this client.
    """
    standing = {one.rule: one for one in overrides if one.ended is None}
    shown = tuple(
        _finding(one, book, standing.get(one.rule.id), len(screening.zones))
        for one in screening.findings
        if one.kind in ("fired", "overridden")
    )
    used = dict.fromkeys(zone.verdict for zone in screening.zones.values())
    return Verdict(
        zones=tuple(
            ShownZone(
                zone.site,
                spoken(SITES[zone.site].title),
                TONES[zone.verdict],
                spoken(verdict_in_words(zone)),
                spoken(zone_sentence(zone)),
            )
            for zone in screening.zones.values()
        ),
        findings=shown,
        open=tuple(_open(screening, book)),
        meanings=tuple((spoken(one), spoken(MEANINGS[one])) for one in used),
    )


def _finding(found: Finding, book: RuleBook, decision: RuleOverride | None, zones: int) -> ShownFinding:
    rule, override = found.rule, found.standing.override
    return ShownFinding(
        rule=rule.id,
        title=spoken(rule.title),
        reason=spoken(rule.reason),
        ask_again=spoken(rule.ask_again),
        tone=TONES[found.verdict],
        consequence=spoken(consequence(found)),
        sentence=spoken(finding_sentence(found)),
        zones="" if len(found.zones) == zones else ", ".join(spoken(SITES[site].title) for site in found.zones),
        source=_citation(rule.source, book),
        strength=spoken(rule.strength),
        rows=rule.rows,
        signed=spoken(found.standing.text),
        others=tuple(
            OtherView(one.row, spoken(one.says), spoken(one.would), _citation(one.source, book))
            for one in rule.conflicts
        ),
        override=spoken(override_sentence(found)),
        heavy=found.verdict in ("stop", "defer") or found.standing.override is not None,
        stops=holds_back(found) and found.kind == "fired",
        decision=decision if override is not None and decision is not None and decision.why == override.why else None,
    )


def _citation(key: str, book: RuleBook) -> str:
    if key not in book.sources:
        return key
    source = book.sources[key]
    return f"{source.citation} {source.where}".strip()


def _open(screening: Screening, book: RuleBook) -> Iterator[OpenQuestion]:
    page_of = {name: page.name for page in pages(staff=True) for name in page.questions}
    for name in screening.open_questions:
        rules = sum(name in one.open_questions for one in screening.findings)
        yield OpenQuestion(name, wording(book.questions[name]), page_of.get(name, ""), rules)
