"""No text that a person can see holds a refused word or claim: all of them are read here.

Read are the texts of the screening and course tables, the strings of the rooms that speak to people, the templates and
the help of every command. Quoted claims are exempt by their field, row ids and keys because nobody reads them as prose.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from corneum.cli.app import app
from corneum.course.wording import refused_words

SOURCE = Path(__file__).parents[2] / "src" / "corneum"
TABLES = ("screening/tables", "screening/cases", "course/tables")
SPEAKING = ("screening", "course", "treatment", "validation", "reports", "interop", "cli", "imaging", "lesions")
TEMPLATES = ("*.j2", "*.html", "*.typ")

QUOTED = {
    "claims.toml": {"claim"},
    "contradictions.toml": {"says"},
    "wording.toml": {"patterns", "examples", "id"},
}
"""Fields that quote what others claim, by table; nobody is told them as ours."""
LABELS = {"imaging/rating/scale.py"}
"""Modules that hold the labels of a published scale, which raters choose; nobody is told them as ours."""
MACHINE = {"id", "rows", "row", "ref", "source", "rule", "question", "fee", "target", "kind"}
"""Fields that hold keys."""


def table_files() -> list[Path]:
    return [path for folder in TABLES for path in sorted((SOURCE / folder).glob("*.toml"))]


def texts_of(value: object, exempt: set[str], field: str = "") -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item, exempt, field)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in exempt:
                yield from texts_of(item, exempt, name)


def strings_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def commands() -> Iterator[tuple[str, str]]:
    """Yield every command with its help and that of its parameters."""
    group = typer.main.get_command(app)
    yield "corneum", " ".join(filter(None, (group.help, group.epilog)))
    named = [*group.commands.items()]
    while named:
        name, command = named.pop(0)
        named += [(f"{name} {inner}", one) for inner, one in getattr(command, "commands", {}).items()]
        shown = [command.help, command.epilog, *(getattr(one, "help", None) for one in command.params)]
        yield name, " ".join(text for text in shown if text)


def complaints(text: str) -> list[str]:
    return [f"{found.words!r}: {found.row.id}: {found.row.instead}" for found in refused_words(text)]


@pytest.mark.parametrize("path", table_files(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_tables_hold_no_refused_words(path):
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    exempt = MACHINE | QUOTED.get(path.name, set())
    assert [said for text in texts_of(raw, exempt) for said in complaints(text)] == []


@pytest.mark.parametrize(
    "path",
    [
        path
        for room in SPEAKING
        for path in sorted((SOURCE / room).rglob("*.py"))
        if path.relative_to(SOURCE).as_posix() not in LABELS
    ],
    ids=lambda path: path.relative_to(SOURCE).as_posix(),
)
def test_rooms_that_speak_hold_no_refused_words(path):
    found = [f"line {line}: {said}" for line, text in strings_of(path) for said in complaints(text)]
    assert found == []


@pytest.mark.parametrize(
    "path",
    sorted(path for pattern in TEMPLATES for path in SOURCE.rglob(pattern)),
    ids=lambda path: path.relative_to(SOURCE).as_posix(),
)
def test_templates_hold_no_refused_words(path):
    text = re.sub(r"\{#.*?#\}|<style.*?</style>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert complaints(text) == []


@pytest.mark.parametrize(("name", "text"), list(commands()), ids=lambda value: value if len(value) < 20 else "")
def test_help_holds_no_refused_words(name, text):
    assert complaints(text) == []


def test_what_is_exempt_exists():
    for name, names in QUOTED.items():
        raw = tomllib.loads((SOURCE / "course" / "tables" / name).read_text(encoding="utf-8"))
        assert names <= {field for rows in raw.values() for row in rows for field in row}


def test_a_refused_word_in_a_table_is_found():
    row = {"rule": [{"id": "safe.010", "reason": "This is safe.", "choices": [{"text": "flawless"}]}]}
    assert len([said for text in texts_of(row, MACHINE - {"rule"}) for said in complaints(text)]) == 2
