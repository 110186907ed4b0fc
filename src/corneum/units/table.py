"""The table of units: symbol, dimension, size in the dimension's base unit, suffix in names."""

from dataclasses import dataclass
from difflib import get_close_matches


class UnitError(ValueError):
    """An unknown unit, two units of different dimensions, or a unit that does not fit a name."""


@dataclass(frozen=True)
class Unit:
    """One unit of measure.

    Parameters
    ----------
    symbol
        How tables and people write it, for example ``g/m2/h``.
    dimension
        The kind of quantity. Only units of one dimension convert into each other.
    factor
        Size in the base unit of its dimension (the unit of the dimension whose factor is 1).
    suffix
        How identifiers end that carry it, for example ``g_m2_h``; empty if no identifier may.
    """

    symbol: str
    dimension: str
    factor: float
    suffix: str


def _rows() -> list[Unit]:
    rows = [
        ("1", "number", 1.0, ""),
        ("%", "number", 0.01, "pct"),
        ("um", "length", 1e-6, "um"),
        ("nm", "length", 1e-9, "nm"),
        ("mm", "length", 1e-3, "mm"),
        ("cm", "length", 1e-2, "cm"),
        ("m", "length", 1.0, "m"),
        ("um2", "area", 1e-12, "um2"),
        ("mm2", "area", 1e-6, "mm2"),
        ("cm2", "area", 1e-4, "cm2"),
        ("m2", "area", 1.0, "m2"),
        ("s", "time", 1.0, "s"),
        ("min", "time", 60.0, "min"),
        ("h", "time", 3600.0, "h"),
        ("d", "time", 86400.0, "d"),
        ("wk", "time", 604800.0, "wk"),
        ("y", "time", 31557600.0, "y"),
        ("h/layer", "time per layer", 3600.0, "h_layer"),
        ("Pa", "pressure", 1.0, "pa"),
        ("kPa", "pressure", 1e3, "kpa"),
        ("MPa", "pressure", 1e6, "mpa"),
        ("mbar", "pressure", 100.0, "mbar"),
        ("bar", "pressure", 1e5, "bar"),
        ("mmHg", "pressure", 133.322387415, "mmhg"),
        ("cmHg", "pressure", 1333.22387415, "cmhg"),
        ("inHg", "pressure", 3386.389, "inhg"),
        ("psi", "pressure", 6894.757293168, "psi"),
        ("ug", "mass", 1e-9, "ug"),
        ("mg", "mass", 1e-6, "mg"),
        ("g", "mass", 1e-3, "g"),
        ("kg", "mass", 1.0, "kg"),
        ("g/min", "mass flow", 1e-3 / 60, "g_min"),
        ("g/s", "mass flow", 1e-3, "g_s"),
        ("kg/s", "mass flow", 1.0, "kg_s"),
        ("mm/s", "speed", 1e-3, "mm_s"),
        ("cm/s", "speed", 1e-2, "cm_s"),
        ("m/s", "speed", 1.0, "m_s"),
        ("um/d", "growth", 1e-6 / 86400, "um_d"),
        ("N", "force", 1.0, "n"),
        ("uJ", "energy", 1e-6, "uj"),
        ("J", "energy", 1.0, "j"),
        ("J/m2", "energy per area", 1.0, "j_m2"),
        ("g/m2/h", "mass flux", 1.0, "g_m2_h"),
        ("mg/cm2/h", "mass flux", 10.0, "mg_cm2_h"),
        ("kg/m3", "density", 1.0, "kg_m3"),
        ("g/cm3", "density", 1e3, "g_cm3"),
        ("Pa s", "viscosity", 1.0, "pa_s"),
        ("1/um", "per length", 1e6, "per_um"),
        ("1/mm2", "per area", 1e6, "per_mm2"),
        ("1/y", "per time", 1 / 31557600.0, "per_y"),
        ("1/decade", "per time", 1 / 315576000.0, "per_decade"),
        ("g/m2/h/y", "mass flux per time", 1.0, "g_m2_h_y"),
        ("deg", "angle", 1.0, "deg"),
        ("degC", "temperature", 1.0, "degc"),
        ("layers", "count of layers", 1.0, "layers"),
        ("strips", "count of strips", 1.0, "strips"),
        ("passes", "count of passes", 1.0, "passes"),
        ("sessions", "count of sessions", 1.0, "sessions"),
        ("uses", "count of uses", 1.0, "uses"),
    ]
    return [Unit(*row) for row in rows]


UNITS: dict[str, Unit] = {row.symbol: row for row in _rows()}


def unit(symbol: str) -> Unit:
    """Return the unit that ``symbol`` names.

    Raises
    ------
    UnitError
        If no such unit is known; the message names the nearest ones.
    """
    if symbol in UNITS:
        return UNITS[symbol]
    by_case = {known.lower(): known for known in UNITS}
    near = get_close_matches(symbol.lower(), by_case, n=3)
    hint = f" Did you mean {', '.join(by_case[name] for name in near)}?" if near else ""
    raise UnitError(f"unknown unit {symbol!r}.{hint}")
