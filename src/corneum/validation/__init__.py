"""Validation: the model against published measurements, misses shown as misses."""

from corneum.validation.case import ORDER_HOLDS_SHARE, Case, PredictionError, Verdict, judged
from corneum.validation.comparison import UnknownCaseError, validate
from corneum.validation.findings import Finding, NotSimulated, Ordered, Predicted
from corneum.validation.table import CasesTable, cases_table, counts, title_of, to_dict, verdict_text

__all__ = [
    "ORDER_HOLDS_SHARE",
    "Case",
    "CasesTable",
    "Finding",
    "NotSimulated",
    "Ordered",
    "Predicted",
    "PredictionError",
    "UnknownCaseError",
    "Verdict",
    "cases_table",
    "counts",
    "judged",
    "title_of",
    "to_dict",
    "validate",
    "verdict_text",
]
