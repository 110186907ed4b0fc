"""Which database: SQLite in the clinic's folder, or a PostgreSQL that is named."""

from typing import Any
from urllib.parse import unquote, urlsplit

from corneum.clinic.project.home import Home

_SQLITE = {
    # Readers go on while one writes; a writer takes its lock at once, so that it never fails halfway through.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
_KEPT_S = 60
"""How long a connection serves pages: a new one for each would read the tables' layout and its statements anew."""


class DatabaseUrlError(ValueError):
    """The database's address cannot be read."""


def database_of(url: str, home: Home | None) -> dict[str, Any]:
    """Return Django's description of the database.

    Parameters
    ----------
    url
        ``postgresql://user:password@host:port/name``, or empty for SQLite.
    home
        The clinic's folder; None for a database in memory.

    Raises
    ------
    DatabaseUrlError
        If the address is of another kind, or names no database.

    Examples
    --------
    >>> database_of("postgresql://clinic:secret@db:5432/corneum", None)["HOST"]
    'db'
    """
    if not url:
        name = ":memory:" if home is None else str(home.database)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": dict(_SQLITE),
            "CONN_MAX_AGE": _KEPT_S,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise DatabaseUrlError("CORNEUM_DATABASE_URL must look like postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": _KEPT_S,
        "CONN_HEALTH_CHECKS": True,
    }
