"""Outlines drawn on photographs, for the eye. One neutral line for every mark: no color says anything of what it is."""

from collections.abc import Sequence

import cv2
import numpy as np

from corneum.imaging.photo import Pixels
from corneum.lesions.checking import Mark
from corneum.lesions.outlining import Outline

_LINE, _EDGE = (255, 255, 255), (20, 20, 20)
_CLOSE_SIDE = 700
"""Longer side of a close-up, px."""
_WHOLE_SIDE = 1600
"""Longer side of a whole photograph with its marks, px: fits a screen."""
_WIDTHS = 2.2
"""A close-up is so many widths of its mark."""
_BARS_MM = (20.0, 10.0, 5.0, 2.0, 1.0)


def close_up(pixels: Pixels, mark: Mark) -> bytes:
    """Return a PNG of one mark with its outline, and a scale bar where the scale is known.

    Parameters
    ----------
    pixels
        The photograph, shape (height, width, 3).
    mark
        In it.
    """
    column, row = mark.outline.center
    half = _WIDTHS / 2 * max(np.ptp(mark.outline.polygon, axis=0).max(), 16.0)
    left, top = max(0, round(column - half)), max(0, round(row - half))
    part = pixels[top : round(row + half) + 1, left : round(column + half) + 1]
    scale = _CLOSE_SIDE / max(part.shape[:2])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    picture = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=how), np.uint8)
    _outlined(picture, mark.outline, scale, left, top)
    if mark.size is not None:
        _bar(picture, scale * mark.outline.diameter_px / mark.size.diameter_mm)
    return _png(picture)


def whole(pixels: Pixels, marks: Sequence[Mark], labels: Sequence[str] = ()) -> bytes:
    """Return a PNG of a photograph with the outlines of its marks and a label beside each.

    Parameters
    ----------
    pixels
        The photograph, shape (height, width, 3).
    marks
        In it.
    labels
        One for each mark; their numbers if empty.
    """
    scale = min(1.0, _WHOLE_SIDE / max(pixels.shape[:2]))
    picture = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    for mark, label in zip(marks, labels or [str(number) for number in range(1, len(marks) + 1)], strict=True):
        _outlined(picture, mark.outline, scale, 0, 0)
        column, row = mark.outline.center
        reach = scale * mark.outline.diameter_px / 2 + 6
        _said(picture, label, (round(scale * column + reach), round(scale * row - reach)))
    return _png(picture)


def _outlined(picture: Pixels, outline: Outline, scale: float, left: int, top: int) -> None:
    """Draw an outline between the pixels of the mark and those of the skin."""
    shift = 4
    border = (outline.polygon - (left, top) + 0.5) * scale - 0.5
    points = np.round(border * 2**shift).astype(np.int32)
    for color, width in ((_EDGE, 4), (_LINE, 2)):
        cv2.polylines(picture, [points], True, color, width, cv2.LINE_AA, shift)


def _bar(picture: Pixels, px_per_mm: float) -> None:
    height, width = picture.shape[:2]
    length = next((one for one in _BARS_MM if one * px_per_mm < 0.4 * width), _BARS_MM[-1])
    left, right, row = 20, 20 + round(length * px_per_mm), height - 20
    for color, thick in ((_EDGE, 6), (_LINE, 2)):
        cv2.line(picture, (left, row), (right, row), color, thick, cv2.LINE_AA)
    _said(picture, f"{length:g} mm", (left, row - 12))


def _said(picture: Pixels, text: str, place: tuple[int, int]) -> None:
    for color, thick in ((_EDGE, 4), (_LINE, 1)):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, color, thick, cv2.LINE_AA)


def _png(picture: Pixels) -> bytes:
    done, stored = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    assert done
    return bytes(stored)
