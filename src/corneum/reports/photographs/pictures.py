"""Pictures of a measured pair: both photographs in the common frame, and where an index changed."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from matplotlib import colormaps
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
_CHANGE_COLORS = "PuOr_r"
"""Orange is higher, purple is lower: told apart by people who do not tell red from green."""
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
    changes = {index: _painted(behind, skin, _small(_beyond_shared(pair, index))) for index in mapped(pair)}
    return PairPictures(first, second, changes)


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
    color = (colormaps[_CHANGE_COLORS](np.clip(sigma / _FULL_SIGMA, -1, 1) / 2 + 0.5)[..., :3] * 255).astype(np.float32)
    beyond = np.abs(sigma) - _LEAST_SIGMA
    weight = (np.clip(beyond / (_FULL_SIGMA - _LEAST_SIGMA) + 0.35, 0, 0.85) * ((beyond > 0) & skin))[..., None]
    mixed = behind * (1 - weight) + color * weight
    mixed[~skin] = 0.55 * mixed[~skin] + 0.45 * 255
    return np.asarray(mixed.round(), np.uint8)


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
