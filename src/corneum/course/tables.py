"""Read a table of the course room from TOML, whole, with every mistake listed at its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

ROW_ID = r"^(?:[RBETDCMPX]\d{2}|[A-Z]{2}-\d{2,3})$"
Strength = Literal[
    "guideline",
    "consensus",
    "regulator",
    "systematic review",
    "trial",
    "observational",
    "lab",
    "case report",
    "expert opinion",
    "clinic page",
    "vendor",
    "web",
    "inference",
    "gap",
]
"""The words in which the survey of the literature says how strong a source is."""


class TableError(ValueError):
    """A table of the course that cannot be trusted: every mistake, with file and line."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class Row(BaseModel):
    """A row of a course table; it cannot be changed and has no fields of its own making."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class NamedRow(Row):
    """A row that other rows name.

    Parameters
    ----------
    id
        Lower case, words joined by ``_`` or ``-``, groups by dots.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$")


class SourcedRow(NamedRow):
    """A row with its origin.

    Parameters
    ----------
    source
        Key of the evidence source that it rests on most.
    rows
        Ids of the findings of the survey that it rests on.
    """

    source: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    rows: tuple[str, ...] = Field(min_length=1)


AnyRow = TypeVar("AnyRow", bound=Row)


def shipped(name: str) -> Traversable:
    """Return the table ``name`` (such as ``care.toml``) that comes with Corneum."""
    return files("corneum.course") / "tables" / name


def read_table(table: Traversable | Path, kinds: Mapping[str, type[AnyRow]]) -> dict[str, tuple[AnyRow, ...]]:
    """Return the rows of ``table`` by kind; every kind is there, if only as an empty tuple.

    Raises
    ------
    TableError
        If the file cannot be read, holds an unknown kind, a row lacks a field or has an unknown one,
        a row id looks like none, or an id is given twice within its kind.
    """
    try:
        text = table.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError([f"{table.name}: cannot be read: {error}"]) from error
    mistakes: list[str] = []
    found: dict[str, tuple[AnyRow, ...]] = dict.fromkeys(kinds, ())
    for kind, entries in raw.items():
        if kind not in kinds or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            mistakes.append(f"{table.name}: [[{kind}]] is not a kind of row here; write one of {', '.join(kinds)}")
            continue
        rows = tuple(_rows_of(table.name, text, kind, entries, kinds[kind], mistakes))
        mistakes.extend(_twice(table.name, kind, rows))
        found[kind] = rows
    if mistakes:
        raise TableError(mistakes)
    return found


def nearest(name: str, known: Iterable[str]) -> str:
    """Return " Did you mean ...?" for a misspelled name, or nothing."""
    near = get_close_matches(name, list(known), n=3)
    return f" Did you mean {', '.join(near)}?" if near else ""


def _rows_of(
    name: str, text: str, kind: str, entries: list[dict[str, Any]], model: type[AnyRow], mistakes: list[str]
) -> Iterator[AnyRow]:
    heads = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line)]
    lines = [f":{n}" for n in heads] if len(heads) == len(entries) else [""] * len(entries)
    for line, entry in zip(lines, entries, strict=True):
        at = f"{name}{line}: {entry.get('id', f'a {kind} without id')}"
        try:
            yield model.model_validate(entry)
        except ValidationError as error:
            mistakes.extend(f"{at}: {message}" for message in _messages(error, model))
        for row_id in entry.get("rows", []):
            if isinstance(row_id, str) and not re.match(ROW_ID, row_id):
                mistakes.append(f"{at}: {row_id!r} does not look like a row id such as IN-001 or C12")


def _messages(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    for detail in error.errors():
        field = ".".join(map(str, detail["loc"]))
        if detail["type"] == "extra_forbidden":
            near = get_close_matches(field, model.model_fields, n=1)
            yield f"unknown field {field!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        elif detail["type"] == "missing":
            yield f"{field!r} is missing"
        else:
            said = detail["msg"].removeprefix("Value error, ")
            yield f"{field}: {said}" if field else said


def _twice(name: str, kind: str, rows: tuple[Row, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if isinstance(row, NamedRow):
            if row.id in seen:
                yield f"{name}: the {kind} {row.id!r} is given twice"
            seen.add(row.id)
