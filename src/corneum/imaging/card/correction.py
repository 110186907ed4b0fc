"""Color correction by a card: what it does to a photograph, and how far the card's own colors are off after it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.fitting import Fit, Scene, fit, left_out
from corneum.imaging.card.layout import Kind, Layout, layout_of
from corneum.imaging.card.light import LEVELS, decode, looked_up
from corneum.imaging.card.reference import Edition
from corneum.imaging.card.sampling import Card
from corneum.imaging.photo import Pixels

_LEAST_PATCHES, _LEAST_GRAYS = 16, 10
"""Of 24 colors, and of the 16 patches of a printed target."""
_MOST_SPREAD = 20.0
"""Levels inside a patch beyond which it is not even: gloss, dirt or a finger."""
_WORST_RESIDUAL_DE = 6.0
"""Median color difference beyond which the card is not trusted."""
_LEAST_STEEPNESS = 0.2
"""Of the tone curve in logarithms: flatter than that, gray steps cannot be told apart."""
_UNEVEN = 0.05
"""Change of light from the middle of the card to its edge that is told."""
_NO_ABSOLUTE = "a printed target gives white balance, tone and scale: no absolute color, and no ITA"


class CardUnusable(ValueError):
    """A card is in the photograph, but its patches cannot correct it."""


@dataclass(frozen=True)
class Correction:
    """What turns a photograph into linear light under the card's white.

    Parameters
    ----------
    kind
        The card.
    table
        Shape (256,), float32: the tone curve, from level to linear light.
    matrix
        Shape (3, 3): from that to linear sRGB, 1 is a perfect white lit as the middle of the card is.
    residual_de
        Median CIEDE2000 difference of a patch that was left out of the fit. The inner error, not a promise for skin.
    worst_de
        The largest of them.
    absolute
        Whether colors are absolute (a ColorChecker). False for a printed target: its reflectances are nominal, so that
        only photographs with the same print are comparable, and ITA is withheld.
    light_change_share
        Change of the light from the card's middle to its edge.
    used
        Number of patches.
    notes
        What the correction cannot claim.
    """

    kind: Kind
    table: NDArray[np.float32]
    matrix: NDArray[np.float64]
    residual_de: float
    worst_de: float
    absolute: bool
    light_change_share: float
    used: int
    notes: tuple[str, ...] = ()

    def linear(self, pixels: Pixels) -> NDArray[np.float32]:
        """Return corrected linear light, float32, 1 is a white surface; below 0 outside sRGB.

        Parameters
        ----------
        pixels
            Shape (height, width, 3): the photograph that the card is in, or another under the same light and settings.
        """
        corrected = cv2.transform(looked_up(pixels, self.table), self.matrix.astype(np.float32))
        return np.asarray(corrected, np.float32)


def correct_by(card: Card, edition: Edition = "after_2014") -> Correction:
    """Return the color correction that a card gives.

    A tone curve (three terms in logarithms), a 3 by 3 matrix (a printed target: one gain a channel) and the slope of
    the light over the card are fitted together, robustly, in Lab. Cut-off and uneven patches do not count.

    Parameters
    ----------
    card
        As found in the photograph.
    edition
        Of a ColorChecker's pigments: before or after November 2014.

    Raises
    ------
    CardUnusable
        If too few patches are left, gray steps cannot be told apart, or the colors do not fit.

    References
    ----------
    Source row ``imaging_colorchecker`` (``tables/colorchecker24.toml``); imaging.card.print_black_share,
    imaging.card.print_paper_share
    """
    layout = layout_of(card.kind, edition)
    usable = ~card.clipped & (card.spread <= _MOST_SPREAD)
    least = _LEAST_PATCHES if layout.absolute else _LEAST_GRAYS
    if usable.sum() < least:
        cut = int(card.clipped.sum())
        advice = "expose so that its white patch is not cut off" if cut else "keep it clean, flat and free of gloss"
        raise CardUnusable(f"the card has {int(usable.sum())} usable patches, {least} are needed: {advice}")
    scene = _scene(card, layout, usable)
    whole = fit(scene)
    if whole.steepness().min() < _LEAST_STEEPNESS:
        raise CardUnusable("the gray steps of the card cannot be told apart: expose longer, switch filters off")
    off = left_out(scene, whole)
    if np.median(off) > _WORST_RESIDUAL_DE:
        raise CardUnusable(
            f"the colors of the card do not fit (median difference {np.median(off):.1f}): light it evenly, no gloss"
        )
    return _correction(card.kind, layout.absolute, whole, off)


def _scene(card: Card, layout: Layout, usable: NDArray[np.bool_]) -> Scene:
    places = 2 * layout.centers_mm / np.array(layout.size_mm) - 1
    seen = decode(card.patches_rgb / (LEVELS - 1))
    return Scene(seen[usable], layout.linear[usable], places[usable], gray=not layout.absolute)


def _correction(kind: Kind, absolute: bool, whole: Fit, off: NDArray[np.float64]) -> Correction:
    change = float(np.abs(whole.slope).sum())
    notes: tuple[str, ...] = () if absolute else (_NO_ABSOLUTE,)
    if change > _UNEVEN:
        notes += (f"the light changes by {100 * change:.0f} % from the middle of the card to its edge",)
    table = whole.toned(decode(np.arange(LEVELS) / (LEVELS - 1))).astype(np.float32)
    middle, worst = float(np.median(off)), float(off.max())
    return Correction(kind, table, whole.matrix, middle, worst, absolute, change, len(off), notes)
