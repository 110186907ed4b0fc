"""``corneum measure``: what changed between photographs, with the error of each change."""

import json
import shlex
from concurrent.futures import ThreadPoolExecutor
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corneum.cli.bar import Show, bar
from corneum.cli.memory import keep_freed_memory

if TYPE_CHECKING:
    from corneum.imaging.card import Scale
    from corneum.imaging.pairs import Pair
    from corneum.imaging.pairs.series import Series
    from corneum.imaging.repeatability import Study

_TWO = "give a baseline and a follow-up, or a folder with --manifest"


def measure(
    photographs: Annotated[
        list[Path], typer.Argument(help="BASELINE FOLLOWUP, or a folder with --manifest.", show_default=False)
    ],
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="List of a course's photographs (TOML); beside them or in FOLDER.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the report; default: named by the photographs.")
    ] = None,
    site: Annotated[str, typer.Option(help="Body site, for photographs without a face: forearm, upper_back, ...")] = "",
    scale: Annotated[
        float | None, typer.Option(min=0.1, max=500, help="Pixels per mm of skin, if nothing in the frame tells it.")
    ] = None,
    study: Annotated[
        Path | None, typer.Option("--study", help="The clinic's own repeatability (from `corneum repeatability`).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON and write no files.")] = False,
) -> None:
    """Measure the change between photographs of one person, each change with its error.

    Writes report.html, aligned pictures, change maps (PNG) and changes.json; with a list, report.html, series.json and
    a folder of these for each follow-up. Exit code 3 if a pair cannot be compared.

    Examples:

    * corneum measure baseline.jpg followup.jpg

    * corneum measure arm-1.jpg arm-2.jpg --site forearm --scale 14.2

    * corneum measure series/ --manifest series.toml --study our-clinic.toml
    """
    from corneum.imaging.repeatability import read_study

    own = read_study(study) if study is not None else None
    options: dict[str, object] = {"--manifest": manifest, "--site": site, "--scale": scale, "--study": study}
    given = [word for name, value in options.items() if value for word in (name, _name(value))]
    command = shlex.join(["corneum", "measure", *map(_name, photographs), *given])
    if manifest is not None or len(photographs) == 1:
        if site or scale is not None:
            raise typer.BadParameter("write the site and the scale into the list of photographs", param_hint="--site")
        _course(_manifest_of(photographs, manifest), own, output, as_json, command)
        return
    if len(photographs) != 2:
        raise typer.BadParameter(_TWO)
    with bar() as show:
        pair = _measured(photographs[0], photographs[1], site, scale, own, show)
        if not as_json:
            folder = output or Path(f"{photographs[0].stem}-{photographs[1].stem}")
            written = _write(pair, folder, command, show)
    if as_json:
        from corneum.reports.photographs.writing import pair_table

        typer.echo(json.dumps(pair_table(pair), allow_nan=False))
        return
    _print(pair)
    typer.echo(f"Wrote {written}")


def _name(value: object) -> str:
    """Return a value as a report may print it: of a file its name only, for folders name people and machines."""
    return value.name or "." if isinstance(value, Path) else str(value)


def _manifest_of(photographs: list[Path], manifest: Path | None) -> Path:
    if len(photographs) != 1:
        raise typer.BadParameter("with --manifest, give the folder of the photographs only")
    folder = photographs[0]
    if not folder.exists():
        raise FileNotFoundError(ENOENT, "there is no such file or folder", str(folder))
    if folder.is_file():
        raise typer.BadParameter(_TWO)
    # A list beside the photographs comes first: it is found from wherever the command is called.
    places = [folder / (manifest or "series.toml"), *([manifest] if manifest else [])]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise typer.BadParameter(f"there is no list {places[0].name!r} in {folder}: name it by --manifest")
    return found


def _measured(first: Path, second: Path, site: str, scale: float | None, study: "Study | None", show: Show) -> "Pair":
    from corneum.imaging.door import read_photo

    keep_freed_memory()
    show("reading", 0, 7)
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(read_photo, path) for path in (first, second)]
        # Loaded while the photographs are decoded, which lets other threads run.
        from corneum.imaging.pairs import measure_pair, prepare_both

        photos = jobs[0].result(), jobs[1].result()
    known = _scale(scale)
    show("finding face, card, scale and light", 1, 7)
    before, after = prepare_both(*photos, site=site, scale=known)
    return measure_pair(before, after, study=study, progress=lambda what, done, total: show(what, done + 2, total + 3))


def _scale(px_per_mm: float | None) -> "Scale | None":
    from corneum.imaging.card import Scale

    return None if px_per_mm is None else Scale(px_per_mm, 0.0, "given")


def _write(pair: "Pair", folder: Path, command: str, show: Show) -> Path:
    from corneum.reports.photographs.writing import write_pair_report

    files = write_pair_report(pair, folder, command=command, progress=lambda what: show(what, 6, 7))
    return files.report


def _course(manifest: Path, study: "Study | None", output: Path | None, as_json: bool, command: str) -> None:
    from corneum.imaging.pairs.manifest import read_manifest
    from corneum.imaging.pairs.series import measure_series
    from corneum.reports.photographs.writing import series_table, write_pair_report, write_series_report

    listed = read_manifest(manifest)
    folder = output or manifest.parent / "measured"

    def keep(number: int, pair: "Pair") -> None:
        if not as_json:
            write_pair_report(pair, folder / f"{number}-{Path(pair.names[1]).stem}", command=command)

    with bar() as show:
        series = measure_series(listed, study=study, progress=show, keep=keep)
    if as_json:
        typer.echo(json.dumps(series_table(series), allow_nan=False))
        return
    path = write_series_report(series, folder, command=command)
    _print_series(series)
    typer.echo(f"Wrote {path}")


def _print(pair: "Pair") -> None:
    from corneum.imaging.pairs import outcome_in_words
    from corneum.reports.photographs.pair import quality_facts
    from corneum.reports.photographs.tables import counts, index_tables

    console = _console()
    console.print(_table(pair))
    measured, beyond = counts(pair.changes)
    console.print(f"{beyond} of {measured} index values changed by more than this pair's measurement noise.")
    console.print(outcome_in_words(pair))
    for fact in quality_facts(pair):
        console.print(f"{fact.name}: {fact.text}", markup=False)
    for withheld in index_tables(pair):
        if not withheld.lines:
            console.print(
                f"- {withheld.title}: withheld; {'; '.join(withheld.withheld)}.", markup=False, soft_wrap=True
            )
    for note in pair.quality.notes:
        console.print(f"- {note[:1].upper()}{note[1:]}", markup=False, soft_wrap=True)


def _table(pair: "Pair") -> Table:
    from corneum.reports.photographs.tables import overview

    titles, rows = overview(pair)
    title = f"{escape(pair.names[1])} against {escape(pair.names[0])}"
    table = Table(title=f"{title}; ▲▼ beyond measurement noise; ± smallest change that the pair can show")
    table.add_column("Index")
    table.add_column("change in")
    for title in titles:
        table.add_column("\n".join(title.split()), justify="right")
    for row in rows:
        # Every cell of a ratio holds its own percent sign on the page; a terminal has no room for them.
        cells = (f"{cell.arrow} {cell.text.removesuffix(' %')} {cell.least}".strip() for cell in row.cells)
        table.add_row(row.title, row.unit, *cells)
    return table


def _print_series(series: "Series") -> None:
    for point in series.points:
        if point.pair is None:
            _console().print(f"{point.listed.path.name}: not measured: {point.refused}", markup=False)
        else:
            _print(point.pair)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=200)
