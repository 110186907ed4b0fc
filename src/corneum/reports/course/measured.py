"""The measured photographs of a course beside what the model expected of it."""

from datetime import datetime, time

from corneum.course.plan import Plan
from corneum.imaging.pairs.series import Series
from corneum.reports.course.blocks import Block, Box, Paragraph, Pictures, Section, Table, quiet, say, strong
from corneum.reports.photographs.beside import beside_drawings
from corneum.reports.photographs.tables import counts
from corneum.treatment import Result

_OUTCOMES = {
    "immediate": "same day: not lasting",
    "between": "under 14 days: not yet durable",
    "durable": "14 days or more: durable",
    "unknown": "a date is missing",
}


def measured_section(plan: Plan, result: Result | None, series: Series) -> Section:
    """Return what the photographs show so far, beside the simulated curves.

    Parameters
    ----------
    plan
        The plan.
    result
        The course simulated; None if no zone is planned.
    series
        The measured photographs of this person.
    """
    start = datetime.combine(series.first_session or plan.session_days[0], time()) if plan.session_days else None
    blocks: list[Block] = [
        Paragraph(say(strong(series.title))),
        Paragraph(
            say(
                "Each follow-up against the baseline. A change is told only beyond the measurement noise of its pair; "
                "about 1 in 20 values passes that limit by chance."
            )
        ),
        _table(series),
    ]
    if other := other_start(plan, series):
        blocks.insert(1, Paragraph(say(strong(other))))
    for number, zone in enumerate(result.zones if result is not None and start is not None else ()):
        drawings = beside_drawings(zone, series, start, f"measured-{number}") if start is not None else ()
        if drawings:
            blocks.append(Box(zone.steps[0].site.title, (Pictures(drawings, (1.0,) * len(drawings)),)))
    return Section("Measured in photographs", tuple(blocks), "measured")


def other_start(plan: Plan, series: Series) -> str:
    """Return a sentence where plan and list of photographs name different days of the first session; else empty.

    Parameters
    ----------
    plan
        The plan.
    series
        The measured photographs.
    """
    listed, planned = series.first_session, plan.session_days[0] if plan.session_days else None
    if listed is None or planned is None or listed == planned:
        return ""
    return (
        f"The list of photographs names {listed:%-d %B %Y} as the day of the first session, the plan "
        f"{planned:%-d %B %Y}: measured points are drawn from the first, expected curves from the second. Check both."
    )


def _table(series: Series) -> Table:
    rows = []
    for point in series.points:
        when = f"{point.taken:%-d %B %Y}" if point.taken else "not written"
        if point.pair is None:
            rows.append(
                (say(point.listed.path.name), say(when), say("–"), say(strong("Not measured. "), point.refused))
            )
            continue
        measured, beyond = counts(point.pair.changes)
        quality = point.pair.quality
        rows.append(
            (
                say(point.listed.path.name),
                say(when),
                say(_OUTCOMES[point.pair.outcome]),
                say(
                    strong(f"{beyond} of {measured}"),
                    " index values beyond measurement noise ",
                    quiet(f"(alignment {quality.residual_px:.2f} px, {quality.resolution_px_per_mm:.1f} px per mm)"),
                ),
            )
        )
    return Table(("Photograph", "Taken", "Outcome", "Found"), tuple(rows), (1.4, 1.2, 1.6, 3.4))
