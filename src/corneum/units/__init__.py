"""Units: the only conversions, and the unit that a name's suffix promises."""

from corneum.units.quantity import Quantity, convert, parse_quantity
from corneum.units.suffix import check_name_fits_unit, unit_of_name
from corneum.units.table import UNITS, Unit, UnitError, unit

__all__ = [
    "UNITS",
    "Quantity",
    "Unit",
    "UnitError",
    "check_name_fits_unit",
    "convert",
    "parse_quantity",
    "unit",
    "unit_of_name",
]
