"""Start a clinic: check its folder, bring its tables up to date, serve, and do slow work beside it."""

import atexit
import errno
import gc
import logging
import multiprocessing
import multiprocessing.util
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from time import sleep
from typing import Any, TypeVar
from urllib.request import urlopen

from corneum.clinic.project.beside import STOP_S, Beside, deaf
from corneum.clinic.project.home import Home

SETTINGS = "corneum.clinic.project.settings"
_TRIES, _BETWEEN_S = 120, 0.5
T = TypeVar("T")

_log = logging.getLogger(__name__)


class PortTaken(OSError):
    """Something else listens there already."""


class TrialFailed(OSError):
    """The clinic did not answer."""


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
    once
        Whether it stops as soon as its health page has answered: a trial.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    threads: int = 8
    once: bool = False


def check_free(host: str, port: int) -> None:
    """Refuse a port at which something listens, before anything is made.

    Raises
    ------
    PortTaken
        If it is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            said = "something else listens there: close it, or choose another port with --port"
            raise PortTaken(error.errno, said, f"{host}:{port}") from error


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

    from corneum.clinic.project.watch import tell

    # No process may inherit an open connection.
    connections.close_all()
    worker = Beside(work, served.home, tell)
    worker.start()
    with deaf():
        visitor = _visitor(served) if served.once else None
    mine = os.getpid()
    try:
        _server(served, worker).run()
    finally:
        # The server's own processes leave by this way too; the worker belongs to the first one.
        if mine == os.getpid():
            worker.end()
            if visitor is not None:
                visitor.join()
                if visitor.exitcode:
                    raise TrialFailed(errno.ETIMEDOUT, "the clinic did not answer", f"{served.host}:{served.port}")


def _visitor(served: Served) -> Any:
    visitor = multiprocessing.get_context("spawn").Process(
        target=visit_once, args=(served.host, served.port, os.getpid()), daemon=True
    )
    visitor.start()
    return visitor


def visit_once(host: str, port: int, server: int) -> None:
    """Ask for the health page until it answers, and stop the server; fail after a minute."""
    try:
        for _ in range(_TRIES):
            try:
                with urlopen(f"http://{host}:{port}/health/", timeout=5) as answer:
                    if answer.status == HTTPStatus.OK:
                        return
            except OSError:
                sleep(_BETWEEN_S)
        raise SystemExit(1)
    finally:
        os.kill(server, signal.SIGTERM)


def work(home: Path) -> None:
    """Do the clinic's slow work until the process is told to stop; what it is at is then left, and waits again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    prepare(home)
    from django.utils import timezone

    from corneum.clinic.intake.weighing import weigh_soon
    from corneum.clinic.jobs.work import do_next
    from corneum.clinic.reports.services import count_every_night

    take_step(lambda: count_every_night(now=timezone.now()))
    take_step(lambda: weigh_soon(timezone.now()))
    while True:
        if take_step(lambda: do_next(timezone.now)) is None:
            sleep(_BETWEEN_S)


def _leave(number: int, frame: Any) -> None:
    # Once: what is cleared away on the way out is not interrupted again.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def take_step(step: Callable[[], T]) -> T | None:
    """Take one step of the worker: what fails in it, such as a database that starts anew, ends this step only."""
    from django.db import close_old_connections

    from corneum.clinic.practice.queries import clinic_time

    # No request begins or ends here, which is when Django lets go of a connection that is lost.
    close_old_connections()
    try:
        with clinic_time():
            return step()
    except Exception as error:
        _log.error("a step of the worker failed: %s", type(error).__name__, exc_info=error)
        return None


def _keep_what_is_read(server: Any, worker: Any) -> None:
    # Else Python looks through all of the program and its tables again and again, while somebody waits for a page.
    gc.collect()
    gc.freeze()


def _forget_others(server: Any, worker: Any) -> None:
    # At its end a forked process would stop the worker and the visitor, which are the first one's children.
    atexit.unregister(multiprocessing.util._exit_function)  # type: ignore[attr-defined]


def _server(served: Served, beside: Beside | None = None) -> Any:
    from gunicorn.app.base import BaseApplication
    from gunicorn.arbiter import Arbiter
    from gunicorn.glogging import Logger

    from corneum.clinic.project.logs import DiscreetFormatter
    from corneum.clinic.project.wsgi import application

    class DiscreetLogger(Logger):  # type: ignore[misc]
        def _set_handler(self, log: Any, output: Any, fmt: Any, stream: Any = None) -> None:
            super()._set_handler(log, output, DiscreetFormatter(), stream)

    class LookingAfter(Arbiter):  # type: ignore[misc]
        def manage_workers(self) -> None:
            if beside is not None:
                beside.look_after()
            super().manage_workers()

        def reap_workers(self) -> None:
            if beside is not None:
                beside.reap()
            super().reap_workers()

        def stop(self, graceful: bool = True) -> None:
            if beside is not None:
                beside.tell()
            super().stop(graceful)

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", f"{served.host}:{served.port}")
            self.cfg.set("workers", served.processes)
            self.cfg.set("threads", served.threads)
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("loglevel", "warning")
            self.cfg.set("logger_class", DiscreetLogger)
            self.cfg.set("timeout", 60)
            self.cfg.set("graceful_timeout", STOP_S)
            self.cfg.set("pre_fork", _keep_what_is_read)
            self.cfg.set("post_fork", _forget_others)

        def load(self) -> Any:
            return application

        def run(self) -> None:
            LookingAfter(self).run()

    return Server()
