"""The book of evidence: look rows up by key, and know its digest."""

import hashlib
import json
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TypeVar

from corneum.evidence.rows import Measurement, Number, Rule, Source
from corneum.evidence.tables import Row, read_tables, shipped_tables

_T = TypeVar("_T")


class UnknownKeyError(KeyError):
    """No row has this key; the message names the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


class Book:
    """All rows of the evidence tables, by key.

    Parameters
    ----------
    rows
        Validated rows, as `corneum.evidence.tables.read_tables` returns them.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        every = list(rows)
        self.sources = {row.key: row for row in every if isinstance(row, Source)}
        self.numbers = {row.key: row for row in every if isinstance(row, Number)}
        self.rules = {row.key: row for row in every if isinstance(row, Rule)}
        self.measurements = {row.key: row for row in every if isinstance(row, Measurement)}

    def number(self, key: str) -> Number:
        """Return the number row with this key, or raise `UnknownKeyError`."""
        return _look_up(self.numbers, key)

    def rule(self, key: str) -> Rule:
        """Return the rule row with this key, or raise `UnknownKeyError`."""
        return _look_up(self.rules, key)

    def measurement(self, key: str) -> Measurement:
        """Return the published measurement with this key, or raise `UnknownKeyError`."""
        return _look_up(self.measurements, key)

    def row(self, key: str) -> Number | Rule | Measurement | Source:
        """Return the row of any kind with this key, or raise `UnknownKeyError`."""
        every: dict[str, Number | Rule | Measurement | Source] = {
            **self.sources,
            **self.measurements,
            **self.rules,
            **self.numbers,
        }
        return _look_up(every, key)

    def keys_under(self, prefix: str) -> list[str]:
        """Return the keys of number rows that start with ``prefix`` and a dot."""
        return [key for key in self.numbers if key.startswith(prefix + ".")]

    def digest(self, keys: Iterable[str] | None = None) -> str:
        """Return the SHA-256 over the canonical text of the rows (all, or those with ``keys``), in hex."""
        chosen = (
            [*self.numbers.values(), *self.rules.values()] if keys is None else [self.row(key) for key in set(keys)]
        )
        text = json.dumps([row.model_dump() for row in sorted(chosen, key=lambda row: row.key)], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _look_up(rows: dict[str, _T], key: str) -> _T:
    if key in rows:
        return rows[key]
    near = get_close_matches(key, rows, n=3, cutoff=0.5)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise UnknownKeyError(f"no evidence row has the key {key!r}.{hint}")


@cache
def _shipped() -> Book:
    return Book(read_tables(shipped_tables()))


def load_evidence(*extra: Path) -> Book:
    """Return the shipped book of evidence, with the rows of ``extra`` tables added.

    Raises
    ------
    EvidenceError
        If a table cannot be trusted; the message lists every mistake with its line.

    Examples
    --------
    >>> load_evidence().number("recovery.corneum.regrowth_um_d").value
    2.3
    """
    return _shipped() if not extra else Book(read_tables([*shipped_tables(), *extra]))
