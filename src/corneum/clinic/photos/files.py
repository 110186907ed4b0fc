"""Files of photographs in the clinic's folder: by id, written whole or not at all, and never served by themselves."""

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from django.conf import settings

FULL, PAGE, SMALL = "full", "page", "small"
SIDES: Mapping[str, int | None] = {FULL: None, PAGE: 1600, SMALL: 480}
"""Longer side of each size in pixels; the full one has those of the photograph."""
_UNFINISHED = ".part"


def root() -> Path:
    """Return the folder of all photographs; without a home, one that is gone at the end."""
    return settings.HOME.photographs if settings.HOME is not None else Path(_passing().name)


@cache
def _passing() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="corneum-")


def folder_of(photo_id: UUID) -> Path:
    """Return the folder of one photograph: no folder holds more than a small share of all."""
    return root() / photo_id.hex[:2] / str(photo_id)


def path_of(photo_id: UUID, size: str) -> Path:
    """Return the file of one size of a photograph.

    Raises
    ------
    KeyError
        If there is no such size.
    """
    SIDES[size]
    return folder_of(photo_id) / f"{size}.jpg"


def write(photo_id: UUID, sizes: Mapping[str, bytes]) -> None:
    """Write all sizes of a photograph, so that they are there together or not at all, whatever happens meanwhile."""
    final = folder_of(photo_id)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    rough = final.parent / f"{photo_id}-{uuid4().hex[:8]}{_UNFINISHED}"
    rough.mkdir(mode=0o700)
    try:
        for size, data in sizes.items():
            write_file(rough / f"{size}.jpg", data)
        _settle(rough)
        rough.rename(final)
        _settle(final.parent)
    except BaseException:
        shutil.rmtree(rough, ignore_errors=True)
        raise


def write_file(path: Path, data: bytes) -> None:
    """Write a new file that only its owner reads, down to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def erase(photo_id: UUID) -> None:
    """Delete all files of a photograph; done twice, the second time finds nothing."""
    shutil.rmtree(folder_of(photo_id), ignore_errors=True)


def is_there(photo_id: UUID) -> bool:
    """Return whether the files of a photograph are there."""
    return path_of(photo_id, FULL).is_file()


def ids(before: datetime) -> Iterator[UUID]:
    """Yield the ids of all photographs whose files were written before a time."""
    for folder in root().glob("[0-9a-f][0-9a-f]/*"):
        if folder.suffix != _UNFINISHED and folder.stat().st_mtime < before.timestamp():
            try:
                yield UUID(folder.name)
            except ValueError:
                continue


def clear_unfinished(before: datetime) -> int:
    """Delete what was never finished, from before a time; return how many."""
    old = [one for one in root().glob(f"[0-9a-f][0-9a-f]/*{_UNFINISHED}") if one.stat().st_mtime < before.timestamp()]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
