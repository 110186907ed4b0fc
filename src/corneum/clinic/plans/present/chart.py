"""Axes, lines and bands of our small drawings: classes only, so that the style sheet gives light and dark."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from numpy.typing import NDArray

Array = NDArray[np.floating]
_NICE = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Frame:
    """The box of a drawing and what its edges stand for.

    Parameters
    ----------
    left, top, width, height
        Of the box, px.
    x_end, y_end
        Values at its right and far end; both axes begin at 0.
    down
        Whether y runs down, as depth does.
    """

    left: float
    top: float
    width: float
    height: float
    x_end: float
    y_end: float
    down: bool = False

    def x(self, value: Array | float) -> Array:
        """Return where a value stands, px."""
        return np.asarray(self.left + self.width * np.asarray(value) / self.x_end)

    def y(self, value: Array | float) -> Array:
        """Return where a value stands, px, never outside the box."""
        share = np.clip(np.asarray(value, np.float64) / self.y_end, 0, 1)
        return np.asarray(self.top + self.height * (share if self.down else 1 - share))

    def line(self, x: Array, y: Array) -> str:
        """Return the path of a line."""
        return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(self.x(x), self.y(y), strict=True))

    def between(self, x: Array, low: Array, high: Array) -> str:
        """Return the path of the area between two lines."""
        back = "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(self.x(x)[::-1], self.y(low)[::-1], strict=True))
        return f"{self.line(x, high)}L{back}Z"


def ticks(end: float, most: int = 5) -> list[float]:
    """Return round values from 0 up to an end.

    Examples
    --------
    >>> ticks(13.0)
    [0.0, 5.0, 10.0]
    """
    if not end > 0:
        return [0.0]
    rough = end / most
    power = 10 ** np.floor(np.log10(rough))
    step = next(float(nice * power) for nice in _NICE if nice * power >= rough * 0.999)
    return [round(number * step, 9) for number in range(int(end / step + 1e-9) + 1)]


def axes(frame: Frame, *, x_title: str, y_title: str, x_ticks: Sequence[float] | None = None) -> SafeString:
    """Return the two axes with their values and titles."""
    bottom, right = frame.top + frame.height, frame.left + frame.width
    across = [(float(frame.x(value)), _said(value)) for value in (x_ticks or ticks(frame.x_end, 6))]
    up = [(float(frame.y(value)), _said(value)) for value in ticks(frame.y_end, 4)]
    return format_html(
        '<g class="axes"><path d="M{0} {1}V{2}H{3}"/>{4}{5}'
        '<text class="title" x="{3}" y="{6}" text-anchor="end">{7}</text>'
        '<text class="title" x="{8}" y="{9}">{10}</text></g>',
        f"{frame.left:.1f}",
        f"{frame.top:.1f}",
        f"{bottom:.1f}",
        f"{right:.1f}",
        format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            ((f"{x:.1f}", f"{bottom + 15:.1f}", said) for x, said in across),
        ),
        format_html_join(
            "",
            '<path class="grid" d="M{0} {1}H{2}"/><text x="{3}" y="{4}" text-anchor="end">{5}</text>',
            (
                (f"{frame.left:.1f}", f"{y:.1f}", f"{right:.1f}", f"{frame.left - 5:.1f}", f"{y + 4:.1f}", said)
                for y, said in up
            ),
        ),
        f"{bottom + 31:.1f}",
        x_title,
        "2",
        f"{frame.top - 8:.1f}",
        y_title,
    )


def path(d: str, name: str) -> SafeString:
    """Return a path with a class."""
    return format_html('<path class="{}" d="{}"/>', name, d)


def drawing(width: float, height: float, alt: str, *parts: SafeString) -> SafeString:
    """Return a drawing that is told as one picture."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        f"{width:g}",
        f"{height:g}",
        alt,
        mark_safe("".join(parts)),
    )


def _said(value: float) -> str:
    return str(number_format(value, 0 if value == int(value) else 1))
