"""The unit that the last words of a name promise."""

from corneum.units.table import UNITS, UnitError, unit

_PLAIN_NUMBER = (
    "share",
    "ratio",
    "factor",
    "exponent",
    "fold",
    "probability",
    "coefficient",
    "number",
    "rank",
    "index",
)
_SYMBOL_OF_SUFFIX = {row.suffix: row.symbol for row in UNITS.values() if row.suffix}


def unit_of_name(name: str) -> str | None:
    """Return the unit symbol that the end of ``name`` promises, or None.

    The longest suffix wins: ``regrowth_um_d`` is in um/d, not in d.

    Examples
    --------
    >>> unit_of_name("recovery.corneum.regrowth_um_d")
    'um/d'
    >>> unit_of_name("furrow_share")
    '1'
    """
    words = name.rsplit(".", 1)[-1].split("_")
    for start in range(len(words)):
        suffix = "_".join(words[start:])
        if suffix in _SYMBOL_OF_SUFFIX:
            return _SYMBOL_OF_SUFFIX[suffix]
    return "1" if words[-1] in _PLAIN_NUMBER else None


def check_name_fits_unit(name: str, symbol: str) -> None:
    """Raise `UnitError` if ``name`` does not end in the suffix of unit ``symbol``."""
    written = unit(symbol).symbol
    promised = unit_of_name(name)
    if promised is None:
        endings = ", ".join(_PLAIN_NUMBER)
        raise UnitError(f"{name!r} names no unit: end it in a unit suffix (such as _um) or in one of {endings}")
    if promised != written:
        raise UnitError(f"{name!r} promises {promised}, but its unit is {written}")
