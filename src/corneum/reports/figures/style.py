"""How every figure looks, and how it becomes an inline SVG without ids, fonts or addresses that could collide."""

import base64
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from threading import RLock
from typing import Any

import matplotlib
import numpy as np
from markupsafe import Markup
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from numpy.typing import NDArray

from corneum.reports.figures.drawing import Drawing as Drawing

INK, MUTED, RULE, PAPER = "#1b2127", "#5a646e", "#d5dae0", "#ffffff"
BLUE, VERMILION, GREEN, PURPLE, SKY, ORANGE = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"
LEVELS = 64
_POINT = 0.75
_LOOK: dict[Any, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "corneum",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11 * _POINT,
    "axes.titlesize": 12 * _POINT,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 6,
    "axes.labelsize": 11 * _POINT,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 10.5 * _POINT,
    "ytick.labelsize": 10.5 * _POINT,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "text.color": INK,
    "legend.fontsize": 10.5 * _POINT,
    "legend.frameon": False,
    "figure.facecolor": "none",
    "hatch.linewidth": 0.5,
}
# Settings of matplotlib belong to the whole process.
_ALONE = RLock()


@dataclass(frozen=True)
class Raster:
    """A map of values behind the axes number ``axes``.

    Parameters
    ----------
    axes
        Number of the axes in the figure, from 0.
    level
        Shape (ny, nx), 0 to `LEVELS` - 1; row 0 on top.
    """

    axes: int
    level: NDArray[np.uint8]


def draw(
    width_px: float, height_px: float, name: str, alt: str, paint: Callable[[Figure], Sequence[Raster] | None]
) -> Markup:
    """Return a figure as an ``svg`` element that scales with its place.

    Parameters
    ----------
    width_px, height_px
        Size at which its letters have the size of the page's.
    name
        Start of the ids inside, unique in the page.
    alt
        What the figure shows, in words.
    paint
        Draws on the empty figure; may return rasters to put behind its axes.
    """
    with _ALONE, matplotlib.rc_context(_LOOK):
        figure = Figure(figsize=(width_px / 96, height_px / 96))
        canvas = FigureCanvasSVG(figure)
        rasters = paint(figure) or ()
        text = StringIO()
        canvas.print_svg(text, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    size = (width_px * _POINT, height_px * _POINT)
    boxes = [axes.get_position().bounds for axes in figure.axes]
    svg = _cleaned(text.getvalue(), name)
    for raster in rasters:
        svg = _with_raster(svg, raster, boxes[raster.axes], size)
    opening = (
        f'<svg class="drawing" role="img" aria-label="{escape(alt)}" '
        f'viewBox="0 0 {size[0]:g} {size[1]:g}" style="--width:{width_px:g}px">'
    )
    return Markup(re.sub(r"<svg\b[^>]*>", lambda _: opening, svg, count=1))


def axes_at(figure: Figure, left_px: float, top_px: float, width_px: float, height_px: float) -> Axes:
    """Return new axes at a place given from the figure's upper left corner, px."""
    width, height = figure.get_size_inches() * 96
    return figure.add_axes((left_px / width, 1 - (top_px + height_px) / height, width_px / width, height_px / height))


def levels(values: NDArray[np.floating], top: float) -> NDArray[np.uint8]:
    """Return values from 0 to ``top`` as raster levels."""
    return np.asarray(np.clip(values * (LEVELS / top), 0, LEVELS - 1), np.uint8)


def _cleaned(text: str, name: str) -> str:
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r'<style type="text/css">.*?</style>\s*', "", text, flags=re.DOTALL)
    text = text.replace("xlink:href=", "href=")
    wanted = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in wanted else _axes_mark(found[1]), text)
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", text)
    text = re.sub(r"(style=\"|; )font-family: [^;\"]*", r"\1font-family: inherit", text)
    text = re.sub(r"font: ([^;\"]*?)([\d.]+px) [^;\"]*", _font, text)
    return re.sub(r"\s*\n\s*", " ", text)


def _axes_mark(id_: str) -> str:
    return f' data-axes="{id_.removeprefix("axes_")}"' if re.fullmatch(r"axes_\d+", id_) else ""


def _font(found: re.Match[str]) -> str:
    bold = "; font-weight: 600" if "bold" in found[1] else ""
    return f"font-size: {found[2]}{bold}"


def _with_raster(svg: str, raster: Raster, box: tuple[float, float, float, float], size: tuple[float, float]) -> str:
    left, bottom, width, height = box
    place = f'x="{left * size[0]:.2f}" y="{(1 - bottom - height) * size[1]:.2f}" '
    place += f'width="{width * size[0]:.2f}" height="{height * size[1]:.2f}"'
    data = base64.b64encode(_png(raster.level)).decode()
    image = f'<image {place} preserveAspectRatio="none" class="raster" href="data:image/png;base64,{data}"/>'
    mark = f'<g data-axes="{raster.axes + 1}">'
    return svg.replace(mark, mark + image, 1)


def _png(level: NDArray[np.uint8]) -> bytes:
    """Return an indexed PNG: a quarter of the size of one in full color."""
    palette = (colormaps["cividis"](np.linspace(0, 1, LEVELS))[:, :3] * 255).round().astype(np.uint8)
    lines = np.zeros((level.shape[0], level.shape[1] + 1), np.uint8)
    lines[:, 1:] = level
    header = struct.pack(">IIBBBBB", level.shape[1], level.shape[0], 8, 3, 0, 0, 0)
    chunks = {b"IHDR": header, b"PLTE": palette.tobytes(), b"IDAT": zlib.compress(lines.tobytes(), 6), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks.items()
    )
