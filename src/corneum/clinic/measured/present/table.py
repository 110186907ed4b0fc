"""The numbers of a measured pair: a grid of index by zone, each number with its formula, source and error."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corneum.clinic.ui.phrases import spoken
from corneum.evidence import Source, load_evidence
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Change, SpotCount, zone_in_words
from corneum.reports.links import linked
from corneum.reports.photographs.pair import by_chance, facts_of
from corneum.reports.photographs.stored import StoredPair
from corneum.reports.photographs.tables import Cell, counts, index_tables, number, overview


@dataclass(frozen=True)
class Number:
    """A cell of the grid, and what is told when it is tapped.

    Parameters
    ----------
    cell
        As the report has it.
    before, after
        Values of both photographs; empty where withheld.
    interval
        The change with its 95 % interval.
    error_from
        What gave the error.
    """

    cell: Cell
    before: str
    after: str
    interval: str
    error_from: str


@dataclass(frozen=True)
class IndexRow:
    """An index over all zones."""

    title: str
    unit: str
    formula: str
    source: SafeString
    numbers: tuple[Number, ...]


def table(stored: StoredPair) -> dict[str, Any]:
    """Return what the page shows of a measured pair in numbers."""
    zones, rows = overview(stored)
    measured, beyond = counts(stored.changes)
    by_index: dict[str, list[Change]] = {}
    for change in stored.changes:
        by_index.setdefault(change.index, []).append(change)
    return {
        "zones": zones,
        "rows": [
            IndexRow(
                spoken(row.title),
                spoken(row.unit),
                INDICES[row.key].formula,
                cited(row.key),
                tuple(_number(cell, change) for cell, change in zip(row.cells, by_index[row.key], strict=True)),
            )
            for row in rows
        ],
        "withheld": [one for one in index_tables(stored) if not one.lines],
        "measured": measured,
        "beyond": beyond,
        "by_chance": by_chance(measured),
        "spots": [(_capital(spoken(zone_in_words(one.zone))), one) for one in stored.spots if _has_spots(one)],
        "facts": facts_of(stored.quality),
        "notes": [_capital(spoken(note)) for note in stored.quality.notes],
    }


def cited(index: str) -> SafeString:
    """Return the publication on which an index rests, with its address."""
    book = load_evidence()
    key = INDICES[index].source
    source = book.sources.get(key) or (book.sources.get(book.numbers[key].source) if key in book.numbers else None)
    return mark_safe(_said(source)) if source else mark_safe("")


def _said(source: Source) -> str:
    return f"{conditional_escape(source.citation.rstrip('.'))}. {linked(source.where)}"


def _number(cell: Cell, change: Change) -> Number:
    if change.verdict == "withheld":
        return Number(cell, "", "", "", "")
    low, high = (number(change.change + side * 1.96 * change.se) for side in (-1, 1))
    return Number(
        cell,
        number(change.before),
        number(change.after),
        _("%(change)s (%(low)s to %(high)s)") % {"change": number(change.change), "low": low, "high": high},
        _("this clinic's own repeatability study")
        if change.error_from == "clinic"
        else _("the shipped simulation of retaken photographs, with this pair's own noise"),
    )


def _has_spots(one: SpotCount) -> bool:
    return any((one.before, one.after, one.new, one.gone, one.changed))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
