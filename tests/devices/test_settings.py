"""Settings: kept as they were read, sampled where not given, refused where the device cannot."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.devices import DEVICES, GRAIN_MATERIALS, SettingError, UnknownDeviceError, configure
from corneum.devices.settings import limit_key
from corneum.evidence import Draws, load_evidence
from corneum.units import Quantity, unit_of_name

BOOK = load_evidence()


def mistakes(device, material="alumina", **given_):
    with pytest.raises(SettingError) as caught:
        configure(device, given_, BOOK, material=material)
    assert str(caught.value) == "; ".join(caught.value.mistakes)
    return caught.value.mistakes


def test_a_setting_stays_as_it_was_read():
    settings = configure("crystal-venturi", {"vacuum": Quantity(30, "mmHg")}, BOOK)
    reading = settings.given["vacuum_kpa"]
    assert reading.quantity == Quantity(30, "mmHg")
    assert reading.device == "crystal-venturi"
    assert str(reading) == "30 mmHg on crystal-venturi"


def test_a_given_setting_is_the_same_in_every_sample_and_in_the_unit_of_its_name():
    settings = configure("crystal-venturi", {"vacuum": Quantity(30, "mmHg")}, BOOK)
    values = settings.value("vacuum_kpa", Draws(BOOK, n=5))
    assert values.shape == (5,)
    np.testing.assert_allclose(values, 3.99967, rtol=1e-5)


def test_a_setting_that_is_not_given_is_drawn_from_its_row():
    draws = Draws(BOOK, n=50)
    values = configure("diamond", {}, BOOK).value("grit_um", draws)
    np.testing.assert_array_equal(values, draws["devices.diamond.grit_um"])
    assert np.ptp(values) > 0


def test_only_what_was_not_given_is_assumed():
    settings = configure("diamond", {"grit": Quantity(125, "um"), "tip_mm": Quantity(6, "mm")}, BOOK)
    assert settings.assumed == ("vacuum_kpa", "load_n")


@pytest.mark.parametrize("name", ["vacuum", "vacuum_kpa", "vacuum-kpa"])
def test_the_unit_in_a_settings_name_may_be_left_out(name):
    assert set(configure("diamond", {name: Quantity(30, "kPa")}, BOOK).given) == {"vacuum_kpa"}


def test_a_negative_gauge_pressure_is_the_same_vacuum():
    draws = Draws(BOOK)
    below = configure("vacuum", {"vacuum": Quantity(-30, "kPa")}, BOOK).value("vacuum_kpa", draws)
    assert below == configure("vacuum", {"vacuum": Quantity(30, "kPa")}, BOOK).value("vacuum_kpa", draws) == 30


def test_an_unknown_device_is_refused():
    with pytest.raises(UnknownDeviceError, match="did you mean 'diamond'"):
        configure("diamonds", {}, BOOK)


def test_an_unknown_setting_is_refused_with_a_hint():
    (message,) = mistakes("crystal-venturi", flwo=Quantity(10, "g/min"))
    assert "flwo: crystal-venturi has no such setting" in message
    assert "flow_g_min" in message
    assert message.endswith("did you mean 'flow'?")


def test_a_setting_of_another_device_is_refused():
    (message,) = mistakes("diamond", flow=Quantity(10, "g/min"))
    assert "diamond has no such setting" in message
    (message,) = mistakes("crystal-venturi", drive=Quantity(100, "kPa"))
    assert "crystal-venturi has no such setting" in message


def test_a_unit_of_another_dimension_is_refused():
    (message,) = mistakes("crystal-venturi", vacuum=Quantity(30, "mm"))
    assert message == "vacuum_kpa: mm is a length, kPa is a pressure: they do not convert"


def test_a_value_outside_the_device_is_refused_with_what_is_allowed():
    (message,) = mistakes("home-crystal", vacuum=Quantity(600, "mmHg"))
    assert message == "vacuum_kpa: 600 mmHg = 80 kPa is outside what home-crystal can do (1 to 30 kPa)"
    (message,) = mistakes("diamond", grit=Quantity(20, "um"))
    assert message == "grit_um: 20 um is outside what diamond can do (30 to 250 um)"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_not_a_number_is_refused(value):
    assert "is outside what crystal-venturi can do" in mistakes("crystal-venturi", vacuum=Quantity(value, "kPa"))[0]


def test_only_a_vacuum_may_be_negative():
    assert "is outside what" in mistakes("crystal-venturi", flow=Quantity(-15, "g/min"))[0]


def test_every_mistake_is_listed_at_once():
    found = mistakes(
        "crystal-venturi",
        material="sand",
        vacuum=Quantity(30, "mm"),
        flow=Quantity(500, "g/min"),
        speed=Quantity(20, "mm/s"),
    )
    assert [message.split(":")[0] for message in found] == ["vacuum_kpa", "flow_g_min", "speed", "material"]


def test_an_unknown_grain_material_is_refused_with_the_known_ones():
    (message,) = mistakes("crystal-venturi", material="sand")
    assert message == "material: 'sand' is not one of " + ", ".join(GRAIN_MATERIALS)


def test_a_device_without_crystals_has_no_material_to_mistake():
    assert configure("diamond", {}, BOOK, material="sand").device.name == "diamond"


@pytest.mark.parametrize("material", GRAIN_MATERIALS)
def test_every_grain_material_has_a_density(material):
    assert BOOK.number(f"devices.{material}.density_kg_m3").value > 0


every_setting = st.sampled_from([(name, setting) for name in DEVICES for setting in DEVICES[name].settings])


@given(every_setting, st.floats(0, 1))
def test_whatever_lies_within_the_limits_is_accepted(which, share):
    name, setting = which
    limit = BOOK.number(limit_key(DEVICES[name], setting))
    value = limit.low + share * (limit.high - limit.low)
    settings = configure(name, {setting: Quantity(value, limit.unit)}, BOOK)
    assert settings.value(setting, Draws(BOOK))[0] == pytest.approx(value)


@given(every_setting, st.floats(1e-6, 1e3))
def test_whatever_lies_beyond_the_limits_is_refused(which, beyond):
    name, setting = which
    limit = BOOK.number(limit_key(DEVICES[name], setting))
    assert "is outside what" in mistakes(name, **{setting: Quantity(limit.high * (1 + beyond), limit.unit)})[0]
    if limit.low > 0:
        assert "is outside what" in mistakes(name, **{setting: Quantity(limit.low / (1 + beyond), limit.unit)})[0]


@given(every_setting)
def test_limits_are_stated_in_the_unit_of_the_name(which):
    name, setting = which
    key = limit_key(DEVICES[name], setting)
    assert unit_of_name(key) == unit_of_name(setting)
