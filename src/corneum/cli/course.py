"""``corneum course``: answers and goals in, a screened, simulated, dated course out, with the reasons."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corneum.cli.bar import LOADING, bar
from corneum.cli.exits import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corneum.course import CourseRefused, Plan, PlannedZone
    from corneum.imaging.pairs.series import Series
    from corneum.screening import RuleBook


def course(
    request: Annotated[Path | None, typer.Argument(help="What is asked (TOML).", show_default=False)] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the files; default: REQUEST name, here.")
    ] = None,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", help="A clinic's own rules, signatures, overrides (TOML).")
    ] = None,
    again: Annotated[
        Path | None, typer.Option("--replay", help="Plan file (JSON): compute it again and say what changed.")
    ] = None,
    photographs: Annotated[
        Path | None,
        typer.Option("--photographs", help="List of photographs (TOML) to measure and show beside what was expected."),
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day of planning; default: today.")
    ] = None,
    samples: Annotated[int, typer.Option("--samples", "-n", min=20, max=10_000, help="Number of sampled skins.")] = 200,
    seed: Annotated[int, typer.Option(help="Same seed, same plan.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON and write no files.")] = False,
) -> None:
    """Plan a course: verdict, settings by zone, dates, alternatives, and the reasons. A named clinician decides.

    Writes plan.json, calendars (.ics) and reports. Exit code 3 if nothing can be planned, or a replay differs.

    Examples:

    * corneum course examples/first-course.toml

    * corneum course examples/first-course.toml --json | python -m json.tool

    * corneum course examples/first-course.toml --photographs our-client/series.toml

    * corneum course --replay first-course/plan.json
    """
    from corneum.screening import load_rules

    book = load_rules(*(rules or ()))
    if again is not None:
        _replay(again, book, as_json)
        return
    if request is None:
        raise typer.BadParameter("give a request file, or --replay with a plan file", param_hint="REQUEST")
    day = on.date() if on is not None else date.today()
    plan = _planned(request, day, book, samples, seed, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(plan.to_dict(), allow_nan=False))
        return
    # Before anything is printed: a reader that closes the pipe early must not cost the files.
    series = _measured(photographs) if photographs is not None else None
    written = list(_write(plan, output or Path(request.stem), series))
    _print(plan)
    if series is not None:
        from corneum.reports.course.measured import other_start

        if other := other_start(plan, series):
            typer.echo(other)
    for path in written:
        typer.echo(f"Wrote {path}")


def _planned(request: Path, today: date, rules: "RuleBook", samples: int, seed: int, *, as_json: bool) -> "Plan":
    from corneum.course import CourseRefused, plan_course, read_request

    asked = read_request(request, today=today, rules=rules)
    try:
        with bar(LOADING) as show:
            return plan_course(asked, today=today, seed=seed, samples=samples, rules=rules, progress=show)
    except CourseRefused as refused:
        if as_json:
            typer.echo(json.dumps(refused.to_dict(), allow_nan=False))
        else:
            _print_refused(refused)
        raise


def _replay(path: Path, rules: "RuleBook", as_json: bool) -> None:
    from dataclasses import asdict

    from corneum.course import read_plan, replay

    then = read_plan(path)
    with bar(LOADING) as show:
        found = replay(then, rules=rules, progress=show)
    typer.echo(json.dumps(asdict(found)) if as_json else found.text())
    if not found.same:
        raise typer.Exit(REFUSED)


def _measured(photographs: Path) -> "Series":
    from corneum.imaging.pairs.manifest import read_manifest
    from corneum.imaging.pairs.series import measure_series

    listed = read_manifest(photographs)
    with bar() as show:
        return measure_series(listed, progress=show)


def _write(plan: "Plan", folder: Path, series: "Series | None") -> "Iterator[Path]":
    from corneum.interop import calendar_bytes
    from corneum.reports.course import write_course_reports

    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "plan.json": json.dumps(plan.to_dict(), allow_nan=False, indent=1).encode(),
        "calendar-client.ics": calendar_bytes(plan, "client"),
        "calendar-practitioner.ics": calendar_bytes(plan, "practitioner"),
    }
    for name, content in files.items():
        yield _whole(folder / name, content)
    with Console(stderr=True).status("Drawing the reports"):
        reports = write_course_reports(plan, folder, series=series)
    yield from vars(reports).values()


def _whole(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)
    return path


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


def _print(plan: "Plan") -> None:
    console = _console()
    console.print(f"[bold]{escape(plan.title)}[/bold]", soft_wrap=True)
    console.print(f"For {plan.request.clinic.clinician}, who decides. {plan.made_on.isoformat()}", markup=False)
    _print_verdicts(console, plan)
    _print_goals(console, plan)
    _print_zones(console, plan)
    days = ", ".join(day.isoformat() for day in plan.session_days)
    told = [
        f"Sessions: {plan.sessions}, every {plan.interval_d} days: {days}",
        f"Interval: {plan.interval_why}",
        *([f"Review at session {plan.review.session}: {plan.review.text}"] if plan.review is not None else []),
        f"Maintenance: {plan.maintenance}",
        f"Cost: {plan.cost.text}",
        f"Alternatives: {', '.join(one.title for one in plan.alternatives)}",
        *(f"Not planned, {one.zone.replace('_', ' ')}: {one.why}" for one in plan.unplanned),
        *(f"- {note}" for note in (*plan.notes, *(note for zone in plan.zones for note in zone.notes))),
    ]
    for line in dict.fromkeys(told):
        console.print(line, markup=False, soft_wrap=True)


def _print_verdicts(console: Console, plan: "Plan") -> None:
    table = Table("zone", "screening", "rules", title="May we treat? A named clinician decides", title_justify="left")
    for verdict in plan.verdicts:
        until = f" until {verdict.until.isoformat()}" if verdict.until is not None else ""
        open_rules = sum(one.unanswered for one in verdict.findings)
        fired = [one.rule for one in verdict.findings if not one.unanswered]
        said = ", ".join(fired) or "No rule fired."
        said += f"; {open_rules} not answered" if open_rules else ""
        table.add_row(verdict.zone.replace("_", " "), f"{verdict.verdict}{until}", escape(said))
    console.print(table)


def _print_goals(console: Console, plan: "Plan") -> None:
    table = Table("goal", "zone", "what the evidence says", "grade", "trials", title="Goals", title_justify="left")
    for goal in plan.goals:
        name = goal.title if goal.severity is None else f"{goal.title} ({goal.severity})"
        table.add_row(
            escape(name), goal.zone.replace("_", " "), goal.verdict, goal.grade, escape(f"{goal.statement} {goal.why}")
        )
    console.print(table)


def _print_zones(console: Console, plan: "Plan") -> None:
    table = Table("", title="What the model expects (not validated on you)", title_justify="left")
    for zone in plan.zones:
        table.add_column(zone.title, justify="right")
    columns = [dict(_lines(zone)) for zone in plan.zones]
    for name in columns[0]:
        table.add_row(name, *(escape(column[name]) for column in columns))
    console.print(table)


def _lines(zone: "PlannedZone") -> list[tuple[str, str]]:
    settings, expected = zone.settings, zone.expected
    known = ", ".join(f"{name.split('_')[0]} {value}" for name, value in settings.settings.items())
    return [
        ("device", settings.label),
        ("vacuum; passes", f"{settings.vacuum}; {settings.passes}"),
        ("known", known or "-"),
        ("not measured, sampled", ", ".join(name.split("_")[0] for name in settings.assumed) or "-"),
        ("wanted share of the stratum corneum, %", f"{100 * zone.wanted_share:.2g}"),
        ("expected share, first session, %", expected.corneum_share.text(100)),
        ("depth, um", expected.depth_um.text()),
        (
            "probability of reaching beyond it (upper bound), %",
            f"{100 * expected.beyond_probability:.2g} ({100 * expected.beyond_bound:.2g})",
        ),
        ("redness gone, half / 95 %, h", " / ".join(map(_time, expected.redness_h.values()))),
        ("barrier back, TEWL law B12 / B18, d", " / ".join(map(_time, expected.barrier_d.values()))),
        ("strokes, min", f"{settings.minutes:.2g}"),
        ("kept from more by", zone.binding or "-"),
        ("hangs on", "; ".join(f"{one.key} {100 * one.share:.0f} %" for one in zone.influences[:2]) or "-"),
    ]


def _time(value: float | None) -> str:
    return "over a year" if value is None else f"{value:.2g}"


def _print_refused(refused: "CourseRefused") -> None:
    """Print the rules that fired and the goals, each once with all its zones; the reasons follow as the error."""
    zones: dict[str, list[str]] = {}
    for verdict in refused.verdicts:
        for one in verdict.findings:
            if not one.unanswered:
                until = f" until {one.until.isoformat()}" if one.until is not None else ""
                zones.setdefault(f"rule {one.rule}, {one.verdict}{until}: {one.reason}", []).append(verdict.zone)
    for goal in refused.goals:
        zones.setdefault(f"{goal.title}: {goal.verdict}. {goal.why}", []).append(goal.zone)
    console = _console()
    for said, names in zones.items():
        shown = ", ".join(dict.fromkeys(name.replace("_", " ") for name in names))
        console.print(f"{shown}: {said}", markup=False, soft_wrap=True)
