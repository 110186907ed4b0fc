"""Blinded rating: shuffled pairs with hidden order and sham pairs, answered in words of the GAIS scale."""

from corneum.imaging.rating.drawing import Drawing, Item, NoShamPossible, RatingPair, draw_rating
from corneum.imaging.rating.scale import GAIS, Label
from corneum.imaging.rating.scoring import Agreement, Answer, AnswersIncomplete, Scored, score_rating

__all__ = [
    "GAIS",
    "Agreement",
    "Answer",
    "AnswersIncomplete",
    "Drawing",
    "Item",
    "Label",
    "NoShamPossible",
    "RatingPair",
    "Scored",
    "draw_rating",
    "score_rating",
]
