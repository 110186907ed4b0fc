"""Diamond tips and abrasive pads: work of friction over the skin, stroke by stroke."""

import math

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.strokes import StrokePlan, exposure_map
from corneum.devices import Settings
from corneum.evidence import Draws
from corneum.units import convert


def disk_pressure_kpa(settings: Settings, draws: Draws) -> NDArray[np.float64]:
    """Return the pressure between a diamond tip and the skin, shape (n,), kPa: vacuum plus the hand's force.

    References
    ----------
    Row ``abrasion.diamond.pull_share``: how much of the vacuum presses skin on the grit.
    """
    area_m2 = math.pi / 4 * (settings.value("tip_mm", draws) * 1e-3) ** 2
    pull = settings.value("vacuum_kpa", draws) * draws["abrasion.diamond.pull_share"]
    return np.asarray(pull + settings.value("load_n", draws) / area_m2 * convert(1, "Pa", "kPa"))


def disk_work_per_m(settings: Settings, draws: Draws) -> NDArray[np.float64]:
    """Return the work of friction per area and per meter of tip that slides by, shape (n,), J/m3.

    References
    ----------
    Row ``abrasion.friction_coefficient`` (M25).
    """
    return np.asarray(
        draws["abrasion.friction_coefficient"] * disk_pressure_kpa(settings, draws) * convert(1, "kPa", "Pa")
    )


def useful_disk_share(settings: Settings, draws: Draws) -> NDArray[np.float64]:
    """Return the share of friction work that delaminates, shape (n,): more with coarser grit.

    References
    ----------
    Rows ``abrasion.grit.cutting_share``, ``abrasion.grit.size_exponent``, ``abrasion.grit.reference_um``.
    """
    relative = settings.value("grit_um", draws) / draws["abrasion.grit.reference_um"]
    share = draws["abrasion.grit.cutting_share"] * relative ** draws["abrasion.grit.size_exponent"]
    return np.asarray(np.minimum(share, 1.0))


def disk_work_j_m2(
    settings: Settings, plan: StrokePlan, middle: Draws, *, seed: int, pitch_um: float
) -> NDArray[np.float32]:
    """Return the work that goes into removal under a diamond tip, shape (ny, nx), J/m2, rows at their values."""
    tip = float(settings.value("tip_mm", middle)[0])
    slid = exposure_map(plan, tip, "disk", width_ratio=1.0, pitch_um=pitch_um, seed=seed)
    useful = disk_work_per_m(settings, middle)[0] * useful_disk_share(settings, middle)[0]
    return np.asarray(slid * np.float32(useful), np.float32)


def pad_work_j_m2(settings: Settings, passages: int, draws: Draws) -> NDArray[np.float64]:
    """Return the work that goes into removal under a hand-held pad, shape (n,), J/m2.

    Parameters
    ----------
    settings
        A pad.
    passages
        Number of times that the pad is drawn over the place.
    draws
        Sampled rows.

    References
    ----------
    Rows ``devices.pad.*``, ``abrasion.friction_coefficient``, ``abrasion.grit.*``.
    """
    slid_m = settings.value("length_mm", draws) * 1e-3 * passages
    pressure_pa = settings.value("load_kpa", draws) * convert(1, "kPa", "Pa")
    work = draws["abrasion.friction_coefficient"] * pressure_pa * slid_m
    return np.asarray(work * useful_disk_share(settings, draws))
