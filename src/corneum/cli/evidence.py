"""``corneum evidence``: every number and rule with its source and how it was read."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from corneum.evidence import Book, Number

_IN_HEADLINE = ("value", "low", "high", "unit", "shape", "varies")


def evidence(
    key: Annotated[
        str | None, typer.Argument(help="A key, or the start of keys (recovery.corneum).", show_default=False)
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Rules in place of numbers.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Sources in place of numbers.")] = False,
    table: Annotated[
        list[Path] | None, typer.Option("--table", help="Further evidence table (TOML) to check and show.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show evidence rows: value, range, unit, source, how it was read, and grade.

    Examples:

    * corneum evidence recovery.corneum.regrowth_um_d

    * corneum evidence devices.diamond

    * corneum evidence --rules

    * corneum evidence --sources --json
    """
    from corneum.evidence import load_evidence

    if rules and sources:
        raise typer.BadParameter("give --rules or --sources, not both")
    book = load_evidence(*(table or ()))
    if sources:
        _show_sources(book, key, as_json)
    elif rules:
        _show_rules(book, key, as_json)
    elif key is not None and key in {**book.numbers, **book.rules, **book.measurements, **book.sources}:
        _show_one(book, key, as_json)
    else:
        _show_numbers(book, key, as_json)


def _chosen(keys: list[str], start: str | None, book: "Book") -> list[str]:
    found = [key for key in keys if start is None or key == start or key.startswith(start.rstrip(".") + ".")]
    if not found and start is not None:
        book.row(start)
    return found


def _show_numbers(book: "Book", start: str | None, as_json: bool) -> None:
    rows = [book.numbers[key] for key in _chosen(sorted(book.numbers), start, book)]
    if as_json:
        typer.echo(json.dumps([row.model_dump() for row in rows]))
        return
    table = Table("key", "value (range)", "unit", "source", "rows", "read", "grade")
    for row in rows:
        table.add_row(row.key, value_text(row), row.unit, row.source, " ".join(row.rows), row.read, row.grade)
    _print(table, f"{len(rows)} numbers; digest {book.digest()[:16]}")


def _show_rules(book: "Book", start: str | None, as_json: bool) -> None:
    rows = [book.rules[key] for key in _chosen(sorted(book.rules), start, book)]
    if as_json:
        typer.echo(json.dumps([row.model_dump() for row in rows]))
        return
    table = Table("key", "action", "rule", "source", "rows", "read", "grade")
    for row in rows:
        table.add_row(row.key, row.action, row.text, row.source, " ".join(row.rows), row.read, row.grade)
    _print(table, f"{len(rows)} rules; a named clinician decides")


def _show_sources(book: "Book", start: str | None, as_json: bool) -> None:
    rows = [row for key, row in sorted(book.sources.items()) if start is None or key.startswith(start)]
    if as_json:
        typer.echo(json.dumps([row.model_dump() for row in rows]))
        return
    table = Table("key", "citation", "where")
    for row in rows:
        table.add_row(row.key, row.citation, row.where)
    _print(table, f"{len(rows)} sources")


def _show_one(book: "Book", key: str, as_json: bool) -> None:
    from corneum.evidence import Number

    row = book.row(key)
    if as_json:
        typer.echo(json.dumps(row.model_dump()))
        return
    console = Console(highlight=False)
    console.print(f"[bold]{key}[/bold]", soft_wrap=True)
    fields = row.model_dump()
    if isinstance(row, Number):
        console.print(f"  {value_text(row)} {row.unit}, {row.shape}; varies by {row.varies}", markup=False)
        fields = {name: value for name, value in fields.items() if name not in _IN_HEADLINE}
    for name, value in fields.items():
        if name != "key" and value not in ("", (), None):
            console.print(f"  {name.replace('_', ' ')}: {_told(book, name, value)}", markup=False, soft_wrap=True)


def _told(book: "Book", name: str, value: object) -> str:
    from corneum.evidence import GRADES, READ_CODES

    if name == "source":
        source = book.sources[str(value)]
        return f"{value}: {source.citation} {source.where}".rstrip()
    if name == "read":
        return f"{value}: {READ_CODES[str(value)]}"
    if name == "grade":
        return f"{value}: {GRADES[str(value)]}"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def value_text(row: "Number") -> str:
    """Return "2.3 (1.6 to 3)", or the value alone where it does not vary."""
    return f"{row.value:g}" if row.shape == "fixed" else f"{row.value:g} ({row.low:g} to {row.high:g})"


def _print(table: Table, title: str) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=200)
    console.print(title)
    console.print(table)
