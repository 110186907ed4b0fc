"""Where copies of data wait to be fetched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

_UNFINISHED = ".unfinished"


def root() -> Path:
    """Return the folder of all copies; without a home, one that is gone at the end."""
    return Path(settings.HOME.root) / "exports" if settings.HOME is not None else Path(_passing().name)


@cache
def _passing() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="corneum-")


def path_of(export_id: UUID) -> Path:
    """Return where a copy of data waits."""
    return root() / f"{export_id}.zip"


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file that only its owner reads, and that is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    unfinished = path.with_suffix(_UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def delete(export_id: UUID) -> bool:
    """Delete a copy of data, and what a killed worker had begun of it; return whether there was one."""
    path = path_of(export_id)
    there = path.exists()
    for one in (path, path.with_suffix(_UNFINISHED)):
        one.unlink(missing_ok=True)
    return there


def clear_unfinished(before: datetime) -> int:
    """Delete what was begun before a time and never finished; return how many files."""
    old = [path for path in root().glob(f"*{_UNFINISHED}") if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
