"""The list of marks, and what was found on photographs, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corneum.clinic.marks.models import Look, Mark, State
from corneum.clinic.marks.tables import exclusion_of, zone_title
from corneum.clinic.ui.phrases import spoken
from corneum.evidence import load_evidence
from corneum.lesions.exclusions import WAITING


@dataclass(frozen=True)
class ShownMark:
    """A mark of the list.

    Parameters
    ----------
    row, number
        Of the clinic, and its number on the body map.
    place
        Zone in words.
    text
        What is left out, in the words of the core.
    waits
        Whether its whole zone is kept out of the course until a doctor looked.
    """

    row: Mark
    number: int
    place: str
    text: str
    waits: bool


def shown_marks(marks: Iterable[Mark]) -> list[ShownMark]:
    """Return marks as a page lists them, numbered in their order."""
    found = []
    for number, row in enumerate(marks, 1):
        out = exclusion_of(row)
        found.append(ShownMark(row, number, zone_title(row.zone), spoken(out.text), out.waits))
    return found


def zones_out(marks: Sequence[ShownMark]) -> list[str]:
    """Return the zones that marks keep out of the course, in words."""
    sites = dict.fromkeys(zone_title(exclusion_of(one.row).site) for one in marks if one.waits)
    return list(sites)


@dataclass(frozen=True)
class ShownFinding:
    """A mark that was found on photographs.

    Parameters
    ----------
    number
        As on the pictures.
    place
        Zone in words; empty where it lies in none.
    state
        In words.
    text
        In the words of the core.
    look, waits
        Whether a doctor should look at it, and whether its zone waits for that.
    can_be_listed
        Whether its place and size are known.
    """

    number: int
    place: str
    state: str
    text: str
    look: bool
    waits: bool
    can_be_listed: bool


def shown_findings(look: Look) -> list[ShownFinding]:
    """Return what a look found, as a page lists it."""
    return [_finding(one) for one in look.found]


def _finding(one: dict[str, Any]) -> ShownFinding:
    table = one["table"]
    return ShownFinding(
        number=one["number"],
        place="" if table is None else zone_title(table["zone"]),
        state=str(State(one["state"]).label),
        text=spoken(one["text"]),
        look=one["look"],
        waits=one["state"] in WAITING,
        can_be_listed=table is not None,
    )


def sources() -> list[tuple[str, str]]:
    """Return the rows on which the list rests: key and what it says."""
    book = load_evidence()
    rim, around = book.number("lesions.exclusion.rim_mm"), book.rule("lesions.go_around")
    return [
        ("lesions.exclusion.rim_mm", f"{rim.value:g} mm · {rim.grade} · {rim.source}"),
        (around.key, f"{spoken(around.text)} {', '.join(around.rows)}"),
    ]
