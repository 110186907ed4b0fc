"""A PostgreSQL cluster that is thrown away, for tests: in a folder, without a password, on this machine only."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.clinic.browser.served import free_port

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def binaries():
    """Return the folder of its programs; without one the test is left out, but never where everything must run."""
    found = [place for place in _PLACES if (place / "initdb").exists()]
    if found:
        return found[0]
    if os.environ.get("CI"):
        pytest.fail("PostgreSQL's programs are missing: install postgresql")
    pytest.skip("PostgreSQL's programs are not installed")


def _somebody(folder):
    # PostgreSQL refuses to run as root.
    if os.getuid() != 0:
        return {}
    user = next((one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody")), None)
    shutil.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster():
    """Run a cluster in a folder of its own, and give a function that makes a database and returns its address."""
    programs, port = binaries(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="corneum-postgresql-"))
    who = _somebody(folder) | {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    data = folder / "data"
    said = ["-D", data, "-U", "clinic", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"]
    subprocess.run([programs / "initdb", *said], check=True, **who)
    listens = ["-p", str(port), "-h", "127.0.0.1", "-k", folder, "-c", "max_connections=60"]
    server = subprocess.Popen([programs / "postgres", "-D", data, *listens], **who)
    place = ["-h", "127.0.0.1", "-p", str(port), "-U", "clinic"]
    count = iter(range(100))

    def database():
        name = f"clinic_{next(count)}"
        for _ in range(100):
            made = subprocess.run([programs / "createdb", *place, name], check=False, **who)
            if made.returncode == 0:
                return f"postgresql://clinic@127.0.0.1:{port}/{name}"
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start")

    try:
        yield database
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
