"""Marks as the core reads and writes them: rows, tables of a request, and the skin that is left out."""

import tomllib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from corneum.clinic.marks.models import Mark
from corneum.clinic.ui.phrases import spoken
from corneum.lesions.exclusions import Exclusion, site_of_zone
from corneum.lesions.marks_file import marks_of, marks_text
from corneum.reports.figures.regions import VIEWS
from corneum.skin import SITES

DRAWN = tuple(view for name, view in VIEWS.items() if name != "profile")
"""Views of the body map: the profile is of one side only, and a mark has one place."""
_PAIRED = frozenset(region.site for view in DRAWN for region in view.regions if len(region.paths) > 1)
_SIDES = ("left", "right")


def table_of(mark: Mark) -> dict[str, Any]:
    """Return a mark as a ``[[mark]]`` table of a request, which JSON can hold."""
    table: dict[str, Any] = {"zone": mark.zone, "diameter": mark.diameter, "state": mark.state}
    if mark.error_share:
        table["error"] = mark.error_share
    if mark.right is not None and mark.down is not None:
        table["center"] = [mark.right, mark.down]
    if mark.note:
        table["note"] = mark.note
    table["found"] = mark.found_on.isoformat()
    if mark.looked_at_on is not None:
        table["looked_at"] = mark.looked_at_on.isoformat()
    return table


def exclusion_of(mark: Mark) -> Exclusion:
    """Return the skin that is left out for a mark."""
    return marks_of([table_of(mark)])[0]


def tables_of(exclusions: Iterable[Exclusion]) -> list[dict[str, Any]]:
    """Return marks as the core writes them to a file, which JSON can hold."""
    raw = tomllib.loads(marks_text(exclusions)).get("mark", [])
    return [{key: value.isoformat() if isinstance(value, date) else value for key, value in one.items()} for one in raw]


def fields_of(table: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a row that a table names."""
    right, down = table.get("center") or (None, None)
    looked = table.get("looked_at")
    return {
        "zone": table["zone"],
        "right": right,
        "down": down,
        "diameter": table["diameter"],
        "error_share": table.get("error", 0.0),
        "note": table.get("note", ""),
        "state": table["state"],
        "found_on": date.fromisoformat(table["found"]),
        "looked_at_on": date.fromisoformat(looked) if looked else None,
    }


def zone_title(zone: str) -> str:
    """Return a zone in words, with the person's own side where there are two."""
    site = spoken(SITES[site_of_zone(zone)].title)
    side = zone.rpartition("_")[2]
    if side not in _SIDES:
        return site
    said = _("the person's left") if side == "left" else _("the person's right")
    return f"{site}, {said}"


def zones() -> list[str]:
    """Return every zone that a mark can be in, with its side where the site has two."""
    found: list[str] = []
    for site in SITES:
        found += [f"{site}_{side}" for side in _SIDES] if site in _PAIRED else [site]
    return found


def side_seen(view: str, number: int, pieces: int) -> str:
    """Return the person's own side of a piece of a site; empty where the site is of one piece.

    Parameters
    ----------
    view
        Name of the drawing: seen from behind, left is left.
    number
        0 for the piece on the left as it is seen.
    pieces
        Of the site on this drawing.
    """
    if pieces < 2:
        return ""
    return _SIDES[number] if view == "back" else _SIDES[1 - number]
