"""Which pictures a rater sees, side by side, in which order: drawn by a seed, so that it can be undone later."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Side = Literal["left", "right"]


class NoShamPossible(ValueError):
    """Sham pairs are asked for, but too few people have two baseline photographs."""


@dataclass(frozen=True)
class RatingPair:
    """The photographs of one person that can be rated.

    Parameters
    ----------
    key
        Names the person or series in the result.
    baseline, followup
        Files or any other references.
    second_baseline
        Another photograph of the same state as the baseline, for a sham pair; empty where there is none.
    """

    key: str
    baseline: str
    followup: str
    second_baseline: str = ""


@dataclass(frozen=True)
class Item:
    """Two pictures side by side.

    Parameters
    ----------
    number
        As raters see it, from 1.
    left, right
        What is shown.
    key
        Of the pair.
    sham
        Whether both are baselines.
    later
        Side of the follow-up; of a sham pair, that of the second baseline.
    """

    number: int
    left: str
    right: str
    key: str
    sham: bool
    later: Side


@dataclass(frozen=True)
class Drawing:
    """A rating's hidden order. Only ``shown`` may reach a rater.

    Parameters
    ----------
    seed
        That drew it.
    items
        In the order of showing.
    """

    seed: int
    items: tuple[Item, ...]

    @property
    def shown(self) -> tuple[tuple[int, str, str], ...]:
        """Number, left and right picture of each item; file names must not tell which one is later."""
        return tuple((item.number, item.left, item.right) for item in self.items)


def draw_rating(pairs: Sequence[RatingPair], seed: int, sham_share: float = 0.25) -> Drawing:
    """Return shuffled pairs with hidden order, some of them sham.

    Parameters
    ----------
    pairs
        One per person or series.
    seed
        Same seed, same order.
    sham_share
        Share of all shown items that are sham, 0 to 0.5; rounded up to one where it is above 0.

    Raises
    ------
    ValueError
        If the share is out of range or there is nothing to rate.
    NoShamPossible
        If too few second baselines exist.
    """
    if not pairs:
        raise ValueError("there is no pair to rate")
    if not 0 <= sham_share <= 0.5:
        raise ValueError(f"the share of sham pairs must be 0 to 0.5, not {sham_share:g}")
    dice = np.random.default_rng(seed)
    many = int(np.ceil(sham_share * len(pairs) / (1 - sham_share) - 1e-9))
    twice = [pair for pair in pairs if pair.second_baseline]
    if many > len(twice):
        raise NoShamPossible(
            f"{many} sham pairs are needed, but only {len(twice)} people have a second baseline photograph: "
            "take two baselines of everyone, or ask for fewer sham pairs"
        )
    chosen = [twice[place] for place in dice.permutation(len(twice))[:many]]
    drawn = [(pair, False) for pair in pairs] + [(pair, True) for pair in chosen]
    items = []
    for number, place in enumerate(dice.permutation(len(drawn)), 1):
        pair, sham = drawn[place]
        first, second = pair.baseline, pair.second_baseline if sham else pair.followup
        right = bool(dice.integers(2))
        shown = (first, second) if right else (second, first)
        items.append(Item(number, *shown, pair.key, sham, "right" if right else "left"))
    return Drawing(seed, tuple(items))
