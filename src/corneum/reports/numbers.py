"""Numbers as a reader wants them: two digits that count, shares in percent, times in the unit that fits."""

import math

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Number
from corneum.treatment import band

_LEAST = 1e-3
_LEAST_PERCENT = 0.01
_UNITS = {"1": "", "degC": "°C", "deg": "°", "1/decade": "per decade", "1/y": "per year", "Pa s": "Pa·s"}
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
RANGE = "–"


def two_digits(value: float) -> str:
    """Return a number with two digits that count, without exponent.

    Examples
    --------
    >>> [two_digits(value) for value in (0, 0.00002, 0.0873, 4.0, 117, 45_678, float("inf"))]
    ['0', '<0.001', '0.087', '4.0', '120', '46,000', 'more']
    """
    if not math.isfinite(value):
        return "more" if value > 0 else "–"
    if value == 0:
        return "0"
    if abs(value) < _LEAST:
        return f"<{_LEAST:g}" if value > 0 else "0"
    places = 1 - math.floor(math.log10(abs(float(f"{value:.1e}"))))
    return f"{round(value, places):,.{max(places, 0)}f}"


def percent(share: float) -> str:
    """Return a share in percent, without the sign.

    Examples
    --------
    >>> [percent(share) for share in (0, 0.00001, 0.0064, 0.23, 0.998, 1)]
    ['0', '<0.01', '0.64', '23', '>99', '100']
    """
    value = 100 * share
    if 0 < value < _LEAST_PERCENT:
        return f"<{_LEAST_PERCENT:g}"
    if 99.5 <= value < 100:
        return ">99"
    return two_digits(value).removesuffix(".0") if value >= 1 else two_digits(value)


def count(number: int) -> str:
    """Return a large count in words.

    Examples
    --------
    >>> [count(number) for number in (0, 950, 2_747_513, 85_750_458, 3_100_000_000)]
    ['0', '950', '2.7 million', '86 million', '3.1 billion']
    """
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if number >= size:
            return f"{two_digits(number / size)} {word}"
    return f"{number:,}"


def duration(hours: float) -> str:
    """Return a time in the unit that fits it.

    Examples
    --------
    >>> [duration(hours) for hours in (0, 0.12, 1.6, 33.3, 237, 1608, float("inf"))]
    ['at once', '7 min', '1.6 h', '33 h', '10 d', '67 d', 'not told']
    """
    if not math.isfinite(hours):
        return "not told"
    if hours * 60 < 0.5:
        return "at once"
    if hours < 1:
        return f"{hours * 60:.0f} min"
    if hours <= 72:
        return f"{two_digits(hours).removesuffix('.0')} h"
    return f"{hours / 24:.0f} d"


def middle_and_range(values: NDArray[np.float64], *, as_percent: bool = False) -> str:
    """Return the median and the central 95 % over samples, such as "4.1 (2.0–7.3)"; one sample has no range.

    Parameters
    ----------
    values
        One per sample, shape (n,).
    as_percent
        Whether they are shares to be written in percent.
    """
    text = percent if as_percent else two_digits
    found = band(values)
    if values.size == 1:
        return text(float(found.middle))
    return f"{text(float(found.middle))} ({range_text(float(found.low), float(found.high), as_percent=as_percent)})"


def range_text(low: float, high: float, *, as_percent: bool = False) -> str:
    """Return "2.0–7.3", "-1 to 3" or "66 to >99" where a dash would be misread, or one number where both ends agree."""
    text = percent if as_percent else two_digits
    if text(low) == text(high):
        return text(low)
    joint = " to " if low < 0 or text(low)[0] in "<>" or text(high)[0] in "<>" else RANGE
    return f"{text(low)}{joint}{text(high)}"


def plain_number(value: float) -> str:
    """Return a number of an evidence row as the row gives it, with powers of ten written out.

    Examples
    --------
    >>> plain_number(18.3), plain_number(0.0000181), plain_number(3950)
    ('18.3', '1.81 × 10⁻⁵', '3,950')
    """
    if value != 0 and not 1e-3 <= abs(value) < 1e6:
        digits, power = f"{value:.3e}".split("e")
        return f"{float(digits):g} × 10{str(int(power)).translate(_SUPERSCRIPT)}"
    return f"{value:,.10g}"


def unit_text(symbol: str) -> str:
    """Return a unit as print writes it.

    Examples
    --------
    >>> unit_text("g/m2/h"), unit_text("um/d"), unit_text("1")
    ('g/m²/h', 'µm/d', '')
    """
    if symbol in _UNITS:
        return _UNITS[symbol]
    text = symbol.replace("um", "µm") if symbol.startswith("um") or "/um" in symbol else symbol
    return text.replace("m2", "m²").replace("m3", "m³")


def row_value(row: Number) -> str:
    """Return value, range and unit of an evidence row, such as "2.3 (1.6–3) µm/d"."""
    unit = unit_text(row.unit)
    text = plain_number(row.value)
    if row.shape != "fixed":
        joint = " to " if row.low < 0 else RANGE
        # Ends that come from a standard deviation have digits that nobody measured.
        low, high = (plain_number(float(f"{end:.4g}")) for end in (row.low, row.high))
        text += f" ({low}{joint}{high})"
    return f"{text} {unit}".rstrip()
