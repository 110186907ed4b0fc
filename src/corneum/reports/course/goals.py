"""The goals of a plan: what the evidence says of each, with every trial by itself, and what else is done."""

from corneum.course.plan import Plan, PlannedGoal
from corneum.evidence import Book
from corneum.reports.course.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Paragraph,
    Pictures,
    Section,
    Table,
    Tone,
    quiet,
    say,
    strong,
)
from corneum.reports.course.forest import forest_drawing
from corneum.reports.course.wordings import source_text
from corneum.skin import SITES

_TONES: dict[str, Tone] = {
    "offer": "good",
    "weak evidence": "defer",
    "adjunct only": "ask",
    "refer": "limit",
    "exclude": "stop",
}


def goals_section(plan: Plan, book: Book) -> Section:
    """Return the part that says what the evidence says of each goal."""
    return Section(
        "What is wished for, and what trials saw",
        (
            Paragraph(
                say(
                    quiet(
                        "Grades say how certain the evidence for a benefit is. Trials were small and mostly without a "
                        "control group; graders and scales are never pooled."
                    )
                ),
                "quiet",
            ),
            *(_box(goal, number, book) for number, goal in enumerate(plan.goals)),
        ),
        "goals",
    )


def alternatives_section(plan: Plan, book: Book) -> Section:
    """Return the other ways side by side."""
    rows = tuple(
        (
            say(strong(one.title)),
            say(one.depth if one.depth != "not given" else "–"),
            say(one.sessions or "–"),
            say(one.downtime or "–"),
            say(
                one.cost_class if one.cost_class != "not read" else "–",
                quiet(f" ({one.cost.rstrip('.')})") if one.cost else "",
            ),
            say(one.evidence, quiet(f" [{one.strength}; {one.read}]")),
            say(one.caution or "–"),
        )
        for one in plan.alternatives
    )
    table = Table(
        ("Way", "Works in", "Sessions", "Downtime", "Cost", "Evidence", "Caution"),
        rows,
        (1.9, 1.3, 1.5, 1.1, 1.8, 3.2, 2.5),
        "A dash: no source that was read says. Cost is quoted from its source and says little about another country.",
        "small",
    )
    return Section("Other ways, side by side", (table,), "alternatives")


def _box(goal: PlannedGoal, number: int, book: Book) -> Box:
    graded = f"{goal.severity} ({goal.scale})" if goal.severity else "nobody graded it, so the strictest verdict holds"
    pairs = [
        ("Severity", say(graded)),
        ("Certainty", say(goal.grade)),
        ("Layer to reach", say(goal.depth)),
        ("In this plan", say("treated" if goal.planned else "not treated")),
    ]
    blocks: list[Block] = [Paragraph(say(goal.why)), Facts(tuple(pairs), 4)]
    counted = [one for one in goal.responses if one.share is not None]
    drawn = forest_drawing(counted, f"goal{number}")
    if drawn is not None:
        blocks.append(Pictures((drawn,), share=0.9))
    warned = list(dict.fromkeys(said for one in counted for said in one.warnings))
    if warned:
        blocks.append(Paragraph(say(quiet(" ".join(warned))), "quiet"))
    blocks.append(
        Paragraph(say(strong("Trial behind the verdict. "), goal.trial, " ", source_text(book, goal.source, goal.rows)))
    )
    also = [
        say(one.outcome, quiet(f" [{', '.join(one.rows)}; {one.read}]")) for one in goal.responses if one.share is None
    ]
    if also:
        blocks += [Paragraph(say(strong("Found without counts of people"))), Bullets(tuple(also))]
    if goal.conflicts:
        blocks += [
            Paragraph(say(strong("What another source says"))),
            Bullets(tuple(say(one) for one in goal.conflicts)),
        ]
    if goal.conditions:
        blocks += [Paragraph(say(strong("Before this counts"))), Bullets(tuple(say(one) for one in goal.conditions))]
    title = f"{goal.title}: {SITES[goal.zone].title.lower()}"
    return Box(title, tuple(blocks), _TONES.get(goal.verdict, "plain"), goal.verdict)
