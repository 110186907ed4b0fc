"""The depth map: the whole zone, and a square of it cell by cell."""

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from corneum.abrasion import DepthMap
from corneum.reports.figures.style import INK, LEVELS, VERMILION, Drawing, Raster, axes_at, draw, levels
from corneum.reports.figures.windows import HOT_SHARE, Window, coarsened, is_sparse, zoom_slices
from corneum.reports.numbers import two_digits

Map = NDArray[np.float32]
_MAP_PX, _ZOOM_PX = 560, 380
_LEFT, _TOP, _BELOW = 54, 14, 40
_TALLEST = 1.4
_BARS_MM = (0.5, 1, 2, 5, 10, 20, 50)
_HOT_MM = 1.0
_EVEN = 1e-3


def map_drawings(found: DepthMap, window: Window, name: str) -> tuple[Drawing, ...]:
    """Return the whole map, and a square of it around the cross-section, in the same colors.

    Parameters
    ----------
    found
        A map that lost something.
    window
        Where the cross-section is.
    name
        Start of ids.
    """
    some = found.depth_um[:: max(1, found.depth_um.shape[0] // 800)]
    top = float(np.quantile(some[some > 0], 0.996)) if some.any() else float(found.depth_um.max())
    return _whole(found, window, top, name), _zoom(found, window, top, name)


def _whole(found: DepthMap, window: Window, top: float, name: str) -> Drawing:
    block, factor = coarsened(found.depth_um)
    cell_mm = found.pitch_um * factor * 1e-3
    height_mm, width_mm = (size * cell_mm for size in block.shape)
    wide = _MAP_PX - _LEFT - 74
    high = wide * min(height_mm / width_mm, _TALLEST)
    hot = _hot_spots(found, max(1, round(_HOT_MM / cell_mm)))

    def paint(figure: Figure) -> list[Raster]:
        axes = axes_at(figure, _LEFT, _TOP, wide, high)
        axes.set(xlim=(0, width_mm), ylim=(height_mm, 0))
        _label(axes)
        if hot is not None:
            _outline_hot(axes, hot, cell_mm)
        _frame(axes, found, window)
        _scale_bar(axes, width_mm, height_mm)
        return [Raster(0, levels(block, top)), _color_bar(figure, _MAP_PX - 62, high, top)]

    depth = found.depth_um
    alt = (
        f"Map of depth removed on {width_mm:.3g} by {height_mm:.3g} mm: mean {two_digits(float(depth.mean()))} µm, "
        f"most {two_digits(float(depth.max()))} µm."
    )
    caption = Markup(
        "Depth removed from the typical skin by the last step of one session: cells of {} µm{}. "
        "{}Square: the part on the right or below."
    ).format(
        f"{found.pitch_um:g}",
        f", shown as means of {factor} × {factor}" if factor > 1 else "",
        "" if hot is None else "Orange lines: the 1 % of the area that lost most, seen over 1 mm and outside furrows. ",
    )
    return Drawing(draw(_MAP_PX, _TOP + high + _BELOW, f"{name}-map", alt, paint), caption, "map")


def _zoom(found: DepthMap, window: Window, top: float, name: str) -> Drawing:
    rows, columns = zoom_slices(found, window)
    part = found.depth_um[rows, columns]
    pitch_mm = found.pitch_um * 1e-3
    height_mm, width_mm = (size * pitch_mm for size in part.shape)
    left_mm, top_mm = columns.start * pitch_mm, rows.start * pitch_mm
    wide = _ZOOM_PX - _LEFT - 14
    high = wide * min(height_mm / width_mm, _TALLEST)

    def paint(figure: Figure) -> list[Raster]:
        axes = axes_at(figure, _LEFT, _TOP, wide, high)
        axes.set(xlim=(left_mm, left_mm + width_mm), ylim=(top_mm + height_mm, top_mm))
        _label(axes)
        _outline_furrows(axes, found.furrow[rows, columns], left_mm, top_mm, pitch_mm)
        place = (window.start * pitch_mm, window.stop * pitch_mm), ((window.row + 0.5) * pitch_mm,) * 2
        axes.plot(*place, color="white", linewidth=3.0, solid_capstyle="butt")
        axes.plot(*place, color=VERMILION, linewidth=1.6, solid_capstyle="butt")
        return [Raster(0, levels(part, top))]

    alt = f"Part of the map, {width_mm:.2g} by {height_mm:.2g} mm, cell by cell, with furrows."
    caption = Markup(
        "The square cell by cell, same colors. White outlines: furrows, which get a share of the dose only; "
        "their course is drawn, their share of the area is a row. Orange line: the cross-section."
    )
    return Drawing(draw(_ZOOM_PX, _TOP + high + _BELOW, f"{name}-zoom", alt, paint), caption, "zoom")


def _hot_spots(found: DepthMap, width: int) -> Map | None:
    """Return the mean depth over ``width`` coarse cells outside furrows, what the hand did; None if it is even."""
    if is_sparse(found) or min(found.depth_um.shape) < 4:
        return None
    plateau = (~found.furrow).astype(np.float32)
    lost, seen = (
        uniform_filter(coarsened(part)[0], width, mode="nearest") for part in (found.depth_um * plateau, plateau)
    )
    mean = np.asarray(lost / np.maximum(seen, 1e-3), np.float32)
    return mean if float(np.ptp(mean)) > _EVEN * float(mean.max()) else None


def _outline_hot(axes: Axes, hot: Map, cell_mm: float) -> None:
    least, most = float(hot.min()), float(hot.max())
    # More than 1 % of the area may share the most: the line then runs just below it.
    level = min(float(np.quantile(hot, 1 - HOT_SHARE)), most - 0.01 * (most - least))
    step = max(1, max(hot.shape) // 320)
    x, y = ((np.arange(size) + 0.5)[::step] * cell_mm for size in (hot.shape[1], hot.shape[0]))
    axes.contour(x, y, hot[::step, ::step], levels=[level], colors=[VERMILION], linewidths=0.9)


def _outline_furrows(axes: Axes, furrow: NDArray[np.bool_], left_mm: float, top_mm: float, pitch_mm: float) -> None:
    if min(furrow.shape) < 2 or not furrow.any():
        return
    # Cells cut finer, so that a contour follows their edges and does not cut their corners.
    fine = 4 if max(furrow.shape) <= 150 else 1
    net = np.kron(furrow, np.ones((fine, fine)))
    y, x = ((np.arange(size) + 0.5) * pitch_mm / fine for size in net.shape)
    axes.contour(left_mm + x, top_mm + y, net, levels=[0.5], colors=["white"], linewidths=0.5, alpha=0.75)


def _frame(axes: Axes, found: DepthMap, window: Window) -> None:
    rows, columns = zoom_slices(found, window)
    pitch_mm = found.pitch_um * 1e-3
    corner = (columns.start * pitch_mm, rows.start * pitch_mm)
    size = ((columns.stop - columns.start) * pitch_mm, (rows.stop - rows.start) * pitch_mm)
    for color, width in (("white", 2.2), (INK, 1.0)):
        axes.add_patch(Rectangle(corner, *size, fill=False, edgecolor=color, linewidth=width))


def _label(axes: Axes) -> None:
    axes.set_xlabel("mm", labelpad=2)
    axes.set_ylabel("mm", labelpad=2)


def _scale_bar(axes: Axes, width_mm: float, height_mm: float) -> None:
    length = max((bar for bar in _BARS_MM if bar <= width_mm / 4), default=_BARS_MM[0])
    left, low = 0.03 * width_mm, 0.965 * height_mm
    plate = Rectangle((left - 0.015 * width_mm, low - 0.06 * height_mm), length + 0.03 * width_mm, 0.08 * height_mm)
    plate.set(facecolor="white", alpha=0.9, linewidth=0, zorder=4)
    axes.add_patch(plate)
    axes.plot([left, left + length], [low, low], color=INK, linewidth=2.2, solid_capstyle="butt", zorder=5)
    middle, above = left + length / 2, low - 0.012 * height_mm
    axes.text(middle, above, f"{length:g} mm", ha="center", va="bottom", size=7.5, zorder=5)


def _color_bar(figure: Figure, left_px: float, height_px: float, top: float) -> Raster:
    axes = axes_at(figure, left_px, _TOP, 14, height_px)
    axes.set_ylim(0, top)
    axes.set_xticks([])
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    axes.set_ylabel("depth removed, µm", labelpad=3)
    return Raster(1, np.arange(LEVELS, dtype=np.uint8)[::-1, None])
