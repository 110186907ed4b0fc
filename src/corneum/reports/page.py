"""The report as one page of HTML, and as one file."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from corneum import __version__
from corneum.evidence import Source
from corneum.reports.figures.curves import course_drawings, first_days_drawings, unmoved
from corneum.reports.figures.evenness import evenness_drawings
from corneum.reports.figures.layers import layers_drawing
from corneum.reports.figures.maps import map_drawings
from corneum.reports.figures.section import section_drawings
from corneum.reports.figures.style import Drawing
from corneum.reports.figures.windows import Window, usual_window
from corneum.reports.files import write_whole
from corneum.reports.key_numbers import KeyNumber, key_numbers
from corneum.reports.links import linked
from corneum.reports.notices import limits_of, warnings_of
from corneum.reports.numbers import middle_and_range
from corneum.reports.sources import codes_used, grades, source_rooms
from corneum.reports.spread import Gauge, Meaning, Spread, gauge_of, meanings_of, spread_of
from corneum.reports.templating import environment, style
from corneum.reports.words import (
    air_words,
    band_words,
    course_words,
    person_words,
    sample_words,
    step_words,
    verdict,
)
from corneum.treatment import Result, ZoneResult

_FURROW = "skin.furrow.depth_um"


@dataclass(frozen=True)
class ZonePage:
    """What the page shows of one zone.

    Parameters
    ----------
    title, name
        For people, and for the ids.
    verdict
        One sentence.
    share
        Share of the stratum corneum removed in the first session, drawn as a bar.
    numbers
        Key numbers.
    maps, sections, layers, first_days, course
        Figures; maps and layers are empty if nothing is removed.
    unmoved
        What stays at rest and has no figure, as text.
    response
        Probability of a dermal response, as text.
    spread
        Where the bands come from.
    meanings
        What a vacuum in doubt may mean.
    """

    title: str
    name: str
    verdict: Markup
    share: Gauge
    numbers: tuple[KeyNumber, ...]
    maps: tuple[Drawing, ...]
    sections: tuple[Drawing, ...]
    layers: tuple[Drawing, ...]
    first_days: tuple[Drawing, ...]
    course: tuple[Drawing, ...]
    unmoved: str
    response: str
    spread: Spread
    meanings: tuple[Meaning, ...]


def write_report(result: Result, path: Path) -> Path:
    """Write the report of a result as one HTML file, whole or not at all.

    Parameters
    ----------
    result
        What `corneum.simulate` returned.
    path
        The file; an older one is replaced only once the new one is complete.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ReportPathError
        If it cannot be written there; an older file is left as it was.
    """
    return write_whole(Path(path), render_report(result).encode())


def render_report(result: Result) -> str:
    """Return the report of a result as one page of HTML that asks for nothing from outside.

    Parameters
    ----------
    result
        What `corneum.simulate` returned.
    """
    book, keys, protocol = result.draws.book, result.rows_used, result.protocol
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            protocol=protocol,
            cites=[_cited(book.sources[key]) for key in protocol.cites if key in book.sources],
            course=course_words(protocol),
            person=person_words(protocol),
            air=air_words(protocol),
            samples=sample_words(result),
            band_words=band_words(result),
            steps=[step_words(step) for step in protocol.steps],
            zones=[_zone_page(result, zone, number) for number, zone in enumerate(result.zones)],
            warnings=warnings_of(result),
            limits=limits_of(result),
            rooms=source_rooms(book, keys),
            codes=codes_used(book, keys),
            grades=grades(),
            row_count=len(keys),
            digest=result.digest,
            draws=result.draws,
            version=__version__,
            command=_command(result),
            style=Markup(style()),
        )
    )


def _zone_page(result: Result, zone: ZoneResult, number: int) -> ZonePage:
    name = f"z{number}"
    window = usual_window(zone.depth_map)
    return ZonePage(
        title=zone.steps[0].site.title,
        name=name,
        verdict=verdict(zone),
        share=gauge_of(zone.sessions[0].corneum_share),
        numbers=key_numbers(zone),
        maps=_maps(zone, window, name),
        sections=section_drawings(zone, window, result.draws.book.number(_FURROW), name),
        layers=(layers_drawing(zone, name),) if zone.sessions[0].depth_um.any() else (),
        first_days=first_days_drawings(zone, name),
        course=course_drawings(zone, name),
        unmoved="; ".join(unmoved(zone)),
        response=middle_and_range(zone.curves.dermal_probability, as_percent=True),
        spread=spread_of(result, zone),
        meanings=meanings_of(zone),
    )


def _maps(zone: ZoneResult, window: Window, name: str) -> tuple[Drawing, ...]:
    if not zone.depth_map.depth_um.any():
        return ()
    whole, zoom = map_drawings(zone.depth_map, window, name)
    spread, streaks = evenness_drawings(zone.depth_map, name)
    return whole, zoom, spread, streaks


def _cited(source: Source) -> Markup:
    return Markup("{} {}").format(source.citation.rstrip(".") + ".", linked(source.where))


def _command(result: Result) -> str:
    draws = result.draws
    words = ["corneum", "simulate", "protocol.toml", "--samples", str(draws.n), "--seed", str(draws.seed)]
    return shlex.join([*words, *(["--typical"] if draws.typical else [])])
