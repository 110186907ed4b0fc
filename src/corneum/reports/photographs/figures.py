"""Figures of measured photographs: changes beside their smallest detectable size, and trends over a course."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, Pair, zone_in_words
from corneum.imaging.pairs.series import Point, Series
from corneum.reports.figures.style import BLUE, INK, MUTED, RULE, Drawing, axes_at, draw

_ROW_PX, _TOP_PX, _FOOT_PX, _LEFT_PX = 22, 8, 46, 150
_WIDTH_PX = 520
_TREND_PX = (340, 220)


def changes_drawing(pair: Pair, index: str) -> Drawing | None:
    """Return the changes of one index in all zones beside what the pair can show; None if nothing was measured.

    Parameters
    ----------
    pair
        A measured pair.
    index
        Its key.
    """
    changes = [change for change in pair.changes if change.index == index and change.verdict != "withheld"]
    if not changes:
        return None
    unit = INDICES[index].unit
    height = _TOP_PX + _ROW_PX * len(changes) + _FOOT_PX

    def paint(figure: Figure) -> None:
        axes = axes_at(figure, _LEFT_PX, _TOP_PX, _WIDTH_PX - _LEFT_PX - 14, _ROW_PX * len(changes))
        for row, change in enumerate(changes):
            axes.barh(row, 2 * change.mdc95, left=-change.mdc95, height=0.62, color=RULE, zorder=1)
            beyond = change.verdict != "within_noise"
            axes.errorbar(
                change.change, row, xerr=1.96 * change.se, fmt="o", ms=5, lw=1.2, zorder=3,
                color=BLUE if beyond else MUTED, mfc=BLUE if beyond else "white",
            )  # fmt: skip
        axes.axvline(0, color=INK, lw=0.8, zorder=2)
        axes.set_yticks(range(len(changes)), [zone_in_words(change.zone) for change in changes])
        axes.set_ylim(len(changes) - 0.5, -0.5)
        axes.set_xlabel(f"change, {unit}")
        axes.tick_params(axis="y", length=0)

    alt = "; ".join(f"{zone_in_words(c.zone)} {c.change:+.3g} of at least {c.mdc95:.3g}" for c in changes)
    svg = draw(_WIDTH_PX, height, f"change-{index}", f"{INDICES[index].title}: {alt}", paint)
    caption = Markup("Dots with 95 % intervals: change. Gray bars: what this pair cannot tell from no change.")
    return Drawing(svg, caption, "changes")


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
    unit = INDICES[index].unit

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
