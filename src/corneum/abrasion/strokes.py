"""The path of the handpiece over a zone, and the dose that it leaves."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from corneum.evidence import Draws


class StrokeError(ValueError):
    """A stroke plan that no hand can follow."""


@dataclass(frozen=True)
class StrokePlan:
    """How the handpiece moves over a rectangular zone.

    Parameters
    ----------
    width_mm, height_mm
        The zone, mm.
    passes
        Number of times that the zone is covered; every second pass runs at right angles if ``crossed``.
    speed_mm_s
        Speed of the handpiece, mm/s; 0 with ``dwell_s`` for a tip that stands still.
    overlap_share
        Share of the opening by which neighboring strokes overlap.
    crossed
        Whether every second pass is at right angles to the one before.
    dwell_s
        Time on one place for a tip that stands still, s.
    wander_mm, speed_spread_ratio
        sd of a stroke's offset from its line (mm), and of the logarithm of its speed.
    speed_known, overlap_known
        False where the value only stands in for one that nobody wrote down: samples then draw their own.
    """

    width_mm: float
    height_mm: float
    passes: int = 1
    speed_mm_s: float = 20.0
    overlap_share: float = 0.2
    crossed: bool = True
    dwell_s: float = 0.0
    wander_mm: float = 0.0
    speed_spread_ratio: float = 0.0
    speed_known: bool = True
    overlap_known: bool = True

    def __post_init__(self) -> None:
        mistakes = [
            text
            for wrong, text in (
                (not (0 < self.width_mm <= 1000 and 0 < self.height_mm <= 1000), "the zone must be 0 to 1000 mm wide"),
                (self.passes < 0 or self.passes > 100, "passes must be 0 to 100"),
                (not 0 <= self.overlap_share < 0.95, "the overlap must be 0 to 0.95 of the opening"),
                (not math.isfinite(self.speed_mm_s) or self.speed_mm_s < 0, "the speed must be at least 0 mm/s"),
                (
                    self.stationary and not 0 < self.dwell_s < math.inf,
                    "a tip that stands still needs a dwell time above 0 s",
                ),
                (not self.stationary and self.dwell_s != 0, "give a speed or a dwell time, not both"),
                (
                    not (0 <= self.wander_mm < math.inf and 0 <= self.speed_spread_ratio < math.inf),
                    "wander and spread of speed must be at least 0",
                ),
            )
            if wrong
        ]
        if mistakes:
            raise StrokeError("; ".join(mistakes))

    @property
    def stationary(self) -> bool:
        """Whether the tip stands still."""
        return self.speed_mm_s == 0


Profile = Literal["jet", "disk"]


def exposure_map(
    plan: StrokePlan, tip_mm: float, profile: Profile, *, width_ratio: float, pitch_um: float, seed: int
) -> NDArray[np.float32]:
    """Return how long each place of the zone is worked on, weighted by the tip's profile.

    For a jet: seconds times the share of the stream per area, s/m2; times grains per second it is grains per
    area. For a disk: meters of tip that slide over the place, m.

    Parameters
    ----------
    plan
        The path.
    tip_mm
        Diameter of the opening or of the tip, mm.
    profile
        ``jet``: a stream that is densest in the middle, cut off at the rim; ``disk``: a flat tip.
    width_ratio
        sd of the stream over the opening's diameter (jets only).
    pitch_um
        Edge of a cell, um.
    seed
        For the wandering of the hand; same seed, same path.

    Returns
    -------
    numpy.ndarray
        Shape (ny, nx), float32.
    """
    x = _middles_mm(plan.width_mm, pitch_um)
    y = _middles_mm(plan.height_mm, pitch_um)
    if plan.stationary:
        return _standing(plan, x, y, tip_mm, profile, width_ratio)
    rng = np.random.Generator(np.random.Philox(key=seed % (1 << 64)))
    total = np.zeros((y.size, x.size), np.float32)
    for number in range(plan.passes):
        if plan.crossed and number % 2:
            total += _one_pass(plan, x, y, tip_mm, profile, width_ratio, rng).T
        else:
            total += _one_pass(plan, y, x, tip_mm, profile, width_ratio, rng)
    return total


def stroke_speed_mm_s(plan: StrokePlan, draws: Draws) -> NDArray[np.float64]:
    """Return the speed of the handpiece, shape (n,), mm/s: as given, or drawn (``abrasion.stroke.speed_mm_s``)."""
    known = plan.speed_known or plan.stationary
    return np.full(draws.n, plan.speed_mm_s) if known else draws["abrasion.stroke.speed_mm_s"]


def mean_exposure(plan: StrokePlan, tip_mm: NDArray[np.float64], profile: Profile, draws: Draws) -> NDArray[np.float64]:
    """Return the mean of `exposure_map` over a zone much larger than the tip, shape (n,), in its unit.

    For a tip that stands still it is the mean over the opening.
    """
    if plan.stationary:
        area_m2 = math.pi / 4 * (tip_mm * 1e-3) ** 2
        return plan.dwell_s * plan.passes / area_m2 if profile == "jet" else np.zeros(draws.n)
    overlap = plan.overlap_share if plan.overlap_known else draws["abrasion.stroke.overlap_share"]
    spacing = tip_mm * (1 - overlap)
    if profile == "disk":
        return np.asarray(plan.passes * math.pi / 4 * tip_mm**2 / spacing * 1e-3)
    return np.asarray(plan.passes / (stroke_speed_mm_s(plan, draws) * spacing) * 1e6)


def _middles_mm(length_mm: float, pitch_um: float) -> NDArray[np.float64]:
    count = max(1, round(length_mm * 1000 / pitch_um))
    return np.asarray((np.arange(count) + 0.5) * pitch_um * 1e-3)


def _one_pass(
    plan: StrokePlan,
    across: NDArray[np.float64],
    along: NDArray[np.float64],
    tip_mm: float,
    profile: Profile,
    width_ratio: float,
    rng: np.random.Generator,
) -> NDArray[np.float32]:
    """Exposure of one pass, shape (across, along): strokes side by side, each a cross profile at its own pace."""
    spacing = tip_mm * (1 - plan.overlap_share)
    length = float(across[-1] + across[0])
    beyond = max(1, math.ceil(0.5 * tip_mm / spacing))  # closer strokes reach into the zone from further out
    count = max(1, math.ceil(length / spacing)) + 2 * beyond
    first = 0.5 * length - 0.5 * (count - 1) * spacing + (rng.random() - 0.5) * spacing
    lines = first + spacing * np.arange(count) + plan.wander_mm * rng.standard_normal(count)
    pace = plan.speed_mm_s * np.exp(plan.speed_spread_ratio * rng.standard_normal(count))
    cross = _cross_profile(across[:, None] - lines[None, :], tip_mm, profile, width_ratio)
    if profile == "jet":
        cross = cross / pace * 1e6
    strength = cross.sum(axis=1, dtype=np.float64).astype(np.float32)
    return np.ascontiguousarray(np.broadcast_to(strength[:, None], (across.size, along.size)))


def _cross_profile(
    offset_mm: NDArray[np.float64], tip_mm: float, profile: Profile, width_ratio: float
) -> NDArray[np.float64]:
    """Jet: share of the stream per mm across, 1/mm. Disk: chord that slides over the line, m."""
    rim = 0.5 * tip_mm
    inside = np.abs(offset_mm) <= rim
    half_chord = np.sqrt(np.maximum(rim**2 - offset_mm**2, 0.0))
    if profile == "disk":
        return np.where(inside, 2e-3 * half_chord, 0.0)
    sd = width_ratio * tip_mm
    held = 1 - math.exp(-(rim**2) / (2 * sd**2))
    dense = np.exp(-(offset_mm**2) / (2 * sd**2)) * erf(half_chord / (sd * math.sqrt(2)))
    return np.asarray(dense / (sd * math.sqrt(2 * math.pi) * held))


def _standing(
    plan: StrokePlan,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    tip_mm: float,
    profile: Profile,
    width_ratio: float,
) -> NDArray[np.float32]:
    if profile == "disk":  # a tip that stands still slides over nothing
        return np.zeros((y.size, x.size), np.float32)
    rim, sd = 0.5 * tip_mm, width_ratio * tip_mm
    square = (x[None, :] - 0.5 * plan.width_mm) ** 2 + (y[:, None] - 0.5 * plan.height_mm) ** 2
    held = 1 - math.exp(-(rim**2) / (2 * sd**2))
    dense = np.exp(-square / (2 * sd**2)) / (2 * math.pi * sd**2 * held)
    return np.asarray(np.where(square <= rim**2, dense * plan.dwell_s * plan.passes * 1e6, 0.0), np.float32)
