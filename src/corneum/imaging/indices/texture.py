"""Texture: contrast of relief shading, in percent of the local luminance.

A photograph shows how relief shades, not how deep it is: the figure is never a height. It depends on the direction of
the light, so only photographs under the same light can be compared.
"""

from corneum.imaging.canvas import Canvas, FloatMap, Mask
from corneum.imaging.indices.contrast import contrast_in, contrast_layer
from corneum.imaging.indices.relief import Relief

_FINE_MM = (0.2, 2.0)
"""Widths of the dark half of a wave at the ends of the band: furrows and fields of facial skin lie between them."""
_COARSE_MM = (1.5, 4.0)
"""The same for photographs that cannot carry the fine one: the largest fields, folds and bumps."""
_SHADING_MM = (2.5, 5.0)
"""Standard deviation of the coarse mean that takes the form of the face away, for the two bands."""
_REACH_MM = 0.75
"""Standard deviation of the window that must be covered by skin: that of waves 2 mm in their dark half."""


def texture_layer(canvas: Canvas) -> FloatMap:
    """Return the contrast of structures 0.2 to 2 mm wide, in percent, shape (height, width)."""
    return contrast_layer(canvas, _texture, _SHADING_MM[0], _REACH_MM)


def coarse_texture_layer(canvas: Canvas) -> FloatMap:
    """Return the contrast of structures 1.5 to 4 mm wide, in percent, shape (height, width)."""
    return contrast_layer(canvas, _coarse, _SHADING_MM[1], _REACH_MM)


def texture_in(layer: FloatMap, region: Mask, canvas: Canvas) -> float:
    """Return the texture contrast of a region, in percent; NaN if it is too small.

    Parameters
    ----------
    layer
        From `texture_layer` or `coarse_texture_layer`.
    region
        Shape (height, width).
    canvas
        The photograph that the layer is of.
    """
    return contrast_in(layer, region, canvas, _REACH_MM)


def _texture(relief: Relief) -> FloatMap:
    return relief.band(*_FINE_MM)


def _coarse(relief: Relief) -> FloatMap:
    return relief.band(*_COARSE_MM)
