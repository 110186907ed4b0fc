"""Numbers as a person reads them: decimals of the page's language, and pressures in the reader's own unit beside."""

import re
from collections.abc import Callable
from contextvars import ContextVar

from django.utils.formats import get_format, number_format

from corneum.reports.numbers import unit_text
from corneum.units import Quantity, UnitError, parse_quantity

USUAL = "kPa"
"""Unit of pressure of a reader who chose none, where nothing says otherwise."""
_PRESSURE = re.compile(r"(\d+(?:[.,]\d+)?)[ \xa0](kPa|mmHg|inHg)\b(?! \()")
_unit: ContextVar[Callable[[], str]] = ContextVar("reader_unit", default=lambda: USUAL)


def read_by(unit: Callable[[], str]) -> None:
    """Let pressures be read in a unit from here on, in this request; it is asked for when the first one is shown."""
    _unit.set(unit)


def reader_unit() -> str:
    """Return the unit in which the reader of this page reads pressures."""
    return _unit.get()()


def plain(value: float) -> str:
    """Return a number as it was read, with the page's decimal sign."""
    return f"{value:.6g}".replace(".", get_format("DECIMAL_SEPARATOR"))


def digits(value: float) -> str:
    """Return a number with two significant digits, as the page's language writes it."""
    if value == 0:
        return "0"
    places = 0 if abs(value) >= 10 else 1 if abs(value) >= 1 else 2
    return str(number_format(round(value, places), places))


def quantity(found: Quantity) -> str:
    """Return "20 kPa": as it is read, without the sign of a vacuum."""
    return f"{plain(abs(found.value))} {unit_text(found.unit)}".strip()


def reads(found: Quantity | str | None) -> str:
    """Return a setting as its gauge shows it, and a pressure in the reader's unit beside it where that is another.

    Parameters
    ----------
    found
        As read, or as it is stored; nothing where there is none.
    """
    if not found:
        return ""
    try:
        read = parse_quantity(found) if isinstance(found, str) else found
    except UnitError:
        return str(found)
    beside = converted(read)
    return f"{quantity(read)} ({beside})" if beside else quantity(read)


def reads_in(text: str) -> str:
    """Return a sentence in which every pressure stands in the reader's unit as well."""
    return _PRESSURE.sub(_beside, text)


def converted(found: Quantity) -> str:
    """Return a pressure in the reader's unit; nothing where its gauge shows that unit, and for what is no pressure."""
    unit = reader_unit()
    factor = factor_of(found.unit)
    if factor is None:
        return ""
    value = abs(found.value) * factor
    return f"{number_format(round(value, 1), 1) if _fine(unit) else digits(round(value, 1))} {unit}"


def factor_of(unit: str) -> float | None:
    """Return by what a pressure is multiplied to be read in the reader's unit; None where nothing is to be done."""
    own = reader_unit()
    if unit == own:
        return None
    try:
        return Quantity(1.0, unit).to(own)
    except UnitError:
        return None


def places() -> int:
    """Return how many decimals a pressure has in the reader's unit."""
    return 1 if _fine(reader_unit()) else 0


def _fine(unit: str) -> bool:
    return unit == "inHg"


def _beside(match: re.Match[str]) -> str:
    said = converted(Quantity(float(match[1].replace(",", ".")), match[2]))
    return f"{match[0]} ({said})" if said else match[0]
