"""Where the simulation ends: what it says nothing of, and the waits that it then withholds."""

from collections.abc import Sequence
from math import inf

from corneum.treatment.result import SessionRemoval

_FEW = 0.05
IRRITATED_NOTE = (
    "Skin that comes irritated keeps its raised water loss as its resting value: how fast irritation passes by itself "
    "is not simulated."
)


def beyond_junction(sessions: Sequence[SessionRemoval]) -> float:
    """Return the share of the samples in which a session goes beyond the dermo-epidermal junction anywhere."""
    return max(float((session.beyond_junction_share > 0).mean()) for session in sessions)


def within_reach(time: float, sessions: Sequence[SessionRemoval]) -> float:
    """Return a time of recovery, or infinity where too many samples pass the dermo-epidermal junction.

    Above 5 % of the samples, the time by which 95 % are back would rest on skin whose recovery is not simulated.

    Parameters
    ----------
    time
        A time until something is back, in any unit.
    sessions
        The sessions before it.
    """
    return inf if beyond_junction(sessions) > _FEW else time


def limit_notes(sessions: Sequence[SessionRemoval], irritated: bool) -> tuple[str, ...]:
    """Return the notes on what a zone's simulation leaves out."""
    notes: list[str] = []
    share = beyond_junction(sessions)
    if share > 0:
        said = (
            "Recovery below the dermo-epidermal junction is not simulated: a wound takes longer than the curves show."
        )
        withheld = " Times until the barrier, redness and permeability are back are therefore not given."
        notes.append(said + (withheld if share > _FEW else ""))
    return (*notes, IRRITATED_NOTE) if irritated else tuple(notes)
