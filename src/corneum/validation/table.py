"""Cases as rows of a table, as plain numbers for machines, and counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from corneum.treatment import Band
from corneum.validation.case import Case, Verdict

USED_WORDS = {"calibration": "calibrated on it", "input": "read from it", "no": "no"}
"""What was done with a measurement before it was compared."""
VERDICTS: tuple[Verdict, ...] = (
    "inside",
    "outside",
    "order reproduced",
    "order not reproduced",
    "not simulated",
)


@dataclass(frozen=True)
class CasesTable:
    """A table of texts.

    Parameters
    ----------
    columns
        Heads.
    rows
        One per case, as many cells as columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cases_table(cases: Iterable[Case]) -> CasesTable:
    """Return the cases as a table for people: rows, case, used, predicted, published, verdict."""
    rows = tuple(
        (
            ", ".join(case.rows) or case.source,
            title_of(case),
            USED_WORDS[case.used],
            case.predicted_text or "-",
            f"{case.published} ({case.read})",
            verdict_text(case),
        )
        for case in cases
    )
    return CasesTable(("rows", "case", "used for the model", "predicted", "published", "verdict"), rows)


def title_of(case: Case) -> str:
    """Return the title, with the variant where there are several predictions."""
    return f"{case.title}, {case.variant}" if case.variant else case.title


def verdict_text(case: Case) -> str:
    """Return the verdict, and whether the median agrees where a range is published."""
    if case.median_inside is None:
        return case.verdict
    return f"{case.verdict}; median {'in' if case.median_inside else 'not in'} the published range"


def counts(cases: Sequence[Case]) -> dict[Verdict, int]:
    """Return how many cases have each verdict, all verdicts in a fixed order."""
    counted = Counter(case.verdict for case in cases)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def to_dict(case: Case) -> dict[str, Any]:
    """Return a case as plain numbers and texts, for machines."""
    plain = {field.name: _plain(getattr(case, field.name)) for field in fields(case)}
    return {**plain, "band_fold": case.band_fold}


def _plain(value: object) -> object:
    if isinstance(value, Band):
        return {name: float(number) for name, number in vars(value).items()}
    return list(value) if isinstance(value, tuple) else value
