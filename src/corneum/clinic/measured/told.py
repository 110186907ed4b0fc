"""What the apps above this one tell it: what a plan expected, and when sessions began. They register in ``ready``.

Examples
--------
In an app's ``ready``::

    tell_predicted_by(curves_of_the_approved_plan)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Predicted:
    """A simulated curve of one zone, with its central 95 %.

    Parameters
    ----------
    site
        Zone of the course, such as ``cheek``: both sides of a face are one.
    index
        Measured index beside which it is drawn, such as ``redness``.
    title, unit
        Of the curve: it is never in the unit of the index.
    start
        Day 0: the first session.
    days
        Since then, rising.
    low, middle, high
        One value for each day.
    said
        What can be compared with the photographs, and what cannot.
    """

    site: str
    index: str
    title: str
    unit: str
    start: datetime
    days: Sequence[float]
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]
    said: str = ""


Prediction = Callable[[UUID, str], Sequence[Predicted]]
"""Given the id of a client and a measured index."""
Sessions = Callable[[UUID], Sequence[datetime]]
"""Given the id of a client, when each session began."""

_predictions: list[Prediction] = []
_sessions: list[Sessions] = []


def tell_predicted_by(source: Prediction) -> None:
    """Draw what a source expects beside what is measured."""
    if source not in _predictions:
        _predictions.append(source)


def tell_sessions_by(source: Sessions) -> None:
    """Judge by a source whether a photograph shows an immediate or a durable result."""
    if source not in _sessions:
        _sessions.append(source)


def predicted(client_id: UUID, index: str) -> tuple[Predicted, ...]:
    """Return what was expected for a client beside an index; nothing where no plan tells it."""
    return tuple(one for source in _predictions for one in source(client_id, index))


def sessions(client_id: UUID) -> tuple[datetime, ...]:
    """Return when a client's sessions began, earliest first, as far as any app tells."""
    return tuple(sorted(moment for source in _sessions for moment in source(client_id)))
