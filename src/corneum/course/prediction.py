"""What a course with one setting does to one zone, in the sampled skins: the numbers that limits are held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion import Removal, Worked
from corneum.course.bound import upper_bound
from corneum.course.zones import Expected, Spread
from corneum.evidence import Draws
from corneum.recovery import (
    LAWS,
    RecoveryState,
    actives_waits_h,
    advance,
    barrier_back_d,
    curves,
    injure,
    redness_gone_each_h,
)
from corneum.skin import Skin
from corneum.treatment import at_rest, band, insult_of, work_over

Array = NDArray[np.float64]
_HALF, _SURE = 0.5, 0.95


@dataclass(frozen=True, eq=False)
class Prediction:
    """A course on one zone, for n sampled skins.

    Parameters
    ----------
    removals
        What each session removes.
    after_first, after_last
        The skin just after the first and after the last session.
    interval_d
        Days between sessions.
    """

    removals: tuple[Removal, ...]
    after_first: RecoveryState
    after_last: RecoveryState
    interval_d: float

    def beyond_probability(self, tolerance_area_share: float) -> float:
        """Return the probability that more of the area than tolerated goes beyond the stratum corneum.

        It is that of the session in which it is highest.
        """
        return max(beyond_probability(removal.beyond_corneum_share, tolerance_area_share) for removal in self.removals)

    def beyond_bound(self, tolerance_area_share: float) -> float:
        """Return the upper bound (one-sided 95 %) of that probability: so many samples can tell no less."""
        return upper_bound(self.beyond_probability(tolerance_area_share), len(self.removals[0].beyond_corneum_share))

    def worst(self, tolerance_area_share: float) -> Removal:
        """Return the removal of that session; the deepest one where several are equal."""
        return max(
            self.removals,
            key=lambda removal: (
                beyond_probability(removal.beyond_corneum_share, tolerance_area_share),
                float(removal.beyond_corneum_share.mean()),
            ),
        )

    def barrier_d(self, probability: float) -> dict[str, float]:
        """Return the days until the barrier is back with a probability after the last session, by TEWL law."""
        return {law: barrier_back_d(self.after_last, law, probability) for law in LAWS}

    def barrier_probability(self, days: float) -> float:
        """Return the probability that the barrier is back so many days after the last session, the lower of the laws.

        References
        ----------
        Row ``recovery.barrier.back_share``.
        """
        state = self.after_last
        resting = state.baseline.tewl_g_m2_h
        limit = state.draws["recovery.barrier.back_share"] * resting
        found = curves(state, np.array([days * 24.0]))
        return min(float((found.tewl_g_m2_h(law)[:, 0] - resting <= limit * (1 + 1e-9)).mean()) for law in LAWS)


def beyond_probability(beyond_area_share: Array, tolerance_area_share: float) -> float:
    """Return the part of the samples, shape (n,), in which more of the area than tolerated goes beyond."""
    return float((beyond_area_share > tolerance_area_share).mean())


def predict(worked: Worked, skin: Skin, draws: Draws, *, sessions: int, interval_d: float) -> Prediction:
    """Return what equal sessions at equal intervals do, each to the skin that the one before left.

    Parameters
    ----------
    worked
        The energy of a session.
    skin
        The sampled skin.
    draws
        The same samples.
    sessions
        Number of sessions, at least 1.
    interval_d
        Days between them.
    """
    state = at_rest(skin, draws)
    removals: list[Removal] = []
    first: RecoveryState | None = None
    for number in range(sessions):
        state = advance(state, interval_d) if number else state
        removal = work_over(worked, skin, draws, state)
        state = injure(state, insult_of(worked, removal, skin, draws))
        first = first or state
        removals.append(removal)
    assert first is not None
    return Prediction(tuple(removals), first, state, interval_d)


def expected(found: Prediction, *, tolerance_area_share: float, barrier_probability: float) -> Expected:
    """Return a prediction in the numbers of a plan."""
    first, last = found.removals[0], found.removals[-1]
    worst = found.worst(tolerance_area_share)
    return Expected(
        corneum_share=spread(first.corneum_share),
        depth_um=spread(first.mean_um),
        last_corneum_share=spread(last.corneum_share),
        beyond_probability=found.beyond_probability(tolerance_area_share),
        beyond_bound=found.beyond_bound(tolerance_area_share),
        beyond_area_share=spread(worst.beyond_corneum_share),
        junction_probability=max(float((removal.beyond_junction_share > 0).mean()) for removal in found.removals),
        redness_h=_both(redness_gone_each_h(found.after_first, (_HALF, _SURE))),
        barrier_d=_times(**found.barrier_d(barrier_probability)),
        barrier_probability=found.barrier_probability(found.interval_d),
        actives_h=_both(actives_waits_h(found.after_last, (_HALF, _SURE))),
    )


def spread(values: Array) -> Spread:
    """Return the middle and the central 95 % of samples as plain numbers."""
    found = band(values)
    return Spread(float(found.middle), float(found.low), float(found.high))


def _both(found: Sequence[float]) -> dict[str, float | None]:
    return _times(half=found[0], most=found[1])


def _times(**found: float) -> dict[str, float | None]:
    return {name: time if isfinite(time) else None for name, time in found.items()}
