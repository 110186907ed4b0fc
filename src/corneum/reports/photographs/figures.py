"""Figures of a measured course: the trend of an index in a zone."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, zone_in_words
from corneum.imaging.pairs.series import Point, Series
from corneum.imaging.pairs.words import unit_of_change
from corneum.reports.figures.drawing import Drawing
from corneum.reports.figures.style import BLUE, INK, MUTED, RULE, axes_at, draw

_TREND_PX = (340, 220)


def trend_drawing(series: Series, index: str, zone: str) -> Drawing | None:
    """Return the course of one index in one zone, as change from the baseline; None if nothing was measured.

    Parameters
    ----------
    series
        A measured course.
    index, zone
        Their keys.
    """
    points = [(point, change) for point, change in series.trend(zone, index) if point.taken is not None]
    if not points:
        return None
    days, start = _days(series, points), series.baseline.taken
    unit = unit_of_change(index)

    def paint(figure: Figure) -> None:
        width, height = _TREND_PX
        axes = axes_at(figure, 58, 26, width - 72, height - 72)
        _paint_trend(axes, days, [change for _, change in points])
        axes.set_title(zone_in_words(zone))
        axes.set_ylabel(unit)
        axes.set_xlabel("days since the baseline" if start else "days since the first follow-up")

    alt = ", ".join(f"day {day:.0f}: {change.change:+.3g}" for day, (_, change) in zip(days, points, strict=True))
    svg = draw(*_TREND_PX, f"trend-{index}-{zone}", f"{INDICES[index].title}, {zone_in_words(zone)}: {alt}", paint)
    return Drawing(svg, Markup(""), "trend")


def still_drawing(series: Series, index: str, zones: Sequence[str]) -> Drawing | None:
    """Return the course of one index in the zones that stayed within measurement noise, thinly; None without any.

    Parameters
    ----------
    series
        A measured course.
    index
        Key.
    zones
        Where no follow-up was beyond noise.
    """
    found = {zone: [(p, c) for p, c in series.trend(zone, index) if p.taken is not None] for zone in zones}
    found = {zone: points for zone, points in found.items() if points}
    if not found:
        return None

    def paint(figure: Figure) -> None:
        width, height = _TREND_PX
        axes = axes_at(figure, 58, 26, width - 72, height - 72)
        axes.axhline(0, color=INK, lw=0.8)
        for points in found.values():
            changes = [change.change for _, change in points]
            axes.plot([0.0, *_days(series, points)], [0.0, *changes], "o-", color=MUTED, lw=0.6, ms=2.5, mfc="white")
        least = max(change.mdc95 for points in found.values() for _, change in points)
        axes.axhspan(-least, least, color=RULE, lw=0, zorder=0)
        axes.set_title("each zone within noise")
        axes.set_ylabel(unit_of_change(index))
        axes.set_xlabel("days since the baseline" if series.baseline.taken else "days since the first follow-up")
        axes.margins(x=0.06)

    said = "; ".join(
        f"{zone_in_words(zone)} {', '.join(f'{change.change:+.3g}' for _, change in points)}"
        for zone, points in found.items()
    )
    title = f"{INDICES[index].title}, zones within measurement noise: {said}"
    return Drawing(draw(*_TREND_PX, f"still-{index}", title, paint), Markup(""), "trend")


def _days(series: Series, points: Sequence[tuple[Point, Change]]) -> list[float]:
    moments = [point.taken for point, _ in points if point.taken is not None]
    start = series.baseline.taken or next((p.pair.taken[0] for p in series.points if p.pair and p.pair.taken[0]), None)
    zero: datetime = start or moments[0]
    return [(moment.replace(tzinfo=None) - zero.replace(tzinfo=None)).total_seconds() / 86400 for moment in moments]


def _paint_trend(axes: Axes, days: list[float], changes: list[Change]) -> None:
    axes.axhline(0, color=INK, lw=0.8)
    axes.plot(0, 0, "s", color=INK, ms=4)
    least = np.array([changes[0].mdc95, *(change.mdc95 for change in changes)])
    axes.fill_between([0.0, *days], -least, least, color=RULE, lw=0, zorder=0)
    for day, change in zip(days, changes, strict=True):
        beyond = change.verdict != "within_noise"
        color = BLUE if beyond else MUTED
        axes.errorbar(day, change.change, yerr=1.96 * change.se, fmt="o", ms=5, lw=1.2, color=color,
                      mfc=color if beyond else "white")  # fmt: skip
    axes.margins(x=0.06)
