"""The zones of a plan on the drawing of face and body, with the number that each has in the tables."""

from corneum.course.marks import marks_on
from corneum.course.plan import Plan
from corneum.reports.course.blocks import Block, Legend, Pictures, Split
from corneum.reports.course.wordings import passes_text, quantity_text, same_course, verdict_text
from corneum.reports.figures.body import Ring, State, ZoneMark, body_drawing, legend, shown_views
from corneum.screening.dates import date_in_words


def zone_numbers(plan: Plan) -> dict[str, int]:
    """Return the number of every zone that was asked for, in the order of the request."""
    return {zone: number for number, zone in enumerate(plan.request.zones, 1)}


def zone_marks(plan: Plan, *, links: bool) -> dict[str, ZoneMark]:
    """Return what the drawing says of each zone.

    Parameters
    ----------
    plan
        Planned and unplanned zones.
    links
        Whether a click leads to the zone's part of the page.
    """
    numbers = {zone: str(number) for zone, number in zone_numbers(plan).items()}
    marks = {}
    anchors = {zone.zone: f"#zone-{group[0].zone}" for group in same_course(plan.zones) for zone in group}
    for zone in plan.zones:
        chosen = zone.settings
        text = f"{chosen.label}, {quantity_text(chosen.vacuum)}, {passes_text(chosen.passes)}"
        state: State = "ask" if zone.needs_clinician else "planned"
        rings = tuple(Ring(mark.side, mark.center) for mark in marks_on(plan.request, zone.zone))
        text += f"; marks left out: {len(rings)}" if rings else ""
        marks[zone.zone] = ZoneMark(state, numbers[zone.zone], text, anchors[zone.zone] if links else "", rings)
    for left in plan.unplanned:
        verdict = plan.verdict(left.zone)
        state = "not_offered"
        if left.kind == "screening":
            state = "stop" if verdict.verdict == "stop" else "defer" if verdict.verdict == "defer" else "ask"
        elif left.kind == "mark":
            state = "stop"
        until = f"; ask again from {date_in_words(left.until)}" if left.until else ""
        text = f"not planned; {verdict_text(verdict).lower() if left.kind == 'screening' else left.why}{until}"
        rings = tuple(Ring(mark.side, mark.center) for mark in marks_on(plan.request, left.zone))
        marks[left.zone] = ZoneMark(state, numbers[left.zone], text, "#screening" if links else "", rings)
    return {zone: marks[zone] for zone in numbers if zone in marks}


def zone_blocks(plan: Plan, name: str, beside: Block, *, links: bool) -> tuple[Block, ...]:
    """Return the drawing with its legend and a block: beside it where only two views are shown, else below.

    Parameters
    ----------
    plan
        The plan.
    name
        Start of ids.
    beside
        What stands beside or below.
    links
        Whether a click leads to the zone's part of the page.
    """
    marks = zone_marks(plan, links=links)
    drawn, key = body_drawing(marks, name), Legend(legend(marks))
    if len(shown_views(marks)) > 2:
        return (Pictures((drawn,), share=0.94), key, beside)
    return (Split((Pictures((drawn,)), key), (beside,), 0.46),)
