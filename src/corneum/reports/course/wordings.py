"""Dates, settings and expectations in words that both reports share."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from corneum.course.plan import Expected, Plan, PlannedZone, Spread, UnplannedZone, ZoneSettings, ZoneVerdict
from corneum.evidence import Book
from corneum.reports.course.blocks import Text, quiet, say, with_links
from corneum.reports.numbers import percent, range_text, two_digits, unit_text
from corneum.reports.words import join_words, setting_title
from corneum.screening.dates import date_in_words
from corneum.skin import SITES
from corneum.units import Quantity

DECIDES = "A named clinician decides."
UNSIGNED = "not signed off by a dermatologist"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ASSUMED = {"speed_mm_s": "speed of the handpiece", "overlap_share": "overlap of strokes"}


def day(when: date, *, weekday: bool = True) -> str:
    """Return a day for a table.

    Examples
    --------
    >>> day(date(2027, 1, 11)), day(date(2027, 1, 11), weekday=False)
    ('Mon 11 Jan 2027', '11 Jan 2027')
    """
    said = f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{_DAYS[when.weekday()]} {said}" if weekday else said


def zone_titles(zones: Iterable[str]) -> list[str]:
    """Return the titles of sites."""
    return [SITES[zone].title for zone in zones]


def in_a_sentence(titles: Sequence[str]) -> str:
    """Return "cheek, forehead and around the eye"."""
    return join_words([title.lower() for title in titles])


def spread_text(found: Spread, *, share: bool = False) -> str:
    """Return "22 (3.2–81) %" of a share, or "2.9 (0.45–10)" of anything else."""
    text = percent if share else two_digits
    return f"{text(found.middle)} ({range_text(found.low, found.high, as_percent=share)}){' %' if share else ''}"


def quantity_text(quantity: Quantity) -> str:
    """Return "110 µm"."""
    return f"{abs(quantity.value):.4g} {unit_text(quantity.unit)}".rstrip()


def settings_text(chosen: ZoneSettings) -> str:
    """Return "20 kPa, grit 60 µm, tip diameter 6 mm"; the vacuum stands first."""
    given = [f"{setting_title(name)} {quantity_text(value)}" for name, value in sorted(chosen.settings.items())]
    if chosen.speed_mm_s is not None:
        given.append(f"{chosen.speed_mm_s:g} mm/s")
    if chosen.overlap_share is not None:
        given.append(f"strokes overlap by {percent(chosen.overlap_share)} %")
    return ", ".join([f"vacuum {quantity_text(chosen.vacuum)}", *given])


def passes_text(passes: int) -> str:
    """Return "1 pass" or "3 passes"."""
    return "1 pass" if passes == 1 else f"{passes} passes"


def assumed_text(chosen: ZoneSettings) -> str:
    """Return the settings that nobody measured, or nothing."""
    names = [_ASSUMED.get(name, setting_title(name)) for name in chosen.assumed]
    return join_words(names)


def hours_text(hours: float | None) -> str:
    """Return "8 h", "3 d" or "not told"."""
    if hours is None:
        return "not told"
    if hours < 1:
        return "less than 1 h"
    return f"{two_digits(hours).removesuffix('.0')} h" if hours <= 72 else f"{hours / 24:.0f} d"


def barrier_days(expected: Expected) -> float | None:
    """Return the days until the barrier is back, by the slower of the two laws; None for not told."""
    found = list(expected.barrier_d.values())
    return None if any(value is None for value in found) else max((value for value in found if value), default=0.0)


def verdict_text(found: ZoneVerdict) -> str:
    """Return what the screening says of a zone."""
    if found.verdict == "none":
        return "No rule fired"
    if found.verdict == "defer":
        return f"Defer until {date_in_words(found.until)}" if found.until else "Defer"
    return {"stop": "Stop", "ask": "Ask a clinician", "note": "Note"}[found.verdict]


def unplanned_text(found: UnplannedZone) -> str:
    """Return why a zone is not planned, with the day from which to ask again."""
    again = f" Ask again from {date_in_words(found.until)}." if found.until else ""
    return f"{found.why}{again}"


def course_sentence(plan: Plan) -> str:
    """Return how often, when and where."""
    where = in_a_sentence([zone.title for zone in plan.zones])
    if plan.sessions == 1:
        return f"One session on {date_in_words(plan.session_days[0])}: {where}."
    return (
        f"{plan.sessions} sessions, {plan.interval_d} days apart, from {date_in_words(plan.session_days[0])} to "
        f"{date_in_words(plan.session_days[-1])}: {where}."
    )


def person_text(plan: Plan) -> str:
    """Return "46 years, female, phototype II"."""
    person = plan.request.person
    words = [f"{person.age_y:g} years", "sex not stated" if person.sex == "unstated" else person.sex]
    return ", ".join([*words, f"phototype {person.phototype}" if person.phototype else "phototype not asked"])


def source_text(book: Book, key: str, rows: Sequence[str] = ()) -> Text:
    """Return the citation of a source with its address as a link, and the rows of the evidence in gray."""
    found = book.sources.get(key)
    cited = with_links(key) if found is None else with_links(f"{found.citation.rstrip('.')}.")
    where: Text = ()
    if found is not None and found.where and found.where not in found.citation:
        where = say(" ", with_links(found.where, "quiet"))
    return say(cited, where, quiet(f" [{', '.join(rows)}]") if rows else "")


def same_course(zones: Sequence[PlannedZone]) -> tuple[tuple[PlannedZone, ...], ...]:
    """Return the zones in groups of which the settings and what the model expects are the same."""
    groups: dict[tuple[str, str], list[PlannedZone]] = {}
    for zone in zones:
        groups.setdefault(
            (settings_text(zone.settings) + passes_text(zone.settings.passes), repr(zone.expected)), []
        ).append(zone)
    return tuple(tuple(group) for group in groups.values())


def days_apart(first: date, second: date) -> int:
    """Return the days from one date to another."""
    return (second - first) // timedelta(days=1)
