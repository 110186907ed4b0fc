"""A measured pair as it is read again from its table: the numbers without the pictures."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from corneum.imaging.pairs import Change, Outcome, Quality, SpotCount

_NOT_A_NUMBER = frozenset({"zone", "index", "unit", "error_from", "verdict", "why", "scale_from", "notes"})
Row = TypeVar("Row", Change, Quality)


class TableUnreadable(ValueError):
    """A table is none that this version wrote."""


@dataclass(frozen=True)
class StoredPair:
    """A measured pair without its pictures.

    Parameters
    ----------
    outcome
        Immediate, durable, between or unknown.
    changes
        One for each zone and index, zone by zone.
    spots
        One for each zone in which spots were counted.
    quality
        Of the alignment, light and color.
    """

    outcome: Outcome
    changes: tuple[Change, ...]
    spots: tuple[SpotCount, ...]
    quality: Quality


def read_pair_table(table: Mapping[str, Any]) -> StoredPair:
    """Return the measured pair that `corneum.reports.photographs.writing.pair_table` wrote; null is withheld again.

    Raises
    ------
    TableUnreadable
        If something is missing or of another kind.
    """
    try:
        return StoredPair(
            table["outcome"],
            tuple(_row(Change, row) for row in table["changes"]),
            tuple(SpotCount(**row) for row in table["spots"]),
            _row(Quality, table["quality"]),
        )
    except (KeyError, TypeError) as error:
        raise TableUnreadable("this is no table of a measured pair that this version wrote") from error


def _row(kind: type[Row], raw: Mapping[str, Any]) -> Row:
    known = {field.name for field in fields(kind)}
    if missing := set(raw) - known:
        raise KeyError(*missing)
    return kind(**{name: _value(name, value) for name, value in raw.items()})


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(name, one) for one in value)
    return math.nan if value is None and name not in _NOT_A_NUMBER else value
