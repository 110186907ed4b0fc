"""Numbers and bands as people read them."""

import math

from corneum.treatment import Band


def readable(value: float, digits: int = 2) -> str:
    """Return a number with about ``digits`` significant digits and no exponent.

    Examples
    --------
    >>> readable(0.0234), readable(1.0), readable(123.4), readable(0)
    ('0.023', '1.0', '123', '0')
    """
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{max(0, min(places, 6))}f}"


def range_text(found: Band, unit: str = "1", *, factor: float = 1.0) -> str:
    """Return "4.1 (2.0 to 7.3) um": the median and the central 95 %.

    Parameters
    ----------
    found
        A band of single numbers.
    unit
        Symbol to put behind; "1" puts none.
    factor
        Multiplies the numbers, for example 100 for a share that is told in %.
    """
    middle, low, high = (readable(factor * float(value)) for value in (found.middle, found.low, found.high))
    return f"{middle} ({low} to {high})" + ("" if unit == "1" else f" {unit}")
