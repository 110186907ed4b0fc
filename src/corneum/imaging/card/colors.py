"""Lab and CIEDE2000 for a handful of patches.

References
----------
IEC 61966-2-1 (sRGB); CIE 15 (Lab); Lam 1985 (Bradford); Sharma, Wu and Dalal 2005 (CIEDE2000). Checked in the tests
against colour-science.
"""

import numpy as np
from numpy.typing import NDArray

Colors = NDArray[np.float64]
"""Shape (n, 3)."""

_XYZ_OF_RGB = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_D65 = np.array([0.95047, 1.0, 1.08883])
_D50 = np.array([0.96422, 1.0, 0.82521])
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_KNEE = 6 / 29
_LIGHTNESS, _OFFSET, _GREEN, _BLUE = 116.0, 16.0, 500.0, 200.0
_HUE_TERMS = ((-0.17, 1, -30.0), (0.24, 2, 0.0), (0.32, 3, 6.0), (-0.20, 4, -63.0))
"""Weight, multiple of the hue, and phase in degrees."""
_CHROMA_7, _MIDDLE = 25.0**7, 50.0
_SL, _SC, _SH, _SL_FLOOR = 0.015, 0.045, 0.015, 20.0
_FULL, _HALF = 360.0, 180.0
_TURN, _TURN_HUE, _TURN_WIDTH = 30.0, 275.0, 25.0


def _adapted(xyz: Colors, source: Colors, target: Colors) -> Colors:
    cones = np.diag((_BRADFORD @ target) / (_BRADFORD @ source))
    adapt: Colors = xyz @ (np.linalg.inv(_BRADFORD) @ cones @ _BRADFORD).T
    return adapt


def lab_of_linear(linear: Colors) -> Colors:
    """Return CIE Lab, white D65, of linear sRGB of shape (n, 3)."""
    ratio = (np.asarray(linear, float) @ _XYZ_OF_RGB.T) / _D65
    root = np.where(ratio > _KNEE**3, np.cbrt(ratio), ratio / (3 * _KNEE**2) + _OFFSET / _LIGHTNESS)
    x, y, z = root.T
    return np.stack([_LIGHTNESS * y - _OFFSET, _GREEN * (x - y), _BLUE * (y - z)], axis=1)


def linear_of_lab_d50(lab: Colors) -> Colors:
    """Return linear sRGB (D65, by Bradford) of CIE Lab with white D50, shape (n, 3); may be negative outside sRGB."""
    lightness, green, blue = np.asarray(lab, float).T
    y = (lightness + _OFFSET) / _LIGHTNESS
    root = np.stack([y + green / _GREEN, y, y - blue / _BLUE], axis=1)
    ratio = np.where(root > _KNEE, root**3, 3 * _KNEE**2 * (root - _OFFSET / _LIGHTNESS))
    linear: Colors = _adapted(ratio * _D50, _D50, _D65) @ np.linalg.inv(_XYZ_OF_RGB).T
    return linear


def difference(first: Colors, second: Colors) -> NDArray[np.float64]:
    """Return the CIEDE2000 color difference of Lab rows, shape (n,).

    Parameters
    ----------
    first, second
        Shape (n, 3), CIE Lab with one white.

    Examples
    --------
    >>> import numpy as np
    >>> difference(np.array([[50, 2.6772, -79.7751]]), np.array([[50, 0, -82.7485]])).round(4).tolist()
    [2.0425]
    """
    light_1, green_1, blue_1 = np.asarray(first, float).T
    light_2, green_2, blue_2 = np.asarray(second, float).T
    seventh = ((np.hypot(green_1, blue_1) + np.hypot(green_2, blue_2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(seventh / (seventh + _CHROMA_7))
    chroma_1, hue_1 = _polar(stretch * green_1, blue_1)
    chroma_2, hue_2 = _polar(stretch * green_2, blue_2)
    hue, step = _hues(hue_1, hue_2, chroma_1 * chroma_2)
    chroma = (chroma_1 + chroma_2) / 2
    lightness = ((light_1 + light_2) / 2 - _MIDDLE) ** 2
    by_light = (light_2 - light_1) / (1 + _SL * lightness / np.sqrt(_SL_FLOOR + lightness))
    by_chroma = (chroma_2 - chroma_1) / (1 + _SC * chroma)
    wave = 1 + sum(weight * np.cos(np.radians(times * hue + phase)) for weight, times, phase in _HUE_TERMS)
    by_hue = 2 * np.sqrt(chroma_1 * chroma_2) * np.sin(np.radians(step) / 2) / (1 + _SH * chroma * wave)
    swing = 2 * _TURN * np.exp(-(((hue - _TURN_HUE) / _TURN_WIDTH) ** 2))
    turn = -2 * np.sqrt(chroma**7 / (chroma**7 + _CHROMA_7)) * np.sin(np.radians(swing))
    total: NDArray[np.float64] = np.sqrt(
        np.maximum(by_light**2 + by_chroma**2 + by_hue**2 + turn * by_chroma * by_hue, 0)
    )
    return total


def _polar(green: NDArray[np.float64], blue: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return chroma, and hue in degrees from 0 to 360."""
    return np.hypot(green, blue), np.degrees(np.arctan2(blue, green)) % _FULL


def _hues(
    first: NDArray[np.float64], second: NDArray[np.float64], colored: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean hue and signed step between two hues the short way round, degrees; grays have no hue."""
    step = (second - first + _HALF) % _FULL - _HALF
    # The formula takes the positive way for exactly opposite hues only if the second is larger: sign does not matter
    # to a gray, and opposite hues differ by it in the turn term alone.
    step = np.where(colored > 0, step, 0.0)
    mean = np.where(colored > 0, (first + step / 2) % _FULL, first + second)
    return mean, step
