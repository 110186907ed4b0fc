"""``corneum serve``: the clinic in the browser."""

from pathlib import Path
from typing import Annotated

import typer


def serve(
    home: Annotated[Path, typer.Option("--home", help="Folder of the clinic; made where it is missing.")] = Path(
        "clinic"
    ),
    host: Annotated[str, typer.Option("--host", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="At which port.")] = 8000,
) -> None:
    """Serve a clinic: log-in, records and audit, in the browser.

    The first start makes the folder with database, photographs and secret; the first page makes the owner.

    Examples:

    * corneum serve

    * corneum serve --home /srv/clinic --port 8080
    """
    from corneum.clinic.project.serving import Served, prepare
    from corneum.clinic.project.serving import serve as run

    prepare(home)
    typer.echo(f"The clinic is open on http://{host}:{port} (Ctrl+C closes it). Everything it keeps is in {home}/")
    run(Served(home, host, port))
