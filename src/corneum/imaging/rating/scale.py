"""The Global Aesthetic Improvement Scale: its labels, in order; no number is stored for any of them."""

from types import MappingProxyType
from typing import Literal

Label = Literal["very_much_improved", "much_improved", "improved", "no_change", "worse"]

GAIS = MappingProxyType(
    {
        "very_much_improved": "very much improved",
        "much_improved": "much improved",
        "improved": "improved",
        "no_change": "no change",
        "worse": "worse",
    }
)
"""Key to the scale's own words, best first. Sources number them in opposite orders (SC-010): store the key."""
