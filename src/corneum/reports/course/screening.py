"""The screening of a plan: verdict by zone, every rule with its sources, those that disagree, and who signed it."""

from collections.abc import Sequence

from corneum.course.plan import Plan, PlanFinding
from corneum.evidence import Book
from corneum.reports.course.blocks import (
    Block,
    Box,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
    Tone,
    code,
    quiet,
    say,
    strong,
)
from corneum.reports.course.wordings import DECIDES, UNSIGNED, in_a_sentence, source_text, verdict_text, zone_titles
from corneum.screening.dates import date_in_words
from corneum.skin import SITES

_TONES: dict[str, Tone] = {"stop": "stop", "defer": "defer", "ask": "ask", "note": "limit"}


def screening_section(plan: Plan, book: Book) -> Section:
    """Return the part of the practitioner's report that says what the rules say."""
    fired, open_ = _by_rule(plan, unanswered=False), _by_rule(plan, unanswered=True)
    unsigned = any(UNSIGNED in finding.signed for finding, _ in (*fired, *open_))
    blocks: list[Block] = [_verdicts(plan)]
    if unsigned or not plan.origin.rule_digests:
        blocks.append(
            Paragraph(
                say(quiet("Rules that nobody signed are marked so; a clinic signs or overrides them in its own file.")),
                "quiet",
            )
        )
    else:
        blocks.append(
            Paragraph(
                say(quiet(f"{len(plan.origin.rule_digests)} rules were asked. As shipped they are {UNSIGNED}.")),
                "quiet",
            )
        )
    if fired:
        blocks += [Heading("Rules that fired"), *(_box(finding, _where(zones, plan), book) for finding, zones in fired)]
    if open_:
        blocks += [Heading("Rules that wait for an answer"), _waiting(open_, plan)]
    return Section("May we treat: what the rules say", tuple(blocks), "screening")


def _verdicts(plan: Plan) -> Table:
    rows = []
    for found in plan.verdicts:
        fired = [finding.rule for finding in found.findings if not finding.unanswered]
        waiting = sum(finding.unanswered for finding in found.findings)
        said = [f"{'Rule' if len(fired) == 1 else 'Rules'} {', '.join(fired)}"] if fired else []
        if waiting:
            said.append(f"{waiting} {'rule waits' if waiting == 1 else 'rules wait'} for an answer")
        title, verdict = strong(SITES[found.zone].title), strong(verdict_text(found))
        rows.append((say(title), say(verdict), say("; ".join(said) or DECIDES)))
    return Table(("Zone", "Verdict", "Why"), tuple(rows), (1.5, 2, 6))


def _by_rule(plan: Plan, *, unanswered: bool) -> list[tuple[PlanFinding, list[str]]]:
    found: dict[tuple[str, str, str], tuple[PlanFinding, list[str]]] = {}
    for verdict in plan.verdicts:
        for finding in verdict.findings:
            if finding.unanswered == unanswered:
                key = (finding.rule, finding.verdict, str(finding.until))
                found.setdefault(key, (finding, []))[1].append(verdict.zone)
    order = {"stop": 0, "defer": 1, "ask": 2, "note": 3}
    return sorted(found.values(), key=lambda pair: order[pair[0].verdict])


def _box(finding: PlanFinding, where: str, book: Book) -> Box:
    tag: str = finding.verdict
    if finding.verdict == "defer" and finding.until:
        tag = f"defer until {date_in_words(finding.until)}"
    against = f"; {' and '.join(one.row for one in finding.conflicts)} disagree" if finding.conflicts else ""
    pairs = [
        ("Where", say(where)),
        ("Rule", say(code(finding.rule), f" ({finding.strength}{against}). {DECIDES}")),
        ("Source", source_text(book, finding.source, finding.rows)),
    ]
    pairs += [
        (f"{one.row} disagrees", say(one.says.rstrip(".") + ". ", quiet(f"It would mean: {one.would}.")))
        for one in finding.conflicts
    ]
    if finding.ask_again:
        pairs.append(("Ask on the day", say(finding.ask_again)))
    pairs.append(("Signed", say(finding.signed)))
    if finding.override:
        pairs.append(("Override", say(finding.override)))
    blocks: tuple[Block, ...] = (Paragraph(say(finding.reason)), Facts(tuple(pairs), 1))
    return Box(finding.title, blocks, _TONES[finding.verdict], tag)


def _where(zones: Sequence[str], plan: Plan) -> str:
    return "all zones" if len(zones) == len(plan.verdicts) > 1 else in_a_sentence(zone_titles(zones))


def _waiting(found: Sequence[tuple[PlanFinding, list[str]]], plan: Plan) -> Table:
    rows = tuple(
        (
            say(code(finding.rule)),
            say(finding.title),
            say(finding.ask_again or finding.reason),
            say(_where(zones, plan)),
        )
        for finding, zones in found
    )
    return Table(
        ("Rule", "Title", "To ask", "Zones"),
        rows,
        (2, 3, 4, 2),
        "A missing answer never counts as a no: a clinician is asked.",
        "small",
    )
