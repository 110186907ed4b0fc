"""The same printed vacuum on gauges in other units: what each would remove."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion import Worked, mean_useful_j_m2, remove
from corneum.devices import Reading, other_readings
from corneum.devices.settings import limit_key
from corneum.evidence import Draws
from corneum.skin import Skin
from corneum.treatment.protocol import Step
from corneum.units import Quantity


@dataclass(frozen=True)
class ReadingVariant:
    """One meaning of a printed vacuum.

    Parameters
    ----------
    label
        The printed number on a gauge in one unit.
    vacuum_kpa
        What that is, kPa.
    corneum_share
        Share of the stratum corneum that a session would remove, shape (n,).
    """

    label: str
    vacuum_kpa: float
    corneum_share: NDArray[np.float64]


def is_doubtful(reading: Reading, doubt_kpa: float) -> bool:
    """Return whether a printed vacuum may have been read in another unit: not in kPa, and very low."""
    quantity = reading.quantity
    return quantity.unit != "kPa" and abs(quantity.to("kPa")) < doubt_kpa


def reading_variants(step: Step, worked: Worked, skin: Skin, draws: Draws) -> tuple[ReadingVariant, ...]:
    """Return what a printed vacuum would do on gauges in other units, the printed one first.

    Empty where the reading is not in doubt. The recipe is never converted: this shows what hangs on the unit.

    References
    ----------
    Contradiction 2; row ``treatment.doubtful_vacuum_kpa``; rules ``treatment.reading``, ``treatment.vacuum.doubt``.
    """
    application = step.application
    settings = application.settings
    reading = settings.given.get("vacuum_kpa")
    doubt_kpa = float(draws["treatment.doubtful_vacuum_kpa"][0])
    if reading is None or settings.device.kind != "crystal" or not is_doubtful(reading, doubt_kpa):
        return ()
    limits = draws.book.number(limit_key(settings.device, "vacuum_kpa"))
    printed = abs(reading.quantity.to("kPa"))
    meanings = {f"{reading.quantity} as printed": printed}
    for unit, kpa in other_readings(reading, limits.low, limits.high).items():
        meanings[f"{abs(reading.quantity.value):g} on a gauge in {unit}"] = kpa
    before = mean_useful_j_m2(application, draws)
    variants = []
    for label, kpa in meanings.items():
        meant = replace(
            settings, given={**settings.given, "vacuum_kpa": Reading(Quantity(kpa, "kPa"), settings.device.name)}
        )
        ratio = mean_useful_j_m2(replace(application, settings=meant), draws) / before
        removal = remove(replace(worked, sample_ratio=worked.sample_ratio * ratio), skin, draws)
        variants.append(ReadingVariant(label, kpa, removal.corneum_share))
    return tuple(variants)
