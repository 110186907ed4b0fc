"""The bytes of a file that may be anything: read once, never more than a limit, never from a pipe or device."""

import errno
import os
import stat
from pathlib import Path

from corneum.imaging.photo import PhotoRefused

MOST_BYTES = 160_000_000
"""Uncompressed 8-bit color at the most megapixels that are read, with room for metadata."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Without blocking: opening a pipe that nobody writes to would otherwise wait for ever."""


def bytes_of(path: Path) -> bytes:
    """Return what is in a regular file.

    Raises
    ------
    FileNotFoundError, PermissionError
        If there is no such file, or it may not be read.
    PhotoRefused
        If it is a folder, pipe, device or circular link, is empty, or is larger than `MOST_BYTES`.
    """
    try:
        handle = os.open(path, _FLAGS)
    except (FileNotFoundError, PermissionError):
        raise
    except (OSError, ValueError) as error:
        raise PhotoRefused(_why_not(error)) from None
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise PhotoRefused("this is a folder: name the photographs in it")
        if not stat.S_ISREG(status.st_mode):
            raise PhotoRefused("this is a pipe or device, not a file: save the photograph first")
        if status.st_size > MOST_BYTES:
            told = f"{status.st_size / 1e6:.0f} MB, more than the {MOST_BYTES / 1e6:.0f} MB that are read"
            raise PhotoRefused(f"{told}: export it as JPEG")
        data = _read(handle, status.st_size)
    finally:
        os.close(handle)
    if not data:
        raise PhotoRefused("the file is empty: copy it from the camera again")
    return data


def _read(handle: int, size: int) -> bytes:
    parts = []
    while size > 0 and (part := os.read(handle, size)):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _why_not(error: OSError | ValueError) -> str:
    number = getattr(error, "errno", None)
    if number == errno.ELOOP:
        return "a link that leads to itself: name the photograph it should lead to"
    if number == errno.ENAMETOOLONG:
        return "the name is too long for this computer: rename the file"
    return f"cannot be opened ({getattr(error, 'strerror', None) or error}): name a file with a photograph"
