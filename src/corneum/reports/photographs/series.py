"""The report of a measured course of photographs: trends with errors, and each follow-up's own table."""

from dataclasses import dataclass

from markupsafe import Markup

from corneum import __version__
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import outcome_in_words, zone_in_words
from corneum.imaging.pairs.series import Point, Series
from corneum.imaging.pairs.words import unit_of_change
from corneum.reports.figures.drawing import Drawing
from corneum.reports.photographs.figures import still_drawing, trend_drawing
from corneum.reports.photographs.pictures import aligned, data_address
from corneum.reports.photographs.tables import Row, counts, overview
from corneum.reports.templating import environment, style

_STATES = {
    "immediate": "on a session's day",
    "between": "not yet durable",
    "durable": "durable",
    "unknown": "whether durable is not known",
}


@dataclass(frozen=True)
class PointPage:
    """What the page shows of one follow-up."""

    name: str
    when: str
    state: str
    picture: str
    outcome: str
    refused: str
    beyond: int
    measured: int
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TrendPage:
    """What the page shows of one index over the course.

    Parameters
    ----------
    title, unit
        Of the index.
    drawings
        One for each zone with a change beyond measurement noise at any follow-up, and one for all the others.
    within
        Names of the zones without one.
    """

    title: str
    unit: str
    drawings: tuple[Drawing, ...]
    within: tuple[str, ...]


def render_series(series: Series, *, command: str = "") -> str:
    """Return the report of a measured course, as one page of HTML that asks for nothing from outside.

    Parameters
    ----------
    series
        From `corneum.imaging.pairs.measure_series`.
    command
        How it was made, for the end of the page.
    """
    pairs = [point.pair for point in series.points if point.pair is not None]
    trends = [_trend_page(series, index) for index in INDICES]
    return (
        environment()
        .get_template("series.html.j2")
        .render(
            title=series.title or "A course of photographs",
            baseline=data_address(aligned(pairs[0])[0]) if pairs else "",
            baseline_name=series.baseline.path.name,
            points=[_point_page(point) for point in series.points],
            trends=[trend for trend in trends if trend.drawings],
            notes=tuple(dict.fromkeys(note for pair in pairs for note in pair.quality.notes)),
            command=command,
            version=__version__,
            style=Markup(style("photographs.css")),
        )
    )


def _point_page(point: Point) -> PointPage:
    when = f"{point.taken:%-d %B %Y}" if point.taken else "date not known"
    if point.pair is None:
        return PointPage(point.listed.path.name, when, "", "", "", point.refused, 0, 0, (), ())
    measured, beyond = counts(point.pair.changes)
    return PointPage(
        point.listed.path.name,
        when,
        _STATES[point.pair.outcome],
        data_address(aligned(point.pair)[1]),
        outcome_in_words(point.pair),
        "",
        beyond,
        measured,
        *overview(point.pair),
    )


def _trend_page(series: Series, index: str) -> TrendPage:
    zones = dict.fromkeys(change.zone for point in series.points if point.pair for change in point.pair.changes)
    trends = {zone: series.trend(zone, index) for zone in zones}
    moved = [zone for zone, trend in trends.items() if any(change.verdict != "within_noise" for _, change in trend)]
    quiet = [zone for zone, trend in trends.items() if trend and zone not in moved]
    drawings = [*(trend_drawing(series, index, zone) for zone in moved), still_drawing(series, index, quiet)]
    within = tuple(map(zone_in_words, quiet))
    return TrendPage(
        INDICES[index].title, unit_of_change(index), tuple(one for one in drawings if one is not None), within
    )
