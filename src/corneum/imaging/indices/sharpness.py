"""How sharp skin was photographed, and two photographs of it brought to the softer one's sharpness.

A softer lens lowers fine contrast more than coarse contrast; so may a treatment. Only the tilt over spatial frequency
is taken for a lens, and a change in proportion stays. What looks exactly like defocus cannot be told from it.
"""

from dataclasses import dataclass, replace

import numpy as np

from corneum.imaging.canvas import Canvas, Mask
from corneum.imaging.indices.relief import softened
from corneum.imaging.indices.spectrum import (
    FLOOR_RATIO,
    TELLS_NOISE_PX_PER_MM,
    Floats,
    Spectrum,
    TooFewTiles,
    spectrum_of,
)

_ABOVE_NOISE = 4.0
"""Rings are compared as long as their power is so many times the noise."""
_FEWEST_RINGS = 3
_SURE = 2.0
"""A difference of sharpness is acted on from so many standard errors."""
_MOST_BLUR_MM = 0.12
"""Softer than this the photograph is out of focus: nothing blurs the other one down to it."""
_COARSE_PER_MM, _FINE_PER_MM = (0.25, 0.75), (0.9, 1.6)
"""Bands whose contrasts are compared for one photograph's sharpness."""


@dataclass(frozen=True)
class Softness:
    """By how much the second photograph is softer than the first.

    Parameters
    ----------
    variance_mm2
        Of the Gaussian that would make the first as soft; negative where the first is the softer one.
    se_mm2
        Its standard error.
    rings
        Number of rings of frequency compared; 0 where noise left too few, and nothing is known.
    """

    variance_mm2: float
    se_mm2: float
    rings: int


def sharpness_of(canvas: Canvas, region: Mask | None = None) -> float:
    """Return fine over coarse contrast of skin, freed of noise: higher is sharper, for one person and one scale.

    Parameters
    ----------
    canvas
        One photograph in the common frame.
    region
        Where, shape (height, width); None is all measurable skin.

    Raises
    ------
    TooFewTiles
        If the region is too small.
    """
    found = spectrum_of(canvas, canvas.skin if region is None else region)
    signal = np.maximum(found.mean - _noise(found), 0)

    def within(low: float, high: float) -> float:
        ring = (found.per_mm >= low) & (found.per_mm <= high)
        return float(signal[ring].mean()) if ring.any() else 0.0

    coarse = within(*_COARSE_PER_MM)
    return float(np.sqrt(within(*_FINE_PER_MM) / coarse)) if coarse > 0 else 0.0


def softness_between(first: Canvas, second: Canvas, region: Mask | None = None) -> Softness:
    """Return by how much the second of two photographs in one frame is softer.

    Parameters
    ----------
    first, second
        Canvases of one shape, mask and scale.
    region
        Where, shape (height, width); None is all measurable skin.

    Raises
    ------
    TooFewTiles
        If the region is too small.
    """
    if first.px_per_mm < TELLS_NOISE_PX_PER_MM:
        return Softness(0.0, float("inf"), 0)
    region = first.skin if region is None else region
    one, other = spectrum_of(first, region), spectrum_of(second, region)
    noise = _noise(one), _noise(other)
    clear = (one.mean > _ABOVE_NOISE * noise[0]) & (other.mean > _ABOVE_NOISE * noise[1])
    rings = len(clear) if clear.all() else int(np.argmin(clear))
    if rings < _FEWEST_RINGS:
        return Softness(0.0, float("inf"), 0)
    signals = [found.mean[:rings] - below for found, below in zip((one, other), noise, strict=True)]
    slope, se = _slope(one.per_mm[:rings] ** 2, np.log(signals[0] / signals[1]))
    # A Gaussian of variance v takes exp(-4 pi^2 v f^2) of the power.
    per_variance = 4 * np.pi**2
    return Softness(slope / per_variance, se / per_variance, rings)


def equalize_sharpness(first: Canvas, second: Canvas, region: Mask | None = None) -> tuple[Canvas, Canvas]:
    """Return both photographs, the sharper one blurred to the softer one.

    Parameters
    ----------
    first, second
        Canvases of one shape, mask and scale.
    region
        Where they are compared, shape (height, width); None is all measurable skin.

    Returns
    -------
    tuple of Canvas
        Both as they were where the region is too small, the canvas too coarse (under 6 px/mm), or the difference
        within its own error.
    """
    try:
        softness = softness_between(first, second, region)
    except TooFewTiles:
        return first, second
    if abs(softness.variance_mm2) < _SURE * softness.se_mm2:
        return first, second
    variance = float(np.clip(softness.variance_mm2, -(_MOST_BLUR_MM**2), _MOST_BLUR_MM**2))
    return _softened(first, variance), _softened(second, -variance)


def _softened(canvas: Canvas, variance_mm2: float) -> Canvas:
    if variance_mm2 <= 0:
        return canvas
    return replace(canvas, linear=softened(canvas.linear, variance_mm2 * canvas.px_per_mm**2))


def _noise(found: Spectrum) -> float:
    return FLOOR_RATIO * found.floor


def _slope(square: Floats, log_ratio: Floats) -> tuple[float, float]:
    """Return the slope of a straight line and its standard error."""
    away = square - square.mean()
    spread = float(away @ away)
    slope = float(away @ log_ratio) / spread
    left = log_ratio - log_ratio.mean() - slope * away
    return slope, float(np.sqrt(left @ left / max(len(square) - 2, 1) / spread))
