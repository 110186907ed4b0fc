"""Numbers of few people are hidden, and with them what would give them away by a subtraction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 5
"""Fewer people than this are not told apart; nobody at all is told as 0."""


@dataclass(frozen=True)
class Cell:
    """A number of people as it may be told.

    Parameters
    ----------
    people
        How many; None where that is hidden.
    few
        Whether it is hidden since there are fewer than `FEWEST`; else, if hidden, since it would give another away.
    """

    people: int | None
    few: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is a number of at least one person or of nobody."""
        return self.people is not None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {"people": self.people, "few": self.few}


def cell(people: int) -> Cell:
    """Return one number by itself.

    Examples
    --------
    >>> cell(4), cell(5).people
    (Cell(people=None, few=True), 5)
    """
    return Cell(None, True) if 0 < people < FEWEST else Cell(people)


def parted(parts: Sequence[int]) -> tuple[Cell, tuple[Cell, ...]]:
    """Return a total and the parts that add up to it, so that no hidden part can be narrowed down from the others.

    While one could be, the smallest part that is still told is hidden as well; where that does not do, no part is told,
    nor which of them are small.

    Parameters
    ----------
    parts
        People in each part; nobody is in two.

    Examples
    --------
    >>> total, told = parted([12, 3, 7])
    >>> total.people, [one.people for one in told], [one.few for one in told]
    (22, [12, None, None], [False, True, False])
    """
    total = sum(parts)
    few = {place for place, count in enumerate(parts) if 0 < count < FEWEST}
    if 0 < total < FEWEST:
        return cell(total), tuple(cell(count) for count in parts)
    hidden = set(few)
    while not _is_hidden_well(parts, few, hidden):
        told = [place for place, count in enumerate(parts) if place not in hidden and count]
        if not told:
            return cell(total), tuple(Cell(None) for _count in parts)
        hidden.add(min(told, key=lambda place: parts[place]))
    return cell(total), tuple(
        Cell(None, place in few) if place in hidden else Cell(count) for place, count in enumerate(parts)
    )


def _is_hidden_well(parts: Sequence[int], few: set[int], hidden: set[int]) -> bool:
    """Return whether each small part could still be anything from 1 to `FEWEST` - 1, for who sees all the rest."""
    left = sum(parts[place] for place in hidden)
    others = len(few) - 1
    beside = hidden - few
    for _place in few:
        # The others may be as small, or as large, as what is told of them allows.
        least, most = others + FEWEST * len(beside), None if beside else others * (FEWEST - 1)
        if left - least < FEWEST - 1 or (most is not None and left - most > 1):
            return False
    return True
