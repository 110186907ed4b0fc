"""One device worked over one zone: the energy that reaches the skin, as a map and for every sample."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.blister import blister_index
from corneum.abrasion.classes import energy_classes
from corneum.abrasion.cloud import make_cloud
from corneum.abrasion.contact import disk_work_j_m2, disk_work_per_m, pad_work_j_m2, useful_disk_share
from corneum.abrasion.footprint import make_stencil
from corneum.abrasion.grid import GridError, strike
from corneum.abrasion.mask import Mask, hole_map, through_mask
from corneum.abrasion.strokes import StrokePlan, exposure_map, mean_exposure
from corneum.devices import Settings, grain_flow_kg_s
from corneum.evidence import Draws

CELLS_LIMIT = 100_000_000
"""Most cells of a map: a whole body region at the usual pitch."""


@dataclass(frozen=True)
class Application:
    """What is done to a zone.

    Parameters
    ----------
    settings
        Device and settings.
    plan
        Path of the handpiece. For tape and pad only the zone and the passes count.
    mask
        Metal mask with holes on the skin, or None.
    """

    settings: Settings
    plan: StrokePlan
    mask: Mask | None = None


@dataclass(frozen=True)
class Worked:
    """The energy that an application brings to a zone.

    Parameters
    ----------
    application
        What was done.
    pitch_um
        Edge of a cell, um.
    map_j_m2
        Energy that goes into removal on flat skin, for rows at their values, shape (ny, nx), J/m2.
    class_j_m2, class_share
        The map's classes over the worked area (`worked_cells`), shape (m,), J/m2 and area share.
    sample_ratio
        Every sample's energy over that of the map, shape (n,).
    impacts
        Grains that struck the zone; 0 for other devices.
    books_j
        Kinetic energy, what the skin took up, what fell beyond the zone, what the map holds, J.
    blister_index
        Time on one place over the time after which micro-blisters are expected, shape (n,).
    """

    application: Application
    pitch_um: float
    map_j_m2: NDArray[np.float32]
    class_j_m2: NDArray[np.float64]
    class_share: NDArray[np.float64]
    sample_ratio: NDArray[np.float64]
    impacts: int
    books_j: Mapping[str, float]
    blister_index: NDArray[np.float64]


def work(
    application: Application, draws: Draws, *, seed: int = 0, pitch_um: float = 50.0, threads: int | None = None
) -> Worked:
    """Return the energy that an application brings to a zone: every grain, or every stroke of a tip.

    The map is made once, with every row at its value; samples differ from it by a factor for the energy per area
    that their own rows give. What the energy removes depends on the skin (`corneum.abrasion.removal`).

    Parameters
    ----------
    application
        Device, settings, path, mask.
    draws
        Sampled rows.
    seed
        Same seed, same map, for any number of threads.
    pitch_um
        Edge of a cell, um.
    threads
        Threads for the kernel; all cores if None.

    Raises
    ------
    FootprintError
        If the pitch is too fine for the contact of the largest grains.
    GridError
        If the map would have more than `CELLS_LIMIT` cells, or the pitch is too coarse for what works.
    MaskError
        If no grain passes the mask.

    References
    ----------
    Calibration map of the evidence: R01, R03, R04, IN-032; rows ``abrasion.*``.
    """
    _check_size(application.plan, pitch_um)
    middle = Draws(draws.book, central=True, fixed=draws.fixed)
    kind = application.settings.device.kind
    if kind == "crystal":
        energy, impacts, books = _crystal_map(application, middle, seed, pitch_um, threads)
    else:
        energy, impacts, books = _smooth_map(application, middle, seed, pitch_um), 0, {}
    at_middle, at_samples = mean_useful_j_m2(application, middle), mean_useful_j_m2(application, draws)
    ratio = at_samples / at_middle[0] if at_middle[0] > 0 else np.ones(draws.n)
    value, share = energy_classes(energy[worked_cells(application, middle, energy.shape, pitch_um)])
    held = blister_index(application.settings, application.plan, application.mask, draws)
    draws.record(*middle.used)
    return Worked(application, pitch_um, energy, value, share, ratio, impacts, books, held)


def worked_cells(application: Application, middle: Draws, shape: tuple[int, int], pitch_um: float) -> NDArray[np.bool_]:
    """Return where the application works: under a tip that stands still and in the holes of a mask; shape as given.

    A tip that moves works everywhere in its zone.

    Raises
    ------
    GridError
        If no cell is worked on.
    """
    settings, plan = application.settings, application.plan
    inside = np.ones(shape, np.bool_)
    if plan.stationary and "opening_mm" in settings.device.settings:
        rim_um = 500 * float(settings.value("opening_mm", middle)[0])
        y, x = ((np.arange(count) + 0.5 - 0.5 * count) * pitch_um for count in shape)
        inside &= y[:, None] ** 2 + x[None, :] ** 2 <= rim_um**2
    if application.mask is not None:
        inside &= hole_map(application.mask, shape, pitch_um)
    if not inside.any():
        raise GridError("no cell of the zone is worked on: the pitch is too coarse for the opening or the mask")
    return inside


def _check_size(plan: StrokePlan, pitch_um: float) -> None:
    if not 0 < pitch_um < math.inf:
        raise GridError(f"the pitch must be a positive number of um, not {pitch_um}")
    cells = plan.width_mm * plan.height_mm / (pitch_um * 1e-3) ** 2
    if cells > CELLS_LIMIT:
        raise GridError(
            f"a pitch of {pitch_um:g} um makes {cells:.2g} cells of this zone; at most {CELLS_LIMIT:.0e} are allowed: "
            "choose a larger pitch or a smaller area"
        )


def mean_useful_j_m2(application: Application, draws: Draws) -> NDArray[np.float64]:
    """Return the mean energy per area that goes into removal, shape (n,), J/m2, without making a map.

    For a tip that stands still it is the mean over the opening's area.
    """
    settings, plan = application.settings, application.plan
    kind = settings.device.kind
    if kind == "crystal":
        hole = application.mask.hole_um if application.mask else None
        flow = _crystal_flow_kg_s(settings, draws)
        per_kg = make_cloud(settings, draws, mask_hole_um=hole, fine=False).energy_j_kg
        exposure = mean_exposure(plan, settings.value("opening_mm", draws), "jet", draws)
        return np.asarray(flow * exposure * per_kg * draws["abrasion.delamination_share"])
    if kind == "diamond":
        slid = mean_exposure(plan, settings.value("tip_mm", draws), "disk", draws)
        return np.asarray(slid * disk_work_per_m(settings, draws) * useful_disk_share(settings, draws))
    if kind == "pad":
        return pad_work_j_m2(settings, plan.passes, draws)
    return np.zeros(draws.n)


def _crystal_flow_kg_s(settings: Settings, draws: Draws) -> NDArray[np.float64]:
    return grain_flow_kg_s(
        settings.value("flow_g_min", draws),
        settings.value("vacuum_kpa", draws),
        draws,
        feeds_by_vacuum=settings.device.feeds_by_vacuum,
    )


def _crystal_map(
    application: Application, middle: Draws, seed: int, pitch_um: float, threads: int | None
) -> tuple[NDArray[np.float32], int, dict[str, float]]:
    settings, plan, mask = application.settings, application.plan, application.mask
    cloud = make_cloud(settings, middle, mask_hole_um=mask.hole_um if mask else None)
    per_second = float((_crystal_flow_kg_s(settings, middle) / cloud.mass_kg * cloud.passing_share)[0])
    tip = float(settings.value("opening_mm", middle)[0])
    width = float(middle["abrasion.jet.width_ratio"][0])
    dose = exposure_map(plan, tip, "jet", width_ratio=width, pitch_um=pitch_um, seed=seed)
    dose *= np.float32(per_second * (pitch_um * 1e-6) ** 2)
    if mask is not None:
        dose = through_mask(dose, mask, cloud.diameter_um[0], pitch_um)
    stencil = make_stencil(cloud.contact_um, pitch_um)
    struck = strike(dose, cloud.energy_j[0], stencil, pitch_um=pitch_um, seed=seed, threads=threads)
    useful = float(middle["abrasion.delamination_share"][0])
    books = {
        "kinetic": float(cloud.kinetic_j[0]) * struck.impacts,
        "brought": struck.brought_j,
        "spilled": struck.spilled_j,
        "held": struck.brought_j - struck.spilled_j,
    }
    return struck.energy_j_m2 * np.float32(useful), struck.impacts, books


def _smooth_map(application: Application, middle: Draws, seed: int, pitch_um: float) -> NDArray[np.float32]:
    settings, plan = application.settings, application.plan
    if settings.device.kind == "diamond":
        return disk_work_j_m2(settings, plan, middle, seed=seed, pitch_um=pitch_um)
    shape = (max(1, round(plan.height_mm * 1e3 / pitch_um)), max(1, round(plan.width_mm * 1e3 / pitch_um)))
    level = pad_work_j_m2(settings, plan.passes, middle)[0] if settings.device.kind == "pad" else 0.0
    return np.full(shape, level, np.float32)
