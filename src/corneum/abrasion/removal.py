"""What an application removes from each sampled skin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.application import Worked
from corneum.abrasion.classes import equal_area_classes
from corneum.abrasion.layers import LayerStack, stack_of
from corneum.evidence import Draws
from corneum.skin import Skin

CLASSES = 24
"""Equal-area classes of removed depth that a removal hands on."""
_FINE, _NEIGHBORS = 40, 8


@dataclass(frozen=True)
class Removal:
    """Depth removed from each sampled skin.

    Parameters
    ----------
    stack
        The layers as they were before.
    depth_um
        Mean depth per class of area, shape (n, m), um; classes are not sorted.
    area_share
        Area of each class, shape (n, m); rows sum to 1.
    work_ratio
        Useful energy over that of one ordinary session on this skin, shape (n,).
    """

    stack: LayerStack
    depth_um: NDArray[np.float64]
    area_share: NDArray[np.float64]
    work_ratio: NDArray[np.float64]

    @property
    def mean_um(self) -> NDArray[np.float64]:
        """Mean depth over the area, shape (n,), um."""
        return np.asarray((self.depth_um * self.area_share).sum(axis=1))

    @property
    def corneum_share(self) -> NDArray[np.float64]:
        """Share of the stratum corneum that is gone, shape (n,)."""
        corneum = self.stack.corneum_um[:, None]
        gone = (np.minimum(self.depth_um, corneum) / corneum * self.area_share).sum(axis=1)
        return np.asarray(np.minimum(gone, 1.0))

    @property
    def corneum_removed_um(self) -> NDArray[np.float64]:
        """Mean depth removed within the stratum corneum, shape (n,), um."""
        return np.asarray(self.corneum_share * self.stack.corneum_um)

    @property
    def living_um(self) -> NDArray[np.float64]:
        """Mean depth removed below the stratum corneum, shape (n,), um."""
        below = np.maximum(self.depth_um - self.stack.corneum_um[:, None], 0)
        return np.asarray((below * self.area_share).sum(axis=1))

    def beyond_share(self, depth_um: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of the area where more than ``depth_um`` (n,) is gone, shape (n,)."""
        beyond = ((self.depth_um > depth_um[:, None] * (1 + 1e-9)) * self.area_share).sum(axis=1)
        return np.asarray(np.minimum(beyond, 1.0))

    @property
    def beyond_corneum_share(self) -> NDArray[np.float64]:
        """Share of the area where living epidermis is exposed or removed, shape (n,)."""
        return self.beyond_share(self.stack.corneum_um)

    @property
    def beyond_junction_share(self) -> NDArray[np.float64]:
        """Share of the area beyond the dermo-epidermal junction (pinpoint bleeding, PR-019), shape (n,)."""
        return self.beyond_share(self.stack.junction_um)

    def layer_share(self, count: int) -> NDArray[np.float64]:
        """Return the share of the area where corneocyte layer 1, 2 ... ``count`` is gone, shape (n, count)."""
        gone = self.depth_um[:, :, None] / self.stack.layer_um[:, None, None] - np.arange(count)
        return np.asarray(np.minimum((np.clip(gone, 0, 1) * self.area_share[:, :, None]).sum(axis=1), 1.0))

    @property
    def uniformity_ratio(self) -> NDArray[np.float64]:
        """Coefficient of variation of depth over the area, shape (n,); 0 is perfectly even."""
        mean = self.mean_um
        spread = ((self.depth_um - mean[:, None]) ** 2 * self.area_share).sum(axis=1)
        return np.asarray(np.sqrt(spread) / np.maximum(mean, 1e-12))

    def classes_um(self, count: int = CLASSES) -> NDArray[np.float64]:
        """Return depth in equal-area classes, sorted, shape (n, count), um."""
        return equal_area_classes(self.depth_um, self.area_share, count)


def combined(removals: Sequence[Removal]) -> Removal:
    """Return what several applications to one zone removed together, over the skin as it was before the first.

    Where one removed much and where another did are independent in place: every class of one meets every class of
    the other on an equal area.

    Parameters
    ----------
    removals
        At least one, in order, each on what the one before it left.
    """
    total = removals[0]
    for more in removals[1:]:
        pairs = total.classes_um(_FINE)[:, :, None] + more.classes_um(_FINE)[:, None, :]
        depth = np.minimum(pairs.reshape(pairs.shape[0], -1), total.stack.bottom_um[:, None])
        depth.sort(axis=1)
        depth = depth.reshape(depth.shape[0], -1, _NEIGHBORS).mean(axis=2)
        share = np.full(depth.shape, 1 / depth.shape[1])
        total = Removal(total.stack, depth, share, total.work_ratio + more.work_ratio)
    return total


def remove(
    worked: Worked,
    skin: Skin,
    draws: Draws,
    *,
    corneum_um: NDArray[np.float64] | None = None,
    living_um: NDArray[np.float64] | None = None,
) -> Removal:
    """Return what an application removes from each sampled skin.

    Furrows get only a share of the energy; the rest of it does nothing there.

    Parameters
    ----------
    worked
        The energy, from `corneum.abrasion.work`.
    skin
        The sampled skin.
    draws
        The same samples.
    corneum_um
        Stratum corneum that is there today, shape (n,), um; the skin's own if None.
    living_um
        Living epidermis that is there today, shape (n,), um; the skin's own if None.

    References
    ----------
    R29 (furrows), M01, M07; tape: rows ``abrasion.tape.*`` (R27, R28).
    """
    stack = stack_of(skin, draws, corneum_um, living_um)
    if worked.application.settings.device.kind == "tape":
        value = tape_energy_j_m2(worked, skin, draws)[:, None]
        share = np.ones((draws.n, 1))
    else:
        value = worked.class_j_m2[None, :] * worked.sample_ratio[:, None]
        share = np.broadcast_to(worked.class_share, value.shape)
    furrow = skin.furrow_share[:, None]
    energy = np.concatenate([value, value * skin.furrow_reach_share[:, None]], axis=1)
    area = np.concatenate([share * (1 - furrow), share * furrow], axis=1)
    mean = (energy * area).sum(axis=1)
    return Removal(stack, stack.depth_um(energy), area, mean / _ordinary_energy_j_m2(skin, draws))


def tape_energy_j_m2(worked: Worked, skin: Skin, draws: Draws) -> NDArray[np.float64]:
    """Return the work of peeling of tape strips, shape (n,), J/m2.

    Every strip does the same work: as adhesion rises with depth it takes less and less.

    References
    ----------
    Row ``abrasion.tape.first_strip_layers`` (R27, R28).
    """
    strips = worked.application.settings.value("count_strips", draws) * worked.application.plan.passes
    return np.asarray(strips * draws["abrasion.tape.first_strip_layers"] * skin.adhesion_j_m2)


def _ordinary_energy_j_m2(skin: Skin, draws: Draws) -> NDArray[np.float64]:
    stack = stack_of(skin, draws)
    return stack.energy_j_m2((skin.corneum_um * draws["treatment.ordinary.corneum_share"])[:, None])[:, 0]
