"""How one index went over a course, zone by zone, beside what was expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corneum.clinic.measured import queries
from corneum.clinic.measured.present.chart import Curve, Dot, course, days_between, reach
from corneum.clinic.measured.present.table import cited
from corneum.clinic.measured.present.words import outcome, short_day
from corneum.clinic.measured.queries import Point, Sight
from corneum.clinic.measured.told import Predicted, predicted
from corneum.clinic.ui.phrases import spoken
from corneum.imaging.faces import site_of
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, change_in_words, zone_in_words
from corneum.imaging.pairs.words import unit_of_change
from corneum.reports.photographs.tables import number


@dataclass(frozen=True)
class ZoneCourse:
    """The course of one zone.

    Parameters
    ----------
    title
        Of the zone.
    drawing
        Its points with their errors.
    rows
        The same as a table: date, outcome, change with its interval, limit, and whether it is beyond noise.
    is_beyond
        Whether any point is.
    said
        What the curve above it is, where there is one.
    """

    title: str
    drawing: SafeString
    rows: tuple[dict[str, str], ...]
    is_beyond: bool
    said: str


def trends(client_id: UUID, sight: Sight | None, index: str) -> dict[str, Any]:
    """Return the course of an index in every zone of a view; the one that moved in most zones where none is named."""
    points = [] if sight is None else queries.trend(client_id, sight.view, sight.site)
    zones = list(dict.fromkeys(change.zone for point in points for change in point.stored.changes))
    by_index = {key: {zone: queries.changes_of(points, key, zone) for zone in zones} for key in INDICES}
    measured = [key for key, found in by_index.items() if any(found.values())]
    if not measured:
        return {"indices": [], "courses": []}
    key = index if index in measured else max(measured, key=lambda one: _moved(by_index[one].values()))
    found = {zone: changes for zone, changes in by_index[key].items() if changes}
    courses = _courses(found, key, predicted(client_id, key))
    return {
        "indices": [(one, spoken(INDICES[one].title), one == key) for one in measured],
        "index": {
            "title": spoken(INDICES[key].title),
            "unit": spoken(unit_of_change(key)),
            "formula": INDICES[key].formula,
            "source": cited(key),
        },
        "courses": sorted(courses, key=lambda one: not one.is_beyond),
        "points": len(points),
    }


def _moved(some: Any) -> int:
    return sum(any(_is_beyond(change) for _point, change in changes) for changes in some)


def _is_beyond(change: Change) -> bool:
    return change.verdict in ("higher", "lower")


def _courses(found: dict[str, list[tuple[Point, Change]]], key: str, curves: Sequence[Predicted]) -> list[ZoneCourse]:
    dots = {zone: [_dot(point, change) for point, change in changes] for zone, changes in found.items()}
    low, high = reach([dot for some in dots.values() for dot in some])
    made = []
    for zone, changes in found.items():
        baseline = changes[0][0].measurement.baseline
        title = _capital(spoken(zone_in_words(zone)))
        expected = next((one for one in curves if one.site == site_of(zone)), None)
        says = f"{spoken(INDICES[key].title)}, {title}: {'; '.join(dot.told for dot in dots[zone])}"
        curve = None if expected is None else _curve(expected, changes[0][0])
        drawing = course(dots[zone], short_day(baseline), (low, high), says, curve)
        made.append(
            ZoneCourse(
                title,
                drawing,
                tuple(_row(point, change) for point, change in changes),
                any(_is_beyond(change) for _point, change in changes),
                "" if expected is None else spoken(expected.said),
            )
        )
    return made


def _dot(point: Point, change: Change) -> Dot:
    measured = point.measurement
    return Dot(
        days_between(measured.baseline.taken_at, measured.followup.taken_at),
        short_day(measured.followup),
        change.change,
        change.se,
        change.mdc95,
        _is_beyond(change),
        f"{short_day(measured.followup)}: {spoken(change_in_words(change))}",
    )


def _row(point: Point, change: Change) -> dict[str, str]:
    low, high = (number(change.change + side * 1.96 * change.se) for side in (-1, 1))
    return {
        "date": short_day(point.measurement.followup),
        "outcome": outcome(point.stored.outcome)["name"],
        "change": _("%(change)s (%(low)s to %(high)s)") % {"change": number(change.change), "low": low, "high": high},
        "least": number(change.mdc95),
        "verdict": _("beyond measurement noise") if _is_beyond(change) else _("within measurement noise"),
    }


def _curve(expected: Predicted, point: Point) -> Curve:
    start = days_between(point.measurement.baseline.taken_at, expected.start)
    return Curve(
        f"{spoken(expected.title)} [{spoken(expected.unit)}]",
        [start + day for day in expected.days],
        expected.low,
        expected.middle,
        expected.high,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
