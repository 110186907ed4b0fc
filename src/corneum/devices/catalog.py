"""The devices that Corneum knows: which settings each has; their ranges stand in the evidence tables."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Kind = Literal["crystal", "diamond", "vacuum", "tape", "pad"]


class UnknownDeviceError(ValueError):
    """No device has this name; the message names the known ones."""


@dataclass(frozen=True)
class Device:
    """One type of device.

    Parameters
    ----------
    name
        As protocols write it, for example ``crystal-venturi``.
    title
        For people.
    kind
        How it removes skin.
    settings
        Its settings, named with their unit; each has the rows ``devices.<name>.<setting>`` (usual value and
        range) and ``devices.<name>.<setting stem>_limit_<unit>`` (what the device can do).
    feeds_by_vacuum
        True where the vacuum draws air and crystals (venturi), so that their flow follows the vacuum.
    """

    name: str
    title: str
    kind: Kind
    settings: tuple[str, ...]
    feeds_by_vacuum: bool = False

    @property
    def row_prefix(self) -> str:
        """The start of this device's evidence keys."""
        return f"devices.{self.name.replace('-', '_')}"


_CRYSTAL = ("vacuum_kpa", "flow_g_min", "grain_um", "opening_mm")
_DIAMOND = ("vacuum_kpa", "grit_um", "tip_mm", "load_n")

DEVICES: dict[str, Device] = {
    device.name: device
    for device in (
        Device("crystal-venturi", "crystal jet, vacuum draws the crystals", "crystal", _CRYSTAL, feeds_by_vacuum=True),
        Device(
            "crystal-pressure", "crystal jet, compressed air drives the crystals", "crystal", (*_CRYSTAL, "drive_kpa")
        ),
        Device("home-crystal", "home crystal device", "crystal", _CRYSTAL, feeds_by_vacuum=True),
        Device("diamond", "diamond tip with vacuum", "diamond", _DIAMOND),
        Device("home-diamond", "home diamond device", "diamond", _DIAMOND),
        Device("vacuum", "vacuum alone", "vacuum", ("vacuum_kpa", "opening_mm")),
        Device("tape", "adhesive tape strips", "tape", ("count_strips",)),
        Device("pad", "abrasive skin-preparation pad", "pad", ("grit_um", "length_mm", "load_kpa")),
    )
}


def find_device(name: str) -> Device:
    """Return the device with this name, or raise `UnknownDeviceError`.

    Examples
    --------
    >>> find_device("diamond").settings
    ('vacuum_kpa', 'grit_um', 'tip_mm', 'load_n')
    """
    if name in DEVICES:
        return DEVICES[name]
    near = get_close_matches(name, DEVICES, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise UnknownDeviceError(f"unknown device {name!r}; {hint}known: {', '.join(DEVICES)}")
