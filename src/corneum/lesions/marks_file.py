"""Marks in a TOML file: read with every mistake listed, and written whole."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corneum.lesions import rows
from corneum.lesions.exclusions import Exclusion, State, exclusion, site_of_zone
from corneum.units import UnitError, parse_quantity


class MarksError(ValueError):
    """Marks that cannot be read; ``mistakes`` lists every one, with its place."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def _mm(value: object) -> float:
    if not isinstance(value, str):
        raise UnitError(f'{value!r} has no unit; write for example "4 mm"')
    return parse_quantity(value).to("mm")


def _day(value: object) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"{value!r} is not a date; write year-month-day, such as 2026-12-04")


def _zone(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no zone")
    site_of_zone(value)
    return value


_Share = Annotated[float, Field(ge=0, le=1)]


class _MarkTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zone: Annotated[str, BeforeValidator(_zone)]
    diameter: Annotated[float, BeforeValidator(_mm), Field(gt=0, le=300)]
    error: float = Field(0.0, ge=0, le=1)
    center: tuple[_Share, _Share] | None = None
    note: str = ""
    state: State = "known"
    found: Annotated[date, BeforeValidator(_day)] | None = None
    looked_at: Annotated[date, BeforeValidator(_day)] | None = None


def marks_of(raw: object, *, today: date | None = None) -> tuple[Exclusion, ...]:
    """Return the marks of ``[[mark]]`` tables.

    Parameters
    ----------
    raw
        The list of tables, as read from TOML.
    today
        No doctor has looked at a mark after this day; None to leave that unchecked.

    Raises
    ------
    MarksError
        If a table cannot be read; every mistake is listed with the mark's number.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise MarksError(["mark: must be a list of [[mark]] tables"])
    found, mistakes = [], []
    for number, entry in enumerate(raw, 1):
        try:
            table = _MarkTable.model_validate(entry)
        except ValidationError as error:
            mistakes += [f"mark {number}: {said}" for said in _messages(error)]
            continue
        late = [day for day in (table.found, table.looked_at) if today is not None and day is not None and day > today]
        mistakes += [f"mark {number}: {day.isoformat()} has not come yet" for day in late]
        found.append(_exclusion(table))
    if mistakes:
        raise MarksError(mistakes)
    return tuple(found)


def _exclusion(table: _MarkTable) -> Exclusion:
    return exclusion(
        table.zone,
        table.diameter,
        error_share=table.error,
        center=table.center,
        note=table.note.strip(),
        state=table.state,
        found=table.found,
        looked_at=table.looked_at,
    )


def _messages(error: ValidationError) -> list[str]:
    said = []
    for detail in error.errors():
        field = ".".join(map(str, detail["loc"]))
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = f"unknown key; there are {', '.join(_MarkTable.model_fields)}"
        said.append(f"{field}: {message}" if field else message)
    return said


def parse_marks(text: str, *, name: str = "marks.toml", today: date | None = None) -> tuple[Exclusion, ...]:
    """Return the marks of a file's text; see `marks_of`.

    Raises
    ------
    MarksError
        If it is no TOML, holds anything but marks, or a mark cannot be read.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MarksError([f"{name}: not valid TOML: {error}"]) from error
    strange = [key for key in raw if key != "mark"]
    if strange:
        raise MarksError([f"{name}: {key}: only [[mark]] tables stand in a file of marks" for key in strange])
    try:
        return marks_of(raw.get("mark", []), today=today)
    except MarksError as error:
        raise MarksError([f"{name}: {said}" for said in error.mistakes]) from error


def marks_text(marks: Iterable[Exclusion]) -> str:
    """Return marks as the text of a TOML file that `parse_marks` reads.

    Examples
    --------
    >>> from corneum.lesions.exclusions import exclusion
    >>> print(marks_text([exclusion("chin", 4.0, note="brown")]))
    # Marks that are never treated over. looked_at: the day on which a doctor looked at it.
    <BLANKLINE>
    [[mark]]
    zone = "chin"
    diameter = "4 mm"
    note = "brown"
    state = "known"
    <BLANKLINE>
    """
    head = "# Marks that are never treated over. looked_at: the day on which a doctor looked at it.\n"
    return head + "".join(f"\n[[mark]]\n{_table(mark)}" for mark in marks)


def _table(mark: Exclusion) -> str:
    return "".join(f"{key} = {value}\n" for key, value in _values(mark).items() if value)


def _values(mark: Exclusion) -> Mapping[str, str]:
    # The error is kept, not the radius: a clinic that changes the rim changes every mark's.
    error = ((mark.radius_mm - rows.value("exclusion.rim_mm")) / (mark.diameter_mm / 2) - 1) / 2
    days: dict[str, Any] = {"found": mark.found, "looked_at": mark.looked_at}
    return {
        "zone": json.dumps(mark.zone),
        "diameter": json.dumps(f"{mark.diameter_mm:.4g} mm"),
        "error": f"{error:.3g}" if error > 1e-3 else "",
        "center": "" if mark.center is None else f"[{mark.center[0]:.3f}, {mark.center[1]:.3f}]",
        "note": json.dumps(mark.note, ensure_ascii=False) if mark.note else "",
        "state": json.dumps(mark.state),
        **{key: day.isoformat() if day is not None else "" for key, day in days.items()},
    }
