"""Every evidence row that a result rests on, with its source and how it was read."""

from collections import Counter
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from corneum.evidence import GRADES, READ_CODES, Book, Number
from corneum.evidence.rows import MARKED, Read
from corneum.reports.links import linked
from corneum.reports.marks import badge
from corneum.reports.numbers import row_value

_ROOMS = {
    "skin": "Skin",
    "devices": "Devices",
    "abrasion": "Abrasion",
    "recovery": "Recovery and dermal response",
    "treatment": "Treatment",
    "course": "Course",
    "imaging": "Photographs",
    "lesions": "Marks on the skin",
}


@dataclass(frozen=True)
class SourceRow:
    """One evidence row for print.

    Parameters
    ----------
    key, value, conditions, note
        Of the row; value with range and unit.
    citation, where
        Of its source, with links.
    rows
        Its ids in the evidence files.
    badge, grade, grade_meaning
        How it was read, and what that is worth.
    """

    key: str
    value: str
    conditions: str
    note: str
    citation: str
    where: Markup
    rows: str
    badge: Markup
    grade: str
    grade_meaning: str


@dataclass(frozen=True)
class SourceRoom:
    """The rows of one room of the model.

    Parameters
    ----------
    title
        The room.
    summary
        How many rows, and how many of each mark.
    rows
        In the order of their keys.
    """

    title: str
    summary: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True)
class Code:
    """A reading code or a grade with its meaning."""

    badge: Markup
    meaning: str


def source_rooms(book: Book, keys: tuple[str, ...]) -> tuple[SourceRoom, ...]:
    """Return the rows with these keys, room by room."""
    rooms: dict[str, list[Number]] = {}
    for key in keys:
        rooms.setdefault(key.split(".")[0], []).append(book.number(key))
    order = [*_ROOMS, *(room for room in rooms if room not in _ROOMS)]
    return tuple(
        SourceRoom(
            _ROOMS.get(room, room.capitalize()), _summary(rooms[room]), tuple(_row(book, row) for row in rooms[room])
        )
        for room in order
        if room in rooms
    )


def codes_used(book: Book, keys: tuple[str, ...]) -> tuple[Code, ...]:
    """Return the reading codes of these rows with their meaning, in the order of the evidence tables."""
    used = {book.number(key).read for key in keys}
    return tuple(Code(badge(code), READ_CODES[code]) for code in get_args(Read) if code in used)


def grades() -> tuple[Code, ...]:
    """Return the grades with their meaning."""
    return tuple(Code(Markup("<b>{}</b>").format(grade), meaning) for grade, meaning in GRADES.items())


def _room(book: Book, room: str, rows: list[Number]) -> SourceRoom:
    title = _ROOMS.get(room, room.capitalize())
    return SourceRoom(title, _summary(rows), tuple(_row(book, row) for row in rows))


def _summary(rows: list[Number]) -> str:
    number = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    marked = Counter(row.read for row in rows if row.read in MARKED)
    return ", ".join([number, *(f"{times} {code}" for code, times in sorted(marked.items()))])


def _row(book: Book, row: Number) -> SourceRow:
    source = book.sources[row.source]
    return SourceRow(
        key=row.key,
        value=row_value(row),
        conditions=row.conditions,
        note=row.note,
        citation=source.citation,
        where=linked("" if source.where in source.citation else source.where),
        rows=", ".join(row.rows),
        badge=badge(row.read),
        grade=row.grade,
        grade_meaning=GRADES[row.grade],
    )
