"""What is done to the zones, and what the model expects of it, in numbers and figures."""

from collections.abc import Sequence

from corneum.course.plan import Plan, PlannedZone
from corneum.evidence import Book
from corneum.reports.course.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Pictures,
    Section,
    Table,
    Text,
    code,
    joined,
    quiet,
    say,
    strong,
)
from corneum.reports.course.map_of_zones import zone_blocks, zone_numbers
from corneum.reports.course.wordings import (
    assumed_text,
    barrier_days,
    hours_text,
    in_a_sentence,
    passes_text,
    same_course,
    settings_text,
    spread_text,
    unplanned_text,
    verdict_text,
)
from corneum.reports.figures.curves import course_drawings, first_days_drawings
from corneum.reports.figures.maps import map_drawings
from corneum.reports.figures.section import section_drawings
from corneum.reports.figures.style import Drawing
from corneum.reports.figures.windows import usual_window
from corneum.reports.numbers import percent
from corneum.reports.words import NOT_VALIDATED
from corneum.skin import SITES
from corneum.treatment import Result, ZoneResult

_FURROW = "skin.furrow.depth_um"
_COURSE = ("rise", "corneum", "epidermis", "procollagen")
_FIRST = ("rise", "corneum", "flow")
_THREE = (1.0, 1.0, 1.0)


def glance_section(plan: Plan) -> Section:
    """Return the zones on the drawing, and the table of what is done to each."""
    blocks: list[Block] = [*zone_blocks(plan, "zones", _wishes(plan), links=True)]
    if plan.zones:
        blocks.append(_plan_table(plan))
    if plan.unplanned:
        blocks.append(_unplanned_table(plan))
    return Section("The plan at a glance", tuple(blocks), "plan")


def zone_sections(plan: Plan, result: Result | None, book: Book) -> tuple[Section, ...]:
    """Return one part per group of zones that are treated alike and answer alike."""
    return tuple(
        _section(group, number, plan, None if result is None else result.zone(group[0].zone), book)
        for number, group in enumerate(same_course(plan.zones))
    )


def _plan_table(plan: Plan) -> Table:
    numbers = zone_numbers(plan)
    rows = tuple(
        (
            say(strong(str(numbers[zone.zone]))),
            say(strong(zone.title)),
            say(strong(zone.settings.label), ": ", settings_text(zone.settings)),
            say(
                f"{passes_text(zone.settings.passes)}; about {_minutes(zone.settings.minutes)} "
                f"on {zone.settings.area_cm2:.3g} cm²"
            ),
            say(
                strong(spread_text(zone.expected.corneum_share, share=True)),
                quiet(f" wanted {percent(zone.wanted_share)} %"),
            ),
            say(f"{spread_text(zone.expected.depth_um)} µm"),
            say(
                f"{percent(zone.expected.beyond_probability)} %",
                quiet(
                    f" bound {percent(zone.expected.beyond_bound)} %, "
                    f"limit {percent(zone.limits_used['beyond_probability'])} %"
                ),
            ),
        )
        for zone in plan.zones
    )
    return Table(
        ("", "Zone", "Settings", "Work", "Stratum corneum removed", "Depth", "Beyond it"),
        rows,
        (0.4, 1.4, 2.9, 1.7, 2.0, 2.1, 1.3),
        f"With these settings the model expects, median and central 95 % of {plan.origin.samples} sampled skins; "
        f"{NOT_VALIDATED}. Beyond it: probability that more of the area than tolerated goes beyond the stratum "
        "corneum.",
    )


def _wishes(plan: Plan) -> Table:
    """Return what is wished for where, and what evidence and rules say of it, in a few words."""
    rows = tuple(
        (
            say(strong(str(number))),
            say(strong(SITES[zone].title)),
            joined((say(goal.title, quiet(f" ({goal.verdict})")) for goal in plan.goals if goal.zone == zone), "; "),
            say(verdict_text(plan.verdict(zone))),
        )
        for zone, number in zone_numbers(plan).items()
    )
    return Table(("", "Zone", "Wished for (evidence)", "Rules say"), rows, (0.4, 1.7, 2.8, 1.9))


def _unplanned_table(plan: Plan) -> Table:
    numbers = zone_numbers(plan)
    rows = tuple(
        (say(strong(str(numbers[left.zone]))), say(strong(SITES[left.zone].title)), say(unplanned_text(left)))
        for left in plan.unplanned
    )
    return Table(("", "Not planned", "Why"), rows, (0.4, 1.5, 10))


def _section(group: Sequence[PlannedZone], number: int, plan: Plan, result: ZoneResult | None, book: Book) -> Section:
    zone = group[0]
    title = in_a_sentence([one.title for one in group])
    blocks: list[Block] = [
        Paragraph(
            say(
                "With these settings the model expects ",
                strong(f"{spread_text(zone.expected.depth_um)} µm"),
                " removed in the first session, ",
                strong(spread_text(zone.expected.corneum_share, share=True)),
                f" of the stratum corneum; {NOT_VALIDATED}.",
            ),
            "lead",
        ),
        Facts(_facts(zone)),
    ]
    if result is not None:
        blocks += _figures(result, f"g{number}", book)
    blocks += _hangs_on(zone)
    notes = list(dict.fromkeys(_sentence(note) for one in group for note in (one.binding, *one.notes) if note))
    if notes:
        blocks += [Heading("What the reader must know"), Bullets(tuple(say(note) for note in notes))]
    return Section(title[0].upper() + title[1:], tuple(blocks), f"zone-{zone.zone}")


def _facts(zone: PlannedZone) -> tuple[tuple[str, Text], ...]:
    chosen, found, limits = zone.settings, zone.expected, zone.limits_used
    barrier = barrier_days(found)
    unknown = assumed_text(chosen)
    days = "not told" if barrier is None else f"{barrier:.2g} d"
    return (
        ("Device", say(chosen.label)),
        ("Settings", say(settings_text(chosen))),
        ("Work", say(f"{passes_text(chosen.passes)}; {chosen.dwell_s:.2g} s on one place. {chosen.path}")),
        ("Not measured, so sampled", say(unknown or "nothing")),
        ("Beyond the stratum corneum", say(_beyond(zone))),
        (
            "Beyond the dermo-epidermal junction",
            say(f"in {percent(found.junction_probability)} % of the sampled skins"),
        ),
        (
            "Redness no longer shows",
            say(f"after {hours_text(found.redness_h['half'])} in half, {hours_text(found.redness_h['most'])} in 95 %"),
        ),
        (
            "Barrier back",
            say(
                f"after {days} with {percent(limits['barrier_probability'])} % probability; "
                f"at the next session with {percent(found.barrier_probability)} %"
            ),
        ),
        (
            "Closed to actives again",
            say(f"after {hours_text(found.actives_h['half'])} in half, {hours_text(found.actives_h['most'])} in 95 %"),
        ),
        ("Last session", say(f"{spread_text(found.last_corneum_share, share=True)} of the stratum corneum")),
    )


def _beyond(zone: PlannedZone) -> str:
    found, limits = zone.expected, zone.limits_used
    return (
        f"in {percent(found.beyond_probability)} % of the sampled skins "
        f"(bound {percent(found.beyond_bound)} %) on more than "
        f"{percent(limits['tolerance_area_share'])} % of the area (limit {percent(limits['beyond_probability'])} %)"
    )


def _figures(result: ZoneResult, name: str, book: Book) -> list[Block]:
    window = usual_window(result.depth_map)
    blocks: list[Block] = []
    if result.depth_map.depth_um.any():
        blocks += [Heading("Where it is removed"), Pictures(map_drawings(result.depth_map, window, name), (560, 380))]
    blocks += [
        Heading("The skin in cross-section"),
        Pictures(section_drawings(result, window, book.number(_FURROW), name)),
        Heading("The first days after the first session"),
        Pictures(_chosen(first_days_drawings(result, name), f"{name}-first", _FIRST), _THREE),
        Heading("The course"),
        Pictures(_chosen(course_drawings(result, name), f"{name}-course", _COURSE), _THREE),
        Paragraph(
            say(
                quiet(
                    "Lines: median. Bands: central 95 % of the sampled skins. Triangles: sessions. The two laws of "
                    "transepidermal water loss are shown side by side and never averaged. "
                    "A choice of the simulated curves."
                )
            ),
            "quiet",
        ),
    ]
    return blocks


def _chosen(drawings: Sequence[Drawing], prefix: str, names: Sequence[str]) -> tuple[Drawing, ...]:
    """Return the panels of these quantities; the ids inside a panel begin with its name."""
    return tuple(one for one in drawings if any(f'"{prefix}-{name}-' in one.svg for name in names))


def _hangs_on(zone: PlannedZone) -> list[Block]:
    if not zone.influences:
        return []
    rows = tuple(
        (
            say(code(one.key)),
            say(one.title),
            say(f"{percent(one.share)} % {'↑' if one.rises else '↓'}"),
            say(one.measurable or "nothing that a clinic can measure"),
        )
        for one in zone.influences
    )
    caption = (
        "Squared rank correlation with the removed share over the sampled skins. An arrow up: more of it means deeper."
    )
    return [
        Heading("What is uncertain, and what would narrow it"),
        Table(("Row", "What it is", "Share", "To narrow it"), rows, (2.6, 3.4, 0.9, 3), caption, "small"),
    ]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _minutes(minutes: float) -> str:
    return "1 min" if minutes < 1.5 else f"{minutes:.0f} min"
