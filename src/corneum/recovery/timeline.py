"""Everything that is followed, as curves over time."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.corneum import area_means
from corneum.recovery.dermal import (
    DERMAL_NOTE,
    UNKNOWN_DERMAL_NOTE,
    background_ratio,
    highest_probability,
    signal_share,
)
from corneum.recovery.epidermis import gain_at, mitosis_ratio
from corneum.recovery.permeability import local_opening, permeability_ratio
from corneum.recovery.redness import blood_flow_ratio
from corneum.recovery.state import RecoveryState
from corneum.recovery.surface import SEBUM_NOTE, hydration_ratio, sebum_ratio
from corneum.recovery.tewl import Law, UnknownLawError, local_excess, tewl_g_m2_h

Array = NDArray[np.float64]

PIGMENT_NOTE = (
    "Pigment change after treatment has no published numbers: it is flagged as a risk, not simulated. "
    "Mild to marked hyperpigmentation of variable duration is told of an aggressive protocol (E13, second hand)."
)
BLISTER_NOTE = (
    "The handpiece stood still in a session: micro-blisters instead of selective removal are reported then "
    "(Gill 2009). What follows from a blister is not simulated."
)


class HoursError(ValueError):
    """Times that are not finite, not one list, or before the state's moment."""


@dataclass(frozen=True, eq=False)
class Curves:
    """What the model expects over time, for n samples.

    All ratios are over the same skin at rest. Shapes are (n, t) where not said otherwise.

    Parameters
    ----------
    hours
        Times [h], shape (t,).
    corneum_um
        Thickness of the stratum corneum, area mean [um].
    living_lost_um
        Living epidermis missing, area mean [um].
    tewl_exponential_g_m2_h, tewl_reciprocal_g_m2_h
        Transepidermal water loss by either published law [g/m2/h]; to be compared, not averaged.
    hydration_ratio, sebum_ratio
        Hydration of the stratum corneum, and sebum on it.
    blood_flow_ratio
        Skin blood flow: redness.
    mitosis_ratio
        Mitotic rate of the epidermis.
    epidermis_ratio
        Thickness that the living epidermis tends to; what a session took away is in ``living_lost_um``.
    procollagen1_fold, procollagen3_fold, hsp47_fold
        Messenger RNA; 1 in samples that do not respond.
    permeability_ratio
        Permeability.
    dermal_probability
        Probability of a dermal response to the roughest session so far [0 to 1], shape (n,).
    dermal_background_ratio
        Collagen at this age over that of a young adult, shape (n,).
    notes
        What the reader must know beside the curves.
    """

    hours: Array
    corneum_um: Array
    living_lost_um: Array
    tewl_exponential_g_m2_h: Array
    tewl_reciprocal_g_m2_h: Array
    hydration_ratio: Array
    sebum_ratio: Array
    blood_flow_ratio: Array
    mitosis_ratio: Array
    epidermis_ratio: Array
    procollagen1_fold: Array
    procollagen3_fold: Array
    hsp47_fold: Array
    permeability_ratio: Array
    dermal_probability: Array
    dermal_background_ratio: Array
    notes: tuple[str, ...]

    def tewl_g_m2_h(self, law: Law = "exponential") -> Array:
        """Return transepidermal water loss by one law [g/m2/h], shape (n, t).

        Raises
        ------
        UnknownLawError
            If ``law`` is neither "exponential" nor "reciprocal".
        """
        if law == "exponential":
            return self.tewl_exponential_g_m2_h
        if law == "reciprocal":
            return self.tewl_reciprocal_g_m2_h
        raise UnknownLawError(f"unknown law of TEWL {law!r}; allowed are exponential, reciprocal")


def curves(state: RecoveryState, hours: Array) -> Curves:
    """Return everything that is followed, at times after the state's moment, if no further session comes.

    Parameters
    ----------
    state
        The skin at its moment.
    hours
        Times after it, 0 or later [h], shape (t,).

    Raises
    ------
    HoursError
        If a time is negative or not finite, or ``hours`` is not a list of at least one.

    References
    ----------
    All rows ``recovery.*``; see the functions of this room.
    """
    hours = np.asarray(hours, dtype=np.float64)
    if hours.ndim != 1 or hours.size == 0 or not np.all(np.isfinite(hours)) or np.any(hours < 0):
        raise HoursError("hours must be a list of at least one finite time of at least 0 h after the state's moment")
    shape = (state.n, hours.size)
    return Curves(
        hours=hours,
        hydration_ratio=np.broadcast_to(hydration_ratio(state, hours), shape),
        sebum_ratio=np.broadcast_to(sebum_ratio(state, hours), shape),
        blood_flow_ratio=blood_flow_ratio(state, hours),
        mitosis_ratio=np.broadcast_to(mitosis_ratio(state, hours), shape),
        epidermis_ratio=1.0 + gain_at(state, hours).present_share,
        dermal_probability=highest_probability(state),
        dermal_background_ratio=background_ratio(state),
        notes=notes(state),
        **_dermal(state, hours),
        **_of_thickness(state, hours),
    )


def _of_thickness(state: RecoveryState, hours: Array) -> dict[str, Array]:
    corneum, living, exponential, reciprocal, opening = area_means(
        state,
        hours,
        [
            lambda missing: missing.corneum_um,
            lambda missing: missing.living_um,
            local_excess(state, "exponential", hours),
            local_excess(state, "reciprocal", hours),
            local_opening(state),
        ],
    )
    return {
        "corneum_um": np.maximum(state.baseline.corneum_um[:, None] - corneum, 0.0),
        "living_lost_um": living,
        "tewl_exponential_g_m2_h": tewl_g_m2_h(state, hours, exponential),
        "tewl_reciprocal_g_m2_h": tewl_g_m2_h(state, hours, reciprocal),
        "permeability_ratio": permeability_ratio(state, hours, opening),
    }


def _dermal(state: RecoveryState, hours: Array) -> dict[str, Array]:
    signal = signal_share(state, hours)
    shape = (state.n, hours.size)

    def fold(name: str) -> Array:
        rise = np.maximum(state.draws[f"recovery.dermal.{name}_fold"] - 1.0, 0.0)
        return np.broadcast_to(1.0 + rise[:, None] * signal, shape)

    return {f"{name}_fold": fold(name) for name in ("procollagen1", "procollagen3", "hsp47")}


def notes(state: RecoveryState) -> tuple[str, ...]:
    """Return what a reader of the curves must know: what is not simulated, and what a curve is not."""
    told = [PIGMENT_NOTE, SEBUM_NOTE, DERMAL_NOTE]
    if any(past.kind in ("tape", "pad") for past in state.sessions):
        told.append(UNKNOWN_DERMAL_NOTE)
    if any(past.stationary for past in state.sessions):
        told.append(BLISTER_NOTE)
    return tuple(told)


def joined(pieces: Sequence[Curves], starts_h: Sequence[float]) -> Curves:
    """Return the curves of a course from those of its segments between sessions.

    Parameters
    ----------
    pieces
        Curves of each segment, in order, on hours after its start.
    starts_h
        When each segment starts [h], as many as pieces.

    Raises
    ------
    HoursError
        If there is no piece, the numbers differ, or time would run backwards.
    """
    if not pieces or len(pieces) != len(starts_h):
        raise HoursError(f"as many starts as pieces are needed, at least one: got {len(starts_h)} and {len(pieces)}")
    hours = np.concatenate([piece.hours + start for piece, start in zip(pieces, starts_h, strict=True)])
    if np.any(np.diff(hours) < 0):
        raise HoursError("the pieces overlap in time: a segment must end before the next one starts")
    last = pieces[-1]
    whole = {
        field.name: np.concatenate([getattr(piece, field.name) for piece in pieces], axis=1)
        for field in fields(Curves)
        if getattr(last, field.name) is not last.notes and getattr(last, field.name).ndim == 2
    }
    return Curves(
        hours=hours,
        dermal_probability=last.dermal_probability,
        dermal_background_ratio=last.dermal_background_ratio,
        notes=last.notes,
        **whole,
    )
