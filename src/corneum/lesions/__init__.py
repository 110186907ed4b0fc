"""Marks on the skin: outline, geometry, what clinicians' lists say, change between visits, and what is left out.

Nothing here tells what a mark is. The only findings are that a doctor should look at it, and that no change was
measured, which does not rule anything out. Names are loaded on first use: OpenCV is imported only where a picture is
looked at.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "Checked": "checking",
    "CriteriaError": "dermoscopy",
    "Exclusion": "exclusions",
    "Followed": "followed",
    "Mark": "checking",
    "Marks": "marks",
    "MarksError": "marks_file",
    "Outline": "outlining",
    "OutlineRefused": "outlining",
    "ScaleNeeded": "match",
    "TooFewMarks": "ducklings",
    "Visit": "match",
    "check": "checking",
    "compared": "match",
    "entered": "dermoscopy",
    "exclusion": "exclusions",
    "find_marks": "marks",
    "follow_mark": "match",
    "follow_marks": "match",
    "marks_of": "marks_file",
    "marks_text": "marks_file",
    "measured": "checking",
    "merged": "merging",
    "odd_ones": "ducklings",
    "outline": "outlining",
    "parse_marks": "marks_file",
    "readings": "dermoscopy",
    "seen_by_doctor": "exclusions",
    "site_of_zone": "exclusions",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
