"""The cloud of grains that a jet throws: sizes, speeds and angles in equal-probability classes."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from corneum.abrasion.kernel import FOOTPRINTS, GRAIN_BITS
from corneum.abrasion.mask import MaskError
from corneum.abrasion.transfer import impact_energy_j
from corneum.devices import Settings, jet_speed_m_s
from corneum.evidence import Draws

_SPEEDS = _ANGLES = 16
_SIZES = (1 << GRAIN_BITS) // (_SPEEDS * _ANGLES)
_COARSE = (12, 6, 6)


@dataclass(frozen=True)
class Cloud:
    """Representative grains of a jet, all equally likely.

    Parameters
    ----------
    energy_j
        Energy that each brings to the skin, shape (n, k), J, sorted by size.
    mass_kg
        Mean mass of a grain, shape (n,), kg.
    kinetic_j
        Mean kinetic energy of a grain, shape (n,), J.
    contact_um
        Contact radius per footprint class, shape (8,), um, of the first sample.
    passing_share
        Share of the grains over a mask's hole that fit through it, shape (n,); 1 without a mask.
    diameter_um
        Diameters of equally likely grains that reach the skin, shape (n, sizes), um, sorted.
    """

    energy_j: NDArray[np.float64]
    mass_kg: NDArray[np.float64]
    kinetic_j: NDArray[np.float64]
    contact_um: NDArray[np.float64]
    passing_share: NDArray[np.float64]
    diameter_um: NDArray[np.float64]

    @property
    def energy_j_kg(self) -> NDArray[np.float64]:
        """Energy brought to the skin per mass of crystals that fly, shape (n,), J/kg."""
        return np.asarray(self.energy_j.mean(axis=1) * self.passing_share / self.mass_kg)


def make_cloud(settings: Settings, draws: Draws, *, mask_hole_um: float | None = None, fine: bool = True) -> Cloud:
    """Return the grains of a crystal device.

    Parameters
    ----------
    settings
        A crystal device.
    draws
        Sampled rows; with ``fine`` only one sample, since each sample has 2**15 grains.
    mask_hole_um
        Diameter of the holes of a mask on the skin, um. A grain passes if it does not touch the edge.
    fine
        2**15 grains for the kernel, or a coarse set that gives the same means for many samples.

    Raises
    ------
    MaskError
        If no grain fits through the mask.

    References
    ----------
    Rows ``devices.crystal.*``, ``abrasion.crystal.contact_ratio``; R20, R33, M08; mask: R05.
    """
    sizes, speeds, angles = (_SIZES, _SPEEDS, _ANGLES) if fine else _COARSE
    diameter = _diameters_um(settings, draws, _middles(sizes), mask_hole_um)
    density = draws[f"devices.{settings.material}.density_kg_m3"][:, None]
    mass = density * math.pi / 6 * (diameter * 1e-6) ** 3
    middle_speed = jet_speed_m_s(settings, diameter, draws)
    spread = np.exp(draws["devices.crystal.speed_spread_ratio"][:, None] * ndtri(_middles(speeds)))
    angle = (
        draws["devices.crystal.angle_deg"][:, None]
        + draws["devices.crystal.angle_spread_deg"][:, None] * ndtri(_middles(angles))
    ).clip(5, 175)
    speed = middle_speed[:, :, None, None] * spread[:, None, :, None]
    energy = impact_energy_j(mass[:, :, None, None], speed, angle[:, None, None, :], draws)
    kinetic = 0.5 * (mass[:, :, None, None] * speed**2).mean(axis=(1, 2, 3))
    radius = 0.5 * draws["abrasion.crystal.contact_ratio"][0] * diameter[0]
    classes = radius.reshape(FOOTPRINTS, -1).mean(axis=1) if fine else np.full(FOOTPRINTS, radius.mean())
    return Cloud(
        energy_j=energy.reshape(draws.n, -1),
        mass_kg=_thrown_mass_kg(settings, draws),
        kinetic_j=kinetic,
        contact_um=classes,
        passing_share=_passing_share(settings, draws, mask_hole_um),
        diameter_um=diameter,
    )


def _middles(count: int) -> NDArray[np.float64]:
    return (np.arange(count) + 0.5) / count


def _quantiles_um(settings: Settings, draws: Draws, u: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = draws["devices.crystal.size_spread_ratio"][:, None]
    return np.asarray(settings.value("grain_um", draws)[:, None] * np.exp(spread * ndtri(u)))


def _thrown_mass_kg(settings: Settings, draws: Draws) -> NDArray[np.float64]:
    diameter = _quantiles_um(settings, draws, _middles(_SIZES))
    density = draws[f"devices.{settings.material}.density_kg_m3"]
    return np.asarray(density * math.pi / 6 * ((diameter * 1e-6) ** 3).mean(axis=1))


def _fit(diameter_um: NDArray[np.float64], mask_hole_um: float) -> NDArray[np.float64]:
    return np.asarray(np.maximum(1 - diameter_um / mask_hole_um, 0.0) ** 2)


def _passing_share(settings: Settings, draws: Draws, mask_hole_um: float | None) -> NDArray[np.float64]:
    if mask_hole_um is None:
        return np.ones(draws.n)
    return np.asarray(_fit(_quantiles_um(settings, draws, _middles(_SIZES)), mask_hole_um).mean(axis=1))


def _diameters_um(
    settings: Settings, draws: Draws, u: NDArray[np.float64], mask_hole_um: float | None
) -> NDArray[np.float64]:
    """Diameters of equally likely grains that reach the skin; behind a mask the small ones are more likely."""
    if mask_hole_um is None:
        return _quantiles_um(settings, draws, u)
    every = _quantiles_um(settings, draws, _middles(4096))
    weight = np.cumsum(_fit(every, mask_hole_um), axis=1)
    if np.any(weight[:, -1] <= 0):
        raise MaskError(f"no grain passes a mask with holes of {mask_hole_um:g} um")
    picked = [np.interp(u * total[-1], total, row) for total, row in zip(weight, every, strict=True)]
    return np.asarray(picked)
