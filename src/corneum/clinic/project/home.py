"""The folder in which a clinic keeps everything: database, photographs, secret. Made and checked at start."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


class HomeError(OSError, ValueError):
    """The clinic's folder cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Home:
    """Where a clinic lives on disk.

    Parameters
    ----------
    root
        Its folder. Whoever copies it while the clinic stands still has a full backup.
    """

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file, where no other database is named."""
        return self.root / "clinic.sqlite3"

    @property
    def photographs(self) -> Path:
        """Photographs and what was measured on them: never served but through a check."""
        return self.root / "photographs"

    @property
    def static(self) -> Path:
        """Style sheets and scripts, gathered at start."""
        return self.root / "static"

    def prepared(self) -> "Home":
        """Return the home after making what is missing and trying to write in it.

        Raises
        ------
        HomeError
            If it cannot be made or written.
        """
        try:
            for folder in (self.root, self.photographs, self.static):
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o700)
            trial = self.root / f".trial-{os.getpid()}"
            trial.write_bytes(b"")
            trial.unlink()
        except OSError as error:
            raise HomeError(
                error.errno, f"the clinic cannot write in its folder: {error.strerror}", str(self.root)
            ) from error
        return self

    def secret_key(self) -> str:
        """Return the clinic's secret, made at the first start and readable by its owner only."""
        path = self.root / "secret-key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii").strip()
