"""Scoring: labels are unblinded, sham calls counted, agreement checked against worked examples."""

import numpy as np
import pytest

from corneum.imaging.rating import Answer, AnswersIncomplete, RatingPair, draw_rating, score_rating
from corneum.imaging.rating.scoring import _kappa

DRAWN = draw_rating([RatingPair(f"p{n}", f"{n}a", f"{n}c", f"{n}b") for n in range(9)], seed=5)
OTHER = {"left": "right", "right": "left"}


def honest(rater, label="improved"):
    """Prefer the later picture of true pairs, and see no change in sham pairs."""
    return [
        Answer(rater, item.number, "no_change", "neither")
        if item.sham
        else Answer(rater, item.number, label, item.later)
        for item in DRAWN.items
    ]


def test_a_follow_up_that_looks_better_keeps_its_label():
    scored = score_rating(DRAWN, honest("r1", "much_improved"))
    assert scored.labels["much_improved"] == 9 and scored.labels["worse"] == 0
    assert scored.sham_changed_share == 0 and scored.sham_low == 0 < scored.sham_high


def test_a_baseline_that_looks_better_makes_the_follow_up_worse():
    answers = [Answer("r", item.number, "much_improved", OTHER[item.later]) for item in DRAWN.items]
    scored = score_rating(DRAWN, answers)
    assert scored.labels["worse"] == 9 and scored.sham_labels["worse"] == 3
    assert scored.sham_changed_share == 1 and scored.sham_high == 1


def test_raters_who_agree_have_kappa_one_and_one_rater_has_none():
    answers = honest("r1") + honest("r2")
    both = score_rating(DRAWN, answers).agreement
    assert (both.same_share, both.kappa) == (1, 1)
    assert np.isnan(score_rating(DRAWN, honest("r1")).agreement.kappa)


def test_guessing_raters_have_kappa_about_nothing_within_its_interval():
    dice = np.random.default_rng(2)
    drawn = draw_rating([RatingPair(f"p{n}", "a", "c", "b") for n in range(60)], seed=1)
    answers = []
    for rater in ("r1", "r2", "r3"):
        for item in drawn.items:
            label = ("very_much_improved", "improved", "no_change")[dice.integers(3)]
            side = "neither" if label == "no_change" else ("left", "right")[dice.integers(2)]
            answers.append(Answer(rater, item.number, label, side))
    found = score_rating(drawn, answers, seed=4).agreement
    assert abs(found.kappa) < 0.15 and found.low < 0 < found.high
    assert found == score_rating(drawn, answers, seed=4).agreement


def test_weighted_kappa_of_a_worked_example():
    # 2 x 2 table with 20, 5, 10, 15: observed 0.7, chance 0.5.
    first = np.repeat([0, 0, 1, 1], [20, 5, 10, 15])
    second = np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
    assert _kappa(np.stack([first, second])) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda a: a[1:], "no answer for item"),
        (lambda a: [*a, a[0]], "answered twice"),
        (lambda a: [*a, Answer("r", 99, "improved", "left")], "no such item"),
        (lambda a: [Answer("r", 1, "worse", "left"), *a[1:]], "better picture"),
        (lambda a: [Answer("r", 1, "no_change", "left"), *a[1:]], "does not go with"),
        (lambda a: [], "no answers"),
    ],
)
def test_incomplete_answers_are_refused(change, told):
    with pytest.raises(AnswersIncomplete, match=told):
        score_rating(DRAWN, change(honest("r")))
