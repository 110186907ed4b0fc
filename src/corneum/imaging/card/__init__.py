"""Cards in the frame: scale and color from a ColorChecker or from Corneum's own printed target."""

from corneum.imaging.card.correction import CardUnusable, Correction, correct_by
from corneum.imaging.card.finding import find_card, sized
from corneum.imaging.card.light import plain_linear
from corneum.imaging.card.paint import paint_card, placed
from corneum.imaging.card.sampling import Card
from corneum.imaging.card.scale import Scale, scale_by_eyes

__all__ = [
    "Card",
    "CardUnusable",
    "Correction",
    "Scale",
    "correct_by",
    "find_card",
    "paint_card",
    "placed",
    "plain_linear",
    "scale_by_eyes",
    "sized",
]
