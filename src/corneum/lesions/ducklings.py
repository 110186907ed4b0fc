"""The odd one out among one person's marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.lesions import rows

UNLIKE = "looks unlike this person's other marks: have it looked at by a doctor"
_FLOORS: dict[str, float] = {
    "size": 0.25,
    "darkness": 0.15,
    "redness": 3.0,
    "blueness": 3.0,
    "asymmetry": 0.05,
    "border": 0.1,
}
"""Least spread that marks are given, so that five equal ones do not make a sixth, slightly different one odd: about
a fifth for size and darkness (logarithms), three CIELAB units for color, the error of measuring for shape."""


class TooFewMarks(ValueError):
    """Among so few marks none can be called unlike the others."""


@dataclass(frozen=True)
class Features:
    """What marks are compared by.

    Parameters
    ----------
    size
        Logarithm of the diameter, in any one unit.
    darkness
        Logarithm of the skin's lightness over the mark's.
    redness, blueness
        Distance from the skin toward red and toward blue, CIELAB.
    asymmetry
        Area left uncovered by the worse fold, share.
    border
        Logarithm of the compactness.
    """

    size: float
    darkness: float
    redness: float
    blueness: float
    asymmetry: float
    border: float


@dataclass(frozen=True)
class OddOne:
    """A mark that looks unlike the person's others.

    Parameters
    ----------
    number
        Its place among the marks.
    by
        Feature -> how many spreads from the middle of the others.
    """

    number: int
    by: Mapping[str, float]

    def text(self) -> str:
        """Return "Mark 3 looks unlike ... (size, darkness)"."""
        return f"Mark {self.number + 1} {UNLIKE} ({', '.join(self.by)})."


def odd_ones(marks: Sequence[Features]) -> tuple[OddOne, ...]:
    """Return the marks that lie far from all others in any feature; shape (n,) in, any number out.

    Each mark is compared with the others only, so that an odd one cannot widen the spread it is held against.

    Raises
    ------
    TooFewMarks
        If there are fewer than row ``lesions.duckling.marks_number`` says.

    References
    ----------
    Rule ``lesions.odd_one_out``; rows ``lesions.duckling.*``.
    """
    least, limit = int(rows.value("duckling.marks_number")), rows.value("duckling.spread_factor")
    if len(marks) < least:
        raise TooFewMarks(f"{len(marks)} marks: among fewer than {least} none can be called unlike the others")
    names = tuple(_FLOORS)
    table = np.array([[getattr(one, name) for name in names] for one in marks], float)
    found = []
    for number in range(len(marks)):
        off = _off(table[number], np.delete(table, number, axis=0), names)
        by = {name: round(float(value), 1) for name, value in zip(names, off, strict=True) if abs(value) > limit}
        if by:
            found.append(OddOne(number, by))
    return tuple(found)


def _off(one: NDArray[np.float64], others: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float64]:
    middle = np.median(others, axis=0)
    spread = 1.4826 * np.median(np.abs(others - middle), axis=0)
    return np.asarray((one - middle) / np.maximum(spread, [_FLOORS[name] for name in names]), float)
