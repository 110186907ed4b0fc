"""The chart of one index: its change in every zone beside what the pair cannot tell from no change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, Pair, zone_in_words
from corneum.imaging.pairs.words import unit_of_change
from corneum.reports.figures.drawing import Drawing
from corneum.reports.templating import environment

_WIDTH_PX, _LEFT_PX, _RIGHT_PX = 464, 154, 454
_TOP_PX, _ROW_PX, _BAR_PX, _FOOT_PX = 6, 22, 14, 46
_LIMIT = 1.96
"""Standard errors of a 95 % interval."""
_MARGIN_SHARE = 0.05
_MOST_TICKS = 7
_STEPS = (1, 2, 5, 10)
_CAPTION = Markup("Dots with 95 % intervals: change. Gray bars: what this pair cannot tell from no change.")


@dataclass(frozen=True)
class _Row:
    """One zone, in px of the chart."""

    zone: str
    verdict: str
    middle: float
    low: float
    wide: float
    start: float
    end: float
    change: float


@dataclass(frozen=True)
class _Tick:
    """A mark of the axis: where, and what it says."""

    place: float
    text: str


@dataclass(frozen=True)
class _Axis:
    """From values to px."""

    low: float
    high: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(_LEFT_PX + share * (_RIGHT_PX - _LEFT_PX), 1)

    @property
    def ticks(self) -> tuple[_Tick, ...]:
        """Round values, at most `_MOST_TICKS`, with as many places as tell them apart."""
        least = (self.high - self.low) / _MOST_TICKS
        power = 10.0 ** math.floor(math.log10(least))
        step = next(power * times for times in _STEPS if power * times >= least)
        places = max(0, -math.floor(math.log10(step) + 1e-9))
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return tuple(
            _Tick(self.at(n * step), f"{n * step:.{places}f}".replace("-", "−")) for n in range(first, last + 1)
        )


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
    axis, foot = _axis(changes), _TOP_PX + _ROW_PX * len(changes)
    says = "; ".join(f"{zone_in_words(c.zone)} {c.change:+.3g} of at least {c.mdc95:.3g}" for c in changes)
    svg = (
        environment()
        .get_template("changes.svg.j2")
        .render(
            name=f"change-{index}",
            title=f"{INDICES[index].title}: change in each zone",
            says=f"{says}.",
            unit=unit_of_change(index),
            width=_WIDTH_PX,
            height=foot + _FOOT_PX,
            left=_LEFT_PX,
            right=_RIGHT_PX,
            top=_TOP_PX,
            foot=foot,
            bar=_BAR_PX,
            zero=axis.at(0),
            rows=[_row(change, place, axis) for place, change in enumerate(changes)],
            ticks=axis.ticks,
        )
    )
    return Drawing(Markup(svg), _CAPTION, "changes")


def _axis(changes: Sequence[Change]) -> _Axis:
    """Return an axis that holds every interval, every bar and zero."""
    reach = [_LIMIT * change.se for change in changes]
    low = min(0.0, *(min(c.change - r, -c.mdc95) for c, r in zip(changes, reach, strict=True)))
    high = max(0.0, *(max(c.change + r, c.mdc95) for c, r in zip(changes, reach, strict=True)))
    margin = _MARGIN_SHARE * (high - low) or 1.0
    return _Axis(low - margin, high + margin)


def _row(change: Change, place: int, axis: _Axis) -> _Row:
    reach = _LIMIT * change.se
    low, high = axis.at(-change.mdc95), axis.at(change.mdc95)
    return _Row(
        zone=zone_in_words(change.zone),
        verdict="within" if change.verdict == "within_noise" else "beyond",
        middle=_TOP_PX + _ROW_PX * (place + 0.5),
        low=low,
        wide=round(high - low, 1),
        start=axis.at(change.change - reach),
        end=axis.at(change.change + reach),
        change=axis.at(change.change),
    )
