"""Where the bands come from: the rows that an outcome's spread goes with, and vacuums in doubt."""

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from corneum.recovery import LAWS
from corneum.reports.marks import badge
from corneum.reports.numbers import middle_and_range, row_value, two_digits
from corneum.treatment import Result, ZoneResult, band, influences

_DAY_H = 24.0


@dataclass(frozen=True)
class Outcome:
    """A spread that is explained.

    Parameters
    ----------
    title
        What it is.
    spread
        Median and range as text.
    """

    title: str
    spread: str


@dataclass(frozen=True)
class Share:
    """What one row has in the spread of one outcome.

    Parameters
    ----------
    percent
        Share of the spread, %; None if within chance or not among the strongest.
    rises
        Whether the outcome rises with the row.
    """

    percent: float | None
    rises: bool = True


@dataclass(frozen=True)
class SpreadRow:
    """One evidence row and its share in every outcome.

    Parameters
    ----------
    key, value, conditions
        Of the row.
    badge
        How it was read.
    varies
        Between people, or because nobody knows.
    shares
        One per outcome.
    """

    key: str
    value: str
    conditions: str
    badge: Markup
    varies: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Spread:
    """Where the bands of a zone come from.

    Parameters
    ----------
    outcomes
        What is explained, in columns.
    rows
        The rows, the strongest first; empty if nothing varies beyond chance.
    """

    outcomes: tuple[Outcome, ...]
    rows: tuple[SpreadRow, ...]


@dataclass(frozen=True)
class Gauge:
    """A band of a share on a bar from 0 to 100 %.

    Parameters
    ----------
    text
        Median and range, %.
    low, middle, high
        The same as numbers, %.
    """

    text: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Meaning:
    """What a vacuum in doubt may mean, and what would follow.

    Parameters
    ----------
    label
        The reading.
    vacuum
        As text, with its unit.
    share
        Stratum corneum removed.
    """

    label: str
    vacuum: str
    share: Gauge


def spread_of(result: Result, zone: ZoneResult) -> Spread:
    """Return the rows that the spread of the removed share and of TEWL after a day goes with."""
    named = _outcomes(zone)
    found = [{row.key: row for row in influences(result.draws, values)} for _, values, _ in named]
    strength = {key: max(each[key].share for each in found if key in each) for each in found for key in each}
    rows = []
    for key in sorted(strength, key=lambda key: -strength[key]):
        row = result.draws.book.number(key)
        shares = tuple(Share(100 * each[key].share, each[key].rises) if key in each else Share(None) for each in found)
        varies = "between people" if row.varies == "people" else "nobody knows"
        rows.append(SpreadRow(key, row_value(row), row.conditions, badge(row.read), varies, shares))
    outcomes = tuple(
        Outcome(title, middle_and_range(values, as_percent=unit == "%") + f" {unit}") for title, values, unit in named
    )
    return Spread(outcomes, tuple(rows))


def _outcomes(zone: ZoneResult) -> list[tuple[str, NDArray[np.float64], str]]:
    named = [("Stratum corneum removed", zone.sessions[0].corneum_share, "%")]
    at = np.flatnonzero(zone.curves.hours == _DAY_H)
    if at.size == 0:
        return named
    for law in LAWS:
        # Skins at rest differ so much that the row of resting TEWL would hide every other.
        values = zone.curves.tewl_g_m2_h(law)
        named.append((f"TEWL above rest after 24 h, {law} law", values[:, at[0]] - values[:, 0], "g/m²/h"))
    return named


def meanings_of(zone: ZoneResult) -> tuple[Meaning, ...]:
    """Return what a vacuum in doubt may mean; empty if there is no doubt."""
    readings = getattr(zone, "readings", ())
    if len(readings) < 2:
        return ()
    return tuple(
        Meaning(reading.label, f"{two_digits(reading.vacuum_kpa)} kPa", gauge_of(reading.corneum_share))
        for reading in readings
    )


def gauge_of(share: NDArray[np.float64]) -> Gauge:
    """Return the band of a share, shape (n,), for a bar."""
    found = band(share)
    low, middle, high = (100 * float(part) for part in (found.low, found.middle, found.high))
    return Gauge(middle_and_range(share, as_percent=True), low, middle, high)
