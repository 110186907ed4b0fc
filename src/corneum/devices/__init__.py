"""Devices: what treats, with its settings as they were read, and how fast its grains fly."""

from corneum.devices.catalog import DEVICES, Device, UnknownDeviceError, find_device
from corneum.devices.grains import GRAIN_MATERIALS, grain_flow_kg_s
from corneum.devices.nozzle import gas_speed_m_s, grain_speed_m_s, jet_speed_m_s
from corneum.devices.readings import Reading, other_readings
from corneum.devices.settings import SettingError, Settings, configure

__all__ = [
    "DEVICES",
    "GRAIN_MATERIALS",
    "Device",
    "Reading",
    "SettingError",
    "Settings",
    "UnknownDeviceError",
    "configure",
    "find_device",
    "gas_speed_m_s",
    "grain_flow_kg_s",
    "grain_speed_m_s",
    "jet_speed_m_s",
    "other_readings",
]
