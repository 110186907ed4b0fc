"""Pictures of a measured pair: both photographs in the common frame, and where an index changed."""

import base64
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.indices import INDICES, difference_map
from corneum.imaging.pairs import Pair
from corneum.imaging.pairs.canvases import as_srgb
from corneum.imaging.photo import Pixels
from corneum.imaging.repeatability.shipped import shipped_error

_SHOWN_ROWS = 900
_JPEG_QUALITY = 86
_PNG_EFFORT = 2
_FULL_SIGMA, _LEAST_SIGMA = 8.0, 2.0
"""Noise units at which the color of a change map is full, and below which nothing is colored."""
_CHANGE_COLORS = (
    (45, 0, 75),
    (84, 39, 136),
    (128, 115, 172),
    (178, 171, 210),
    (216, 218, 235),
    (247, 247, 247),
    (254, 224, 182),
    (253, 184, 99),
    (224, 130, 20),
    (179, 88, 6),
    (127, 59, 8),
)
"""From lower to higher, ColorBrewer's PuOr: people who do not tell red from green tell purple from orange."""
_COLOR_STEPS = 256
_LIMIT = 1.96
"""Standard errors of a 95 % limit."""
_MAPPED = (
    "redness",
    "redness_relative",
    "melanin",
    "melanin_relative",
    "shine",
    "spot_strength",
    "texture",
    "coarse_texture",
    "line_strength",
    "pore_strength",
    "scar_shading",
)
"""Indices with a map of their own; the others are other numbers of the same layers."""


@dataclass(frozen=True)
class PairPictures:
    """The pictures of a pair.

    Parameters
    ----------
    baseline, followup
        In the common frame, shape (height, width, 3).
    changes
        Index to where it changed, over the gray baseline, at most as tall as a screen.
    """

    baseline: Pixels
    followup: Pixels
    changes: Mapping[str, Pixels]


def pictures_of(pair: Pair) -> PairPictures:
    """Return the pictures of a measured pair.

    Parameters
    ----------
    pair
        From `corneum.imaging.pairs.measure_pair`.
    """
    first, second = aligned(pair)
    canvas = pair.canvases[0]
    behind = _small(np.asarray(cv2.cvtColor(cv2.cvtColor(first, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8))
    skin = _small(canvas.skin.astype(np.float32)) > 0.5

    def painted(index: str) -> Pixels:
        return _painted(behind, skin, _small(_beyond_shared(pair, index)))

    keys = mapped(pair)
    with ThreadPoolExecutor() as pool:
        return PairPictures(first, second, dict(zip(keys, pool.map(painted, keys), strict=True)))


def _beyond_shared(pair: Pair, key: str) -> FloatMap:
    """Return where a layer changed over its local noise, less what the whole region shares and may be error.

    The local noise of a pair knows nothing of an error that shifts all of it, as of color correction: uncut, such a
    shift would color all skin while every number says that it is within noise.
    """
    before, after = pair.layers[key]
    canvas, index = pair.canvases[0], INDICES[key]
    thin = (slice(None, None, 4), slice(None, None, 4)) if canvas.skin[::4, ::4].any() else ()
    skin = canvas.skin[thin]
    if not skin.any():
        return np.zeros(canvas.skin.shape, np.float32)
    level = float(np.abs(before[thin][skin]).mean()) if index.is_ratio else 1.0
    within = _LIMIT * shipped_error(key, index.is_ratio, canvas.carded).common * level
    shared = float(np.median((after[thin] - before[thin])[skin]))
    shifted = np.asarray(after - np.float32(np.clip(shared, -within, within)), np.float32)
    found: FloatMap = difference_map(before, shifted, canvas)
    return found


def mapped(pair: Pair) -> tuple[str, ...]:
    """Return the measured indices that have a map, one for each layer."""
    measured = {change.index for change in pair.changes if change.verdict != "withheld"}
    by_layer = {INDICES[key].layer: key for key in reversed(_MAPPED) if key in measured and key in pair.layers}
    return tuple(key for key in _MAPPED if key in by_layer.values())


def aligned(pair: Pair) -> tuple[Pixels, Pixels]:
    """Return both photographs in the common frame, shape (height, width, 3), as they were exposed.

    Nothing is brightened for the eye: that would show dark skin lighter than it is.
    """
    first, second = (as_srgb(canvas.linear) for canvas in pair.canvases)
    return first, second


def _painted(behind: Pixels, skin: Mask, sigma: FloatMap) -> Pixels:
    level = np.clip(sigma / _FULL_SIGMA, -1, 1) / 2 + 0.5
    color = _colors()[np.minimum(level * _COLOR_STEPS, _COLOR_STEPS - 1).astype(np.uint8)]
    beyond = np.abs(sigma) - _LEAST_SIGMA
    weight = np.clip(beyond / (_FULL_SIGMA - _LEAST_SIGMA) + 0.35, 0, 0.85).astype(np.float32)
    weight = (weight * ((beyond > 0) & skin))[..., None]
    mixed = behind * (1 - weight) + color * weight
    mixed[~skin] = 0.55 * mixed[~skin] + 0.45 * 255
    return np.asarray(mixed.round(), np.uint8)


@cache
def _colors() -> NDArray[np.float32]:
    """Return the colors of change between the named ones, shape (256, 3), 0 to 255."""
    named, place = np.array(_CHANGE_COLORS, float), np.linspace(0, len(_CHANGE_COLORS) - 1, _COLOR_STEPS)
    channels = [np.interp(place, np.arange(len(named)), named[:, channel]) for channel in range(3)]
    return np.asarray(np.stack(channels, axis=-1), np.float32)


def _small(picture: NDArray) -> NDArray:  # type: ignore[type-arg]
    if picture.shape[0] <= _SHOWN_ROWS:
        return picture
    share = _SHOWN_ROWS / picture.shape[0]
    return cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def data_address(picture: Pixels) -> str:
    """Return a picture as the address of an image inside a page, no larger than a screen shows."""
    flags = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    return "data:image/jpeg;base64," + base64.b64encode(_encoded(_small(picture), ".jpg", flags)).decode()


def png(picture: Pixels) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    return _encoded(picture, ".png", [cv2.IMWRITE_PNG_COMPRESSION, _PNG_EFFORT])


def _encoded(picture: Pixels, kind: str, flags: list[int]) -> bytes:
    done, data = cv2.imencode(kind, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), flags)
    if not done:
        raise RuntimeError(f"a picture could not be written as {kind}")
    encoded: NDArray[np.uint8] = data
    return encoded.tobytes()
