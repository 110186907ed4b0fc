"""Share of the area where corneocyte layer 1, 2, 3 ... is gone."""

import numpy as np
from markupsafe import Markup
from matplotlib.figure import Figure

from corneum.reports.figures.style import BLUE, INK, RULE, Drawing, axes_at, draw
from corneum.reports.numbers import middle_and_range, percent, range_text
from corneum.treatment import Band, ZoneResult, band

_WIDTH, _HEIGHT = 560, 290


def layers_drawing(zone: ZoneResult, name: str) -> Drawing:
    """Return bars, one per corneocyte layer, with the band of the share of the area where it is gone."""
    count = max(1, int(np.median(zone.skin.layers)))
    share = zone.layer_share[:, :count]
    found = band(share)
    said = (
        f"layer {number + 1} {percent(float(found.middle[number]))} "
        f"({range_text(float(found.low[number]), float(found.high[number]), as_percent=True)})"
        for number in range(count)
    )
    alt = "Share of the area where a corneocyte layer is gone after the first session, in percent: " + ", ".join(said)
    caption = Markup(
        "Share of the area where each corneocyte layer is gone after the last step of the first session. "
        "Bars: median. Lines: the band. The sampled skins have {} layers."
    ).format(middle_and_range(zone.skin.layers))
    svg = draw(_WIDTH, _HEIGHT, f"{name}-layers", alt, lambda figure: _paint(figure, found, count))
    return Drawing(svg, caption, "layers")


def _paint(figure: Figure, found: Band, count: int) -> None:
    axes = axes_at(figure, 50, 16, _WIDTH - 66, _HEIGHT - 66)
    number = np.arange(1, count + 1)
    middle, low, high = (100 * np.asarray(part) for part in (found.middle, found.low, found.high))
    axes.bar(number, middle, width=0.72, color=BLUE, alpha=0.35, linewidth=0)
    axes.vlines(number, low, high, color=INK, linewidth=1.1)
    axes.plot(number, middle, linestyle="", marker="o", markersize=3.5, color=BLUE)
    top = min(100.0, max(1.08 * float(high.max()), 1.0))
    axes.set_ylim(0, top)
    axes.set_xlim(0.4, count + 0.6)
    axes.set_xticks(number)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel("corneocyte layer, counted from the surface", labelpad=3)
    axes.set_ylabel("area where it is gone, %", labelpad=4)
