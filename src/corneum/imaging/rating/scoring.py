"""Answers of a blinded rating, unblinded: the labels, what sham pairs were called, and how far raters agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.rating.drawing import Drawing, Item, Side
from corneum.imaging.rating.scale import GAIS, Label

_DRAWS = 2000
"""Bootstrap samples of the items: the ends of a 95 % interval are then steady to a few hundredths."""


class AnswersIncomplete(ValueError):
    """An answer is missing, doubled, contradicts itself or belongs to no item."""


@dataclass(frozen=True)
class Answer:
    """What one rater said of one item, not knowing which picture is later.

    Parameters
    ----------
    rater
        Any name.
    number
        Of the item.
    label
        How the picture that looks better compares with the other: GAIS key without ``worse``, or ``no_change``.
    better
        Which one looks better; ``neither`` with ``no_change``.
    """

    rater: str
    number: int
    label: Label
    better: Side | Literal["neither"]


@dataclass(frozen=True)
class Agreement:
    """How far raters agree.

    Parameters
    ----------
    same_share
        Mean share of items on which two raters gave the same label.
    kappa
        Mean kappa of all pairs of raters, linear weights over the order of the labels; NaN with one rater.
    low, high
        Its 95 % interval, by bootstrap over the items.
    """

    same_share: float
    kappa: float
    low: float
    high: float


@dataclass(frozen=True)
class Scored:
    """A blinded rating, unblinded.

    Parameters
    ----------
    labels
        GAIS key to number of answers, for true pairs.
    sham_labels
        The same for sham pairs.
    sham_changed_share
        Share of sham answers that called a change; NaN without sham pairs.
    sham_low, sham_high
        Its exact 95 % interval (Clopper-Pearson), as if every answer stood alone.
    raters
        Number of raters.
    agreement
        Over all items.
    """

    labels: Mapping[str, int]
    sham_labels: Mapping[str, int]
    sham_changed_share: float
    sham_low: float
    sham_high: float
    raters: int
    agreement: Agreement


def score_rating(drawing: Drawing, answers: Sequence[Answer], seed: int = 0) -> Scored:
    """Return a rating's result, with the hidden order undone.

    A follow-up that was taken for the worse picture counts as ``worse``, whatever the size.

    Parameters
    ----------
    drawing
        From `draw_rating`.
    answers
        One per rater and item.
    seed
        Of the bootstrap.

    Raises
    ------
    AnswersIncomplete
        If any rater missed an item, answered it twice, or contradicted himself.
    """
    items = {item.number: item for item in drawing.items}
    given = _by_rater(items, answers)
    table = {rater: [_unblinded(items[n], own[n]) for n in items] for rater, own in given.items()}
    real, sham = Counter[str](), Counter[str]()
    for labels in table.values():
        for item, label in zip(items.values(), labels, strict=True):
            (sham if item.sham else real)[label] += 1
    total = sum(sham.values())
    called = total - sham["no_change"]
    low, high = _exact(called, total)
    return Scored(
        {key: real[key] for key in GAIS},
        {key: sham[key] for key in GAIS},
        called / total if total else float("nan"),
        low,
        high,
        len(table),
        _agreement(list(table.values()), seed),
    )


def _by_rater(items: Mapping[int, Item], answers: Sequence[Answer]) -> dict[str, dict[int, Answer]]:
    given: dict[str, dict[int, Answer]] = {}
    for answer in answers:
        own = given.setdefault(answer.rater, {})
        where = f"{answer.rater}, item {answer.number}"
        if answer.number not in items:
            raise AnswersIncomplete(f"{where}: there is no such item")
        if answer.number in own:
            raise AnswersIncomplete(f"{where}: answered twice")
        if answer.label not in GAIS or answer.label == "worse":
            raise AnswersIncomplete(f"{where}: say how the better picture compares, not {answer.label!r}")
        if (answer.label == "no_change") != (answer.better == "neither"):
            raise AnswersIncomplete(f"{where}: {answer.label!r} does not go with better = {answer.better!r}")
        own[answer.number] = answer
    for rater, own in given.items():
        missing = sorted(set(items) - set(own))
        if missing:
            raise AnswersIncomplete(f"{rater}: no answer for item {', '.join(map(str, missing))}")
    if not given:
        raise AnswersIncomplete("there are no answers")
    return given


def _unblinded(item: Item, answer: Answer) -> str:
    if answer.better == "neither":
        return "no_change"
    return answer.label if answer.better == item.later else "worse"


def _exact(called: int, total: int) -> tuple[float, float]:
    if not total:
        return float("nan"), float("nan")
    # Where it is needed: loading it takes longer than all else of a start.
    from scipy.stats import beta

    low = float(beta.ppf(0.025, called, total - called + 1)) if called else 0.0
    high = float(beta.ppf(0.975, called + 1, total - called)) if called < total else 1.0
    return low, high


def _agreement(table: list[list[str]], seed: int) -> Agreement:
    order = {key: place for place, key in enumerate(GAIS)}
    ranks = np.array([[order[label] for label in labels] for labels in table])
    nan = float("nan")
    if len(ranks) < 2:
        return Agreement(nan, nan, nan, nan)
    same = float(np.mean([(ranks[a] == ranks[b]).mean() for a, b in combinations(range(len(ranks)), 2)]))
    dice = np.random.default_rng(seed)
    drawn = [_kappa(ranks[:, dice.integers(ranks.shape[1], size=ranks.shape[1])]) for _ in range(_DRAWS)]
    found = np.array(drawn)
    found = found[np.isfinite(found)]
    low, high = np.quantile(found, [0.025, 0.975]) if len(found) else (nan, nan)
    return Agreement(same, _kappa(ranks), float(low), float(high))


def _kappa(ranks: NDArray[np.intp]) -> float:
    """Return the mean linearly weighted kappa of all pairs of raters; NaN where all answers are one label.

    Parameters
    ----------
    ranks
        Place of each label in the scale, shape (raters, items).

    References
    ----------
    Cohen J, Psychol Bull 1968;70:213-220.
    """
    found = []
    for a, b in combinations(range(len(ranks)), 2):
        apart = float(np.abs(ranks[a] - ranks[b]).mean())
        chance = float(np.abs(ranks[a][:, None] - ranks[b]).mean())
        if chance:
            found.append(1 - apart / chance)
    return float(np.mean(found)) if found else float("nan")
