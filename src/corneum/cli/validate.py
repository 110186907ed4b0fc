"""``corneum validate``: the model against published measurements, misses shown as misses."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from corneum.cli.exits import finite


def validate(
    only: Annotated[
        list[str] | None, typer.Argument(help="Cases to run, by key; all if none.", show_default=False)
    ] = None,
    samples: Annotated[int, typer.Option("--samples", "-n", min=2, max=10_000, help="Number of sampled skins.")] = 200,
    seed: Annotated[int, typer.Option(help="Same seed, same result.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Compare the model with published measurements: case, predicted band, published value, inside?

    Examples:

    * corneum validate

    * corneum validate validation.r01_corneum_share

    * corneum validate --json > validation.json
    """
    from corneum.validation import cases_table, counts, to_dict
    from corneum.validation import validate as run

    console = Console(highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("published measurements", total=None)

        def show(what: str, done: int, total: int) -> None:
            progress.update(bar, description=what, completed=done, total=total)

        cases = run(samples=samples, seed=seed, only=only or None, progress=show)
    if as_json:
        typer.echo(json.dumps([finite(to_dict(case)) for case in cases], allow_nan=False))
        return
    shown = cases_table(cases)
    table = Table(*shown.columns, show_lines=True)
    for row in shown.rows:
        table.add_row(*(Text(cell) for cell in row))
    if not console.is_terminal:
        console = Console(highlight=False, width=180)
    console.print(table)
    console.print(", ".join(f"{number} {verdict}" for verdict, number in counts(cases).items() if number))
    console.print("A calibrated case, or one that an input was read from, is no independent check.")
