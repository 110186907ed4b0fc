"""``corneum simulate``: a protocol in, depth, barrier and redness with bands out."""

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from corneum.cli.bar import LOADING, bar
from corneum.cli.exits import finite

if TYPE_CHECKING:
    from corneum.treatment import Result, ZoneResult


def simulate(
    protocol: Annotated[Path, typer.Argument(help="Protocol file (TOML).", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Report file; default: PROTOCOL name with .html, here.")
    ] = None,
    samples: Annotated[int, typer.Option("--samples", "-n", min=1, max=100_000, help="Number of sampled skins.")] = 200,
    seed: Annotated[int, typer.Option(help="Same seed, same result.")] = 0,
    typical: Annotated[
        bool, typer.Option("--typical", help="One typical skin: the band is only what nobody knows.")
    ] = False,
    no_report: Annotated[bool, typer.Option("--no-report", help="Print only; write no report.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON and write no report.")] = False,
) -> None:
    """Simulate a protocol on a population of skins and write an HTML report.

    Examples:

    * corneum simulate examples/six-weekly-sessions.toml

    * corneum simulate examples/diamond-coarse.toml --typical -o diamond.html

    * corneum simulate examples/tape-strips.toml --json | python -m json.tool
    """
    from corneum.treatment import read_protocol

    report = output or Path(protocol.stem + ".html")
    if not (as_json or no_report):
        _check_writable(report, protocol)
    result = _run(read_protocol(protocol), samples, seed, typical)
    if as_json:
        typer.echo(json.dumps(finite(result.to_dict()), allow_nan=False))
        return
    _print(result)
    if no_report:
        return
    with Console(stderr=True).status("Drawing the report"):
        from corneum.reports import write_report

        written = write_report(result, report)
    typer.echo(f"Report: {written.resolve()}")


def _check_writable(report: Path, protocol: Path) -> None:
    """Refuse a report that would replace its own protocol or has no folder, before anything is computed."""
    if report.resolve() == protocol.resolve():
        raise typer.BadParameter(f"{report} is the protocol itself; choose another file", param_hint="--output")
    if not report.resolve().parent.is_dir():
        raise typer.BadParameter(f"the folder {report.parent} does not exist", param_hint="--output")


def _run(protocol: Any, samples: int, seed: int, typical: bool) -> "Result":
    with bar(LOADING) as show:
        from corneum.treatment import simulate as run

        return run(protocol, samples=samples, seed=seed, typical=typical, progress=show)


def _print(result: "Result") -> None:
    from rich.table import Table

    from corneum.treatment import band

    console = Console(highlight=False)
    console.print(result.protocol.title, style="bold", markup=False, soft_wrap=True)
    sessions = (
        "1 session"
        if result.protocol.sessions == 1
        else f"{result.protocol.sessions} sessions, {result.protocol.interval_d:g} d apart"
    )
    console.print(f"{sessions}; {result.draws.n} sampled skins; central 95 % in parentheses")
    table = Table(title="What the model expects (not validated on you)", title_justify="left")
    table.add_column("")
    for found in result.zones:
        table.add_column(found.site, justify="right")
    rows = [_lines(found) for found in result.zones]
    for number, (name, _) in enumerate(rows[0]):
        table.add_row(name, *(lines[number][1] for lines in rows))
    console.print(table)
    for found in result.zones:
        for variant in found.readings:
            console.print(
                f"{found.site}, {variant.label}: {variant.vacuum_kpa:.1f} kPa, "
                f"{band(variant.corneum_share).text(100)} % of the stratum corneum",
                markup=False,
                soft_wrap=True,
            )
    for note in dict.fromkeys([*result.notes, *(note for found in result.zones for note in found.notes)]):
        console.print(f"- {note}", markup=False, soft_wrap=True)


def _lines(found: "ZoneResult") -> list[tuple[str, str]]:
    from corneum.treatment import band

    first, last = found.sessions[0], found.sessions[-1]
    flow = found.curves.blood_flow_ratio.max(axis=1)
    return [
        ("depth removed, first session, um", band(first.depth_um).text()),
        ("stratum corneum removed, first session, % of what was there", band(first.corneum_share).text(100)),
        ("stratum corneum removed, last session, % of what was there", band(last.corneum_share).text(100)),
        ("living epidermis removed, first session, um", band(first.living_um).text()),
        ("area beyond the stratum corneum, %", band(first.beyond_corneum_share).text(100)),
        ("area beyond the dermo-epidermal junction, %", band(first.beyond_junction_share).text(100)),
        ("highest blood flow (redness), x rest", band(flow).text()),
        (
            "barrier back in 95 % of skins, d, TEWL law B12 / B18",
            " / ".join(_days(days) for days in found.barrier_back_d.values()),
        ),
        ("redness gone in 95 % of skins, h", _hours(found.redness_gone_h)),
        (
            "closed to actives in half / 95 % of skins, h",
            f"{_hours(found.actives_half_h)} / {_hours(found.actives_wait_h)}",
        ),
    ]


def _hours(hours: float) -> str:
    if not math.isfinite(hours):
        return "not known"
    return f"{hours:.2g}" if hours < 10 else f"{hours:.0f}"


def _days(days: float) -> str:
    return _hours(days)
