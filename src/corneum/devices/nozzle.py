"""Grain speed from gas flow and drag in the nozzle: nobody has published a measured one."""

import numpy as np
from numpy.typing import NDArray

from corneum.devices.settings import Settings
from corneum.evidence import Draws
from corneum.units import convert

_STEPS = 48


def gas_speed_m_s(drop_kpa: NDArray[np.float64], draws: Draws) -> NDArray[np.float64]:
    """Return the air speed in the nozzle, shape (n,), m/s, by Bernoulli's law.

    Parameters
    ----------
    drop_kpa
        Pressure drop over the nozzle, shape (n,), kPa.
    draws
        Sampled rows.

    Notes
    -----
    Incompressible: at a drop of 10 kPa the compressible speed is 3 % higher, at 30 kPa 8 %; the range of
    ``devices.crystal.nozzle_drop_share`` is far wider.

    References
    ----------
    Row ``devices.air.density_kg_m3``.
    """
    return np.sqrt(2 * drop_kpa * convert(1, "kPa", "Pa") / draws["devices.air.density_kg_m3"])


def grain_speed_m_s(
    gas_m_s: NDArray[np.float64],
    diameter_um: NDArray[np.float64],
    density_kg_m3: NDArray[np.float64],
    length_mm: NDArray[np.float64],
    draws: Draws,
) -> NDArray[np.float64]:
    """Return the speed of grains that start at rest and are dragged along a straight tube, m/s.

    Parameters
    ----------
    gas_m_s
        Air speed, shape (n,).
    diameter_um
        Grain diameters, shape (n, k) or (k,).
    density_kg_m3
        Grain density, shape (n,).
    length_mm
        Length over which the air drags them, shape (n,).
    draws
        Sampled rows.

    Returns
    -------
    numpy.ndarray
        Shape (n, k), m/s.

    References
    ----------
    Sphere drag of Schiller and Naumann: rows ``devices.drag.*``; ``devices.air.viscosity_pa_s``.
    """
    gas, density, length = (value[:, None] for value in (gas_m_s, density_kg_m3, length_mm * 1e-3))
    diameter = np.broadcast_to(diameter_um, (draws.n, diameter_um.shape[-1])) * 1e-6
    air = draws["devices.air.density_kg_m3"][:, None]
    viscosity = draws["devices.air.viscosity_pa_s"][:, None]
    square = np.zeros_like(diameter)
    step = length / _STEPS
    for _ in range(_STEPS):
        half = square + 0.5 * step * _pull(square, gas, diameter, density, air, viscosity, draws)
        # At the gas's own speed nothing pulls: a step that is too long for the tube would end at rest.
        half = np.minimum(half, 0.5 * (square + gas**2))
        square = np.minimum(square + step * _pull(half, gas, diameter, density, air, viscosity, draws), gas**2)
    return np.sqrt(square)


def _pull(
    square: NDArray[np.float64],
    gas: NDArray[np.float64],
    diameter: NDArray[np.float64],
    density: NDArray[np.float64],
    air: NDArray[np.float64],
    viscosity: NDArray[np.float64],
    draws: Draws,
) -> NDArray[np.float64]:
    """Gain of squared speed per meter of travel, twice the acceleration, m/s2."""
    slip = np.maximum(gas - np.sqrt(square), 0.0)
    reynolds = np.maximum(air * slip * diameter / viscosity, 1e-9)
    viscous = (
        24
        / reynolds
        * (
            1
            + draws["devices.drag.correction_coefficient"][:, None]
            * reynolds ** draws["devices.drag.correction_exponent"][:, None]
        )
    )
    drag = np.maximum(viscous, draws["devices.drag.newton_coefficient"][:, None])
    return np.asarray(2 * 0.75 * drag * air / density * slip**2 / diameter)


def jet_speed_m_s(settings: Settings, diameter_um: NDArray[np.float64], draws: Draws) -> NDArray[np.float64]:
    """Return the speed at which grains leave a device's nozzle, shape (n, k), m/s.

    Parameters
    ----------
    settings
        A crystal device with its settings.
    diameter_um
        Grain diameters, shape (k,) or (n, k), um.
    draws
        Sampled rows.

    References
    ----------
    Rows ``devices.crystal.nozzle_drop_share``, ``devices.crystal.acceleration_length_mm``,
    ``devices.<material>.density_kg_m3``.
    """
    vacuum = settings.value("vacuum_kpa", draws)
    drive = 0.0 if settings.device.feeds_by_vacuum else settings.value("drive_kpa", draws)
    drop = (vacuum + drive) * draws["devices.crystal.nozzle_drop_share"]
    return grain_speed_m_s(
        gas_speed_m_s(drop, draws),
        diameter_um,
        draws[f"devices.{settings.material}.density_kg_m3"],
        draws["devices.crystal.acceleration_length_mm"],
        draws,
    )
