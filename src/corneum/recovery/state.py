"""Skin between sessions: its resting values, what it lacks, and the sessions it remembers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Draws
from corneum.recovery.insult import Insult, Kind

Array = NDArray[np.float64]


class BaselineError(ValueError):
    """Resting values that no skin has, or that do not fit the draws."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """The skin at rest, to which it returns.

    Parameters
    ----------
    corneum_um
        Thickness of the stratum corneum [um], shape (n,).
    living_um
        Thickness of the living epidermis [um], shape (n,).
    tewl_g_m2_h
        Transepidermal water loss [g/m2/h], shape (n,).
    transit_age_ratio
        Transit time through the stratum corneum at the person's age over that of young adults at the same site [1],
        shape (n,): how much slower everything grows back.
    age_y
        Age of the person [y]; for the background of the dermal signal only.

    Raises
    ------
    BaselineError
        If the shapes differ, or a value is not finite and above 0.
    """

    corneum_um: Array
    living_um: Array
    tewl_g_m2_h: Array
    transit_age_ratio: Array
    age_y: float

    def __post_init__(self) -> None:
        if self.corneum_um.ndim != 1:
            raise BaselineError(f"corneum_um must have the shape (n,), not {self.corneum_um.shape}")
        for name in ("corneum_um", "living_um", "tewl_g_m2_h", "transit_age_ratio"):
            values = getattr(self, name)
            if values.shape != self.corneum_um.shape:
                raise BaselineError(f"{name} has the shape {values.shape}, corneum_um {self.corneum_um.shape}")
            if not np.all(np.isfinite(values)) or np.any(values <= 0):
                raise BaselineError(f"{name} must be finite and above 0")
        if not np.isfinite(self.age_y) or self.age_y <= 0:
            raise BaselineError(f"age_y must be finite and above 0, not {self.age_y}")


@dataclass(frozen=True, eq=False)
class PastSession:
    """What the skin remembers of one session.

    Parameters
    ----------
    kind
        What did it, one of `corneum.recovery.KINDS`.
    hours_ago
        Time since the session [h].
    removed_share
        Share of the stratum corneum removed then [0 to 1], shape (n,).
    strength_share
        The same over that of an ordinary session, at most 1, shape (n,): the size of effects without a dose response.
    flow_rise_share
        Rise of blood flow over baseline just after [1], shape (n,).
    deep_area_share
        Share of the area in which living epidermis was missing just after [0 to 1], shape (n,).
    deep_depth_share
        Share of the living epidermis missing there, mean [0 to 1], shape (n,).
    response_probability
        Probability that a person's dermis answered with a signal [0 to 1], shape (n,).
    stationary
        Whether the handpiece stood still.
    """

    kind: Kind
    hours_ago: float
    removed_share: Array
    strength_share: Array
    flow_rise_share: Array
    deep_area_share: Array
    deep_depth_share: Array
    response_probability: Array
    stationary: bool


@dataclass(frozen=True, eq=False)
class RecoveryState:
    """The skin at one moment between sessions.

    Parameters
    ----------
    baseline
        The skin at rest.
    draws
        The uncertain rows, for the same n samples.
    missing_um
        Depth that is missing from the surface, in k classes of equal area, sorted [um], shape (n, k); beyond
        the stratum corneum's resting thickness it is living epidermis.
    lipid_open_share
        How much of the fast phase is still to come [0 to 1], shape (n,).
    set_off_share
        Gain of living epidermis that past sessions have set off and that has not appeared yet [1], shape (n,).
    gain_share
        Gain of living epidermis over its resting thickness [1], shape (n,).
    sessions
        The past sessions, oldest first.
    opened
        The session at this very moment, if there is one: further steps belong to it.
    """

    baseline: Baseline
    draws: Draws
    missing_um: Array
    lipid_open_share: Array
    set_off_share: Array
    gain_share: Array
    sessions: tuple[PastSession, ...] = ()
    opened: "OpenSession | None" = None

    @property
    def n(self) -> int:
        """Number of samples."""
        return int(self.missing_um.shape[0])

    @property
    def k(self) -> int:
        """Number of area classes."""
        return int(self.missing_um.shape[1])


@dataclass(frozen=True, eq=False)
class OpenSession:
    """A session that more steps may follow at the same moment.

    Parameters
    ----------
    before
        The skin just before its first step.
    steps
        What each step did, in order.
    """

    before: RecoveryState
    steps: tuple[Insult, ...]


def rest(baseline: Baseline, draws: Draws, k: int = 24) -> RecoveryState:
    """Return untreated skin at rest.

    Parameters
    ----------
    baseline
        Resting values of n samples.
    draws
        Draws of n samples.
    k
        Number of classes of equal area in which depths are kept, at least 1.

    Raises
    ------
    BaselineError
        If the baseline and the draws differ in n, or k is below 1.
    """
    n = baseline.corneum_um.shape[0]
    if n != draws.n:
        raise BaselineError(f"the baseline has {n} samples, the draws {draws.n}: they must be equal")
    if k < 1:
        raise BaselineError(f"the number of area classes must be at least 1, not {k}")
    nothing = np.zeros(n)
    return RecoveryState(baseline, draws, np.zeros((n, k)), nothing, nothing, nothing)


def age_slowing(state: RecoveryState) -> Array:
    """Return by how much the times of lipid and living recovery lengthen with age [1], shape (n,).

    References
    ----------
    recovery.age.analogy_exponent (T17)
    """
    return np.asarray(state.baseline.transit_age_ratio ** state.draws["recovery.age.analogy_exponent"])
