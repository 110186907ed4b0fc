"""The limits of the gates, each an evidence row, and how a value meets them."""

import math
from functools import cache

from corneum.evidence import load_evidence
from corneum.imaging.gates.gate import Gate, Result


@cache
def _values() -> dict[str, float]:
    return {key: row.value for key, row in load_evidence().numbers.items() if key.startswith("imaging.")}


def limit(key: str) -> float:
    """Return the value of an evidence row.

    Parameters
    ----------
    key
        With or without the leading ``imaging.gates.``.
    """
    values = _values()
    return values[key] if key in values else values[f"imaging.gates.{key}"]


def full_key(key: str) -> str:
    """Return the whole evidence key of a limit."""
    return key if key in _values() else f"imaging.gates.{key}"


def below(
    key: str, title: str, value: float, unit: str, rows: tuple[str, str | None], advice: str, per: float = 1.0
) -> Gate:
    """Return a gate for a value that should not be high.

    Parameters
    ----------
    key, title, value, unit
        As in `Gate`.
    rows
        Evidence keys of the limit from which one should do better, and of the limit from which it is refused.
    advice
        Told where the value is above the first limit.
    per
        Factor from the rows' unit to the printed one, for example 100 for a share in percent.
    """
    most, worst = limit(rows[0]) * per, limit(rows[1]) * per if rows[1] else math.inf
    result: Result = "unknown" if math.isnan(value) else _judged(value, most, worst)
    sources = tuple(full_key(row) for row in rows if row)
    return Gate(key, title, value, unit, None, most, result, advice if result != "good" else "", "", sources)


def _judged(value: float, most: float, worst: float) -> Result:
    return "good" if value <= most else "correct" if value <= worst else "refuse"
