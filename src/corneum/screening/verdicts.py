"""The verdicts of screening, from the loosest to the strictest."""

from collections.abc import Iterable
from typing import Literal

RuleVerdict = Literal["note", "ask", "defer", "stop"]
Verdict = Literal["none", "note", "ask", "defer", "stop"]

VERDICTS: tuple[Verdict, ...] = ("none", "note", "ask", "defer", "stop")
MEANINGS: dict[Verdict, str] = {
    "none": "no rule fired",
    "note": "written down; a reminder for the session",
    "ask": "a clinician is asked first",
    "defer": "not before the date, or not before what the rule names has passed",
    "stop": "not treated here",
}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the strictest of ``verdicts``; ``none`` if there is none.

    Examples
    --------
    >>> worst(["note", "defer", "ask"])
    'defer'
    >>> worst([])
    'none'
    """
    return max(verdicts, key=VERDICTS.index, default="none")
