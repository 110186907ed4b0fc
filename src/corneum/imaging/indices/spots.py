"""Dark spots of one photograph: where, how large, how dark, and how far beyond the noise of the skin around them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Canvas, FloatMap
from corneum.imaging.indices.blobs import DIAMETERS_MM, Blobs, apart, blobs_of, peaks_of, roundness_of
from corneum.imaging.indices.densities import UNIT, densities, unmixing, working_step
from corneum.imaging.indices.remembered import Same, remembered
from corneum.imaging.indices.smoothing import enlarged, mean_nearby, reduced, share_of, weight_of

_SURROUNDINGS_MM = 6.0
"""Reach of the mean that a spot is dark against: wider than the largest spot, narrower than a cheek's shading."""
_SIGNAL = 4.0
"""Least response over noise; the noise is the skin's own mottling, which is finer and weaker than a spot."""
_CONTRAST = 2.5
"""Least contrast, index units (6 % less light): about what an eye sees as a spot."""
_ROUND = 0.3
"""Least ratio of curvatures: below it a dark place is a crease."""
_PERSISTENT = 0.45
"""Least response at the next size, up or down, over that at the best: a grain of noise has one size only."""
_RED = 0.29
"""Share of redness in the contrast at which a spot is as much blood as pigment: half of what blood alone gives."""


@dataclass(frozen=True)
class Spot:
    """One dark spot.

    Parameters
    ----------
    column, row
        Its middle, px of the canvas, pixel centers at integers.
    diameter_mm
        Of a disk of the same area.
    area_mm2
        Where it is darker than half of its contrast.
    contrast
        Against its surroundings, index units: hundredths of a decade of light.
    snr
        Contrast over the noise of the skin around it.
    zone
        Name; empty outside every zone.
    """

    column: float
    row: float
    diameter_mm: float
    area_mm2: float
    contrast: float
    snr: float
    zone: str


@remembered
def spot_layer(canvas: Canvas) -> FloatMap:
    """Return how much darker the skin is than its surroundings, index units, shape (height, width).

    A mean density of the channels less its mean over the skin around: shading is gone. The weights keep signal over
    noise on every skin (blue alone saturates on dark skin). Zero off the skin.

    References
    ----------
    ``imaging.color.pigment_red_coefficient``, ``imaging.color.pigment_green_coefficient``
    """
    found = densities(canvas)
    level = found.mixed(unmixing().pigment)
    contrast = level - mean_nearby(level, found.skin, _SURROUNDINGS_MM * found.px_per_mm)
    return enlarged(contrast, found.step, canvas.skin.shape) * weight_of(canvas.skin)


@dataclass(frozen=True)
class Field:
    """A map at the scale of color, ready for the search of spots.

    Parameters
    ----------
    values
        Shape (height, width); larger is darker.
    skin
        Share of skin in each pixel, same shape.
    step
        Pixels of the canvas per pixel here.
    px_per_mm
        Here.
    """

    values: FloatMap
    skin: FloatMap
    step: int
    px_per_mm: float

    def on_canvas(self, row: float, column: float) -> tuple[float, float]:
        """Return row and column on the canvas of a place here."""
        return (row + 0.5) * self.step - 0.5, (column + 0.5) * self.step - 0.5


def field_of(layer: FloatMap, canvas: Canvas) -> Field:
    """Return a layer of a canvas at the scale of color; skin at the mask's edge counts in part."""
    return _field(layer, Same(canvas.skin), canvas.px_per_mm)


@remembered
def _field(layer: FloatMap, skin: Same, px_per_mm: float) -> Field:
    assert isinstance(skin.one, np.ndarray)
    step = working_step(px_per_mm)
    share = share_of(skin.one, step)
    above = reduced(layer * weight_of(skin.one), step)
    values = np.asarray(above / np.maximum(share, 0.01), np.float32)
    return Field(values, share, step, px_per_mm / step)


@remembered
def blobs_in(field: Field) -> Blobs:
    """Return the responses of a map with their local noise."""
    return blobs_of(field.values, field.skin, field.px_per_mm)


def find_spots(canvas: Canvas, layer: FloatMap) -> tuple[Spot, ...]:
    """Return the dark spots of a photograph, 1 to 8 mm, darkest first.

    Parameters
    ----------
    canvas
        The photograph.
    layer
        Its `spot_layer`.

    Returns
    -------
    tuple of Spot
        Redness alone (a spot of blood) is left out.

    References
    ----------
    ``imaging.color.pigment_red_coefficient``, ``imaging.color.pigment_green_coefficient``; Lindeberg 1998, Feature
    detection with automatic scale selection (recalled, not read).
    """
    return _found(layer, Same(canvas))


@remembered
def _found(layer: FloatMap, of: Same) -> tuple[Spot, ...]:
    canvas = of.one
    assert isinstance(canvas, Canvas)
    field = field_of(layer, canvas)
    blobs = blobs_in(field)
    peaks = peaks_of(blobs)
    peaks = peaks[_strong(blobs, peaks) & (roundness_of(field.values, peaks, field.px_per_mm) > _ROUND)]
    peaks = apart(peaks[np.argsort(-blobs.responses[tuple(peaks.T)])], field.px_per_mm)
    brown = redness_share(canvas, field, peaks) < _RED
    return spots_at(canvas, field, blobs, peaks[brown])


def _strong(blobs: Blobs, peaks: NDArray[np.intp]) -> NDArray[np.bool_]:
    at = tuple(peaks.T)
    return np.asarray(
        (blobs.signals[at] > _SIGNAL) & (blobs.responses[at] > _CONTRAST) & (persistence_of(blobs, peaks) > _PERSISTENT)
    )


def persistence_of(blobs: Blobs, peaks: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the response at the next size over that at the best one, for each peak, shape (n,).

    A maximum between two sizes keeps most of its response at both neighbors; at either end of the sizes there is one.
    """
    size, row, column = peaks.T
    last = len(DIAMETERS_MM) - 1
    here = blobs.responses[size, row, column]
    up = blobs.responses[np.minimum(size + 1, last), row, column]
    down = blobs.responses[np.maximum(size - 1, 0), row, column]
    other = np.where(size == 0, up, np.where(size == last, down, np.minimum(up, down)))
    return np.asarray(other / np.maximum(here, 1e-6), float)


def redness_share(canvas: Canvas, field: Field, peaks: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return how much of each peak's contrast is redness, shape (n,): about 0 for pigment and 0.6 for blood."""
    found = densities(canvas)
    level, red = found.mixed(unmixing().pigment), found.mixed(unmixing().redness)
    share = np.zeros(len(peaks))
    for place, (size, row, column) in enumerate(peaks):
        radius = DIAMETERS_MM[int(size)] / 2 * field.px_per_mm
        window, distance = window_of(field, row, column, 2.5 * radius)
        skin = found.skin[window] > 0.5
        inside, around = skin & (distance < 0.7 * radius), skin & (distance > 1.5 * radius)
        if inside.any() and around.any():
            rise = [float(one[window][inside].mean() - np.median(one[window][around])) for one in (level, red)]
            share[place] = rise[1] / max(rise[0], 0.01 * UNIT)
    return share


def window_of(field: Field, row: float, column: float, reach: float) -> tuple[tuple[slice, slice], NDArray[np.float64]]:
    """Return the square around a place that fits the map, and each of its pixels' distance from the place, px."""
    height, width = field.values.shape
    top, left = max(0, int(row - reach)), max(0, int(column - reach))
    bottom, right = min(height, int(row + reach) + 2), min(width, int(column + reach) + 2)
    rows, columns = np.mgrid[top:bottom, left:right]
    return (slice(top, bottom), slice(left, right)), np.hypot(rows - row, columns - column)


def spots_at(canvas: Canvas, field: Field, blobs: Blobs, peaks: NDArray[np.intp]) -> tuple[Spot, ...]:
    """Return the spots at given peaks, measured on the map."""
    spots = []
    for size, row, column in peaks:
        down, right = field.on_canvas(row, column)
        place = min(round(down), canvas.zones.shape[0] - 1), min(round(right), canvas.zones.shape[1] - 1)
        zone = int(canvas.zones[place])
        contrast, area = measured(field, int(size), row, column)
        spots.append(
            Spot(
                column=float(right),
                row=float(down),
                diameter_mm=float(np.sqrt(4 * area / np.pi)),
                area_mm2=area,
                contrast=contrast,
                snr=float(contrast / blobs.noises[size, row, column]),
                zone=canvas.zone_names[zone - 1] if zone else "",
            )
        )
    return tuple(spots)


def measured(field: Field, size: int, row: float, column: float) -> tuple[float, float]:
    """Return contrast (index units) and area (mm²) of a spot of about a size around a place.

    Contrast: the mean inside 0.7 of its radius over the median of a ring at 1.5 to 2.5 radii. Area: what hangs
    together with the middle and is darker than half of that.
    """
    radius = DIAMETERS_MM[size] / 2 * field.px_per_mm
    window, distance = window_of(field, row, column, 2.5 * radius)
    values, skin = field.values[window], field.skin[window] > 0.5
    ring, inside = skin & (distance > 1.5 * radius), skin & (distance < max(0.7 * radius, 0.8))
    if not (ring.any() and inside.any()):
        return 0.0, 0.0
    level = float(np.median(values[ring]))
    contrast = float(values[inside].mean()) - level
    dark = skin & (values - level > contrast / 2) & (distance < 2 * radius)
    _, parts = cv2.connectedComponents(dark.astype(np.uint8), connectivity=4)
    middle = parts[np.unravel_index(int(distance.argmin()), distance.shape)]
    area = np.count_nonzero(parts == middle) if middle else 1
    return contrast, float(area / field.px_per_mm**2)
