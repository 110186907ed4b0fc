"""``corneum questions``: the intake that the screening rules need."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from corneum.screening import Question


def questions(
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="A clinic's own rules (TOML).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Print the questions that the screening rules need, and how each may be answered.

    Examples:

    * corneum questions

    * corneum questions --json > intake.json
    """
    from corneum.screening import load_rules
    from corneum.screening import questions as asked

    book = load_rules(*(rules or ()))
    found = asked(book)
    if as_json:
        typer.echo(json.dumps([one.model_dump(mode="json", by_alias=True) for one in found]))
        return
    console = Console(highlight=False)
    console.print(f'{len(found)} questions. "don\'t know" answers each; a missing answer never counts as no.')
    topic = ""
    for one in found:
        if book.topics[one.id] != topic:
            topic = book.topics[one.id]
            console.print(f"\n{topic.replace('_', ' ')}", style="bold", markup=False)
        console.print(f"{one.id}: {one.text}", markup=False, soft_wrap=True)
        console.print(f"    {_how(one)}", style="dim", markup=False, soft_wrap=True)


def _how(question: "Question") -> str:
    from corneum.screening import condition_in_words

    match question.kind:
        case "date":
            how = "a date, year-month-day"
        case "sites":
            how = 'a list of sites, such as ["cheek", "chin"]'
        case "number":
            how = f"a number {question.unit}".rstrip()
        case _:
            how = " | ".join(question.allowed)
    asked = f"; only if {condition_in_words(question.only_if)}" if question.only_if is not None else ""
    return f"{how}{asked}" + (f". {question.help}" if question.help else "")
