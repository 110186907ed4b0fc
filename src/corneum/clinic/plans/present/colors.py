"""Color of a removed share, and small pictures made of it."""

import base64
import struct
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

STOPS = ((0.0, "#f7efe3"), (0.3, "#f0c98f"), (0.55, "#dd8c4c"), (0.8, "#a94a33"), (1.0, "#5d1f2b"))
"""Square root of the removed share of the stratum corneum -> color: pale to dark, whoever looks."""
BEYOND = "#0a5bd3"
"""Where more than the stratum corneum is gone: no shade of the others."""
TICKS = (0.0, 0.05, 0.25, 0.5, 1.0)
"""Shares that the legend names."""
_LEVELS = 64


def color_of(share: float) -> str:
    """Return the color of a removed share, 0 to 1.

    Examples
    --------
    >>> color_of(0.0), color_of(1.0), color_of(1.2)
    ('#f7efe3', '#5d1f2b', '#0a5bd3')
    """
    if share > 1:
        return BEYOND
    return "#" + bytes(_palette()[round(min(max(share, 0.0), 1.0) ** 0.5 * (_LEVELS - 1))].tolist()).hex()


def picture(share: NDArray[np.floating]) -> str:
    """Return a map of shares, shape (ny, nx), as a PNG in an address; above 1 is beyond."""
    level = np.asarray(np.sqrt(np.clip(share, 0, 1)) * (_LEVELS - 1) + 0.5, np.uint8)
    level[share > 1 + 1e-6] = _LEVELS
    lines = np.zeros((level.shape[0], level.shape[1] + 1), np.uint8)
    lines[:, 1:] = level
    header = struct.pack(">IIBBBBB", level.shape[1], level.shape[0], 8, 3, 0, 0, 0)
    palette = _palette().tobytes() + _rgb(BEYOND).tobytes()
    chunks = {b"IHDR": header, b"PLTE": palette, b"IDAT": zlib.compress(lines.tobytes(), 6), b"IEND": b""}
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks.items()
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()


@cache
def _palette() -> NDArray[np.uint8]:
    at = np.linspace(0, 1, _LEVELS)
    stops = np.array([stop for stop, _ in STOPS])
    colors = np.array([_rgb(color) for _, color in STOPS], np.float64)
    return np.asarray(np.stack([np.interp(at, stops, colors[:, part]) for part in range(3)], axis=1).round(), np.uint8)


def _rgb(color: str) -> NDArray[np.uint8]:
    return np.frombuffer(bytes.fromhex(color[1:]), np.uint8)
