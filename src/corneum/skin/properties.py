"""The sampled properties of one site of one person's skin."""

from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from corneum.skin.person import Air, Person, State
from corneum.skin.sites import Site

Samples: TypeAlias = NDArray[np.float64]
SampleIndex: TypeAlias = int | slice | list[int] | NDArray[np.integer[Any]] | NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Skin:
    """What is treated: every array has shape (n,), one value per sample.

    Parameters
    ----------
    site, person, air, state
        The inputs.
    temperature_degc
        Air temperature [degC].
    humidity_share
        Relative humidity as a share.
    layers
        Corneocyte layers that are left today; not rounded.
    layer_um
        Thickness of one corneocyte layer [um].
    corneum_um
        Stratum corneum that is left today [um], ``layers * layer_um``.
    intact_layers
        Corneocyte layers before any stripping.
    intact_corneum_um
        Stratum corneum before any stripping [um].
    living_um
        Living epidermis [um].
    living_layer_um
        Thickness of one living cell layer [um].
    papillary_um
        Papillary dermis [um].
    adhesion_j_m2
        Delamination energy of the interface at today's surface, in today's air [J/m2].
    adhesion_gradient_ratio
        Delamination energy of the deepest interface over that of today's surface.
    living_j_m2
        Fracture energy per living cell layer [J/m2].
    dermis_j_m2
        Energy to remove 10 um of papillary dermis [J/m2].
    furrow_share
        Share of the area that lies in furrows.
    furrow_reach_share
        Share of the dose on the plateaus that reaches the furrows.
    furrow_depth_um
        Depth of the furrows [um].
    furrow_spacing_um
        Distance between furrows [um].
    tewl_g_m2_h
        Resting transepidermal water loss [g/m2/h] with the corneum intact, irritation included. What stripping
        adds is the recovery room's to say, by one of the published laws.
    transit_d
        Transit time through the intact stratum corneum [d].
    transit_age_ratio
        Transit at this age over transit at the younger published age, same site.
    corneocyte_um2
        Area of one corneocyte [um2].
    """

    site: Site
    person: Person
    air: Air
    state: State
    temperature_degc: Samples
    humidity_share: Samples
    layers: Samples
    layer_um: Samples
    corneum_um: Samples
    intact_layers: Samples
    intact_corneum_um: Samples
    living_um: Samples
    living_layer_um: Samples
    papillary_um: Samples
    adhesion_j_m2: Samples
    adhesion_gradient_ratio: Samples
    living_j_m2: Samples
    dermis_j_m2: Samples
    furrow_share: Samples
    furrow_reach_share: Samples
    furrow_depth_um: Samples
    furrow_spacing_um: Samples
    tewl_g_m2_h: Samples
    transit_d: Samples
    transit_age_ratio: Samples
    corneocyte_um2: Samples

    @property
    def n(self) -> int:
        """Number of samples."""
        return int(self.corneum_um.size)

    def arrays(self) -> dict[str, Samples]:
        """Return the sampled properties by name, each of shape (n,)."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if isinstance(value, np.ndarray)}

    def at_samples(self, index: SampleIndex) -> "Skin":
        """Return the skin of some samples only: one number, a slice, a list of numbers, or a mask of shape (n,).

        Raises
        ------
        IndexError
            If there is no such sample.
        """
        chosen = np.atleast_1d(np.arange(self.n)[index])
        picked: dict[str, Any] = {name: values[chosen] for name, values in self.arrays().items()}
        return replace(self, **picked)

    def adhesion_at(self, depth_share: ArrayLike) -> Samples:
        """Return the delamination energy [J/m2] at a relative depth in the corneum that is left.

        Parameters
        ----------
        depth_share
            0 is today's surface, 1 the deepest interface; shape () or (k,).

        Returns
        -------
        Shape (n,) for one depth, (n, k) for k depths.

        References
        ----------
        Key ``skin.adhesion.gradient_ratio``: the energy grows by equal ratios in equal depths (assumed form).
        """
        depth = np.asarray(depth_share, dtype=np.float64)
        if depth.ndim == 0:
            return np.asarray(self.adhesion_j_m2 * self.adhesion_gradient_ratio**depth)
        return np.asarray(self.adhesion_j_m2[:, None] * self.adhesion_gradient_ratio[:, None] ** depth)
