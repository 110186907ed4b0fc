"""Dates in words, the same in every locale."""

from datetime import date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_in_words(day: date) -> str:
    """Return ``day`` as people write it.

    Examples
    --------
    >>> date_in_words(date(2026, 12, 4))
    '4 December 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
