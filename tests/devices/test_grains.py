"""How many crystals fly, and what the vacuum has to do with it (R03, R04)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.devices import grain_flow_kg_s
from corneum.evidence import Draws, load_evidence

BOOK = load_evidence()
flows = st.floats(0.5, 60)
vacuums = st.floats(1, 80)


def flow(flow_g_min, vacuum_kpa, feeds_by_vacuum, draws=None):
    draws = draws or Draws(BOOK, central=True)
    return grain_flow_kg_s(
        np.full(draws.n, flow_g_min), np.full(draws.n, vacuum_kpa), draws, feeds_by_vacuum=feeds_by_vacuum
    )


def test_a_metered_flow_is_the_setting():
    assert flow(60, 30, False)[0] == pytest.approx(1e-3)


@given(flows, vacuums, vacuums)
def test_a_metered_flow_does_not_depend_on_the_vacuum(setting, one, other):
    assert flow(setting, one, False)[0] == flow(setting, other, False)[0]


def test_a_drawn_flow_is_the_setting_at_the_reference_vacuum():
    reference = BOOK.number("devices.crystal.reference_vacuum_kpa").value
    assert flow(60, reference, True)[0] == pytest.approx(1e-3)


@given(vacuums, vacuums, st.integers(0, 2**32))
def test_a_drawn_flow_never_falls_with_the_vacuum(one, other, seed):
    draws = Draws(BOOK, n=8, seed=seed)
    less, more = sorted((one, other))
    assert np.all(flow(15, less, True, draws) <= flow(15, more, True, draws))


@given(flows, flows, vacuums, st.booleans())
def test_flow_is_proportional_to_its_setting(one, other, vacuum, feeds):
    assert flow(one, vacuum, feeds)[0] * other == pytest.approx(flow(other, vacuum, feeds)[0] * one)
