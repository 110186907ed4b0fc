"""The page of a version: its zones, warnings, dates, other ways and sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from corneum.clinic.plans.present import words
from corneum.clinic.plans.present.colors import BEYOND, TICKS, color_of
from corneum.clinic.plans.present.grounds import told, told_cost
from corneum.clinic.plans.present.looked import numbers
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import digits, reads
from corneum.clinic.ui.told import Told
from corneum.course import CalendarEntry, Plan, PlannedZone
from corneum.evidence import Book
from corneum.reports.sources import SourceRoom, source_rooms
from corneum.skin import SITES


@dataclass(frozen=True)
class ZoneCard:
    """One planned zone on the page.

    Parameters
    ----------
    zone
        As planned.
    settings
        Vacuum and passes.
    given
        The other settings: name and words.
    assumed
        What nobody measured, in words.
    facts
        What the model expects, and what was aimed at.
    limits
        Limits that the search kept.
    findings
        Rules of the screening that speak of the zone.
    goals
        What is wished for here.
    """

    zone: PlannedZone
    settings: tuple[Told, ...]
    given: list[tuple[str, str]]
    assumed: str
    facts: tuple[Told, ...]
    limits: tuple[Told, ...]
    findings: tuple[Any, ...]
    goals: tuple[Any, ...]


@dataclass(frozen=True)
class FaceRow:
    """A zone for the face: its colors for the middle and both ends of the band.

    Parameters
    ----------
    zone, title
        Body site.
    middle, low, high
        Color of the removed share of the stratum corneum.
    share, depth
        In words, with what they rest on.
    """

    zone: str
    title: str
    middle: str
    low: str
    high: str
    share: Told
    depth: Told


def zone_cards(plan: Plan) -> list[ZoneCard]:
    """Return the zones of a plan."""
    return [_card(plan, zone) for zone in plan.zones]


def _card(plan: Plan, zone: PlannedZone) -> ZoneCard:
    def one(name: str, title: str, said: str) -> Told:
        return told(name, said, title, plan=plan, zone=zone)

    limits, chosen = zone.limits_used, zone.settings
    return ZoneCard(
        zone=zone,
        settings=(
            one("set.vacuum", _("Vacuum"), reads(chosen.vacuum)),
            one("set.passes", _("Passes"), words.passes(chosen.passes)),
        ),
        given=words.given(chosen),
        assumed=words.assumed(chosen),
        facts=(
            *(one(name, title, said) for name, (title, said) in numbers(zone.expected).items()),
            one("wanted", _("Target"), words.percent(zone.wanted_share)),
        ),
        limits=(
            one(
                "limit.beyond",
                _("Probability of reaching beyond, at most"),
                words.percent(limits["beyond_probability"]),
            ),
            one("limit.area", _("Area that may go beyond"), words.percent(limits["tolerance_area_share"])),
            one(
                "limit.barrier",
                _("Probability that the barrier is back, at least"),
                words.percent(limits["barrier_probability"]),
            ),
            one("limit.passes", _("Passes, at most"), digits(limits["passes"])),
        ),
        findings=plan.verdict(zone.zone).findings,
        goals=tuple(goal for goal in plan.goals if goal.zone == zone.zone),
    )


def face_rows(plan: Plan) -> list[FaceRow]:
    """Return the zones for the face and for the table beside it."""
    return [
        FaceRow(
            zone=zone.zone,
            title=spoken(zone.title),
            middle=color_of(zone.expected.corneum_share.middle),
            low=color_of(zone.expected.corneum_share.low),
            high=color_of(zone.expected.corneum_share.high),
            share=_of(plan, zone, "share"),
            depth=_of(plan, zone, "depth"),
        )
        for zone in plan.zones
    ]


def _of(plan: Plan, zone: PlannedZone, name: str) -> Told:
    title, said = numbers(zone.expected)[name]
    return told(name, said, title, plan=plan, zone=zone)


def cost(plan: Plan) -> Told:
    """Return what the course costs, with whose figure it is."""
    return told_cost(plan.cost, spoken(plan.cost.text))


def legend() -> dict[str, Any]:
    """Return the colors of removed shares: steps of a bar, ticks, and the color of beyond."""
    steps = 40
    return {
        "steps": [
            {"x": f"{100 * number / steps:.2f}", "color": color_of((number / (steps - 1)) ** 2)}
            for number in range(steps)
        ],
        "ticks": [{"x": f"{100 * share**0.5:.1f}", "text": f"{100 * share:.0f}"} for share in TICKS],
        "beyond": BEYOND,
        "width": f"{100 / steps + 0.2:.2f}",
    }


def dates(plan: Plan) -> list[tuple[date, list[CalendarEntry]]]:
    """Return the calendar by day, without the preparation and care that each session repeats after the first."""
    shown = [
        one
        for one in plan.calendar
        if one.kind not in ("pre_care", "aftercare", "on_the_day") or one.session in (None, 1)
    ]
    return [(day, list(entries)) for day, entries in groupby(shown, key=lambda one: one.day)]


def sources(plan: Plan, book: Book) -> tuple[tuple[SourceRoom, ...], list[Any]]:
    """Return the rows that a plan rests on, room by room, and the rules; those no longer there are left out."""
    used = plan.origin.rows_used
    numbers_used = tuple(key for key in used if key in book.numbers)
    return source_rooms(book, numbers_used), [book.rules[key] for key in used if key in book.rules]


def unplanned(raw: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the zones that are not planned, with their titles."""
    return [
        {"title": spoken(SITES[one.zone].title) if one.zone in SITES else one.zone, "why": one.why, "until": one.until}
        for one in raw
    ]


def refusal(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a refusal: reasons, the rules and goals behind them, and the day from which to ask again."""
    until = raw.get("until")
    findings: dict[str, dict[str, Any]] = {}
    for verdict in raw.get("verdicts", ()):
        for found in verdict["findings"]:
            if not found["unanswered"]:
                one = findings.setdefault(found["rule"], {**found, "zones": []})
                one["zones"].append(_title(verdict["zone"]))
    return {
        "reasons": [spoken(reason[:1].upper() + reason[1:]) for reason in raw["reasons"]],
        "until": None if until is None else date.fromisoformat(until),
        "findings": list(findings.values()),
        "goals": [{**goal, "where": _title(goal["zone"])} for goal in raw.get("goals", ())],
    }


def _title(zone: str) -> str:
    return spoken(SITES[zone].title) if zone in SITES else zone
