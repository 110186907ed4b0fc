"""Rows of a clinic's tables by the hundred thousand: past the models, never past the constraints of the database."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

CHUNK = 20_000
Row = dict[str, Any]
Adapter = Callable[[Any], Any]


class Writer:
    """Writes rows and keeps how many there were, and how long they took."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.seconds: dict[str, float] = {}

    def write(self, name: str, model: Any, rows: Iterable[Row]) -> None:
        """Write rows of a table, in one transaction.

        Parameters
        ----------
        name
            For the figures.
        model
            Of the table; a field that a row does not name has the model's default.
        rows
            Values by the name of the column's attribute; all rows name the same ones.
        """
        from django.db import connection, transaction

        start, some = time.perf_counter(), iter(rows)
        first = next(some, None)
        if first is None:
            return
        fields = [field for field in model._meta.concrete_fields if field.attname in first or not field.primary_key]
        adapters = [_adapter(field, connection) for field in fields]
        given = [field.attname if field.attname in first else None for field in fields]
        usual = [
            None if name else adapt(field.get_default())
            for name, adapt, field in zip(given, adapters, fields, strict=True)
        ]
        plan = list(zip(given, adapters, usual, strict=True))
        values = (
            tuple(value if name is None else adapt(row[name]) for name, adapt, value in plan)
            for row in chain([first], some)
        )
        columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        with transaction.atomic(), connection.cursor() as cursor:
            count = _written(connection.vendor, cursor, model._meta.db_table, columns, len(fields), values)
        self.rows[name], self.seconds[name] = count, time.perf_counter() - start


def _written(vendor: str, cursor: Any, table: str, columns: str, width: int, values: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    if vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)
                count += 1
        return count
    marks = ", ".join(["?"] * width)
    # Django's cursor would read every row for its own placeholders.
    done = cursor.connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)
    return int(done.rowcount)


def _adapter(field: Any, connection: Any) -> Adapter:
    """Return how a value of a field is written to this database."""
    target = field.target_field if field.remote_field is not None else field
    kind = target.get_internal_type()
    if kind == "JSONField":
        return _json
    if connection.vendor == "postgresql":
        return _same
    if kind == "UUIDField":
        return lambda value: None if value is None else value.hex
    if kind == "DateTimeField":

        @lru_cache(maxsize=100_000)
        def moment(value: datetime | None) -> Any:
            return connection.ops.adapt_datetimefield_value(value)

        return moment
    if kind == "DateField":
        return lambda value: None if value is None else value.isoformat()
    return _same


def _same(value: Any) -> Any:
    return value


_texts: dict[int, tuple[Any, str]] = {}


def _json(value: Any) -> str | None:
    """Return a value as JSON; the same object is written out once."""
    if value is None:
        return None
    kept = _texts.get(id(value))
    if kept is None or kept[0] is not value:
        # The object is kept, so that no other one gets its id.
        kept = _texts[id(value)] = (value, json.dumps(value))
    return kept[1]
