"""Evidence: every number and every rule with its source, and how it was read."""

from corneum.evidence.book import Book, UnknownKeyError, load_evidence
from corneum.evidence.draws import Draws
from corneum.evidence.mistakes import mistakes_in_words
from corneum.evidence.rows import GRADES, READ_CODES, Measurement, Number, Rule, Source
from corneum.evidence.tables import EvidenceError

__all__ = [
    "GRADES",
    "READ_CODES",
    "Book",
    "Draws",
    "EvidenceError",
    "Measurement",
    "Number",
    "Rule",
    "Source",
    "UnknownKeyError",
    "load_evidence",
    "mistakes_in_words",
]
