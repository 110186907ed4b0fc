"""The depth map of one skin, with its furrows, for pictures and texture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.application import Worked, worked_cells
from corneum.abrasion.layers import stack_of
from corneum.abrasion.removal import tape_energy_j_m2
from corneum.evidence import Draws
from corneum.skin import Skin

_KNOTS = 1 << 16
_PATCH = 1024


@dataclass(frozen=True)
class DepthMap:
    """Depth removed, cell by cell.

    Parameters
    ----------
    depth_um
        Shape (ny, nx), um.
    furrow
        True in furrows, shape (ny, nx).
    pitch_um
        Edge of a cell, um.
    corneum_um, junction_um
        Depth of the lower edge of the stratum corneum and of the dermo-epidermal junction, um.
    worked
        True where the device worked: under a tip that stands still, in the holes of a mask, else everywhere.
    stationary
        Whether the tip stood still.
    """

    depth_um: NDArray[np.float32]
    furrow: NDArray[np.bool_]
    pitch_um: float
    corneum_um: float
    junction_um: float
    worked: NDArray[np.bool_]
    stationary: bool

    @property
    def hot_spot_share(self) -> float:
        """Share of the worked area outside furrows where more than twice the mean depth there is gone."""
        open_um = self.depth_um[self.worked & ~self.furrow]
        mean = float(open_um.mean()) if open_um.size else 0.0
        return float((open_um > 2 * mean).mean()) if mean > 0 else 0.0

    @property
    def streak_ratio(self) -> float:
        """Variation of the means of whole rows and columns over the mean depth: 0 without streaks.

        Only worked cells count; a tip that stands still draws no streak.
        """
        mean = float(self.depth_um[self.worked].mean())
        if mean == 0 or self.stationary:
            return 0.0
        depth = np.where(self.worked, self.depth_um, np.float32(0))
        cells = [self.worked.sum(axis=axis) for axis in (0, 1)]
        lines = [depth.sum(axis=axis)[count > 0] / count[count > 0] for axis, count in enumerate(cells)]
        return float(np.hypot(lines[0].std(), lines[1].std()) / mean)


def depth_map(worked: Worked, skin: Skin, draws: Draws, *, seed: int = 0) -> DepthMap:
    """Return the depth map of the first sample of a skin.

    Parameters
    ----------
    worked
        The energy map.
    skin
        A skin whose first sample is drawn; furrows are laid out in two crossing families.
    draws
        The samples of that skin.
    seed
        For the furrows.

    References
    ----------
    Rows ``skin.furrow.*`` (R29).
    """
    stack = stack_of(skin, draws)
    furrow = furrow_map(
        worked.map_j_m2.shape,
        worked.pitch_um,
        share=float(skin.furrow_share[0]),
        spacing_um=float(skin.furrow_spacing_um[0]),
        seed=seed,
    )
    level = worked.map_j_m2
    if worked.application.settings.device.kind == "tape":  # its work of peeling depends on the skin
        level = np.full(level.shape, tape_energy_j_m2(worked, skin, draws)[0], np.float32)
    energy = level * np.where(furrow, np.float32(skin.furrow_reach_share[0]), np.float32(1))
    top = max(float(energy.max()), 1e-12)
    depth_at = stack.depth_um(np.linspace(0, top, _KNOTS + 1))[0].astype(np.float32)
    depth = depth_at[(energy * np.float32(_KNOTS / top) + np.float32(0.5)).astype(np.int32)]
    middle = Draws(draws.book, central=True, fixed=draws.fixed)
    return DepthMap(
        depth_um=depth,
        furrow=furrow,
        pitch_um=worked.pitch_um,
        corneum_um=float(stack.corneum_um[0]),
        junction_um=float(stack.junction_um[0]),
        worked=worked_cells(worked.application, middle, depth.shape, worked.pitch_um),
        stationary=worked.application.plan.stationary,
    )


def furrow_map(
    shape: tuple[int, int], pitch_um: float, *, share: float, spacing_um: float, seed: int
) -> NDArray[np.bool_]:
    """Return two crossing families of furrows that cover ``share`` of the area, shape as given."""
    if share <= 0:
        return np.zeros(shape, np.bool_)
    rows, columns = (min(count, _PATCH) for count in shape)
    rng = np.random.Generator(np.random.Philox(key=seed % (1 << 64)))
    y, x = np.mgrid[:rows, :columns].astype(np.float32) * np.float32(pitch_um / spacing_um)
    nearest = np.full((rows, columns), np.inf, np.float32)
    for angle in np.deg2rad((60.0, -60.0)):
        along = (x * np.cos(angle) + y * np.sin(angle)).astype(np.float32)
        across = (-x * np.sin(angle) + y * np.cos(angle)).astype(np.float32)
        wave = sum(
            0.25 * np.sin(2 * np.pi * (along * scale + across * 0.13 + rng.random())) for scale in (0.11, 0.23, 0.41)
        )
        place = across + wave
        nearest = np.minimum(nearest, np.abs(place - np.round(place)))
    patch = nearest <= np.quantile(nearest, share)
    # A large zone is tiled with mirrored copies, so that furrows run on across the seams.
    return np.pad(patch, [(0, shape[0] - rows), (0, shape[1] - columns)], mode="symmetric")
