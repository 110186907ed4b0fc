"""Start a clinic: check its folder, bring its tables up to date, serve, and do slow work beside it."""

import multiprocessing
import os
import signal
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from corneum.clinic.project.home import Home

SETTINGS = "corneum.clinic.project.settings"


@dataclass(frozen=True)
class Served:
    """How a clinic is served.

    Parameters
    ----------
    home
        Folder of the clinic.
    host, port
        Where it listens.
    processes, threads
        How many requests are answered at once, in all processes x threads.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    threads: int = 8


def prepare(home: Path) -> None:
    """Make the clinic's folder and bring its tables up to date.

    Raises
    ------
    HomeError
        If the folder cannot be written.
    SystemCheckError
        If an address has no permission, or the settings make no sense.
    """
    os.environ["CORNEUM_HOME"] = str(Home(home.resolve()).prepared().root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("check", fail_level="ERROR", stdout=StringIO())
    call_command("migrate", interactive=False, verbosity=0)


def serve(served: Served) -> None:
    """Serve a clinic that is prepared, until it is told to stop."""
    from django.db import connections

    # Neither process may inherit an open connection.
    connections.close_all()
    worker = multiprocessing.get_context("spawn").Process(target=work, args=(served.home,), daemon=True)
    worker.start()
    mine = os.getpid()
    try:
        _server(served).run()
    finally:
        # The server's own processes leave by this way too; the worker belongs to the first one.
        if mine == os.getpid():
            worker.terminate()


def work(home: Path) -> None:
    """Do the clinic's slow work until the process is told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(home)
    from time import sleep

    from django.utils import timezone

    from corneum.clinic.jobs.work import do_next

    while True:
        if do_next(timezone.now) is None:
            sleep(0.5)


def _server(served: Served) -> Any:
    from gunicorn.app.base import BaseApplication

    from corneum.clinic.project.wsgi import application

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", f"{served.host}:{served.port}")
            self.cfg.set("workers", served.processes)
            self.cfg.set("threads", served.threads)
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("loglevel", "warning")
            self.cfg.set("timeout", 60)

        def load(self) -> Any:
            return application

    return Server()
