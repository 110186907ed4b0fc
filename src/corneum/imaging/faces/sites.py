"""Which pixels of a body site's photograph are skin, learned from the middle of the frame."""

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.faces.skin import grown, local_mean, robust_spread
from corneum.imaging.faces.tones import Tones, reduced, tones_of
from corneum.imaging.photo import Pixels

_SIDE_PX = 320
"""Longer side of the reduced picture that the model works on: skin and backdrop are large."""
_MIDDLE = 0.3
"""Share of the sides of the frame whose middle is taken for skin."""
_NEAR = 0.12
"""Reach of the local means, in longer sides: follows shading and a tan, not an edge."""
_ROUNDS = 3
_TRUSTED = (1.2, 0.3, 0.3, 2.0)
"""How far from the middle in light, red, blue and texture (spreads) a pixel may be to count in the first round."""
_OWN_HUE = 0.6
"""The same for red, in shares of the hue of the middle."""
_LEAST_SPREADS = (0.4, 0.1, 0.1)
"""Least spreads of log luminance, red and blue that are still skin: flat skin must not make the model pedantic."""
_GRAIN = 0.55
"""Spread of the log of the fine texture over bare skin."""
_BAR = 12.0
"""Sum of squared deviations at which skin ends."""
_SPOT = 0.12
"""Holes up to this diameter, in longer sides, are marks or shine on the skin, not a backdrop."""


def site_skin(pixels: Pixels) -> NDArray[np.bool_]:
    """Return the skin of a body site, shape (height, width): what hangs together with the middle and is like it.

    Color, light and fine texture are compared, in logarithms, with the skin nearby, so that neither the tone of the
    skin nor shading matters. A backdrop or hair differs in color, light or texture; a mark or a shine is small.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB; the site in the middle of the frame.
    """
    scale = min(1.0, _SIDE_PX / max(pixels.shape[:2]))
    small = reduced(pixels, scale)
    tones, side = tones_of(small), max(small.shape[:2])
    seeds = _seeds(tones)
    near = _strangeness(tones, seeds, _NEAR * side) < _BAR
    kept = grown(near, seeds & near, _SPOT * side)
    large = cv2.resize(kept.astype(np.uint8), (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large > 0)


def _seeds(tones: Tones) -> Mask:
    """Return the usual part of the middle: what differs there from most of it is a mark, a hair or a shine."""
    height, width = tones.light.shape
    board = np.zeros((height, width), bool)
    top, left = (int(side * (1 - _MIDDLE) / 2) for side in (height, width))
    board[top : height - top, left : width - left] = True
    usual = board.copy()
    for tone, least in zip((tones.light, tones.red, tones.blue), _LEAST_SPREADS, strict=True):
        usual &= np.abs(tone - np.median(tone[board])) < 2 * robust_spread(tone, board, least / 2)
    return usual if usual.any() else board


def _strangeness(tones: Tones, seeds: Mask, reach_px: float) -> FloatMap:
    """Return how far each pixel is from the skin around it, in squared spreads."""
    channels = (tones.light, tones.red, tones.blue)
    typical = [float(np.median(tone[seeds])) for tone in channels]
    rough = np.maximum(tones.grain - float(np.median(tones.grain[seeds])), 0) / _GRAIN
    here = rough < _TRUSTED[3]
    # Pale skin is nearer to a gray backdrop than brown skin is: its hue may vary less.
    hue = min(_TRUSTED[1], max(_LEAST_SPREADS[1], _OWN_HUE * abs(typical[1])))
    for tone, middle, most in zip(channels, typical, (_TRUSTED[0], hue, _TRUSTED[2]), strict=True):
        here &= np.abs(tone - middle) < most
    for _ in range(_ROUNDS):
        # Only what hangs together with the middle may teach: a backdrop must not teach itself.
        weight = (here & grown(here, seeds, 0)).astype(np.float32)
        strange = rough**2
        for tone, middle, least in zip(channels, typical, _LEAST_SPREADS, strict=True):
            rest = tone - local_mean(tone, weight, middle, reach_px)
            strange = strange + (rest / robust_spread(rest, here, least)) ** 2
        here = strange < _BAR
    return np.asarray(cv2.GaussianBlur(strange.clip(0, 4 * _BAR), (0, 0), 1.0), np.float32)
