"""``corneum repeatability``: the clinic's own measurement error, from repeated photographs of unchanged skin."""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from corneum.cli.bar import bar

if TYPE_CHECKING:
    from corneum.imaging.repeatability import Study


def repeatability(
    sessions: Annotated[Path, typer.Argument(help="Folder laid out as PERSON/SETUP/photographs.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The study, for `corneum measure --study`.")] = Path(
        "repeatability.toml"
    ),
    title: Annotated[str, typer.Option(help="Camera, room, date.")] = "",
    site: Annotated[str, typer.Option(help="Body site, for photographs without a face.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the study as JSON and write no file.")] = False,
) -> None:
    """Measure the clinic's own error of every index: 3 captures in each of 2 set-ups, of several people, on one day.

    Between the set-ups the person stands up, and camera, lamp and chair are placed anew. Nothing is done to the skin.

    Examples:

    * corneum repeatability sessions/

    * corneum repeatability sessions/ --title "Canon, room 2, May 2026" -o room-2.toml
    """
    from corneum.imaging.pairs.sessions import captures_in, study_of
    from corneum.imaging.repeatability import write_study

    captures = captures_in(sessions)
    with bar() as show:
        studied = study_of(captures, title=title, site=site, progress=show)
    for path, why in studied.refused:
        typer.echo(f"Not used: {path}: {why}", err=True)
    if as_json:
        typer.echo(json.dumps(_plain(studied.study), allow_nan=False))
        return
    written = write_study(studied.study, output)
    _print(studied.study)
    typer.echo(f"Wrote {written}")


def _plain(study: "Study") -> dict[str, object]:
    rows = [
        {
            name: None if isinstance(value, float) and not math.isfinite(value) else value
            for name, value in asdict(row).items()
        }
        for row in study.rows.values()
    ]
    resolution = study.resolution_px_per_mm if math.isfinite(study.resolution_px_per_mm) else None
    return {
        "title": study.title,
        "persons": study.persons,
        "setups": study.setups,
        "captures": study.captures,
        "resolution_px_per_mm": resolution,
        "carded": study.carded,
        "index": rows,
    }


def _print(study: "Study") -> None:
    from corneum.imaging.indices import INDICES

    table = Table(title=f"Repeatability: {study.persons} people, {study.setups} set-ups, {study.captures} captures")
    for head in ("Index", "CV", "ICC(A,1)", "MDC95", "degrees of freedom"):
        table.add_column(head, justify="left" if head == "Index" else "right")
    for row in study.rows.values():
        unit = INDICES[row.index].unit
        least = f"{100 * row.mdc95:.1f} %" if row.share else f"{row.mdc95:.3g} {unit}"
        table.add_row(
            INDICES[row.index].title, _percent(row.cv_share), _number(row.icc_absolute), least, f"{row.setup_df:.0f}"
        )
    console = Console(highlight=False)
    console.print(table)
    console.print(
        "CV –: the index is a difference or an angle and has no zero to be a share of. ICC: of zones of all people; it "
        "says how far zones are told apart, and people only where there are many.",
        soft_wrap=True,
    )
    if study.persons < 5:
        console.print(
            "Fewer than 5 people: the limits are wide because the study is small, not because the camera is poor."
        )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if math.isfinite(share) else "–"


def _number(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "–"
