"""The colors of one mark, named against the person's own skin around it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask

NAMES = ("white", "red", "light brown", "dark brown", "blue-grey", "black")
"""The six colors that the ABCD rule of dermoscopy counts."""
_LEAST_SHARE = 0.05
"""A color that fills less of a mark is not counted: hair that was left, or a pore."""
_PALER, _LESS_COLOR = 4.0, 2.0
"""White: lighter than the skin, and less colored; CIELAB."""
_REDDER = 7.0
"""Red: so much further toward red, with no more than the half of it toward dark."""
_LESS_YELLOW = 8.0
"""Blue-grey: so much further toward blue than the skin."""
_DARKER, _MUCH_DARKER = 0.12, 0.42
"""Light and dark brown: share of the skin's own lightness that is missing."""
_BLACK_SHARE, _BLACK_LEVEL = 0.72, 12.0
"""Black: nearly all of the lightness is missing, or hardly any is left."""


@dataclass(frozen=True)
class Colors:
    """Which colors a mark holds.

    Parameters
    ----------
    shares
        Color -> share of the mark's area; the rest looks like the skin.
    skin_lab, mark_lab
        Medians of the skin around and of the mark, CIELAB.
    """

    shares: dict[str, float]
    skin_lab: tuple[float, float, float]
    mark_lab: tuple[float, float, float]

    @property
    def present(self) -> tuple[str, ...]:
        """Colors that fill at least a twentieth of the mark."""
        return tuple(name for name in NAMES if self.shares[name] >= _LEAST_SHARE)

    @property
    def distance_de(self) -> float:
        """CIELAB distance between the mark and its own skin."""
        return float(np.linalg.norm(np.subtract(self.mark_lab, self.skin_lab)))


def colors_of(lab: NDArray[np.float32], mask: Mask, skin: Mask) -> Colors:
    """Return the colors of a mark, each told against the person's own skin.

    Parameters
    ----------
    lab
        Shape (height, width, 3), CIELAB, covers filled in and evenly lit.
    mask
        The mark.
    skin
        The skin around it.

    References
    ----------
    Row MO-012: six colors are counted; the limits between them are this project's own, told relative to own skin.
    """
    own = np.median(lab[skin], axis=0)
    inside = lab[mask]
    darker, redder, yellower = 1 - inside[:, 0] / own[0], inside[:, 1] - own[1], inside[:, 2] - own[2]
    paler = np.hypot(inside[:, 1], inside[:, 2]) < np.hypot(own[1], own[2]) - _LESS_COLOR
    rules = (
        ("black", (darker > _BLACK_SHARE) | (inside[:, 0] < min(_BLACK_LEVEL, own[0] / 2))),
        ("blue-grey", yellower < -_LESS_YELLOW - np.maximum(0, redder)),
        ("white", (inside[:, 0] > own[0] + _PALER) & paler),
        ("red", (redder > _REDDER) & (own[0] - inside[:, 0] < 2 * redder) & (darker < _MUCH_DARKER)),
        ("dark brown", darker > _MUCH_DARKER),
        ("light brown", darker > _DARKER),
    )
    left = np.ones(len(inside), bool)
    shares = dict.fromkeys(NAMES, 0.0)
    for name, holds in rules:
        shares[name] = float((holds & left).mean())
        left &= ~holds
    middle = np.median(inside, axis=0)
    return Colors(shares, _triple(own), _triple(middle))


def _triple(values: NDArray[np.float32]) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])
