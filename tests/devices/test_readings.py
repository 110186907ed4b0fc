"""A printed vacuum and what it would mean on another gauge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.devices import Reading, other_readings
from corneum.devices.readings import GAUGE_UNITS
from corneum.units import Quantity


def test_a_reading_is_told_with_its_device():
    assert str(Reading(Quantity(8.5, "inHg"), "diamond")) == "8.5 inHg on diamond"


def test_the_printed_30_mmhg_would_be_several_times_more_on_other_gauges():
    found = other_readings(Reading(Quantity(30, "mmHg"), "crystal-venturi"), 1, 80)
    assert found == {"kPa": 30, "cmHg": pytest.approx(39.997, rel=1e-4)}


def test_a_negative_gauge_pressure_has_the_same_other_meanings():
    below = other_readings(Reading(Quantity(-30, "mmHg"), "crystal-venturi"), 1, 80)
    assert below == other_readings(Reading(Quantity(30, "mmHg"), "crystal-venturi"), 1, 80)


def test_a_meaning_that_the_device_cannot_reach_is_left_out():
    assert other_readings(Reading(Quantity(30, "mmHg"), "home-crystal"), 1, 30) == {"kPa": 30}
    assert other_readings(Reading(Quantity(30, "mmHg"), "home-crystal"), 1, 29) == {}


@given(st.floats(0.1, 500), st.sampled_from(GAUGE_UNITS), st.floats(0, 20), st.floats(20, 200))
def test_other_meanings_lie_within_the_device_and_leave_the_printed_unit_out(value, unit, low, high):
    found = other_readings(Reading(Quantity(value, unit), "diamond"), low, high)
    assert unit not in found
    for other, kpa in found.items():
        assert low <= kpa <= high
        assert kpa == pytest.approx(Quantity(value, other).to("kPa"))
