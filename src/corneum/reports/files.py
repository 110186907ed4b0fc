"""Files of reports: each written whole or not at all."""

import os
import threading
from pathlib import Path


class ReportPathError(OSError, ValueError):
    """A place where no report can be written."""


def make_folder(folder: Path) -> Path:
    """Make a folder, and those above it, where they are missing.

    Raises
    ------
    ReportPathError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error, folder) from error
    return folder


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file; an older one is replaced only once the new one is complete.

    Parameters
    ----------
    path
        The file, in a folder that exists.
    content
        All of it.

    Raises
    ------
    ReportPathError
        If it cannot be written there; an older file is left as it was.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        try:
            part.write_bytes(content)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error, path) from error
    return path


def _refused(error: OSError, path: Path) -> ReportPathError:
    return ReportPathError(error.errno, f"the report cannot be written: {error.strerror or error}", str(path))
