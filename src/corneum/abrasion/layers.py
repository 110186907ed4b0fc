"""What energy removes: corneocyte layers first, then living layers, then papillary dermis."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Draws
from corneum.skin import Skin

DERMIS_SLICE_UM = 10.0
"""The slice of papillary dermis that the row of its energy speaks of, um."""
_FLAT = 1e-9


@dataclass(frozen=True)
class LayerStack:
    """The energy that it takes to reach any depth of each sampled skin.

    Within the stratum corneum the delamination energy per interface grows by equal ratios in equal depths, from the
    surface to the deepest layer; below it, energy per depth is constant in living epidermis and papillary dermis.

    Parameters
    ----------
    corneum_um, layer_um
        Stratum corneum and one corneocyte layer, shape (n,), um.
    living_um
        Living epidermis, shape (n,), um.
    surface_j_m2
        Delamination energy of the outermost interface, shape (n,), J/m2.
    gradient_ratio
        Deepest interface over outermost one, shape (n,).
    living_j_m2_um, dermis_j_m2_um
        Energy per area and depth in living epidermis and papillary dermis, shape (n,), J/m2 per um.
    papillary_um
        Papillary dermis, shape (n,), um. The stack ends below it: energy beyond removes nothing that is modeled.

    References
    ----------
    Rows M01, M03 (adhesion), M07 and contradiction 13 (living layers), R28 (less per strip with depth).
    """

    corneum_um: NDArray[np.float64]
    layer_um: NDArray[np.float64]
    living_um: NDArray[np.float64]
    surface_j_m2: NDArray[np.float64]
    gradient_ratio: NDArray[np.float64]
    living_j_m2_um: NDArray[np.float64]
    dermis_j_m2_um: NDArray[np.float64]
    papillary_um: NDArray[np.float64]

    @property
    def corneum_energy_j_m2(self) -> NDArray[np.float64]:
        """Energy that removes the whole stratum corneum, shape (n,), J/m2."""
        return np.asarray(self.corneum_um / self.layer_um * self.surface_j_m2 * np.expm1(self._rise) / self._rise)

    @property
    def _rise(self) -> NDArray[np.float64]:
        """Logarithm of the gradient ratio, kept off 0 where the closed forms below have no value."""
        rise = np.log(self.gradient_ratio)
        return np.asarray(np.where(np.abs(rise) < _FLAT, _FLAT, rise))

    @property
    def junction_um(self) -> NDArray[np.float64]:
        """Depth of the dermo-epidermal junction, shape (n,), um."""
        return np.asarray(self.corneum_um + self.living_um)

    @property
    def junction_energy_j_m2(self) -> NDArray[np.float64]:
        """Energy that reaches the dermo-epidermal junction, shape (n,), J/m2."""
        return np.asarray(self.corneum_energy_j_m2 + self.living_um * self.living_j_m2_um)

    @property
    def bottom_um(self) -> NDArray[np.float64]:
        """Depth of the lower edge of the papillary dermis, where the stack ends, shape (n,), um."""
        return np.asarray(self.junction_um + self.papillary_um)

    def depth_um(self, energy_j_m2: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the depth that useful energy removes, at most `bottom_um`.

        Parameters
        ----------
        energy_j_m2
            Energy that goes into removal, shape (n, m) or (m,), J/m2.

        Returns
        -------
        numpy.ndarray
            Shape (n, m), um.
        """
        energy = np.atleast_2d(energy_j_m2)
        column = {name: value[:, None] for name, value in self._columns().items()}
        in_corneum = np.minimum(energy, column["corneum_energy"])
        flat = in_corneum * column["layer"] / (column["surface"] * column["corneum"])
        depth = column["corneum"] / column["rise"] * np.log1p(flat * column["rise"])
        left = energy - in_corneum
        in_living = np.minimum(left, column["living_energy"])
        depth += in_living / column["living_per_um"]
        in_dermis = (left - in_living) / column["dermis_per_um"]
        return np.asarray(depth + np.minimum(in_dermis, column["papillary"]))

    def energy_j_m2(self, depth_um: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the energy that it takes to reach a depth: the inverse of `depth_um`; shape (n, m), J/m2.

        A depth below the stack counts as its bottom.
        """
        depth = np.atleast_2d(depth_um)
        column = {name: value[:, None] for name, value in self._columns().items()}
        corneum = np.minimum(depth, column["corneum"])
        grown = np.expm1(column["rise"] * corneum / column["corneum"]) / column["rise"]
        energy = column["surface"] * column["corneum"] / column["layer"] * grown
        left = depth - corneum
        living = np.minimum(left, column["living"])
        dermis = np.minimum(left - living, column["papillary"])
        return np.asarray(energy + living * column["living_per_um"] + dermis * column["dermis_per_um"])

    def _columns(self) -> dict[str, NDArray[np.float64]]:
        return {
            "corneum": np.maximum(self.corneum_um, 1e-9),
            "corneum_energy": self.corneum_energy_j_m2,
            "layer": self.layer_um,
            "living": self.living_um,
            "living_energy": self.living_um * self.living_j_m2_um,
            "surface": self.surface_j_m2,
            "rise": self._rise,
            "living_per_um": self.living_j_m2_um,
            "dermis_per_um": self.dermis_j_m2_um,
            "papillary": self.papillary_um,
        }


def stack_of(
    skin: Skin,
    draws: Draws,
    corneum_um: NDArray[np.float64] | None = None,
    living_um: NDArray[np.float64] | None = None,
) -> LayerStack:
    """Return the layer stack of a skin.

    Parameters
    ----------
    skin
        The sampled skin.
    draws
        The same samples.
    corneum_um
        Stratum corneum that is there today, shape (n,), um, if it has not grown back since the last session.
        The outer layers are the ones that lack: those of weak adhesion.
    living_um
        Living epidermis that is there today, shape (n,), um, likewise.

    References
    ----------
    Row ``abrasion.living.resistance_ratio`` (calibrated on R01).
    """
    full = skin.corneum_um
    today = full if corneum_um is None else np.clip(corneum_um, 1e-6, full)
    missing = 1 - today / full
    surface_ratio = skin.adhesion_gradient_ratio**missing
    resistance = draws["abrasion.living.resistance_ratio"]
    return LayerStack(
        corneum_um=today,
        layer_um=skin.layer_um,
        living_um=skin.living_um if living_um is None else np.clip(living_um, 0.0, skin.living_um),
        surface_j_m2=skin.adhesion_j_m2 * surface_ratio,
        gradient_ratio=skin.adhesion_gradient_ratio / surface_ratio,
        living_j_m2_um=skin.living_j_m2 * resistance / skin.living_layer_um,
        dermis_j_m2_um=skin.dermis_j_m2 * resistance / DERMIS_SLICE_UM,
        papillary_um=skin.papillary_um,
    )
