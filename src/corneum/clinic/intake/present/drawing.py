"""Face and body as a drawing of zones that can be chosen: outlines of the reports, colors of the page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from corneum.clinic.ui.phrases import spoken
from corneum.reports.figures.regions import VIEWS, View
from corneum.skin import SITES


@dataclass(frozen=True)
class DrawnZone:
    """A zone on a view.

    Parameters
    ----------
    site, title
        Which.
    path
        Its outline.
    x, y, label_y
        Where its mark stands, and the mark's text.
    count
        How many concerns are placed there; a mark shows it.
    state
        Class of the design: the tone of its verdict, or "chosen".
    said
        For who does not see it.
    """

    site: str
    title: str
    path: str
    x: float
    y: float
    label_y: float
    count: int
    state: str
    said: str


@dataclass(frozen=True)
class DrawnView:
    """One view of the person, with its zones from back to front."""

    view: View
    zones: tuple[DrawnZone, ...]
    box: str


def drawing(counts: Mapping[str, int], verdicts: Mapping[str, str], chosen: Collection[str] = ()) -> list[DrawnView]:
    """Return the views of face and body.

    Parameters
    ----------
    counts
        Number of concerns by site.
    verdicts
        Verdict by site, in words.
    chosen
        Sites that are chosen now.
    """
    return [
        DrawnView(
            view,
            tuple(
                DrawnZone(
                    site=region.site,
                    title=SITES[region.site].title,
                    path=" ".join(region.paths),
                    x=region.anchor[0],
                    y=region.anchor[1],
                    label_y=region.anchor[1] + 3.6,
                    count=counts.get(region.site, 0),
                    state=_state(region.site, counts, verdicts, chosen),
                    said=_said(region.site, counts, verdicts),
                )
                for region in view.regions
            ),
            f"0 0 {view.width:g} {view.height:g}",
        )
        for view in VIEWS.values()
    ]


def _state(site: str, counts: Mapping[str, int], verdicts: Mapping[str, str], chosen: Collection[str]) -> str:
    if site in chosen:
        return "chosen"
    if site in verdicts:
        return verdicts[site].split()[0]
    return "placed" if counts.get(site) else "free"


def _said(site: str, counts: Mapping[str, int], verdicts: Mapping[str, str]) -> str:
    parts = [spoken(SITES[site].title)]
    if counts.get(site):
        parts.append(str(counts[site]))
    if site in verdicts:
        parts.append(verdicts[site])
    return ", ".join(parts)
