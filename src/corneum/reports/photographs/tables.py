"""What the tables of a measured pair show: numbers with their errors, in words that claim no more."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, change_in_words, zone_in_words
from corneum.imaging.pairs.words import per_baseline, unit_of_change

_ARROWS = {"higher": "▲", "lower": "▼", "within_noise": "", "withheld": "–"}
_WORDS = {"higher": "higher", "lower": "lower", "within_noise": "within noise", "withheld": "withheld"}


class Measured(Protocol):
    """A measured pair, just computed or read again from its table."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """One for each zone and index, zone by zone."""


@dataclass(frozen=True)
class Cell:
    """One cell of the overview: an index in a zone.

    Parameters
    ----------
    text
        The change, with its sign.
    least
        The smallest change that the pair can show, in the same unit; empty where withheld.
    arrow
        Up or down where it is beyond measurement noise.
    verdict
        A word for the style sheet.
    told
        The whole sentence.
    """

    text: str
    arrow: str
    verdict: str
    told: str
    least: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the overview: an index with a cell per zone.

    Parameters
    ----------
    key
        Of the index.
    title, unit
        Of the index, and of the changes in its cells.
    cells
        One for each zone.
    """

    key: str
    title: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Line:
    """One line of an index's table."""

    zone: str
    before: str
    after: str
    change: str
    least: str
    error_from: str
    verdict: str
    word: str


@dataclass(frozen=True)
class IndexTable:
    """All zones of one index.

    Parameters
    ----------
    key, title, unit, formula, source
        Of the index.
    change_unit
        Of its changes.
    lines
        One per zone where it was measured.
    error_from
        What gave the errors, where that is the same for all lines; else empty.
    withheld
        Why it is missing, each reason once.
    """

    key: str
    title: str
    unit: str
    change_unit: str
    formula: str
    source: str
    lines: tuple[Line, ...]
    error_from: str
    withheld: tuple[str, ...]


def overview(pair: Measured) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the names of the zones, and a row for each measured index."""
    measured = [key for key in INDICES if any(c.index == key and c.verdict != "withheld" for c in pair.changes)]
    by_place = {(change.zone, change.index): change for change in pair.changes}
    zones = list(dict.fromkeys(change.zone for change in pair.changes if change.index in measured))
    rows = tuple(_row(key, [by_place[zone, key] for zone in zones]) for key in measured)
    return tuple(_capital(zone_in_words(zone)) for zone in zones), rows


def index_tables(pair: Measured) -> tuple[IndexTable, ...]:
    """Return the table of each index, measured ones first."""
    tables = [_index_table(key, [c for c in pair.changes if c.index == key]) for key in INDICES]
    return tuple(sorted(tables, key=lambda table: not table.lines))


def counts(changes: Iterable[Change]) -> tuple[int, int]:
    """Return how many changes were measured, and how many of them are beyond measurement noise."""
    measured = [change for change in changes if change.verdict != "withheld"]
    return len(measured), sum(change.verdict != "within_noise" for change in measured)


def number(value: float) -> str:
    """Return a number to three digits, with a true minus sign.

    Examples
    --------
    >>> number(-0.01234), number(1234.5), number(float("nan"))
    ('−0.0123', '1234', '–')
    """
    if not math.isfinite(value):
        return "–"
    return _plain(f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) >= 1e-4 else "0")


def _plain(text: str) -> str:
    return text.replace("-", "−")


def _unit(key: str) -> str:
    """Return the unit in which the overview tells the changes of an index."""
    index = INDICES[key]
    return "%" if index.is_ratio else unit_of_change(key)


def _row(key: str, changes: list[Change]) -> Row:
    """Return a row of the overview, to two digits of its usual error: more would claim what the pair cannot tell."""
    errors = [change.mdc95 for change in changes if change.mdc95 > 0]
    places = min(max(0, 1 - math.floor(math.log10(median(errors)))), 4) if errors else 0
    return Row(key, INDICES[key].title, _unit(key), tuple(_cell(change, places) for change in changes))


def _cell(change: Change, places: int) -> Cell:
    if change.verdict == "withheld":
        return Cell("–", "", "withheld", change_in_words(change))
    by, unit = per_baseline(change)
    value = by * change.change
    places = 0 if unit == "%" else places
    text, least = f"{value:+.{places}f}", f"±{_rounded_up(by * change.mdc95, places)}"
    text = "0" if float(text) == 0 else _plain(text)
    if unit == "%":
        text = f"{text} %"
    elif unit != _unit(change.index):
        # Of a baseline of nothing there is no percentage.
        text, least = (text, "") if text == "0" else (f"{text} {unit}", f"{least} {unit}")
    return Cell(text, _ARROWS[change.verdict], change.verdict, change_in_words(change), least)


def _rounded_up(least: float, places: int) -> str:
    """Return a limit to some places, never smaller than it is: a change within it must not look beyond it."""
    return f"{math.ceil(round(least * 10**places, 6)) / 10**places:.{places}f}"


def _index_table(key: str, changes: list[Change]) -> IndexTable:
    index = INDICES[key]
    lines = tuple(_line(change) for change in changes if change.verdict != "withheld")
    reasons = tuple(dict.fromkeys(change.why for change in changes if change.verdict == "withheld"))
    errors = {line.error_from for line in lines}
    error = errors.pop() if len(errors) == 1 else ""
    return IndexTable(
        key, index.title, index.unit, unit_of_change(key), index.formula, index.source, lines, error, reasons
    )


def _line(change: Change) -> Line:
    sign = "+" if change.change > 0 else ""
    return Line(
        _capital(zone_in_words(change.zone)),
        number(change.before),
        number(change.after),
        sign + number(change.change),
        number(change.mdc95),
        "this clinic's study" if change.error_from == "clinic" else "shipped simulation",
        change.verdict,
        _WORDS[change.verdict],
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
