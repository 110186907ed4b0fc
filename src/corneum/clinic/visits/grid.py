"""The calendar as a grid: rows of five minutes, columns of rooms, practitioners or days, with what is free between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.visits.hours import CLOSES, OPENS, local, slot_after
from corneum.clinic.visits.models import HOLDING, SLOT, Visit

_ROWS_PER_HOUR = 12
_SHORTEST_GAP = timedelta(minutes=15)


@dataclass(frozen=True)
class Cell:
    """Something in a column: a visit, or a free time.

    Parameters
    ----------
    row, span
        Where it begins, from 1, and over how many rows it goes.
    starts, ends
        When.
    visit
        The visit; None for a free time.
    """

    row: int
    span: int
    starts: datetime
    ends: datetime
    visit: Visit | None = None


@dataclass(frozen=True)
class Column:
    """A room, a practitioner or a day.

    Parameters
    ----------
    title
        Above it.
    day
        Its day.
    cells
        What is in it, by time.
    of
        Its room or practitioner.
    now_row
        The row of now, or None on another day.
    """

    title: Any
    day: date
    cells: tuple[Cell, ...]
    of: UUID | None = None
    now_row: int | None = None


@dataclass(frozen=True)
class Grid:
    """The calendar.

    Parameters
    ----------
    hours
        The full hours that are drawn, from the first.
    columns
        The columns.
    """

    hours: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def marks(self) -> list[tuple[int, str]]:
        """The rows at which full hours stand, with their words."""
        return [(number * _ROWS_PER_HOUR + 1, f"{hour:02}:00") for number, hour in enumerate(self.hours)]


@dataclass(frozen=True)
class Wanted:
    """A column that is wanted.

    Parameters
    ----------
    title, day, of
        As in `Column`.
    visits
        What is in it.
    """

    title: Any
    day: date
    visits: Sequence[Visit]
    of: UUID | None = None


def grid(wanted: Iterable[Wanted], now: datetime) -> Grid:
    """Return the calendar of some columns; it grows where a visit lies outside the usual hours."""
    columns = list(wanted)
    held = [visit for column in columns for visit in column.visits if visit.status in HOLDING]
    first = min([OPENS.hour, *(timezone.localtime(visit.starts).hour for visit in held)])
    last = max([CLOSES.hour, *(_last_hour(visit) for visit in held)])
    return Grid(tuple(range(first, last)), tuple(_column(column, first, last, now) for column in columns))


def _column(wanted: Wanted, first: int, last: int, now: datetime) -> Column:
    visits = sorted((visit for visit in wanted.visits if visit.status in HOLDING), key=lambda visit: visit.starts)
    rows = (last - first) * _ROWS_PER_HOUR
    cells = [_cell(visit.starts, visit.ends, first, rows, visit) for visit in visits]
    cells += [_cell(starts, ends, first, rows) for starts, ends in _gaps(wanted.day, visits, now)]
    here = timezone.localtime(now)
    row = _row(now, first) if here.date() == wanted.day and first <= here.hour < last else None
    return Column(wanted.title, wanted.day, tuple(sorted(cells, key=lambda cell: cell.row)), wanted.of, row)


def _gaps(day: date, visits: Sequence[Visit], now: datetime) -> list[tuple[datetime, datetime]]:
    begins, closes = max(local(day, OPENS), slot_after(now)), local(day, CLOSES)
    gaps = []
    for visit in visits:
        gaps.append((begins, min(visit.starts, closes)))
        begins = max(begins, visit.ends)
    gaps.append((begins, closes))
    return [(starts, ends) for starts, ends in gaps if ends - starts >= _SHORTEST_GAP]


def _cell(starts: datetime, ends: datetime, first: int, rows: int, visit: Visit | None = None) -> Cell:
    row = _row(starts, first)
    return Cell(row, max(1, min((ends - starts) // SLOT, rows - row + 1)), starts, ends, visit)


def _row(moment: datetime, first: int) -> int:
    here = timezone.localtime(moment)
    return (here.hour - first) * _ROWS_PER_HOUR + here.minute // 5 + 1


def _last_hour(visit: Visit) -> int:
    ends, starts = timezone.localtime(visit.ends), timezone.localtime(visit.starts)
    return 24 if ends.date() != starts.date() else ends.hour + (ends.minute > 0)
