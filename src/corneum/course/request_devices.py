"""Read the devices of a clinic from a request file."""

from collections.abc import Mapping
from typing import Any

from corneum.course.request import ClinicDevice, SettingRange
from corneum.course.request_reader import Reader
from corneum.course.request_tables import DeviceTable
from corneum.devices import SettingError, UnknownDeviceError, configure, find_device
from corneum.evidence import Book, load_evidence
from corneum.units import Quantity, UnitError

PLANNED_KINDS = ("crystal-venturi", "crystal-pressure", "diamond")
"""Devices that a clinic works with."""


def device_mistakes(raw: Mapping[str, Any], *, book: Book | None = None) -> tuple[str, ...]:
    """Return what is wrong with one ``[[device]]`` table, in words; empty where a course can be planned with it.

    Parameters
    ----------
    raw
        The table, as `parse_request` would meet it.
    book
        Evidence; the shipped one if None.

    Examples
    --------
    >>> device_mistakes({"name": "diamond", "vacuum": ["10 kPa", "34 kPa"], "grits": ["100 um"]})
    ()
    >>> device_mistakes({"name": "diamond", "vacuum": ["40 kPa", "20 kPa"]})
    ('vacuum: the lowest, 40 kPa, is above the highest, 20 kPa',)
    """
    reader = Reader("request", book or load_evidence())
    table = reader.checked(DeviceTable, dict(raw), "device")
    if table is not None:
        device_of(reader, table, "device")
    return tuple(mistake.removeprefix("request: device: ") for mistake in reader.mistakes)


def device_of(reader: Reader, raw: DeviceTable, at: str) -> ClinicDevice | None:
    """Return one device of the clinic, or None with the mistakes said."""
    before = len(reader.mistakes)
    try:
        title = find_device(raw.name).title
    except UnknownDeviceError as error:
        reader.say(at, error)
        return None
    if raw.name not in PLANNED_KINDS:
        reader.say(at, f"courses are planned with {', '.join(PLANNED_KINDS)}; {raw.name!r} is none of them")
        return None
    low, high = raw.vacuum[0], raw.vacuum[-1]
    step = raw.vacuum_step or Quantity(1.0, low.unit)
    _check_vacuum(reader, at, low, high, step)
    if raw.grits and raw.name != "diamond":
        reader.say(at, f"grits: {raw.name} has no diamond tips")
    if raw.grits and any(name.startswith("grit") for name in raw.settings):
        reader.say(at, "give grits, or a grit among the settings, not both")
    settings: dict[str, Quantity] = {}
    tips = [{"grit": grit} for grit in raw.grits] if raw.name == "diamond" else []
    for given in ({**raw.settings, "vacuum": low}, {**raw.settings, "vacuum": high}, *tips):
        try:
            made = configure(raw.name, given, reader.book, material=raw.material)
            settings = settings or {name: reading.quantity for name, reading in made.given.items()}
        except (SettingError, UnitError) as error:
            for mistake in getattr(error, "mistakes", (str(error),)):
                if f"{reader.name}: {at}: {mistake}" not in reader.mistakes:
                    reader.say(at, mistake)
    if any(name.startswith("vacuum") for name in raw.settings):
        reader.say(at, "settings: vacuum is searched; give its range as vacuum = [lowest, highest]")
    if len(reader.mistakes) > before:
        return None
    settings.pop("vacuum_kpa", None)
    return ClinicDevice(
        raw.name,
        raw.label or title,
        SettingRange(low, high, step),
        settings,
        tuple(raw.grits),
        raw.speed,
        raw.overlap,
        raw.material,
    )


def _check_vacuum(reader: Reader, at: str, low: Quantity, high: Quantity, step: Quantity) -> None:
    try:
        ends = [abs(part.to("kPa")) for part in (low, high, step)]
    except UnitError as error:
        reader.say(at, f"vacuum: {error}")
        return
    if ends[0] > ends[1]:
        reader.say(at, f"vacuum: the lowest, {low}, is above the highest, {high}")
    if not ends[2] > 0:
        reader.say(at, f"vacuum_step: must be above 0, not {step}")
