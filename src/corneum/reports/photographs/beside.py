"""What the model expected beside what the photographs show: two scales over one time, never one curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corneum.imaging.faces import site_of
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, zone_in_words
from corneum.imaging.pairs.series import Point, Series
from corneum.imaging.pairs.words import unit_of_change
from corneum.reports.figures.curves import with_jumps
from corneum.reports.figures.style import BLUE, INK, MUTED, RULE, VERMILION, Drawing, axes_at, draw
from corneum.treatment import ZoneResult

_WIDTH_PX, _HEIGHT_PX = 440, 360
_LEFT_PX, _RIGHT_PX, _PANEL_PX = 58, 14, 118
_ASIDE_D = 1.2
_MARKS = (("o", VERMILION), ("s", INK))


@dataclass(frozen=True)
class Comparison:
    """Which simulated curve stands beside which measured index.

    Parameters
    ----------
    name, title
        For ids and people.
    curve, curve_title, unit
        Of the simulation.
    as_percent
        Whether the curve is shown in percent of its value before the first session.
    indices
        Measured indices in order of preference.
    said
        What can be compared, and what not.
    """

    name: str
    title: str
    curve: str
    curve_title: str
    unit: str
    as_percent: bool
    indices: tuple[str, ...]
    said: str


COMPARISONS = (
    Comparison(
        "redness",
        "Redness",
        "blood_flow_ratio",
        "expected: skin blood flow",
        "times rest",
        False,
        ("redness", "redness_relative"),
        "Blood flow and color in a photograph have different units: only moment and direction can be compared.",
    ),
    Comparison(
        "texture",
        "Texture",
        "corneum_um",
        "expected: stratum corneum",
        "% of rest",
        True,
        ("texture", "coarse_texture"),
        "The model has no curve of texture: shown is the layer that carries it. Only moments can be compared.",
    ),
)


def beside_drawings(zone: ZoneResult, series: Series, start: datetime, name: str) -> tuple[Drawing, ...]:
    """Return simulated curves of a zone beside its measured points, one drawing per comparison with any point.

    Parameters
    ----------
    zone
        The simulated course of one zone.
    series
        The measured photographs.
    start
        Day 0: the first session.
    name
        Start of ids.
    """
    drawings = []
    for one in COMPARISONS:
        trends = _trends(series, zone.steps[0].site.name, one)
        if trends:
            drawings.append(_drawn(one, zone, trends, start, f"{name}-{one.name}"))
    return tuple(drawings)


Trend = tuple[str, str, Sequence[tuple[Point, Change]]]
"""Zone of the photograph, index, and its points."""


def _trends(series: Series, site: str, one: Comparison) -> list[Trend]:
    zones = dict.fromkeys(change.zone for point in series.points if point.pair for change in point.pair.changes)
    here = [zone for zone in zones if site_of(zone) == site]
    for index in one.indices:
        trends: list[Trend] = [(zone, index, series.trend(zone, index)) for zone in here]
        found = [trend for trend in trends if any(point.taken for point, _ in trend[2])]
        if found:
            return found
    return []


def _drawn(one: Comparison, zone: ZoneResult, trends: list[Trend], start: datetime, name: str) -> Drawing:
    points = [
        (place, _day(point, start), change) for place, _, trend in trends for point, change in trend if point.taken
    ]

    def paint(figure: Figure) -> None:
        last = max([float(zone.curves.hours[-1]) / 24, *(day for _, day, _ in points)])
        first = min([0.0, *(day for _, day, _ in points)])
        span = (first - 0.03 * (last - first), last + 0.03 * (last - first))
        above = axes_at(figure, _LEFT_PX, 34, _WIDTH_PX - _LEFT_PX - _RIGHT_PX, _PANEL_PX)
        below = axes_at(figure, _LEFT_PX, 84 + _PANEL_PX, _WIDTH_PX - _LEFT_PX - _RIGHT_PX, _PANEL_PX)
        _paint_curve(above, one, zone)
        _paint_points(below, trends, start)
        for axes in (above, below):
            axes.set_xlim(span)
        above.set_title(f"{one.curve_title} [{one.unit}]")
        below.set_title(f"measured: {INDICES[trends[0][1]].title.lower()}, change [{unit_of_change(trends[0][1])}]")
        below.set_xlabel("days since the first session")

    told = "; ".join(f"{zone_in_words(place)} day {day:.0f}: {change.change:+.3g} ± {1.96 * change.se:.2g}"
                     for place, day, change in points)  # fmt: skip
    alt = f"{one.title}: {one.curve_title} over the course, above measured changes: {told}"
    caption = Markup("<strong>{}.</strong> {}").format(one.title, one.said)
    return Drawing(draw(_WIDTH_PX, _HEIGHT_PX, name, alt, paint), caption, "beside")


def _day(point: Point, start: datetime) -> float:
    taken = point.taken
    assert taken is not None
    return (taken.replace(tzinfo=None) - start).total_seconds() / 86400


def _paint_curve(axes: Axes, one: Comparison, zone: ZoneResult) -> None:
    values = getattr(zone.curves, one.curve)
    shown = 100 * values / values[:, :1] if one.as_percent else values
    marks = [session.day for session in zone.sessions]
    line = with_jumps(zone.curves.hours, shown, 24 * np.array(marks, float), one.curve)
    found, days = line.found, line.hours / 24
    axes.fill_between(days, found.low, found.high, color=BLUE, alpha=0.2, lw=0)
    axes.plot(days, found.middle, color=BLUE, lw=1.5)
    axes.plot(marks, np.zeros(len(marks)), "^", ms=4.5, color=INK, clip_on=False, transform=axes.get_xaxis_transform())
    axes.grid(axis="y", color=RULE, lw=0.5)


def _paint_points(axes: Axes, trends: list[Trend], start: datetime) -> None:
    axes.axhline(0, color=MUTED, lw=0.8)
    for number, ((zone, _, trend), (mark, color)) in enumerate(zip(trends, _MARKS, strict=False)):
        # Beside each other, where both sides of a face lie on one day.
        aside = number * _ASIDE_D
        dated = [(_day(point, start) + aside, change) for point, change in trend if point.taken]
        days = [day for day, _ in dated]
        least = [change.mdc95 for _, change in dated]
        axes.fill_between(days, [-m for m in least], least, color=RULE, lw=0, alpha=0.7, zorder=0)
        for day, change in dated:
            fill = color if change.verdict != "within_noise" else "white"
            axes.errorbar(day, change.change, yerr=1.96 * change.se, fmt=mark, ms=5, lw=1.1, color=color, mfc=fill)
        axes.plot([], [], mark, color=color, ms=5, label=zone_in_words(zone))
    axes.legend(loc="best")
    axes.margins(y=0.2)
