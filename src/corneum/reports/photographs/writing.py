"""The report of measured photographs as files: a page, aligned pictures, change maps and a table for machines."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from corneum.imaging.pairs import Pair
from corneum.imaging.pairs.series import Series
from corneum.reports.files import make_folder, write_whole
from corneum.reports.photographs.pair import render_pair
from corneum.reports.photographs.pictures import pictures_of, png


@dataclass(frozen=True)
class PairFiles:
    """Where the report of a pair lies.

    Parameters
    ----------
    report, table
        The page and the JSON table.
    pictures
        Aligned photographs and change maps, PNG.
    """

    report: Path
    table: Path
    pictures: tuple[Path, ...]


def write_pair_report(
    pair: Pair, folder: Path, *, command: str = "", progress: Callable[[str], None] = lambda what: None
) -> PairFiles:
    """Write the report of a measured pair into a folder, which is made if it is missing.

    Parameters
    ----------
    pair
        From `corneum.imaging.pairs.measure_pair`.
    folder
        Where to.
    command
        How it was made, printed at the end of the page.
    progress
        Called with what is being written.

    Raises
    ------
    ReportPathError
        If a file cannot be written there; older files are left as they were.
    """
    make_folder(folder)
    progress("drawing pictures")
    shown = pictures_of(pair)
    progress("writing the report")
    named = {"aligned-baseline.png": shown.baseline, "aligned-followup.png": shown.followup}
    named |= {f"change-{index}.png": picture for index, picture in shown.changes.items()}
    with ThreadPoolExecutor() as pool:
        encoded = pool.map(png, named.values())
        page = render_pair(pair, pictures=shown, command=command).encode()
    report = write_whole(folder / "report.html", page)
    table = write_whole(folder / "changes.json", json.dumps(pair_table(pair), indent=1, allow_nan=False).encode())
    pictures = tuple(write_whole(folder / name, content) for name, content in zip(named, encoded, strict=True))
    return PairFiles(report, table, pictures)


def write_series_report(series: Series, folder: Path, *, command: str = "") -> Path:
    """Write the report of a measured course into a folder, which is made if it is missing.

    Parameters
    ----------
    series
        From `corneum.imaging.pairs.measure_series`.
    folder
        Where to.
    command
        How it was made.

    Raises
    ------
    ReportPathError
        If a file cannot be written there.
    """
    # The curves of a course are drawn by Matplotlib, which takes a second to load.
    from corneum.reports.photographs.series import render_series

    make_folder(folder)
    write_whole(folder / "series.json", json.dumps(series_table(series), indent=1, allow_nan=False).encode())
    return write_whole(folder / "report.html", render_series(series, command=command).encode())


def pair_table(pair: Pair) -> dict[str, object]:
    """Return a measured pair as plain values for JSON; what is withheld is null."""
    return {
        "baseline": pair.names[0],
        "followup": pair.names[1],
        "sha256": list(pair.sha256),
        "taken": [_moment(moment) for moment in pair.taken],
        "outcome": pair.outcome,
        "quality": _plain(asdict(pair.quality)),
        "changes": [_plain(asdict(change)) for change in pair.changes],
        "spots": [asdict(count) for count in pair.spots],
    }


def series_table(series: Series) -> dict[str, object]:
    """Return a measured course as plain values for JSON."""
    return {
        "title": series.title,
        "baseline": series.baseline.path.name,
        "first_session": series.first_session.isoformat() if series.first_session else None,
        "points": [
            {
                "file": point.listed.path.name,
                "state": point.listed.state,
                "session": point.listed.session,
                "taken": _moment(point.taken),
                "refused": point.refused,
                "pair": pair_table(point.pair) if point.pair else None,
            }
            for point in series.points
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: _finite(value) for name, value in values.items()}


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, tuple):
        return [_finite(one) for one in value]
    return value
