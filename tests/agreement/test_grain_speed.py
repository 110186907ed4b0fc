"""Grain speed: the fixed steps along the tube against an adaptive solver of the same drag law in time."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from corneum.devices import grain_speed_m_s
from corneum.evidence import Draws, load_evidence

DRAWS = Draws(load_evidence(), central=True)


def drag_coefficient(reynolds):
    coefficient, exponent, newton = (
        DRAWS[f"devices.drag.{name}"][0]
        for name in ("correction_coefficient", "correction_exponent", "newton_coefficient")
    )
    return max(24 / reynolds * (1 + coefficient * reynolds**exponent), newton)


def solved(gas_m_s, diameter_um, density_kg_m3, length_mm):
    """Return the speed at the end of the tube from Newton's second law in time."""
    air, viscosity = DRAWS["devices.air.density_kg_m3"][0], DRAWS["devices.air.viscosity_pa_s"][0]
    diameter = diameter_um * 1e-6
    mass = density_kg_m3 * math.pi / 6 * diameter**3
    front = math.pi / 4 * diameter**2

    def motion(_, state):
        slip = max(gas_m_s - state[1], 0.0)
        drag = drag_coefficient(max(air * slip * diameter / viscosity, 1e-12))
        return [state[1], 0.5 * air * drag * front * slip**2 / mass]

    def at_the_end(_, state):
        return state[0] - length_mm * 1e-3

    at_the_end.terminal = True
    done = solve_ivp(motion, (0, 60), [0.0, 0.0], events=at_the_end, rtol=1e-8, atol=1e-11, method="LSODA")
    assert done.status == 1, "the grain must arrive"
    return done.y[1, -1]


@pytest.mark.parametrize("gas_m_s", [10.0, 60.0, 122.0, 220.0])
@pytest.mark.parametrize("diameter_um", [20.0, 100.0, 250.0])
@pytest.mark.parametrize("length_mm", [3.0, 15.0, 50.0])
def test_both_agree(gas_m_s, diameter_um, length_mm):
    for density in (2160.0, 3950.0):
        found = grain_speed_m_s(
            np.array([gas_m_s]), np.array([diameter_um]), np.array([density]), np.array([length_mm]), DRAWS
        )[0, 0]
        assert found == pytest.approx(solved(gas_m_s, diameter_um, density, length_mm), rel=0.01)
