"""The report of a measured pair, as one page of HTML that asks for nothing from outside."""

import math
from dataclasses import dataclass
from datetime import datetime, time

from markupsafe import Markup

from corneum import __version__
from corneum.evidence import load_evidence
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import Pair, Quality, SpotCount, outcome_in_words, zone_in_words
from corneum.reports.figures.drawing import Drawing
from corneum.reports.links import linked
from corneum.reports.photographs.changes import changes_drawing
from corneum.reports.photographs.pictures import PairPictures, data_address, pictures_of
from corneum.reports.photographs.tables import IndexTable, counts, index_tables, overview
from corneum.reports.templating import environment, style

_BY_CHANCE_SHARE = 0.05
"""Share of unchanged values that a 95 % limit calls changed: what the limit means, not a measurement."""


@dataclass(frozen=True)
class IndexPage:
    """What the page shows of one index."""

    table: IndexTable
    picture: str
    drawing: Drawing | None
    source: Markup


@dataclass(frozen=True)
class Fact:
    """A name and its value."""

    name: str
    text: str


def render_pair(pair: Pair, *, pictures: PairPictures | None = None, command: str = "") -> str:
    """Return the report of a measured pair.

    Parameters
    ----------
    pair
        From `corneum.imaging.pairs.measure_pair`.
    pictures
        Its pictures; made here if None.
    command
        How it was made, for the end of the page.
    """
    shown = pictures or pictures_of(pair)
    titles, rows = overview(pair)
    measured, beyond = counts(pair.changes)
    return (
        environment()
        .get_template("pair.html.j2")
        .render(
            pair=pair,
            title=f"{pair.names[0]} and {pair.names[1]}",
            outcome=outcome_in_words(pair),
            dates=[_moment(moment) for moment in pair.taken],
            pictures=[data_address(shown.baseline), data_address(shown.followup)],
            titles=titles,
            rows=rows,
            measured=measured,
            beyond=beyond,
            by_chance=by_chance(measured),
            indices=[_index_page(pair, table, shown) for table in index_tables(pair)],
            spots=[_spots_line(count) for count in pair.spots if any(_numbers(count))],
            facts=quality_facts(pair),
            notes=pair.quality.notes,
            command=command,
            version=__version__,
            style=Markup(style("photographs.css")),
        )
    )


def quality_facts(pair: Pair) -> tuple[Fact, ...]:
    """Return how well the pair was aligned, lit and scaled, in words."""
    return facts_of(pair.quality)


def facts_of(quality: Quality) -> tuple[Fact, ...]:
    """Return how well a pair was aligned, lit and scaled, in words."""
    facts = [
        Fact(
            "Alignment left over",
            f"{_left(quality.residual_px, quality)} in the middle, {_left(quality.residual_p95_px, quality)} at 95 %",
        ),
        Fact("Skin resolution", f"{quality.resolution_px_per_mm:.1f} px per mm"),
        Fact("Scale from", _scale(quality)),
    ]
    if math.isfinite(quality.light_change_deg):
        facts.append(Fact("Main light moved", f"{quality.light_change_deg:.0f} degrees"))
    card = [value for value in quality.card_residual_de if math.isfinite(value)]
    facts.append(Fact("Color card", f"left over: ΔE {', '.join(f'{v:.1f}' for v in card)}" if card else "none"))
    return tuple(facts)


def _left(size_px: float, quality: Quality) -> str:
    """Return a length in pixels of the baseline, and on the skin where its scale is known."""
    pixels = f"{size_px:.2f} px"
    if not math.isfinite(quality.residual_mm) or not quality.residual_px:
        return pixels
    return f"{pixels} ({size_px * quality.residual_mm / quality.residual_px:.2g} mm)"


def _scale(quality: Quality) -> str:
    if quality.scale_from == "given":
        return "given by hand; its error is not known"
    source = {"eyes": "an assumed eye distance"}.get(quality.scale_from, f"the {quality.scale_from}")
    return f"{source}, ± {100 * quality.scale_error_share:.1f} %"


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return "date not known"
    # A list of photographs may tell the day only.
    return f"{moment:%-d %B %Y}" if moment.time() == time() else f"{moment:%-d %B %Y, %H:%M}"


def by_chance(measured: int) -> str:
    """Return how many of some measured values a 95 % limit would call changed though nothing was, in words."""
    expected = _BY_CHANCE_SHARE * measured
    return f"about {expected:.0f}" if expected >= 1 else "fewer than one"


def _numbers(count: SpotCount) -> tuple[int, ...]:
    return count.before, count.after, count.new, count.gone, count.changed


def _spots_line(count: SpotCount) -> tuple[str, tuple[int, ...]]:
    zone = zone_in_words(count.zone)
    return zone[:1].upper() + zone[1:], _numbers(count)


def _index_page(pair: Pair, table: IndexTable, shown: PairPictures) -> IndexPage:
    picture = data_address(shown.changes[table.key]) if table.key in shown.changes else ""
    source = load_evidence().sources.get(INDICES[table.key].source)
    cited = Markup("{} {}").format(source.citation.rstrip(".") + ".", linked(source.where)) if source else Markup("")
    return IndexPage(table, picture, changes_drawing(pair, table.key), cited)
