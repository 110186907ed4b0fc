"""``corneum photo``: is a photograph good enough to be measured, and may two be compared; in words."""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from corneum.cli.bar import bar
from corneum.cli.demo import demo
from corneum.cli.exits import REFUSED, finite
from corneum.cli.target import target

if TYPE_CHECKING:
    from corneum.imaging.gates.gate import Gate, PairCheck, PhotoCheck

photo = typer.Typer(
    name="photo",
    help="Judge photographs before they are measured: what to correct, in words.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_VIEW = typer.Option(
    "--view",
    help="front, oblique_left, oblique_right, profile_left, profile_right, chin_up, close_up or body; the side is the "
    "person's own that faces the camera.",
)
_JSON = typer.Option("--json", help="Print as JSON.")
_WORDS = {"good": "within limits", "correct": "to correct", "refuse": "take again", "unknown": "not known"}
_STYLES = {"good": "", "correct": "yellow", "refuse": "bold red", "unknown": "dim"}


@photo.command()
def check(
    photographs: Annotated[list[Path], typer.Argument(help="JPEG, PNG, TIFF or HEIC files.", show_default=False)],
    view: Annotated[str, _VIEW] = "front",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Say whether photographs can be measured: each gate with its value, its limit, and what to do.

    Exit code 3 if one of them is refused, 2 if a file is not there or the view is unknown.

    Examples:

    * corneum photo check examples/faces/f_african.jpg

    * corneum photo check left.jpg --view oblique_left

    * corneum photo check visit-3/*.jpg --json | python -m json.tool
    """
    from corneum.imaging.gates import view_of

    view_of(view)
    told = []
    for path, found in _checked(photographs, view):
        told.append(_as_table(path.name, found))
        if not as_json:
            _print(path.name, found)
    if as_json:
        typer.echo(json.dumps(finite(told), allow_nan=False))
    if not all(one["usable"] for one in told):
        raise typer.Exit(REFUSED)


@photo.command()
def compare(
    baseline: Annotated[Path, typer.Argument(help="The earlier photograph.", show_default=False)],
    followup: Annotated[Path, typer.Argument(help="The later one.", show_default=False)],
    view: Annotated[str, _VIEW] = "front",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Say whether two photographs of one person may be compared: light, distance, pose and expression.

    Exit code 3 if not.

    Examples:

    * corneum photo compare baseline.jpg followup.jpg

    * corneum photo compare left-1.jpg left-2.jpg --view oblique_left --json
    """
    from corneum.imaging.gates import compare_checks, view_of

    view_of(view)
    found = [one for _, one in _checked([baseline, followup], view)]
    for one in found:
        if isinstance(one, Exception):
            raise one
    pair = compare_checks(found[0], found[1])
    if as_json:
        typer.echo(json.dumps(finite(_pair_table(pair)), allow_nan=False))
    else:
        _console().print(_rows(pair.gates, f"{pair.names[1]} against {pair.names[0]}"))
        _console().print(_verdict(pair), style="bold", markup=False, soft_wrap=True)
    if not pair.comparable:
        raise typer.Exit(REFUSED)


def _verdict(pair: "PairCheck") -> str:
    from corneum.imaging.gates.pair import expression_differs

    if not pair.comparable:
        return "These two are not compared."
    if expression_differs(pair):
        return (
            "These two may be compared for color and spots only: the expression differs too much for indices of form."
        )
    return "These two may be compared."


def _checked(paths: list[Path], view: str) -> "list[tuple[Path, PhotoCheck | Exception]]":
    """Return the check of each file, or its refusal: one bad file does not hide the others."""
    from corneum.imaging.door import PhotoRefused, read_photo
    from corneum.imaging.gates import check_photo

    found: list[tuple[Path, PhotoCheck | Exception]] = []
    with bar("loading") as show:
        for number, path in enumerate(paths):
            show(f"looking at {path.name}", number, len(paths))
            try:
                found.append((path, check_photo(read_photo(path), view)))
            except PhotoRefused as refusal:
                found.append((path, refusal))
    return found


def _as_table(name: str, found: "PhotoCheck | Exception") -> dict[str, Any]:
    if isinstance(found, Exception):
        return {"name": name, "usable": False, "refused": str(found), "gates": []}
    return {
        "name": name,
        "view": found.view,
        "usable": found.usable,
        "gates": [asdict(gate) for gate in found.gates],
        "notes": list(found.notes),
    }


def _pair_table(pair: "PairCheck") -> dict[str, Any]:
    return {"names": pair.names, "comparable": pair.comparable, "gates": [asdict(gate) for gate in pair.gates]}


def _print(name: str, found: "PhotoCheck | Exception") -> None:
    console = _console()
    if isinstance(found, Exception):
        console.print(f"Refused: {found}", style="bold", markup=False, soft_wrap=True)
        return
    console.print(_rows(found.gates, name))
    for note in found.notes:
        console.print(f"- {note}", markup=False, soft_wrap=True)
    again = [gate.title.lower() for gate in found.gates if gate.result == "refuse"]
    better = sum(gate.result == "correct" for gate in found.gates)
    if again:
        verdict = f"{name}: take it again ({', '.join(again)})."
    elif better:
        verdict = f"{name}: can be measured; {better} {'thing' if better == 1 else 'things'} to correct next time."
    else:
        verdict = f"{name}: can be measured; every gate that could be judged is within its limits."
    console.print(verdict, style="bold", markup=False, soft_wrap=True)


def _rows(gates: "tuple[Gate, ...]", title: str) -> Table:
    from rich.markup import escape

    table = Table(title=escape(title), title_justify="left")
    for head in ("what", "value", "limit", "result", "what to do"):
        table.add_column(head, overflow="fold")
    for gate in gates:
        word = _WORDS[gate.result]
        table.add_row(gate.title, _value(gate), _limit(gate), word, escape(gate.advice), style=_STYLES[gate.result])
    return table


def _value(gate: "Gate") -> str:
    """Return a value as people read it: words where there are some, angles with both."""
    if math.isnan(gate.value):
        return gate.said or "not known"
    if gate.said and gate.unit != "deg":
        return gate.said
    places = 0 if abs(gate.value) >= 20 else 2 if gate.unit in ("x", "eye distances") else 1
    shown = f"{gate.value:.{places}f} {gate.unit}".strip()
    return f"{shown}: {gate.said}" if gate.said else shown


def _limit(gate: "Gate") -> str:
    ends = [f"at least {gate.limit_low:.3g}"] if gate.limit_low is not None else []
    ends += [f"at most {gate.limit_high:.3g}"] if gate.limit_high is not None else []
    return f"{' and '.join(ends)} {gate.unit}" if ends and gate.unit else ""


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


photo.command()(demo)
photo.command()(target)
