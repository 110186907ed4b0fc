"""The calendar as a grid: rows of five minutes, columns of rooms, practitioners or days, with what is free between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from corneum.clinic.practice.models import Practice
from corneum.clinic.visits.addresses import address
from corneum.clinic.visits.hours import hours_of, slot_after
from corneum.clinic.visits.models import HOLDING, SLOT, Kind, Status, Visit

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

    @property
    def address(self) -> str:
        """Where a visit is shown; nothing for a free time."""
        return "" if self.visit is None else address("visits:visit", self.visit.pk)

    @property
    def clock(self) -> str:
        """When it starts, as a clock shows it."""
        return f"{timezone.localtime(self.starts):%H:%M}"

    @property
    def moment(self) -> str:
        """When it starts, as the address of the booking form says it."""
        return f"{timezone.localtime(self.starts):%Y-%m-%dT%H:%M}"

    @property
    def kind(self) -> str:
        """What a visit is for."""
        return "" if self.visit is None else str(Kind(self.visit.kind).label)

    @property
    def words(self) -> str:
        """What is read aloud: where a visit is and how long it takes, or from when to when it is free."""
        if self.visit is None:
            times = {"starts": self.clock, "ends": f"{timezone.localtime(self.ends):%H:%M}"}
            return _("Free %(starts)s – %(ends)s") % times
        minutes = _("%(minutes)s minutes") % {"minutes": self.visit.minutes}
        return f"{Status(self.visit.status).label}, {minutes}"


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
    is_closed
        Whether the clinic is usually closed on that day: nothing is offered as free.
    is_off
        Whether its room or practitioner is not bookable any more: nothing is offered as free.
    """

    title: Any
    day: date
    cells: tuple[Cell, ...]
    of: UUID | None = None
    now_row: int | None = None
    is_closed: bool = False
    is_off: bool = False


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
    title, day, of, is_off
        As in `Column`.
    visits
        What is in it.
    """

    title: Any
    day: date
    visits: Sequence[Visit]
    of: UUID | None = None
    is_off: bool = False


def grid(wanted: Iterable[Wanted], now: datetime, practice: Practice) -> Grid:
    """Return the calendar of some columns; it grows where a visit lies outside the usual hours."""
    columns, closes = list(wanted), practice.closes
    held = [visit for column in columns for visit in column.visits if visit.status in HOLDING]
    first = min([practice.opens.hour, *(timezone.localtime(visit.starts).hour for visit in held)])
    last = max([closes.hour + (closes.minute > 0), *(_last_hour(visit) for visit in held)])
    return Grid(tuple(range(first, last)), tuple(_column(column, first, last, now, practice) for column in columns))


def _column(wanted: Wanted, first: int, last: int, now: datetime, practice: Practice) -> Column:
    visits = sorted((visit for visit in wanted.visits if visit.status in HOLDING), key=lambda visit: visit.starts)
    rows = (last - first) * _ROWS_PER_HOUR
    cells = [_cell(visit.starts, visit.ends, first, rows, visit) for visit in visits]
    is_open = practice.is_open_on(wanted.day)
    gaps = _gaps(hours_of(wanted.day, practice), visits, now) if is_open and not wanted.is_off else []
    cells += [_cell(starts, ends, first, rows) for starts, ends in gaps]
    here = timezone.localtime(now)
    row = _row(now, first) if here.date() == wanted.day and first <= here.hour < last else None
    ordered = tuple(sorted(cells, key=lambda cell: cell.row))
    return Column(wanted.title, wanted.day, ordered, wanted.of, row, not is_open, wanted.is_off)


def _gaps(hours: tuple[datetime, datetime], visits: Sequence[Visit], now: datetime) -> list[tuple[datetime, datetime]]:
    begins, closes = max(slot_after(hours[0]), slot_after(now)), hours[1]
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
