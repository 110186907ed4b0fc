"""A setting as it was read: value, unit and device, never converted in place."""

from dataclasses import dataclass

from corneum.units import Quantity

GAUGE_UNITS = ("kPa", "mmHg", "cmHg", "inHg")
"""Units that vacuum gauges carry and that papers and sellers mistake for one another."""


@dataclass(frozen=True)
class Reading:
    """One setting as it stood on the machine or in the paper.

    Parameters
    ----------
    quantity
        Value and unit as read.
    device
        Name of the device on which it was read. A reading has no meaning on another device.
    """

    quantity: Quantity
    device: str

    def __str__(self) -> str:
        return f"{self.quantity} on {self.device}"


def other_readings(reading: Reading, low_kpa: float, high_kpa: float) -> dict[str, float]:
    """Return what the same number would mean on gauges in other units, in kPa, where that is possible.

    Clinical papers print vacuums such as "30 mmHg" that are 4 to 12 times below those of devices that
    remove stratum corneum; some gauges probably read cmHg or inHg.

    Parameters
    ----------
    reading
        A vacuum as read.
    low_kpa, high_kpa
        What the device can do, kPa; other meanings outside this range are left out.

    Returns
    -------
    dict
        Gauge unit -> kPa, without the unit that was printed.

    References
    ----------
    Contradiction 2; rows R09, R13, R16; rule ``treatment.reading``.

    Examples
    --------
    >>> tan = Reading(Quantity(30, "mmHg"), "crystal-venturi")
    >>> {unit: round(kpa) for unit, kpa in other_readings(tan, 2, 90).items()}
    {'kPa': 30, 'cmHg': 40}
    """
    meanings = {name: Quantity(abs(reading.quantity.value), name).to("kPa") for name in GAUGE_UNITS}
    return {name: kpa for name, kpa in meanings.items() if name != reading.quantity.unit and low_kpa <= kpa <= high_kpa}
