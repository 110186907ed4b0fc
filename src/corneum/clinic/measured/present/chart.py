"""Small drawings of a course: measured points with their error, and what was expected above them. Classes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_WIDTH, _LEFT, _RIGHT, _TOP = 360, 46, 12, 10
_PANEL, _EXPECTED, _GAP, _FOOT = 130, 84, 34, 34
_LIMIT = 1.96
_NICE = (1, 2, 2.5, 5, 10)
_LETTER_PX = 7.0
"""Of a date below a chart, at most."""


@dataclass(frozen=True)
class Dot:
    """A measured change.

    Parameters
    ----------
    day
        Since the baseline.
    date
        As it stands at the axis.
    change, se, mdc95
        With its standard error and the smallest change that its pair can show.
    is_beyond
        Whether it is beyond measurement noise.
    told
        The whole sentence.
    """

    day: float
    date: str
    change: float
    se: float
    mdc95: float
    is_beyond: bool
    told: str


@dataclass(frozen=True)
class Curve:
    """What was expected, in its own unit, by days since the baseline."""

    title: str
    days: Sequence[float]
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True)
class _Box:
    """A panel, and what its edges stand for."""

    top: float
    height: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Return where a day stands, px."""
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (value - self.x_low) / (self.x_high - self.x_low)

    def y(self, value: float) -> float:
        """Return where a value stands, px."""
        return self.top + self.height * (1 - (value - self.y_low) / (self.y_high - self.y_low))


def reach(dots: Sequence[Dot]) -> tuple[float, float]:
    """Return the lowest and highest value that some points need: their intervals, their limits, and zero."""
    ends = [side * value for dot in dots for value in (dot.mdc95,) for side in (-1, 1)]
    ends += [dot.change + side * _LIMIT * dot.se for dot in dots for side in (-1, 1)]
    return min(0.0, *ends), max(0.0, *ends)


def course(
    dots: Sequence[Dot], baseline: str, low_high: tuple[float, float], says: str, expected: Curve | None = None
) -> SafeString:
    """Return the course of one index in one zone.

    Parameters
    ----------
    dots
        Measured, by date.
    baseline
        Date of the baseline, which is zero by definition.
    low_high
        Of the axis: the same for zones that stand side by side.
    says
        For who does not see it.
    expected
        A simulated curve: drawn in a panel of its own, for it has another unit.
    """
    last = max(dot.day for dot in dots)
    x_low, x_high = -0.04 * last, 1.04 * last
    if expected is not None:
        x_low, x_high = min(x_low, *expected.days), max(x_high, *expected.days)
    margin = 0.06 * (low_high[1] - low_high[0]) or 1.0
    top = _TOP + (_EXPECTED + _GAP if expected is not None else 0)
    box = _Box(top, _PANEL, x_low, x_high, low_high[0] - margin, low_high[1] + margin)
    parts = [_band(box, dots), _grid(box), _zero(box), _line(box, dots), _points(box, dots)]
    parts.append(_dates(box, dots, baseline))
    if expected is not None:
        parts.append(_expected(expected, x_low, x_high))
    return format_html(
        '<svg class="course" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        _WIDTH,
        int(top + _PANEL + _FOOT),
        says,
        mark_safe("".join(parts)),
    )


def days_between(first: datetime, second: datetime) -> float:
    """Return the days from one time to another."""
    return (second - first).total_seconds() / 86400


def _expected(curve: Curve, x_low: float, x_high: float) -> SafeString:
    low, high = min(curve.low), max(curve.high)
    margin = 0.06 * (high - low) or 1.0
    box = _Box(_TOP + 14, _EXPECTED - 14, x_low, x_high, low - margin, high + margin)
    over, middle, under = (
        [f"{box.x(day):.1f} {box.y(value):.1f}" for day, value in zip(curve.days, values, strict=True)]
        for values in (curve.high, curve.middle, curve.low)
    )
    return format_html(
        '<g class="expected">{}<path class="spread" d="M{}Z"/><path class="middle" d="M{}"/>'
        '<text class="title" x="2" y="{}">{}</text></g>',
        _grid(box),
        "L".join([*over, *reversed(under)]),
        "L".join(middle),
        _TOP + 2,
        curve.title,
    )


def _band(box: _Box, dots: Sequence[Dot]) -> SafeString:
    """Return what cannot be told from no change: the limit of each pair, joined."""
    first, last = dots[0], dots[-1]
    ends = [(box.x_low, first.mdc95), *((dot.day, dot.mdc95) for dot in dots), (box.x_high, last.mdc95)]
    up = [f"{box.x(day):.1f} {box.y(limit):.1f}" for day, limit in ends]
    down = [f"{box.x(day):.1f} {box.y(-limit):.1f}" for day, limit in reversed(ends)]
    return format_html('<path class="noise" d="M{}Z"/>', "L".join([*up, *down]))


def _grid(box: _Box) -> SafeString:
    return format_html(
        '<g class="axes">{}</g>',
        format_html_join(
            "",
            '<path d="M{0} {2}H{1}"/><text x="{3}" y="{4}" text-anchor="end">{5}</text>',
            (
                (_LEFT, _WIDTH - _RIGHT, f"{box.y(value):.1f}", _LEFT - 6, f"{box.y(value) + 4:.1f}", said)
                for value, said in _ticks(box.y_low, box.y_high)
            ),
        ),
    )


def _zero(box: _Box) -> SafeString:
    return format_html('<path class="zero" d="M{} {}H{}"/>', _LEFT, f"{box.y(0):.1f}", _WIDTH - _RIGHT)


def _line(box: _Box, dots: Sequence[Dot]) -> SafeString:
    """Return a thin line from the baseline over the points: it joins them, and claims nothing of the days between."""
    places = [(0.0, 0.0), *((dot.day, dot.change) for dot in dots)]
    points = "L".join(f"{box.x(day):.1f} {box.y(value):.1f}" for day, value in places)
    return format_html('<path class="joined" d="M{}"/>', points)


def _points(box: _Box, dots: Sequence[Dot]) -> SafeString:
    return format_html_join(
        "",
        '<g class="{}"><title>{}</title><path d="M{} {}V{}"/><circle cx="{}" cy="{}" r="4.5"/></g>',
        (
            (
                "dot beyond" if dot.is_beyond else "dot",
                dot.told,
                f"{box.x(dot.day):.1f}",
                f"{box.y(dot.change - _LIMIT * dot.se):.1f}",
                f"{box.y(dot.change + _LIMIT * dot.se):.1f}",
                f"{box.x(dot.day):.1f}",
                f"{box.y(dot.change):.1f}",
            )
            for dot in dots
        ),
    )


def _dates(box: _Box, dots: Sequence[Dot], baseline: str) -> SafeString:
    bottom = box.top + box.height
    said = [(box.x(0.0), baseline), *((box.x(dot.day), dot.date) for dot in dots)]
    # The first and the last day are told in any case; a day between them where its words have room.
    shown: list[tuple[float, str]] = []
    for x, words in [said[0], *said[:0:-1]]:
        if all(_are_apart(_span(x, words), _span(*other)) for other in shown):
            shown.append((x, words))
    marks = "".join(f"M{box.x(day):.1f} {bottom:.1f}v5" for day in (0.0, *(dot.day for dot in dots)))
    return format_html(
        '<g class="dates"><path d="M{} {}H{}{}"/>{}</g>',
        _LEFT,
        f"{bottom:.1f}",
        _WIDTH - _RIGHT,
        marks,
        format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="{}">{}</text>',
            ((f"{x:.1f}", f"{bottom + 20:.1f}", _anchor(x), said) for x, said in shown),
        ),
    )


def _anchor(x: float) -> str:
    if x > _WIDTH - 50:
        return "end"
    return "start" if x < _LEFT + 20 else "middle"


def _span(x: float, words: str) -> tuple[float, float]:
    """Return from where to where a date's words reach."""
    width = _LETTER_PX * len(words)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[_anchor(x)]
    return left, left + width


def _are_apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] + _LETTER_PX <= other[0] or other[1] + _LETTER_PX <= one[0]


def _ticks(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    rough = (high - low) / most
    power = 10 ** np.floor(np.log10(rough))
    step = next(float(nice * power) for nice in _NICE if nice * power >= rough * 0.999)
    places = max(0, -int(np.floor(np.log10(step) + 1e-9))) + (step / power == _NICE[2])
    first, last = int(np.ceil(low / step)), int(np.floor(high / step))
    return [(n * step, number_format(n * step, places).replace("-", "−")) for n in range(first, last + 1)]
