"""The fit behind a color correction: a tone curve, a matrix and the slope of the light, from a few dozen patches.

Every parameter leans weakly on what a plain sRGB camera would have, so that few patches give a calm answer; the loss is
in Lab, weighted as color differences are, and grows only linearly for a patch that does not fit (dirt, gloss).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.colors import Colors, difference, lab_of_linear

_MIDDLE = 0.18
"""Linear light at which the tone curve is anchored: the usual middle gray."""
_CURVE_PRIOR = ((1.0, 0.4), (0.0, 0.05), (0.0, 0.02))
"""Mean and standard deviation of the slope, bend and twist of the tone curve in logarithms."""
_SLOPE_PRIOR = 0.15
"""Standard deviation of the change of light from the middle of the card to its edge."""
_BEND = 2.0
"""Color difference beyond which a patch counts less (Huber)."""
_CHROMA_WEIGHT = 0.045
"""Of the chroma in the weight of green and blue, as in color difference formulas."""
_ROUNDS, _STEP, _FLOOR = 12, 1e-4, 1e-5
_STILL = 1e-3
_LEAST_LIGHT = 0.1
"""No card is lit so unevenly that a corner gets less than this share."""


@dataclass(frozen=True)
class Scene:
    """Patches to fit.

    Parameters
    ----------
    seen
        Shape (n, 3): linear light by the sRGB curve.
    known
        Shape (n, 3): linear sRGB that it should be.
    places
        Shape (n, 2): across and down the card, -1 to 1.
    gray
        Whether only white balance and tone can be told (no matrix).
    """

    seen: Colors
    known: Colors
    places: NDArray[np.float64]
    gray: bool

    @cached_property
    def target(self) -> Colors:
        """CIE Lab that the patches should have, shape (n, 3)."""
        return lab_of_linear(self.known)

    @cached_property
    def scales(self) -> Colors:
        """By how much a Lab difference of each patch counts less, shape (n, 3)."""
        chroma = 1 + _CHROMA_WEIGHT * np.hypot(self.target[:, 1], self.target[:, 2])
        return np.stack([np.ones_like(chroma), chroma, chroma], axis=1)

    def without(self, patch: int) -> "Scene":
        """Return the scene without one patch."""
        keep = np.arange(len(self.seen)) != patch
        return Scene(self.seen[keep], self.known[keep], self.places[keep], self.gray)


@dataclass(frozen=True)
class Fit:
    """A fitted correction.

    Parameters
    ----------
    curve
        Slope, bend and twist of the tone curve, in logarithms about middle gray.
    matrix
        Shape (3, 3): from toned linear light to linear sRGB.
    slope
        Change of the light from the card's middle to its right and lower edge, shares.
    span
        Logarithms between which the curve rests on patches; it goes on straight beyond.
    """

    curve: NDArray[np.float64]
    matrix: NDArray[np.float64]
    slope: NDArray[np.float64]
    span: tuple[float, float]

    def toned(self, light: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return linear light after the tone curve, any shape."""
        return _toned(light, self.curve, self.span)

    def steepness(self) -> NDArray[np.float64]:
        """Return the slope of the tone curve in logarithms along its span, shape (n,)."""
        at = np.linspace(*self.span, 64)
        return self.curve @ np.stack([np.ones_like(at), 2 * at, 3 * at**2])

    def predicted(self, scene: Scene) -> Colors:
        """Return what the patches of a scene look like after the correction, shape (n, 3)."""
        return _corrected(scene, self.curve, self.matrix, self.slope, self.span)


def _toned(light: NDArray[np.float64], curve: NDArray[np.float64], span: tuple[float, float]) -> NDArray[np.float64]:
    logs = np.log(np.maximum(light, _FLOOR) / _MIDDLE)
    inside = np.clip(logs, *span)
    slope, bend, twist = curve
    value = ((twist * inside + bend) * inside + slope) * inside
    beyond = (logs - inside) * (slope + (2 * bend + 3 * twist * inside) * inside)
    return np.where(light > 0, _MIDDLE * np.exp(value + beyond), 0.0)


def _corrected(
    scene: Scene,
    curve: NDArray[np.float64],
    matrix: NDArray[np.float64],
    slope: NDArray[np.float64],
    span: tuple[float, float],
) -> Colors:
    even = _toned(scene.seen, curve, span) @ matrix.T
    corrected: Colors = even / np.maximum(1 + scene.places @ slope, _LEAST_LIGHT)[:, None]
    return corrected


def _unpacked(
    values: NDArray[np.float64], gray: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    matrix = np.diag(values[5:]) if gray else values[5:].reshape(3, 3)
    return values[:3], matrix, values[3:5]


def _start(scene: Scene) -> NDArray[np.float64]:
    """Return the first guess: the sRGB curve, even light, and a gain for each channel."""
    gains = np.maximum(scene.known, 0).sum(axis=0) / np.maximum(scene.seen.sum(axis=0), _FLOOR)
    matrix = gains if scene.gray else np.diag(gains).ravel()
    return np.concatenate([[1.0, 0.0, 0.0], [0.0, 0.0], matrix])


def _residuals(values: NDArray[np.float64], scene: Scene, span: tuple[float, float]) -> NDArray[np.float64]:
    """Return weighted Lab differences of one or several sets of parameters, shape (n, 3) or (sets, n, 3)."""
    sets = np.atleast_2d(values)
    views = [_corrected(scene, *_unpacked(one, scene.gray), span) for one in sets]
    off = lab_of_linear(np.concatenate(views)).reshape(len(sets), -1, 3) - scene.target
    off /= scene.scales
    weighted: NDArray[np.float64] = off[0] if values.ndim == 1 else off
    return weighted


def _prior(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far the parameters are from what is usual, in standard deviations, and the slopes of that."""
    means, widths = np.array([*_CURVE_PRIOR, (0.0, _SLOPE_PRIOR), (0.0, _SLOPE_PRIOR)]).T
    slopes = np.zeros((5, len(values)))
    slopes[:, :5] = np.diag(1 / widths)
    return (values[:5] - means) / widths, slopes


def fit(scene: Scene, start: Fit | None = None) -> Fit:
    """Return the correction of a scene by damped, reweighted least squares.

    Parameters
    ----------
    scene
        At least 6 patches (gray), or 12.
    start
        A fit of nearly the same scene, to begin from.
    """
    logs = np.log(np.maximum(scene.seen, _FLOOR) / _MIDDLE)
    span = start.span if start else (float(logs.min()), float(logs.max()))
    values = _packed(start, scene.gray) if start else _start(scene)
    damping, here = 1e-3, _loss(values, scene, span)
    for _ in range(_ROUNDS):
        off = _residuals(values, scene, span)
        weights = np.repeat(_weights(off), 3)
        slopes = _slopes(values, scene, span, off)
        usual, usual_slopes = _prior(values)
        square = slopes.T * weights @ slopes + usual_slopes.T @ usual_slopes
        pull = slopes.T * weights @ off.ravel() + usual_slopes.T @ usual
        step = np.linalg.solve(square + damping * np.diag(np.diag(square)), -pull)
        there = _loss(values + step, scene, span)
        if there < here:
            done = here - there < _STILL * here
            values, here, damping = values + step, there, damping / 10
            if done:
                break
        else:
            damping *= 10
    curve, matrix, slope = _unpacked(values, scene.gray)
    return Fit(curve, matrix, slope, span)


def _packed(found: Fit, gray: bool) -> NDArray[np.float64]:
    matrix = np.diag(found.matrix) if gray else found.matrix.ravel()
    return np.concatenate([found.curve, found.slope, matrix])


def _weights(off: NDArray[np.float64]) -> NDArray[np.float64]:
    size = np.linalg.norm(off, axis=1)
    weights: NDArray[np.float64] = np.minimum(1, _BEND / np.maximum(size, _FLOOR))
    return weights


def _loss(values: NDArray[np.float64], scene: Scene, span: tuple[float, float]) -> float:
    size = np.linalg.norm(_residuals(values, scene, span), axis=1)
    huber = np.where(size <= _BEND, size**2, 2 * _BEND * size - _BEND**2)
    return float(huber.sum() + np.sum(_prior(values)[0] ** 2))


def _slopes(
    values: NDArray[np.float64], scene: Scene, span: tuple[float, float], off: NDArray[np.float64]
) -> NDArray[np.float64]:
    moved = _residuals(values + _STEP * np.eye(len(values)), scene, span)
    slopes: NDArray[np.float64] = ((moved - off) / _STEP).reshape(len(values), -1).T
    return slopes


def left_out(scene: Scene, whole: Fit) -> NDArray[np.float64]:
    """Return each patch's CIEDE2000 difference from the fit of all the others, shape (n,).

    Parameters
    ----------
    scene
        The patches.
    whole
        The fit of all of them, where the others begin.
    """
    off = []
    for patch in range(len(scene.seen)):
        alone = Scene(scene.seen[[patch]], scene.known[[patch]], scene.places[[patch]], scene.gray)
        predicted = fit(scene.without(patch), whole).predicted(alone)
        off.append(difference(lab_of_linear(predicted), lab_of_linear(alone.known))[0])
    return np.array(off)
