"""``corneum serve``: the clinic in the browser."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from corneum.cli.bar import bar

_EMPTY, _DEMO = Path("clinic"), Path("demonstration")


def serve(
    home: Annotated[
        Path | None,
        typer.Option(
            "--home", help="Folder of the clinic; made where it is missing.", show_default="clinic, or demonstration"
        ),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="At which port.")] = 8000,
    demo: Annotated[
        bool, typer.Option("--demo", help="A demonstration clinic with invented clients, made at the first start.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="Stop as soon as a page was answered: a trial.")] = False,
) -> None:
    """Serve a clinic: appointments, records, plans, photographs and audit, in the browser.

    The first start makes the folder with database, photographs and secret; the first page makes the owner.

    Examples:

    * corneum serve

    * corneum serve --home /srv/clinic --port 8080

    * corneum serve --demo
    """
    from corneum.clinic.project.serving import Served, check_free, prepare
    from corneum.clinic.project.serving import serve as run

    place = home or (_DEMO if demo else _EMPTY)
    check_free(host, port)
    log_ins = _demonstration(place) if demo else ""
    prepare(place)
    log_ins += _booked_today() if demo else ""
    typer.echo(f"The clinic is open on http://{host}:{port} (Ctrl+C closes it). Everything it keeps is in {place}/")
    typer.echo(log_ins, nl=False)
    run(Served(place, host, port, once=once))


def _demonstration(place: Path) -> str:
    """Return the log-ins of a demonstration, which is made where it is missing."""
    from corneum.clinic.project.demonstration import open_demonstration

    with bar("making the demonstration: about a minute, once") as show:
        found = open_demonstration(place, show)
    lines = "".join(f"  {name:<14}{password}\n" for name, password in found.log_ins.items())
    return f"Invented clients, simulated photographs. Log in with a name and its password:\n{lines}"


def _booked_today() -> str:
    """Return what is told of visits that were booked for today, in a demonstration of another day."""
    from corneum.clinic.project.demonstration.again import book_today

    count = book_today(datetime.now(UTC))
    return f"It was made on another day: {count} visits of today were booked anew.\n" if count else ""
