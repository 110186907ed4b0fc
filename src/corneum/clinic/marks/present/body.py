"""Face and body as a drawing of places, with a ring for each mark: outlines of the reports, colors of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneum.clinic.marks.present.listing import ShownMark
from corneum.clinic.marks.tables import DRAWN, side_seen, zone_title
from corneum.lesions.exclusions import site_of_zone
from corneum.reports.figures.regions import Region, View

_NOWHERE = (0.7, 0.45)
"""Where the ring of a mark stands of which only words say where it is: as in the reports."""


@dataclass(frozen=True)
class DrawnPiece:
    """A zone on a view, or one side of it.

    Parameters
    ----------
    zone, title
        Which.
    path
        Its outline.
    box
        Left, top, right and bottom: places are shares of it.
    state
        Class of the design.
    """

    zone: str
    title: str
    path: str
    box: str
    state: str


@dataclass(frozen=True)
class Ring:
    """A mark on a view."""

    number: int
    x: float
    y: float
    state: str
    title: str

    @property
    def text_y(self) -> float:
        """Where its number stands."""
        return self.y + 3.2


@dataclass(frozen=True)
class DrawnView:
    """One view of the person: pieces from back to front, and rings over them."""

    view: View
    box: str
    pieces: tuple[DrawnPiece, ...]
    rings: tuple[Ring, ...]


def body_map(marks: Sequence[ShownMark], chosen: str = "") -> list[DrawnView]:
    """Return the drawing of face and body with the marks on it.

    Parameters
    ----------
    marks
        Of the list.
    chosen
        Zone that is chosen now.
    """
    return [
        DrawnView(
            view,
            f"0 0 {view.width:g} {view.height:g}",
            tuple(piece for region in view.regions for piece in _pieces(view, region, chosen)),
            tuple(ring for one in marks for ring in _rings(view, one)),
        )
        for view in DRAWN
    ]


def _pieces(view: View, region: Region, chosen: str) -> list[DrawnPiece]:
    found = []
    for number, path in enumerate(region.paths):
        side = side_seen(view.name, number, len(region.paths))
        zone = f"{region.site}_{side}" if side else region.site
        box = region.box(("left", "right")[number] if side else "")
        state = "chosen" if chosen == zone else "free"
        found.append(DrawnPiece(zone, zone_title(zone), path, " ".join(f"{one:g}" for one in box), state))
    return found


def _rings(view: View, one: ShownMark) -> list[Ring]:
    zone = one.row.zone
    site = site_of_zone(zone)
    side = zone.removeprefix(site).strip("_")
    for region in view.regions:
        if region.site == site:
            seen = [number for number in range(len(region.paths)) if side_seen(view.name, number, 2) == side]
            half = ("left", "right")[seen[0]] if seen and len(region.paths) > 1 else ""
            left, top, right, bottom = region.box(half)
            across, down = _NOWHERE
            if one.row.right is not None and one.row.down is not None:
                across, down = one.row.right, one.row.down
            x, y = left + across * (right - left), top + down * (bottom - top)
            state = "waits" if one.waits else "listed"
            return [Ring(one.number, round(x, 1), round(y, 1), state, one.text)]
    return []
