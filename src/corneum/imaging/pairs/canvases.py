"""Two canvases from two photographs: one frame, one mask of skin, one exposure where no card gives a truer one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.align import Alignment
from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.faces import site_skin, skin_mask, zone_map
from corneum.imaging.pairs.frame import Frame, frame_of, positions_in, sampled
from corneum.imaging.pairs.prepared import Prepared
from corneum.imaging.pairs.tone import tone_exponent
from corneum.imaging.photo import Pixels

_DARK, _BRIGHT = 0.004, 0.98
"""Linear light outside which a camera's pixel says nothing of the skin."""


def canvases(baseline: Prepared, followup: Prepared, alignment: Alignment) -> tuple[Canvas, Canvas]:
    """Return both photographs in the baseline's frame.

    Parameters
    ----------
    baseline, followup
        The photographs.
    alignment
        From the baseline to the follow-up.

    Returns
    -------
    tuple of Canvas
        Of one shape, mask, zones and scale. Without a card in both, the follow-up is matched to the baseline's
        exposure and white balance over the shared skin, so a change of the whole face cannot be seen.
    """
    # One correction must hold for both, or their colors would differ by the correction alone.
    carded = baseline.correction is not None and followup.correction is not None
    if not carded:
        baseline, followup = replace(baseline, correction=None), replace(followup, correction=None)
    frame = frame_of(baseline, min(baseline.scale.px_per_mm, followup.scale.px_per_mm))
    here = frame.positions()
    there = positions_in(alignment, frame)

    def looked_at(one: Prepared, where: tuple[FloatMap, FloatMap]) -> tuple[NDArray[np.float32], Mask]:
        linear = sampled(one, *where, frame.px_per_mm)
        return linear, _skin(baseline, frame, linear)

    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(looked_at, followup, there)
        first, skin = looked_at(baseline, here)
        second, other_skin = other.result()
    seen = _inside(there, followup) & alignment.trusted(*here)
    skin &= other_skin & seen
    zones, names = _zones(baseline, frame)
    exponent = 1.0
    if not carded:
        exponent = tone_exponent(first, second, seen, frame.px_per_mm)
        second = _matched(first, second, skin)
    absolute = all(one.correction is not None and one.correction.absolute for one in (baseline, followup))
    shared = (skin, zones, names, frame.px_per_mm, frame.resolution_px_per_mm, carded, absolute)
    return Canvas(first, *shared), Canvas(second, *shared, tone_exponent=exponent)


def _inside(there: tuple[NDArray[np.float32], NDArray[np.float32]], one: Prepared) -> Mask:
    columns, rows = there
    return (columns >= 0) & (rows >= 0) & (columns <= one.photo.width - 1) & (rows <= one.photo.height - 1)


def _zones(baseline: Prepared, frame: Frame) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    if baseline.face is None:
        return np.ones(frame.shape, np.uint8), (baseline.site,)
    zones, names = zone_map(frame.face(baseline.face), frame.shape)
    return zones, names


def _skin(baseline: Prepared, frame: Frame, linear: NDArray[np.float32]) -> Mask:
    """Return measurable skin of an aligned photograph: the baseline's landmarks, or its site, hold for both."""
    red, green, blue = cv2.split(linear)
    lit = (cv2.min(cv2.min(red, green), blue) > _DARK) & (cv2.max(cv2.max(red, green), blue) < _BRIGHT)
    if baseline.face is None:
        return np.asarray(lit & site_skin(as_srgb(linear)), bool)
    return np.asarray(lit & skin_mask(as_srgb(linear), frame.face(baseline.face)), bool)


def as_srgb(linear: NDArray[np.float32]) -> Pixels:
    """Return linear light as 8-bit sRGB for the eye, shape (height, width, 3).

    References
    ----------
    IEC 61966-2-1, the sRGB transfer function.
    """
    level = np.arange(4096, dtype=np.float32) / 4095
    curve = np.where(level <= 0.0031308, 12.92 * level, 1.055 * level ** (1 / 2.4) - 0.055)
    table = np.round(255 * curve).astype(np.uint8)
    place = linear * np.float32(4095)
    np.clip(place, 0, 4095, out=place)
    return np.asarray(table[place.astype(np.uint16)], np.uint8)


def _matched(first: NDArray[np.float32], second: NDArray[np.float32], skin: Mask) -> NDArray[np.float32]:
    """Return the second photograph with the first one's exposure and white balance, by medians over shared skin."""
    if not skin.any():
        return second
    gain = np.median(first[skin], axis=0) / np.maximum(np.median(second[skin], axis=0), 1e-6)
    return np.asarray(second * gain.astype(np.float32), np.float32)
