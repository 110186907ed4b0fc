"""Pairs: from two photographs to a table of changes with their errors."""

from corneum.imaging.pairs.measure import PairRefused, measure_pair, outcome_of
from corneum.imaging.pairs.prepared import Prepared, ScaleUnknown, prepare, prepare_both
from corneum.imaging.pairs.result import Change, Outcome, Pair, Quality, SpotCount, Verdict
from corneum.imaging.pairs.words import change_in_words, outcome_in_words, zone_in_words

__all__ = [
    "Change",
    "Outcome",
    "Pair",
    "PairRefused",
    "Prepared",
    "Quality",
    "ScaleUnknown",
    "SpotCount",
    "Verdict",
    "change_in_words",
    "measure_pair",
    "outcome_in_words",
    "outcome_of",
    "prepare",
    "prepare_both",
    "zone_in_words",
]
