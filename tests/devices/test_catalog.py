"""The devices, and the evidence rows that each must have."""

import pytest

from corneum.devices import DEVICES, UnknownDeviceError, find_device
from corneum.devices.settings import limit_key
from corneum.evidence import load_evidence
from corneum.units import unit_of_name


@pytest.mark.parametrize("name", DEVICES)
def test_every_device_is_found_by_its_name(name):
    device = find_device(name)
    assert device is DEVICES[name]
    assert device.name == name
    assert device.row_prefix == "devices." + name.replace("-", "_")


@pytest.mark.parametrize(
    ("wrong", "near"), [("dimond", "'diamond'"), ("crystal_venturi", "'crystal-venturi'"), ("Vacuum", "'vacuum'")]
)
def test_a_misspelled_device_is_refused_with_the_nearest_name(wrong, near):
    with pytest.raises(UnknownDeviceError, match=f"unknown device '{wrong}'; did you mean {near}"):
        find_device(wrong)


def test_a_device_like_no_other_is_refused_with_all_names_and_no_guess():
    with pytest.raises(UnknownDeviceError) as caught:
        find_device("zzz")
    message = str(caught.value)
    assert "did you mean" not in message
    assert all(name in message for name in DEVICES)


def test_an_unknown_device_is_a_value_error():
    assert issubclass(UnknownDeviceError, ValueError)


@pytest.mark.parametrize(
    ("name", "setting"), [(name, setting) for name in DEVICES for setting in DEVICES[name].settings]
)
def test_every_setting_has_a_usual_value_inside_its_limits(name, setting):
    book, device = load_evidence(), DEVICES[name]
    usual = book.number(f"{device.row_prefix}.{setting}")
    limit = book.number(limit_key(device, setting))
    assert usual.unit == limit.unit == unit_of_name(setting)
    assert limit.low <= usual.low <= usual.value <= usual.high <= limit.high


def test_only_devices_whose_vacuum_draws_air_are_fed_by_it():
    assert {name for name, device in DEVICES.items() if device.feeds_by_vacuum} == {"crystal-venturi", "home-crystal"}
    for device in DEVICES.values():
        if device.kind == "crystal":
            assert device.feeds_by_vacuum != ("drive_kpa" in device.settings)
