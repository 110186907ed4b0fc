"""How even a session is: depth by area, and streaks along the zone."""

from typing import Literal

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from corneum.abrasion import DepthMap
from corneum.reports.figures.style import BLUE, INK, RULE, VERMILION, Drawing, axes_at, draw
from corneum.reports.figures.windows import HOT_SHARE, is_sparse
from corneum.reports.numbers import percent, two_digits

Profile = NDArray[np.float64]
_STREAKS_PX, _SPREAD_PX, _HIGH_PX = 560, 380, 226
_LEFT, _TOP, _AXES_PX = 54, 34, 150
_MOST_POINTS = 600
_SMOOTH_MM = 0.25


def evenness_drawings(found: DepthMap, name: str) -> tuple[Drawing, ...]:
    """Return how much of the area lost how much, and the mean depth along both sides of the zone.

    Parameters
    ----------
    found
        A map that lost something.
    name
        Start of ids.
    """
    return _spread(found, name), _streaks(found, name)


def _spread(found: DepthMap, name: str) -> Drawing:
    flat = found.depth_um.ravel()[:: max(1, found.depth_um.size // 1_000_000)]
    left_out = ""
    if is_sparse(found):
        left_out = f" Cells that lost nothing, {percent(float((flat == 0).mean()))} % of the area, are left out."
        flat = flat[flat > 0]
    mean, hot = float(flat.mean()), float(np.quantile(flat, 1 - HOT_SHARE))
    top = 1.04 * float(np.quantile(flat, 0.9995))

    def paint(figure: Figure) -> None:
        axes = axes_at(figure, _LEFT, _TOP, _SPREAD_PX - 70, _AXES_PX)
        counts, edges = np.histogram(flat, bins=60, range=(0, top))
        axes.stairs(100 * counts / flat.size, edges, fill=True, color=BLUE, alpha=0.45)
        _mark(axes, mean, top, "mean", INK, 3)
        _mark(axes, hot, top, "top 1 %", VERMILION, 12)
        axes.set_xlim(0, top)
        _label(axes, "depth removed in a cell, µm", "area, %")

    alt = f"Share of the area by depth removed: mean {two_digits(mean)} µm, top 1 % above {two_digits(hot)} µm."
    caption = Markup(
        "How depth is spread over the cells. The top 1 % of the area lost over {} µm, {} times the mean.{}"
    ).format(two_digits(hot), two_digits(hot / mean), left_out)
    return Drawing(draw(_SPREAD_PX, _HIGH_PX, f"{name}-spread", alt, paint), caption, "spread")


def _streaks(found: DepthMap, name: str) -> Drawing:
    across, along = _profile(found, 0), _profile(found, 1)
    longest_mm = max(found.depth_um.shape) * found.pitch_um * 1e-3

    def paint(figure: Figure) -> None:
        axes = axes_at(figure, _LEFT, _TOP, _STREAKS_PX - 70, _AXES_PX)
        _line(axes, across, found.pitch_um * 1e-3, "left to right", BLUE, "-")
        _line(axes, along, found.pitch_um * 1e-3, "top to bottom", VERMILION, (0, (4, 1.5)))
        axes.set(xlim=(0, longest_mm), ylim=(0, 1.08 * max(float(across.max()), float(along.max()))))
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderpad=0, borderaxespad=0.3)
        _label(axes, "place along the zone, mm", "mean depth, µm")

    swings = [two_digits(100 * float(values.std() / values.mean())) for values in (across, along)]
    varies = f"varies by {swings[0]} % from left to right and by {swings[1]} % from top to bottom"
    caption = "Means of whole columns (left to right) and whole rows (top to bottom) of the map, outside furrows."
    if not is_sparse(found):
        caption += f" Streaks show as waves: the mean depth {varies} (standard deviation over mean)."
    alt = f"Mean depth along the zone: {varies}."
    return Drawing(draw(_STREAKS_PX, _HIGH_PX, f"{name}-streaks", alt, paint), Markup.escape(caption), "streaks")


def _profile(found: DepthMap, axis: int) -> Profile:
    """Return the mean depth outside furrows along one side of the zone, smoothed a little, um."""
    plateau = ~found.furrow
    lost = np.where(plateau, found.depth_um, 0).sum(axis=axis, dtype=np.float64)
    mean = lost / np.maximum(plateau.sum(axis=axis), 1)
    return np.asarray(uniform_filter(mean, max(1, round(_SMOOTH_MM * 1e3 / found.pitch_um)), mode="nearest"))


def _line(
    axes: Axes, values: Profile, pitch_mm: float, label: str, color: str, dash: str | tuple[float, tuple[float, ...]]
) -> None:
    step = max(1, values.size // _MOST_POINTS)
    place = (np.arange(values.size) + 0.5)[::step] * pitch_mm
    axes.plot(place, values[::step], color=color, linestyle=dash, linewidth=1.2, label=label)


def _mark(axes: Axes, value: float, top: float, label: str, color: str, lift: float) -> None:
    side: Literal["left", "center", "right"] = "center"
    if not 0.15 * top < value < 0.85 * top:
        side = "left" if value < 0.5 * top else "right"
    axes.axvline(value, color=color, linewidth=1.1)
    axes.annotate(
        f"{label} {two_digits(value)}",
        (value, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, lift),
        textcoords="offset points",
        ha=side,
        color=color,
        size=8,
    )


def _label(axes: Axes, below: str, beside: str) -> None:
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel(below, labelpad=2)
    axes.set_ylabel(beside, labelpad=2)
