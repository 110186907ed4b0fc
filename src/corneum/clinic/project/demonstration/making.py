"""The demonstration made once: beside its place, in a process of its own, and moved there when it is whole."""

import json
import multiprocessing
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from corneum.clinic.project.demonstration import cast
from corneum.clinic.project.serving import prepare

if TYPE_CHECKING:
    from corneum.clinic.project.demonstration.story import Progress

_LOG_INS = "log-ins.json"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like another."""
_GROUPS, _LONG = 4, 4
_OPENED_BEFORE = timedelta(days=200)
"""The demonstration's clinic is so much older than its day: every course fits."""


class DemonstrationRefused(OSError):
    """A demonstration cannot be made there; the message says why."""


@dataclass(frozen=True)
class Demonstration:
    """A demonstration clinic that is whole.

    Parameters
    ----------
    home
        Its folder.
    log_ins
        Password by name.
    """

    home: Path
    log_ins: Mapping[str, str]


def open_demonstration(home: Path, show: "Progress") -> Demonstration:
    """Return the demonstration of a folder, made where there is none yet.

    Parameters
    ----------
    home
        Its folder.
    show
        Called with what is being done, the steps done and the steps in all.

    Raises
    ------
    DemonstrationRefused
        If the folder holds something else, another database is named, or it could not be made.
    """
    if os.environ.get("CORNEUM_DATABASE_URL"):
        raise DemonstrationRefused(
            None, "the demonstration keeps its own SQLite database: unset CORNEUM_DATABASE_URL", str(home)
        )
    if not (home / _LOG_INS).is_file():
        if home.exists() and (not home.is_dir() or any(home.iterdir())):
            raise DemonstrationRefused(None, "this folder holds something else than a demonstration", str(home))
        _make_beside(home, show)
    log_ins: dict[str, str] = json.loads((home / _LOG_INS).read_text(encoding="utf-8"))
    return Demonstration(home, log_ins)


def _make_beside(home: Path, show: "Progress") -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    # The settings of a process belong to one folder: the clinic that is served afterwards has another.
    context = multiprocessing.get_context("spawn")
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(place, told))
    try:
        process.start()
        told.close()
        why = _listen(heard, show)
        if not why:
            process.join()
        if why or process.exitcode:
            raise DemonstrationRefused(
                None, f"the demonstration could not be made: {why or 'it ended early'}", str(home)
            )
        place.rename(home)
    finally:
        if process.is_alive():
            process.terminate()
            process.join()
        shutil.rmtree(place, ignore_errors=True)


def _listen(heard: Connection, show: "Progress") -> str:
    """Show how far it is until the other end closes; return why it failed, or nothing."""
    while True:
        try:
            what, done, total = heard.recv()
        except EOFError:
            return ""
        if total == 0:
            return str(what)
        show(what, done, total)


def _make(place: Path, told: Connection) -> None:
    # Ctrl+C reaches every process of a terminal; the first one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told.send(("tables", 0, 1))
    try:
        prepare(place)
        _tell_story(place, told)
    except Exception as error:
        told.send((f"{type(error).__name__}: {error}", 0, 0))
        raise


def _tell_story(place: Path, told: Connection) -> None:
    from django.db import connections
    from django.utils import timezone

    from corneum.clinic.practice.queries import clinic_time
    from corneum.clinic.practice.zones import usual_zone
    from corneum.clinic.project.demonstration import house, photographs, plot
    from corneum.clinic.reports.services import count

    now, password = timezone.now(), _password()
    with photographs.studio((cast.ERIKA, cast.JANE)) as studio:
        made = house.set_up(password, now - _OPENED_BEFORE, usual_zone())
        with clinic_time():
            plot.told(made, studio, now).tell(lambda what, done, total: told.send((what, done, total)))
            count(now=now, tell=lambda what, share: None)
    connections.close_all()
    path = place / _LOG_INS
    path.touch(mode=0o600)
    path.write_text(json.dumps({one.username: password for one in cast.STAFF}, indent=1) + "\n", encoding="utf-8")


def _password() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LONG)) for _ in range(_GROUPS))
    return "-".join(groups)
