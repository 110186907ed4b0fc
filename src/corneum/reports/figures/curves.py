"""Curves over the course and over its first days: one small panel per quantity, each with its band."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from corneum.reports.figures.style import BLUE, INK, MUTED, RULE, VERMILION, Drawing, axes_at, draw
from corneum.reports.numbers import two_digits
from corneum.treatment import Band, ZoneResult, band

Array = NDArray[np.float64]
_WIDTH, _HEIGHT = 350, 220
_NOTHING = 1e-6


@dataclass(frozen=True)
class Line:
    """A band over time.

    Parameters
    ----------
    hours
        Times, shape (t,), h.
    found
        Middle, low and high, each of shape (t,).
    label
        Name in the legend; empty if it is the only line.
    """

    hours: Array
    found: Band
    label: str = ""


@dataclass(frozen=True)
class Quantity:
    """What a panel shows.

    Parameters
    ----------
    name, title, unit
        For the file, for people, for the axis.
    curves
        One or two names of curves.
    against_rest
        ``above``: less the same skin at rest; ``percent``: in percent of it. Skins at rest differ so much that a
        band of their values hides what a session does.
    until_h
        Last hour of the panel of the first days.
    """

    name: str
    title: str
    unit: str
    curves: tuple[str, ...]
    against_rest: Literal["", "above", "percent"] = ""
    until_h: float = 72.0

    def values(self, zone: ZoneResult, curve: str) -> Array:
        """Return a curve as the panel shows it, shape (n, t)."""
        values: Array = getattr(zone.curves, curve)
        if self.against_rest == "above":
            return values - values[:, :1]
        return 100 * values / values[:, :1] if self.against_rest == "percent" else values

    def stays(self, zone: ZoneResult) -> bool:
        """Return whether no sample of any of its curves ever leaves rest."""
        curves = [self.values(zone, curve) for curve in self.curves]
        return all(
            float(np.abs(values - values[:, :1]).max()) <= _NOTHING * (1 + float(np.abs(values[:, :1]).max()))
            for values in curves
        )


@dataclass(frozen=True)
class Panel:
    """One quantity over time.

    Parameters
    ----------
    title, unit
        For people, for the axis.
    lines
        One or two bands.
    rest
        The value of the skin before the first session.
    """

    title: str
    unit: str
    lines: tuple[Line, ...]
    rest: float


_TEWL = ("tewl_exponential_g_m2_h", "tewl_reciprocal_g_m2_h")
_COURSE = (
    Quantity("tewl", "Transepidermal water loss", "g/m²/h", _TEWL),
    Quantity("rise", "The same, above the same skin at rest", "g/m²/h", _TEWL, "above"),
    Quantity("corneum", "Stratum corneum thickness", "% of rest", ("corneum_um",), "percent"),
    Quantity("living", "Living epidermis missing", "µm", ("living_lost_um",)),
    Quantity("flow", "Redness: skin blood flow", "times rest", ("blood_flow_ratio",)),
    Quantity("permeability", "Permeability", "times rest", ("permeability_ratio",)),
    Quantity("hydration", "Hydration", "times rest", ("hydration_ratio",)),
    Quantity("mitosis", "Mitotic rate", "times rest", ("mitosis_ratio",)),
    Quantity("epidermis", "Living epidermis, thickness", "times rest", ("epidermis_ratio",)),
    Quantity("procollagen", "Procollagen messenger RNA", "fold", ("procollagen1_fold", "procollagen3_fold")),
)
_FIRST_DAYS = (
    Quantity("rise", "Water loss above the same skin at rest", "g/m²/h", _TEWL, "above"),
    Quantity("corneum", "Stratum corneum thickness", "% of rest", ("corneum_um",), "percent"),
    Quantity("flow", "Redness: skin blood flow", "times rest", ("blood_flow_ratio",)),
    Quantity("permeability", "Permeability", "times rest", ("permeability_ratio",)),
    Quantity("hydration", "Hydration", "times rest", ("hydration_ratio",)),
    Quantity("sebum", "Sebum on the surface", "times rest", ("sebum_ratio",), until_h=6.0),
)
_LABELS = {
    "tewl_exponential_g_m2_h": "exponential law (B12)",
    "tewl_reciprocal_g_m2_h": "reciprocal law (B18)",
    "procollagen1_fold": "type I",
    "procollagen3_fold": "type III",
}


def _is_flat(values: Array) -> bool:
    rest = values[:, :1]
    return float(np.abs(values - rest).max()) <= _NOTHING * (1 + float(np.abs(rest).max()))


def course_drawings(zone: ZoneResult, name: str) -> tuple[Drawing, ...]:
    """Return one small panel per quantity over the whole course, in days."""
    sessions = np.array([session.day for session in zone.sessions]) * 24
    drawings = []
    for of in _COURSE:
        if of.stays(zone):
            continue
        lines = tuple(with_jumps(zone.curves.hours, of.values(zone, curve), sessions, curve) for curve in of.curves)
        drawings.append(_drawn(_panel(of, lines), f"{name}-course-{of.name}", "d", sessions))
    return tuple(drawings)


def unmoved(zone: ZoneResult) -> tuple[str, ...]:
    """Return the titles of what stays at rest in every sample, and therefore has no panel."""
    every = {of.name: of for of in (*_FIRST_DAYS, *_COURSE)}
    return tuple(of.title for of in every.values() if of.stays(zone) and of.name != "rise")


def first_days_drawings(zone: ZoneResult, name: str) -> tuple[Drawing, ...]:
    """Return small panels of the hours after the first session, at most to the second one."""
    days = [session.day for session in zone.sessions]
    second_h = (days[1] - days[0]) * 24 if len(days) > 1 else np.inf
    hours = zone.curves.hours
    drawings = []
    for of in _FIRST_DAYS:
        # The first column is the skin before the session, also at hour 0.
        shown = (np.arange(hours.size) > 0) & (hours <= of.until_h) & (hours < second_h)
        if shown.sum() < 2 or of.stays(zone):
            continue
        lines = tuple(
            Line(hours[shown], band(of.values(zone, curve)[:, shown]), _LABELS.get(curve, "")) for curve in of.curves
        )
        panel = _panel(of, lines, rest=float(np.median(of.values(zone, of.curves[0])[:, 0])))
        drawings.append(_drawn(panel, f"{name}-first-{of.name}", "h", np.zeros(0)))
    return tuple(drawings)


def _panel(of: Quantity, lines: tuple[Line, ...], rest: float | None = None) -> Panel:
    return Panel(of.title, of.unit, lines, float(lines[0].found.middle[0]) if rest is None else rest)


def with_jumps(hours: Array, values: Array, sessions_h: Array, curve: str) -> Line:
    """Return a band over time that jumps at sessions.

    Parameters
    ----------
    hours, values
        Times, shape (t,), h, and values, shape (n, t).
    sessions_h
        Times of the sessions, shape (s,), h.
    curve
        Its name, for the legend.
    """
    # A session is an instant: what stood before it is held up to it, so that the line jumps and does not lean.
    for hour in sessions_h[1:]:
        at = int(np.searchsorted(hours, hour))
        hours = np.insert(hours, at, hour)
        values = np.insert(values, at, values[:, at - 1], axis=1)
    return Line(hours, band(values), _LABELS.get(curve, ""))


def _drawn(panel: Panel, name: str, time_unit: str, sessions_h: Array) -> Drawing:
    svg = draw(
        _WIDTH, _HEIGHT, name, _alt(panel, time_unit), lambda figure: _paint(figure, panel, time_unit, sessions_h)
    )
    return Drawing(svg, Markup(""), "panel")


def _paint(figure: Figure, panel: Panel, time_unit: str, sessions_h: Array) -> None:
    axes = axes_at(figure, 50, 30, _WIDTH - 62, _HEIGHT - 76)
    scale = 24.0 if time_unit == "d" else 1.0
    for number, line in enumerate(panel.lines):
        _band(axes, line, line.hours / scale, second=number > 0)
    axes.axhline(panel.rest, color=MUTED, linewidth=0.7, linestyle=(0, (1.5, 1.5)), zorder=0)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    low, high = _limits(panel)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.set_ylim(low, high)
    axes.set_xlim(0, float(panel.lines[0].hours[-1]) / scale)
    axes.xaxis.set_major_locator(
        MaxNLocator(7, integer=True, steps=[1, 2, 3, 6, 10] if time_unit == "h" else [1, 2, 7, 10])
    )
    mark = axes.get_xaxis_transform()
    axes.plot(sessions_h / scale, 0 * sessions_h, "^", markersize=4.5, color=INK, clip_on=False, transform=mark)
    axes.set_xlabel("days" if time_unit == "d" else "hours after the first session", labelpad=3)
    figure.text(10 / _WIDTH, 1 - 17 / _HEIGHT, panel.title, weight="bold", size=8.6)
    figure.text(1 - 10 / _WIDTH, 1 - 17 / _HEIGHT, panel.unit, ha="right", color=MUTED, size=8)
    if len(panel.lines) > 1:
        axes.legend(loc="upper right", borderpad=0, handlelength=1.8, labelspacing=0.25, borderaxespad=0.2)


def _band(axes: Axes, line: Line, time: Array, *, second: bool) -> None:
    """Draw one band: the first filled, the second outlined, so that both are seen where they overlap."""
    found = line.found
    if second:
        for edge in (found.low, found.high):
            axes.plot(time, edge, color=VERMILION, linewidth=0.7, linestyle=(0, (2, 1.5)))
        axes.plot(time, found.middle, color=VERMILION, linewidth=1.5, linestyle=(0, (4, 1.5)), label=line.label)
        return
    axes.fill_between(time, found.low, found.high, color=BLUE, alpha=0.2, linewidth=0)
    axes.plot(time, found.middle, color=BLUE, linewidth=1.6, label=line.label)


def _limits(panel: Panel) -> tuple[float, float]:
    low = min(float(line.found.low.min()) for line in panel.lines)
    high = max(float(line.found.high.max()) for line in panel.lines)
    low, high = min(low, panel.rest), max(high, panel.rest)
    # A line that stays where it was must look like one.
    least = 0.1 * abs(panel.rest) if panel.rest else 0.1
    room = max(0.06 * (high - low), 0.5 * (least - (high - low)), 0.02 * least)
    # Two lines need a legend, and the legend a place where no band is.
    above = max(3.5 * room, 0.32 * (high - low)) if len(panel.lines) > 1 else room
    return (0.0 if low >= 0 > low - room else low - room, high + above)


def _alt(panel: Panel, time_unit: str) -> str:
    said = []
    for line in panel.lines:
        peak = int(np.argmax(np.abs(line.found.middle - panel.rest)))
        at = line.hours[peak] / (24 if time_unit == "d" else 1)
        said.append(
            f"{line.label or 'median'}: farthest from rest at {at:.3g} {time_unit} with "
            f"{two_digits(float(line.found.middle[peak]))} ({two_digits(float(line.found.low[peak]))} to "
            f"{two_digits(float(line.found.high[peak]))}), at the end {two_digits(float(line.found.middle[-1]))}"
        )
    return f"{panel.title}, {panel.unit}, over time; before the first session {two_digits(panel.rest)}. " + "; ".join(
        said
    )
