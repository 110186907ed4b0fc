"""A value with its unit, as a person wrote it, and its conversion."""

import math
import re
from dataclasses import dataclass

from corneum.units.table import Unit, UnitError, unit

_WRITTEN = re.compile(r"^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """Return ``value`` in another unit of the same dimension.

    Parameters
    ----------
    value
        The number in ``from_unit``.
    from_unit, to_unit
        Unit symbols of `corneum.units.UNITS`.

    Raises
    ------
    UnitError
        If a unit is unknown or the dimensions differ.

    Examples
    --------
    >>> round(convert(30, "kPa", "mmHg"))
    225
    >>> round(convert(8.9, "inHg", "kPa"), 1)
    30.1
    """
    source, target = unit(from_unit), unit(to_unit)
    if source.dimension != target.dimension:
        raise UnitError(f"{from_unit} is {_a(source)}, {to_unit} is {_a(target)}: they do not convert")
    # Rounded, or 0.25 mm would be 250.00000000000003 um, and outside a limit of 250 um.
    ratio = float(f"{source.factor / target.factor:.15g}")
    return value * ratio


def _a(named: Unit) -> str:
    return f"{'an' if named.dimension[0] in 'aeiou' else 'a'} {named.dimension}"


@dataclass(frozen=True)
class Quantity:
    """A number with the unit in which it was read.

    Parameters
    ----------
    value
        The number, in ``unit``.
    unit
        A symbol of `corneum.units.UNITS`.
    """

    value: float
    unit: str

    def to(self, unit_symbol: str) -> float:
        """Return the value in another unit of the same dimension."""
        return convert(self.value, self.unit, unit_symbol)

    def __str__(self) -> str:
        return f"{self.value:g}" if self.unit == "1" else f"{self.value:g} {self.unit}"


def parse_quantity(text: str) -> Quantity:
    """Return the quantity that a text such as ``"30 mmHg"`` writes.

    Raises
    ------
    UnitError
        If there is no number, the number is not finite, or the unit is missing or unknown.

    Examples
    --------
    >>> parse_quantity("-30 kPa").to("mmHg").__round__()
    -225
    """
    match = _WRITTEN.match(text)
    if match is None:
        raise UnitError(f"{text!r} is not a number with a unit, such as '30 kPa'")
    value = float(match[1])
    if not math.isfinite(value):
        raise UnitError(f"{text!r} is not a finite number")
    if not match[2]:
        raise UnitError(f"{text!r} has no unit; write for example '{match[1]} kPa'")
    return Quantity(value, unit(match[2]).symbol)
