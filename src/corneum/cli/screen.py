"""``corneum screen``: answers in, a verdict per zone with its rules, dates and sources out."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from corneum.cli.exits import REFUSED

if TYPE_CHECKING:
    from corneum.screening import Finding, RuleBook, Screening


def screen(
    answers: Annotated[Path, typer.Argument(help="Answers file (TOML).", show_default=False)],
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", help="A clinic's own rules, signatures, overrides (TOML).")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of screening; default: the file's, or today."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Say for each zone what the screening rules find: verdict, rule, date, source, and who disagrees.

    A named clinician decides. Exit code 3 if every zone is stopped.

    Examples:

    * corneum screen examples/answers.toml

    * corneum screen examples/answers.toml --date 2026-12-04

    * corneum screen examples/answers.toml --json | python -m json.tool
    """
    from corneum.screening import load_rules, read_answers
    from corneum.screening import screen as run

    book = load_rules(*(rules or ()))
    sheet = read_answers(answers, book, today=date.today(), override=on.date() if on is not None else None)
    found = run(sheet.answers, sheet.zones, sheet.today, book)
    if as_json:
        typer.echo(json.dumps({"title": sheet.title, **found.to_dict()}))
    else:
        _print(sheet.title, found, book)
    if found.refused:
        raise typer.Exit(REFUSED)


def _print(title: str, found: "Screening", book: "RuleBook") -> None:
    from corneum.screening import date_in_words

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120)
    console.print(f"{title or 'Screening'}; {date_in_words(found.today)}", style="bold", markup=False, soft_wrap=True)
    console.print(_zones(found))
    for finding in found.findings:
        if finding.kind in ("fired", "overridden"):
            _print_finding(console, finding, book)
    _print_open(console, found, book)
    signed = sum(book.standing(rule_id).signed for rule_id in book.rules)
    console.print(
        f"\n{len(book.rules)} rules, {signed} signed off by a dermatologist; digest {found.digest[:16]}.", markup=False
    )


def _zones(found: "Screening") -> Table:
    from corneum.screening import verdict_in_words, zone_sentence

    table = Table("zone", "verdict", "why")
    for site, zone in found.zones.items():
        table.add_row(site.replace("_", " "), verdict_in_words(zone), zone_sentence(zone))
    return table


def _print_finding(console: Console, finding: "Finding", book: "RuleBook") -> None:
    from corneum.screening import consequence, finding_sentence, override_sentence

    rule, source = finding.rule, book.sources[finding.rule.source]
    where = ", ".join(zone.replace("_", " ") for zone in finding.zones)
    console.print(f"\n{rule.title}: {consequence(finding)} ({where})", style="bold", markup=False, soft_wrap=True)
    lines = [
        finding_sentence(finding),
        override_sentence(finding),
        finding.reason,
        f"On the day: {rule.ask_again}" if rule.ask_again else "",
        f"Source: {source.citation} {source.where}".rstrip() + f" [{', '.join(rule.rows)}]",
        f"{finding.standing.text.capitalize()}.",
    ]
    for line in filter(None, lines):
        console.print(f"  {line}", markup=False, soft_wrap=True)
    if rule.conflicts:
        table = Table("", "this rule", *(conflict.row for conflict in rule.conflicts), title_justify="left")
        table.add_row("says", rule.title, *(conflict.says for conflict in rule.conflicts))
        table.add_row("would", consequence(finding), *(conflict.would for conflict in rule.conflicts))
        console.print(table)


def _print_open(console: Console, found: "Screening", book: "RuleBook") -> None:
    if not found.open_questions:
        return
    kinds = {name: one.kind for one in found.findings for name in one.open_questions}
    console.print("\nOpen questions. A missing answer never counts as no; a clinician is asked.", style="bold")
    for name in found.open_questions:
        said = "not answered" if kinds[name] == "unanswered" else "the answer is not known"
        console.print(f"  {name} ({said}): {book.questions[name].text}", markup=False, soft_wrap=True)
