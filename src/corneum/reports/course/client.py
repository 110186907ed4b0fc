"""The report for the client: what will be done, what to expect, what it cannot do, when, and when to call."""

from corneum.course.care import load_consent
from corneum.course.marks import marks_on
from corneum.course.plan import Plan
from corneum.evidence import Book
from corneum.reports.course.blocks import (
    Block,
    Box,
    Bullets,
    Facts,
    Paragraph,
    Report,
    Section,
    Table,
    Text,
    joined,
    quiet,
    say,
    strong,
)
from corneum.reports.course.calendar import care_of
from corneum.reports.course.client_dates import call_blocks, care_blocks, date_blocks
from corneum.reports.course.client_goals import expected_blocks
from corneum.reports.course.map_of_zones import zone_blocks, zone_numbers
from corneum.reports.course.wordings import DECIDES, course_sentence, day, hours_text, in_a_sentence
from corneum.screening.dates import date_in_words
from corneum.skin import SITES


def client_report(plan: Plan, book: Book) -> Report:
    """Return the client's report of a plan, before it is set.

    Parameters
    ----------
    plan
        The plan.
    book
        The evidence; the client's pages name no row.
    """
    clinic = plan.request.clinic
    return Report(
        audience="client",
        overline=f"{clinic.name} · your treatment plan",
        title=_title(plan),
        lead=_lead(plan),
        facts=Facts(
            (
                ("Who decides", say(clinic.clinician)),
                *(
                    (("First session", say(day(plan.session_days[0]))), ("Sessions", say(str(plan.sessions))))
                    if plan.zones
                    else ()
                ),
                ("Cost", say(_cost(plan))),
                ("Made on", say(date_in_words(plan.made_on))),
            )
        ),
        sections=tuple(section for section in _sections(plan) if section.blocks),
        footer=(
            say(strong(f"{DECIDES} "), "You may ask anything, take your time, and say no at any point."),
            say("The numbers come from a model and from small studies. They were not tried on your skin."),
        ),
        running=f"{clinic.name} · {day(plan.made_on, weekday=False)} · {DECIDES}",
        version=plan.origin.version,
    )


def _sections(plan: Plan) -> list[Section]:
    sections = [Section("Where", tuple(_where(plan)), "where")]
    if plan.zones:
        sections += [
            Section("What will be done, and what you may notice", tuple(_done(plan)), "done"),
            Section("What to expect, and what not", tuple(expected_blocks(plan)), "expect"),
            Section("Your dates", tuple(date_blocks(plan)), "dates"),
            Section("Before, on the day, and after", tuple(care_blocks(plan)), "care"),
            Section("When to call", tuple(call_blocks(plan)), "call"),
        ]
    else:
        sections.append(Section("What you asked about", tuple(expected_blocks(plan)), "expect"))
    sections.append(Section("Other ways, and leaving it as it is", tuple(_others(plan)), "others"))
    if plan.zones:
        sections.append(Section("Before you say yes", (Bullets(_consent(), 2),), "consent"))
    return sections


def _title(plan: Plan) -> str:
    if not plan.zones:
        return "No treatment is planned for now"
    return f"Microdermabrasion: {in_a_sentence([zone.title for zone in plan.zones])}"


def _lead(plan: Plan) -> Text:
    if not plan.zones:
        return say("Why not, and what to ask again, stands below. ", strong(DECIDES))
    return say(course_sentence(plan), " ", strong(DECIDES))


def _where(plan: Plan) -> list[Block]:
    numbers = zone_numbers(plan)
    said: dict[str, list[str]] = {}
    for zone in plan.zones:
        said.setdefault(_planned(plan, zone.zone), []).append(zone.zone)
    for left in plan.unplanned:
        said.setdefault(_reason(plan, left.zone), []).append(left.zone)
    rows = tuple(
        (
            say(strong(", ".join(str(numbers[zone]) for zone in zones))),
            joined((say(strong(SITES[zone].title), quiet(f" {_asked(plan, zone)}")) for zone in zones), "; "),
            say(text),
        )
        for text, zones in said.items()
    )
    table = Table(("", "Place", "Plan"), rows, (0.5, 2, 5))
    blocks: list[Block] = [*zone_blocks(plan, "where", table, links=False)]
    told = _answers(plan)
    if told:
        blocks.append(Box("What your answers brought up", (Bullets(told),), "warn"))
    return blocks


def _asked(plan: Plan, zone: str) -> str:
    said = [goal.plain for goal in plan.goals if goal.zone == zone]
    return ", ".join(said)


def _planned(plan: Plan, zone: str) -> str:
    planned = plan.zone(zone)
    first = "A clinician must answer a question first. " if planned.needs_clinician else ""
    removed = planned.expected.corneum_share
    said = (
        f"The model expects {_of_100(removed.middle)} of 100 parts of the outermost, dead layer to be polished off "
        f"in the first session; it may be anything from {_of_100(removed.low)} to {_of_100(removed.high)}."
    )
    return first + said + _marks(plan, zone)


def _marks(plan: Plan, zone: str) -> str:
    """Return which marks of a zone are left out, for the client."""
    marks = marks_on(plan.request, zone)
    if not marks:
        return ""
    gone = any(mark.state == "not_found" for mark in marks)
    lost = " One was not found again; a doctor has looked at it." if gone else ""
    if len(marks) == 1:
        left = "A mark here is left out with the skin around it (small rings in the drawing)."
        return f" {left} If it changes, have it looked at by a doctor.{lost}"
    left = f"{len(marks)} marks here are left out with the skin around them (small rings in the drawing)."
    return f" {left} If one changes, have it looked at by a doctor.{lost}"


def _mark_to_be_seen(plan: Plan, zone: str) -> str:
    """Return why a mark keeps a zone out, for the client."""
    waiting = [mark.state for mark in marks_on(plan.request, zone) if mark.waits]
    changed = "A mark here is new or looks different than before." if {"new", "changed"} & set(waiting) else ""
    gone = "A mark here was not found again: tell a doctor." if "not_found" in waiting else ""
    said = f"{changed} {gone}".strip()
    if len(waiting) == 1:
        return f"{said} Have it looked at by a doctor; tell us the day."
    return f"{said} Have each looked at by a doctor; tell us the day."


def _answers(plan: Plan) -> tuple[Text, ...]:
    """Return what the rules say to the client of the planned zones, with its zones where not all are meant."""
    told: dict[str, list[str]] = {}
    for zone in plan.zones:
        for finding in plan.verdict(zone.zone).findings:
            if not finding.unanswered:
                told.setdefault(finding.client_text, []).append(zone.zone)
    found = []
    for text, zones in told.items():
        where = dict.fromkeys(zones)
        some = "" if len(where) == len(plan.zones) else f" ({in_a_sentence([SITES[zone].title for zone in where])})"
        found.append(say(text, quiet(some)))
    if any(finding.unanswered for zone in plan.zones for finding in plan.verdict(zone.zone).findings):
        found.append(say("Some questions are not answered yet. The clinic asks them before anything is done."))
    return tuple(found)


def _reason(plan: Plan, zone: str) -> str:
    left = next(one for one in plan.unplanned if one.zone == zone)
    if left.kind == "screening":
        findings = plan.verdict(zone).findings
        strictest = [one for one in findings if one.verdict in ("stop", "defer")] or list(findings)
        said = " ".join(dict.fromkeys(one.client_text for one in strictest))
    elif left.kind == "suitability":
        said = " ".join(dict.fromkeys(goal.client_text for goal in plan.goals if goal.zone == zone))
    elif left.kind == "mark":
        said = _mark_to_be_seen(plan, zone)
    else:
        said = "No setting of the clinic's devices keeps within the clinic's limits on this place."
    until = f" We ask again from {date_in_words(left.until)}." if left.until else ""
    return f"Not planned. {said}{until}"


def _done(plan: Plan) -> list[Block]:
    crystal = any(zone.settings.material for zone in plan.zones)
    diamond = any(not zone.settings.material for zone in plan.zones)
    tools = " and ".join(
        [*(["a tip set with fine diamonds"] if diamond else []), *(["a stream of fine crystals"] if crystal else [])]
    )
    longest = max(plan.zones, key=lambda zone: zone.expected.redness_h["most"] or float("inf"))
    minutes = sum(zone.settings.minutes for zone in plan.zones)
    red, actives = (
        longest.expected.redness_h,
        max(plan.zones, key=lambda zone: zone.expected.actives_h["most"] or float("inf")).expected.actives_h,
    )
    return [
        Paragraph(
            say(
                f"A handpiece with {tools} is led over your skin under suction. It takes off part of the outermost, "
                f"dead layer. The strokes take about {_minutes(minutes)} in all; the visit is longer."
            )
        ),
        Bullets(
            (
                say(
                    "Pinkness: the model expects it to be gone within ",
                    strong(hours_text(red["half"])),
                    " in half of the skins it tried, and within ",
                    strong(hours_text(red["most"])),
                    " in 95 of 100.",
                ),
                say(
                    "Open skin: strong creams and serums can go deeper at first. ",
                    "The model expects the skin closed again within ",
                    strong(hours_text(actives["half"])),
                    " in half, and within ",
                    strong(hours_text(actives["most"])),
                    " in 95 of 100. Clinics advise three days without them; after that, use only what we agree on.",
                ),
                *(
                    say(one.entry.client_text)
                    for one in care_of(plan, "aftercare")
                    if one.entry.care == "expect" and one.entry.client_text
                ),
            )
        ),
    ]


def _others(plan: Plan) -> list[Block]:
    rows = tuple(
        (
            say(strong(one.plain)),
            say(one.downtime or "not known"),
            say(_cost_word(one.cost_class)),
            say(one.caution or "–"),
        )
        for one in plan.alternatives
    )
    blocks: list[Block] = (
        [Table(("What else there is", "Days of rest", "Cost", "To know"), rows, (3, 1.6, 1.6, 4.4))] if rows else []
    )
    blocks.append(Paragraph(say(strong("Cost of this course. "), plan.cost.text) if plan.zones else say()))
    return [block for block in blocks if not (isinstance(block, Paragraph) and not block.text)]


def _cost_word(said: str) -> str:
    return "not known" if said == "not read" else said


def _of_100(share: float) -> str:
    return "under 1" if 0 < share < 0.01 else f"{100 * share:.0f}"


def _minutes(minutes: float) -> str:
    return "1 minute" if minutes < 1.5 else f"{minutes:.0f} minutes"


def _consent() -> tuple[Text, ...]:
    return tuple(say(strong(f"{item.title}. "), item.client) for item in load_consent())


def _cost(plan: Plan) -> str:
    cost = plan.cost
    if not plan.zones:
        return "none"
    amount = f"{cost.low:,.0f}" if cost.low == cost.high else f"about {cost.low:,.0f} to {cost.high:,.0f}"
    return f"{amount} {cost.currency}"
