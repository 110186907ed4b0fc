"""A cross-section of the skin to scale: its layers, its furrows, and what is gone."""

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from corneum.abrasion import DepthMap
from corneum.evidence import Number
from corneum.reports.figures.style import INK, MUTED, VERMILION, Drawing, axes_at, draw
from corneum.reports.figures.windows import Window
from corneum.reports.marks import badge
from corneum.reports.numbers import row_value, two_digits
from corneum.treatment import ZoneResult

Array = NDArray[np.float64]
_WIDTH_PX = 900
_LEFT, _RIGHT = 50, 128
_FINE_UM = 2.5
_TIMES = 10
_THIN_UM = 25.0
_CORNEUM, _LIVING, _DERMIS, _GONE = "#e8cf9a", "#f2c4b3", "#f6e3e0", "#ffffff"
# Only how the junction is drawn: no source gives its waves, and nothing is computed from them.
_WAVE_SHARE, _WAVE_UM = 0.22, 95.0


@dataclass(frozen=True)
class Section:
    """Lines of a cross-section, each of shape (x,), um, down from the plateaus.

    Parameters
    ----------
    x_um
        Place along the section.
    before, after
        Surface before and after the session.
    corneum, junction
        Lower edge of the stratum corneum, and the dermo-epidermal junction.
    layer_um
        Thickness of one corneocyte layer, um.
    """

    x_um: Array
    before: Array
    after: Array
    corneum: Array
    junction: Array
    layer_um: float


def section_drawings(zone: ZoneResult, window: Window, furrow: Number, name: str) -> tuple[Drawing, ...]:
    """Return the cross-section to scale and, where little is gone, one with ten times the height.

    Parameters
    ----------
    zone
        The simulated zone.
    window
        The stretch of the depth map that is cut.
    furrow
        The row of furrow depth.
    name
        Start of ids.
    """
    found = zone.depth_map
    layer_um = float(np.median(zone.skin.layer_um))
    cut = _section(found, window, furrow.value, layer_um)
    papillary = float(np.median(zone.skin.papillary_um))
    gone = cut.after - cut.before
    drawings = [_to_scale(cut, papillary, furrow, found.pitch_um, name)]
    if float(np.quantile(gone, 0.95)) < _THIN_UM:
        drawings.append(_stretched(cut, gone, name))
    return tuple(drawings)


def _section(found: DepthMap, window: Window, furrow_um: float, layer_um: float) -> Section:
    depth = found.depth_um[window.row, window.start : window.stop].astype(np.float64)
    inside = found.furrow[window.row, window.start : window.stop]
    middles = (np.arange(depth.size) + 0.5) * found.pitch_um
    x = np.arange(0.0, depth.size * found.pitch_um + _FINE_UM / 2, _FINE_UM)
    before = furrow_um * _dips(inside, found.pitch_um, x)
    wave = _WAVE_SHARE * (found.junction_um - found.corneum_um)
    phase = 2 * np.pi * x / _WAVE_UM
    junction = found.junction_um + 0.35 * before + wave * (0.7 * np.sin(phase) + 0.3 * np.sin(1.7 * phase + 1.0))
    return Section(x, before, before + np.interp(x, middles, depth), before + found.corneum_um, junction, layer_um)


def _dips(inside: NDArray[np.bool_], pitch_um: float, x: Array) -> Array:
    """Return the relief over its depth, 0 on plateaus and 1 in the middle of each run of furrow cells."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    relief = np.zeros_like(x)
    for start, stop in zip(edges[::2] * pitch_um, edges[1::2] * pitch_um, strict=True):
        run = (x >= start) & (x <= stop)
        relief[run] = 0.5 - 0.5 * np.cos(2 * np.pi * (x[run] - start) / (stop - start))
    return relief


def _to_scale(cut: Section, papillary_um: float, furrow: Number, pitch_um: float, name: str) -> Drawing:
    gone = cut.after - cut.before
    lowest = float(cut.junction.max()) + min(papillary_um, 60.0)
    lowest = max(lowest, float(cut.after.max()) + 20)
    high_um = lowest + 12
    wide_px = _WIDTH_PX - _LEFT - _RIGHT
    high_px = wide_px * high_um / float(cut.x_um[-1])

    def paint(figure: Figure) -> None:
        axes = axes_at(figure, _LEFT, 12, wide_px, high_px)
        _layers(axes, cut, lowest, 0.12)
        axes.set_ylim(lowest, -12)
        _names(axes, cut, lowest, high_px)

    thick = float((cut.corneum - cut.before)[0])
    alt = (
        f"Cross-section to scale, {cut.x_um[-1]:.0f} µm wide: of a stratum corneum of {two_digits(thick)} µm, "
        f"{two_digits(float(gone.mean()))} µm are gone in the mean; living epidermis and papillary dermis below."
    )
    caption = Markup(
        "To scale, width and height alike, along one row of the map. {} Depth of a furrow: {} "
        '<span class="whole">{}.</span> Drawn, not simulated: the shape of furrows and the waves of the '
        "dermo-epidermal junction."
    ).format(
        f"Between the dotted and the solid surface: gone; cells of {pitch_um:g} µm are joined by straight lines."
        if gone.any()
        else "Nothing is gone.",
        row_value(furrow),
        badge(furrow.read),
    )
    return Drawing(draw(_WIDTH_PX, high_px + 54, f"{name}-section", alt, paint), caption, "section")


def _stretched(cut: Section, gone: Array, name: str) -> Drawing:
    """Return the same with ten times the height and without relief, which would hide the layers."""
    flat = Section(
        cut.x_um, np.zeros_like(gone), gone, cut.corneum - cut.before, cut.junction - cut.before, cut.layer_um
    )
    lowest = min(float(flat.junction.min()), max(1.25 * float(flat.corneum[0]), float(gone.max()) + 3))
    wide_px = _WIDTH_PX - _LEFT - _RIGHT
    high_px = wide_px * _TIMES * (lowest + 1.5) / float(cut.x_um[-1])

    def paint(figure: Figure) -> None:
        axes = axes_at(figure, _LEFT, 12, wide_px, high_px)
        _layers(axes, flat, lowest, 0.4)
        axes.set_ylim(lowest, -1.5)
        _names(axes, flat, lowest, high_px)

    alt = (
        f"The same stretch with the height times {_TIMES}: {two_digits(float(gone.mean()))} µm gone in the mean, "
        f"{two_digits(float(gone.max()))} µm at most, of layers of {two_digits(cut.layer_um)} µm."
    )
    caption = Markup(
        "<strong>Height × {}</strong>, measured down from the surface as it was: the relief of the furrows is "
        "taken off. Thin lines: corneocyte layers of {} µm."
    ).format(_TIMES, two_digits(cut.layer_um))
    return Drawing(draw(_WIDTH_PX, high_px + 54, f"{name}-stretched", alt, paint), caption, "section")


def _layers(axes: Axes, cut: Section, lowest: float, hairline: float) -> None:
    x = cut.x_um
    floor = np.full_like(x, lowest)
    top = cut.after
    axes.fill_between(x, np.maximum(top, cut.junction), floor, color=_DERMIS, linewidth=0)
    axes.fill_between(x, np.maximum(top, cut.corneum), np.maximum(top, cut.junction), color=_LIVING, linewidth=0)
    axes.fill_between(x, top, np.maximum(top, cut.corneum), color=_CORNEUM, linewidth=0)
    count = int(np.floor((cut.corneum - cut.before)[0] / cut.layer_um))
    for number in range(1, count + 1):
        edge = cut.before + number * cut.layer_um
        axes.plot(x, np.where(edge > top, edge, np.nan), color=MUTED, linewidth=hairline, alpha=min(0.7, 2 * hairline))
    axes.plot(x, np.where(cut.corneum > top, cut.corneum, np.nan), color=INK, linewidth=0.6)
    axes.plot(x, np.where(cut.junction > top, cut.junction, np.nan), color=INK, linewidth=0.6)
    axes.fill_between(x, cut.before, top, facecolor=VERMILION, alpha=0.28, linewidth=0)
    axes.plot(x, cut.before, color=VERMILION, linewidth=0.9, linestyle=(0, (1.5, 1.5)))
    axes.plot(x, top, color=INK, linewidth=1.0)
    axes.set_xlim(0, float(x[-1]))
    axes.set_xlabel("µm", labelpad=2)
    axes.set_ylabel("depth, µm", labelpad=2)


def _names(axes: Axes, cut: Section, lowest: float, high_px: float) -> None:
    """Write the layers' names on the right, apart from one another."""
    tall = abs(axes.get_ylim()[0] - axes.get_ylim()[1])
    apart = 15 * tall / high_px
    edges = [
        ("gone", float(cut.before[-1]), float(cut.after[-1])),
        ("stratum corneum", float(cut.after[-1]), float(cut.corneum[-1])),
        ("living epidermis", max(float(cut.after[-1]), float(cut.corneum[-1])), float(cut.junction[-1])),
        ("papillary dermis", max(float(cut.after[-1]), float(cut.junction[-1])), lowest),
    ]
    at = -np.inf
    for text, upper, lower in edges:
        if lower - upper <= 0 or upper >= lowest:
            continue
        middle = (upper + min(lower, lowest)) / 2
        at = max(middle, at + apart)
        axes.annotate(
            text,
            (cut.x_um[-1], middle),
            (cut.x_um[-1] * 1.025, at),
            annotation_clip=False,
            va="center",
            color=VERMILION if text == "gone" else INK,
            size=8,
            arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 0},
        )
