"""Freed memory kept by the process, so that large pictures are not paid for page by page again and again."""

import ctypes

_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
"""Names of the settings in glibc's ``mallopt``."""
_NEVER = 2**31 - 1


def keep_freed_memory() -> None:
    """Let the C library reuse freed memory instead of giving it back; does nothing where it has no such settings.

    A picture's every step needs some tens of megabytes for a moment: a third of the time of a measurement would be
    spent by the system on handing out empty pages. A command ends soon, so that nobody misses the memory.
    """
    try:
        settle = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for name, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, _NEVER), (_ARENA_MAX, 1)):
        settle(name, value)
