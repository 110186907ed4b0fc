"""The dermal signal: messenger RNA of procollagen and HSP47, where a session is rough enough to raise it."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from corneum.recovery.corneum import HOURS_PER_DAY
from corneum.recovery.insult import Insult
from corneum.recovery.pulse import hump, united
from corneum.recovery.state import RecoveryState

Array = NDArray[np.float64]

DERMAL_NOTE = (
    "The dermal curves are a signal of messenger RNA over untreated skin of the same person, "
    "not an amount of collagen and not a change that a person sees."
)
UNKNOWN_DERMAL_NOTE = "No source measured the dermal signal after tape or pad: none is simulated."
_NEVER_QUITE = 1e-9


def response_probability(state: RecoveryState, insult: Insult, strength_share: Array) -> Array:
    """Return the probability that a person's dermis answers this session with a signal [0 to 1], shape (n,).

    Diamond: logistic in the grit, between 100 um (no response) and 125 um (response). Crystals: log-odds linear in
    the share removed, through 2 of 11 people at an ordinary session. Both in proportion to the removal below an
    ordinary session, so that no removal gives none. Vacuum alone, tape and pad: none.

    References
    ----------
    recovery.dermal.grit_middle_um, recovery.dermal.grit_width_um (D01 to D04);
    recovery.dermal.ordinary_response_probability, recovery.dermal.crystal_slope_coefficient (D06); D08
    """
    draws = state.draws
    if insult.kind == "diamond" and insult.grit_um is not None:
        odds = (insult.grit_um - draws["recovery.dermal.grit_middle_um"]) / draws["recovery.dermal.grit_width_um"]
    elif insult.kind == "crystal":
        ordinary = draws["recovery.dermal.ordinary_response_probability"].clip(_NEVER_QUITE, 1.0 - _NEVER_QUITE)
        more = insult.removed_share - draws["treatment.ordinary.corneum_share"]
        odds = logit(ordinary) + draws["recovery.dermal.crystal_slope_coefficient"] * more
    else:
        return np.zeros(state.n)
    return np.asarray(expit(odds) * strength_share)


def signal_share(state: RecoveryState, hours: Array) -> Array:
    """Return the signal over its highest [0 to 1], shape (n, t) or (n, 1) at rest.

    Each sample is a person with a threshold of their own: the same in every session, so that a session with the
    greater probability reaches everyone whom the lesser one reaches. At the center the threshold is one half.

    References
    ----------
    recovery.dermal.peak_d (D05)
    """
    threshold = state.draws.uniform("recovery.dermal.responder", varies="people")
    peak_h = state.draws["recovery.dermal.peak_d"][:, None] * HOURS_PER_DAY
    shares = (
        (past.response_probability > threshold)[:, None] * hump(past.hours_ago + hours, peak_h)
        for past in state.sessions
    )
    return united([np.zeros((state.n, 1)), *shares])


def highest_probability(state: RecoveryState) -> Array:
    """Return the probability of a response to the roughest past session [0 to 1], shape (n,)."""
    return np.asarray(np.max([np.zeros(state.n), *(past.response_probability for past in state.sessions)], axis=0))


def background_ratio(state: RecoveryState) -> Array:
    """Return collagen at the person's age over that of a young adult [1], shape (n,): the background of the signal.

    References
    ----------
    recovery.dermal.age_decline_per_y, recovery.dermal.age_from_y (D18, D20)
    """
    years = np.maximum(state.baseline.age_y - state.draws["recovery.dermal.age_from_y"], 0.0)
    return np.maximum(1.0 - state.draws["recovery.dermal.age_decline_per_y"] * years, 0.0)
