"""The settings of one device for one treatment: as read where given, sampled from a row where not."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from corneum.devices.catalog import Device, find_device
from corneum.devices.grains import GRAIN_MATERIALS
from corneum.devices.readings import Reading
from corneum.evidence import Book, Draws
from corneum.units import Quantity, UnitError, unit_of_name


class SettingError(ValueError):
    """Settings that the device cannot have; ``mistakes`` lists every one."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(mistakes))


@dataclass(frozen=True)
class Settings:
    """A device with the settings that were given.

    Parameters
    ----------
    device
        The device.
    given
        Setting name -> reading, as read. Settings that are not given are sampled from their rows.
    material
        Grain material, for crystal devices.
    """

    device: Device
    given: Mapping[str, Reading]
    material: str = "alumina"

    def value(self, setting: str, draws: Draws) -> NDArray[np.float64]:
        """Return a setting for every sample, shape (n,), in the unit of its name.

        Given settings stand still; others are drawn from the row ``devices.<device>.<setting>``.
        """
        if setting in self.given:
            return np.full(draws.n, abs(self.given[setting].quantity.to(str(unit_of_name(setting)))))
        return draws[f"{self.device.row_prefix}.{setting}"]

    @property
    def assumed(self) -> tuple[str, ...]:
        """Settings that were not given."""
        return tuple(name for name in self.device.settings if name not in self.given)


def limit_key(device: Device, setting: str) -> str:
    """Return the key of the row that says what a device can do: ``vacuum_kpa`` -> ``...vacuum_limit_kpa``."""
    stem, suffix = setting.split("_", 1)
    return f"{device.row_prefix}.{stem}_limit_{suffix}"


def configure(device_name: str, given: Mapping[str, Quantity], book: Book, *, material: str = "alumina") -> Settings:
    """Return the settings of a device, or refuse them.

    Parameters
    ----------
    device_name
        A key of `DEVICES`.
    given
        Setting -> quantity as read. The name may leave out the unit (``vacuum`` for ``vacuum_kpa``).
        A vacuum may be written as a negative gauge pressure.
    book
        The evidence, for the device's limits.
    material
        Grain material of a crystal device.

    Raises
    ------
    UnknownDeviceError
        If there is no such device.
    SettingError
        If a setting is unknown, in a wrong unit, or outside what the device can do: all mistakes at once.

    References
    ----------
    Rows ``devices.<device>.*_limit_*``; rule ``treatment.reading``.
    """
    device = find_device(device_name)
    mistakes: list[str] = []
    readings: dict[str, Reading] = {}
    for name, quantity in given.items():
        setting = _full_name(device, name)
        if setting is None:
            near = get_close_matches(name, [known.split("_")[0] for known in device.settings], n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            mistakes.append(f"{name}: {device.name} has no such setting (it has {', '.join(device.settings)}){hint}")
            continue
        if setting in readings:
            mistakes.append(f"{name}: {setting} is given twice; keep one")
            continue
        mistakes.extend(_range_mistakes(device, setting, quantity, book))
        readings[setting] = Reading(quantity, device.name)
    if device.kind == "crystal" and material not in GRAIN_MATERIALS:
        mistakes.append(f"material: {material!r} is not one of {', '.join(GRAIN_MATERIALS)}")
    if mistakes:
        raise SettingError(mistakes)
    return Settings(device, readings, material)


def _full_name(device: Device, name: str) -> str | None:
    wanted = name.replace("-", "_")
    return next((known for known in device.settings if wanted in (known, known.split("_")[0])), None)


def _range_mistakes(device: Device, setting: str, quantity: Quantity, book: Book) -> list[str]:
    limits = book.number(limit_key(device, setting))
    try:
        value = quantity.to(limits.unit)
    except UnitError as error:
        return [f"{setting}: {error}"]
    if setting == "vacuum_kpa":
        value = abs(value)
    if limits.low <= value <= limits.high:
        return []
    as_read = "" if quantity.unit == limits.unit else f" = {value:.3g} {limits.unit}"
    return [
        f"{setting}: {quantity}{as_read} is outside what {device.name} can do "
        f"({limits.low:g} to {limits.high:g} {limits.unit})"
    ]
