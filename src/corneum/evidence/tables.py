"""Read the evidence tables from TOML, whole, with every mistake listed at its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from corneum.evidence.rows import Measurement, Number, Rule, Source

_KINDS: dict[str, type[Source] | type[Number] | type[Rule] | type[Measurement]] = {
    "source": Source,
    "number": Number,
    "rule": Rule,
    "measurement": Measurement,
}
Row = Source | Number | Rule | Measurement


class EvidenceError(ValueError):
    """An evidence table that cannot be trusted: every mistake, with file and line."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def shipped_tables() -> list[Traversable]:
    """Return the table files that come with Corneum, in name order."""
    folder = files("corneum.evidence") / "tables"
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)


def read_tables(tables: Iterable[Traversable | Path]) -> list[Row]:
    """Return the rows of all ``tables``.

    Raises
    ------
    EvidenceError
        If a file cannot be read, a row lacks a field or has an unknown one, a unit does not fit the name,
        a key is given twice, or a row names a source that no table describes.
    """
    rows: list[Row] = []
    mistakes: list[str] = []
    for table in tables:
        try:
            text = table.read_text(encoding="utf-8")
            raw = tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            mistakes.append(f"{table.name}: cannot be read: {error}")
            continue
        rows.extend(_rows_of(table.name, text, raw, mistakes))
    mistakes.extend(_mistakes_between(rows))
    if mistakes:
        raise EvidenceError(mistakes)
    return rows


def _rows_of(name: str, text: str, raw: dict[str, Any], mistakes: list[str]) -> Iterator[Row]:
    for kind, entries in raw.items():
        if kind not in _KINDS or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            mistakes.append(f"{name}: [[{kind}]] is not a kind of row; write one of {', '.join(_KINDS)}")
            continue
        heads = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line)]
        # Rows may legally be written without a head of their own, or a text may look like one: then no line is named.
        lines = [f":{n}" for n in heads] if len(heads) == len(entries) else [""] * len(entries)
        for line, entry in zip(lines, entries, strict=True):
            try:
                yield _KINDS[kind].model_validate(entry)
            except ValidationError as error:
                at = f"{name}{line}: {entry.get('key', f'a {kind} without key')}"
                mistakes.extend(f"{at}: {message}" for message in _messages(error, _KINDS[kind]))


def _messages(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    for detail in error.errors():
        field = ".".join(map(str, detail["loc"]))
        if detail["type"] == "extra_forbidden":
            near = get_close_matches(field, [*model.model_fields, "sd"], n=1)
            yield f"unknown field {field!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        elif detail["type"] == "missing":
            yield f"{field!r} is missing"
        else:
            said = detail["msg"].removeprefix("Value error, ")
            yield f"{field}: {said}" if field else said


def _mistakes_between(rows: list[Row]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            yield f"{row.key}: given twice"
        seen.add(row.key)
    sources = {row.key for row in rows if isinstance(row, Source)}
    for row in rows:
        if not isinstance(row, Source) and row.source not in sources:
            near = get_close_matches(row.source, sources, n=1)
            yield f"{row.key}: unknown source {row.source!r}" + (f"; did you mean {near[0]!r}?" if near else "")
