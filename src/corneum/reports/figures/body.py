"""Our own drawing of face and body: every site of the catalogue as a region that carries a plan or a verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from markupsafe import Markup

from corneum.reports.figures.regions import VIEWS, Region, View
from corneum.reports.figures.style import INK, MUTED, Drawing
from corneum.skin import SITES

State = Literal["planned", "ask", "defer", "stop", "not_offered", "not_asked"]
STATES: Mapping[State, tuple[str, str]] = {
    "planned": ("#2f7fb5", "planned"),
    "ask": ("#7a5195", "planned once a clinician has answered"),
    "defer": ("#e0992a", "not before a date"),
    "stop": ("#b8402a", "stopped by a rule"),
    "not_offered": ("#7d8791", "not planned: other reason"),
    "not_asked": ("#efe4db", "not asked for"),
}
"""State -> color and words; the words stand in the legend, and hatching tells states apart without color."""
_PALE, _LINE, _HAIR = "#efe4db", "#8d7b6e", "#cdbfb4"
_HATCHED: Mapping[State, str] = {"defer": "0", "stop": "90", "ask": "45"}
_GAP = 16.0


@dataclass(frozen=True)
class Ring:
    """A mark on the skin that is left out.

    Parameters
    ----------
    side
        The person's own ``left`` or ``right``; empty where the site has none or nobody said.
    center
        Right and down in the site's box, shares; None for its middle.
    """

    side: str = ""
    center: tuple[float, float] | None = None


@dataclass(frozen=True)
class ZoneMark:
    """What the drawing says of a site.

    Parameters
    ----------
    state
        One of `STATES`.
    label
        A short mark, such as the number of the zone in a table.
    text
        What a pointer or a screen reader tells.
    href
        Where a click leads, such as ``#zone-cheek``; empty for nowhere.
    rings
        Marks that are left out.
    """

    state: State
    label: str = ""
    text: str = ""
    href: str = ""
    rings: tuple[Ring, ...] = ()


def body_drawing(marks: Mapping[str, ZoneMark], name: str, *, views: Iterable[str] | None = None) -> Drawing:
    """Return face and body with the marked sites in color.

    Parameters
    ----------
    marks
        Site name -> mark; sites that are not named are drawn pale.
    name
        Start of ids inside, unique in the page.
    views
        Names of views in order: "face", "profile", "front", "back"; those that show a marked site if None.

    Raises
    ------
    KeyError
        If a site or a view is not known.
    """
    for site in marks:
        if site not in SITES:
            raise KeyError(f"{site!r} is no site; known: {', '.join(SITES)}")
    shown = [VIEWS[view] for view in (shown_views(marks) if views is None else views)]
    tallest = max(view.height for view in shown)
    parts, left = [_patterns(name)], 0.0
    for view in shown:
        top = tallest - view.height
        parts.append(f'<g transform="translate({left:g} {top:g})">{_view(view, marks, name)}</g>')
        left += view.width + _GAP
    width, height = left - _GAP, tallest + 16
    said = "; ".join(f"{SITES[site].title}: {_words(mark)}" for site, mark in marks.items())
    svg = (
        f'<svg class="drawing" role="img" aria-label="{escape("Zones on a drawing. " + said, quote=True)}" '
        f'viewBox="0 0 {width:g} {height:g}" style="--width:{width * 1.6:g}px">{"".join(parts)}</svg>'
    )
    return Drawing(Markup(svg), Markup(""), "body")


def legend(marks: Mapping[str, ZoneMark]) -> tuple[tuple[str, str], ...]:
    """Return color and words of the states that occur, for a legend."""
    used = {mark.state for mark in marks.values()}
    return tuple(STATES[state] for state in STATES if state in used)


def shown_views(marks: Mapping[str, ZoneMark]) -> tuple[str, ...]:
    """Return the views of the face, of the body, or both: what shows a marked site; the face if nothing is marked."""
    face, body = (("face", "profile"), ("front", "back"))
    on_face = {region.site for view in face for region in VIEWS[view].regions}
    on_body = {region.site for view in body for region in VIEWS[view].regions}
    want_body = any(site in on_body - on_face for site in marks)
    want_face = any(site in on_face for site in marks) or not want_body
    return (*(face if want_face else ()), *(body if want_body else ()))


def _view(view: View, marks: Mapping[str, ZoneMark], name: str) -> str:
    clip = f"{name}-{view.name}-clip"
    regions = "".join(_region(region, marks, name) for region in view.regions)
    labels = "".join(_rings(region, marks, view) + _label(region, marks) for region in view.regions)
    return (
        f'<clipPath id="{clip}"><path d="{view.outline}"/></clipPath>'
        f'<g fill="{_HAIR}" stroke="none">{_paths(view.behind)}</g>'
        f'<path d="{view.outline}" fill="{_PALE}" stroke="none"/>'
        f'<g clip-path="url(#{clip})">{regions}</g>'
        f'<g fill="none" stroke="{_LINE}" stroke-width="0.9" stroke-linecap="round">'
        f'<path d="{view.outline}"/>{_paths(view.lines)}</g>{labels}'
        f'<text x="{view.width / 2:g}" y="{view.height + 12:g}" text-anchor="middle" '
        f'style="font-size: 9.5px; font-family: inherit; fill: {MUTED}">{escape(view.title)}</text>'
    )


def _region(region: Region, marks: Mapping[str, ZoneMark], name: str) -> str:
    mark = marks.get(region.site, ZoneMark("not_asked"))
    color = STATES[mark.state][0]
    d = " ".join(region.paths)
    shape = f'<path d="{d}" fill="{color}" stroke="#ffffff" stroke-width="0.9" stroke-linejoin="round"/>'
    if mark.state in _HATCHED:
        shape += f'<path d="{d}" fill="url(#{name}-hatch-{mark.state})" stroke="none"/>'
    title = f"<title>{escape(SITES[region.site].title)}: {escape(_words(mark))}</title>"
    group = f'<g class="region {mark.state}" data-site="{region.site}">{title}{shape}</g>'
    return f'<a href="{escape(mark.href, quote=True)}">{group}</a>' if mark.href else group


def _rings(region: Region, marks: Mapping[str, ZoneMark], view: View) -> str:
    """Return a small ring for each mark that is left out, roughly where it is; the profile is of one side only."""
    if view.name == "profile":
        return ""
    drawn = []
    for ring in marks[region.site].rings if region.site in marks else ():
        # The person's left is seen on the right, but from behind on the left.
        seen = {"left": "right", "right": "left"}.get(ring.side, "") if view.name != "back" else ring.side
        left, top, right, bottom = region.box(seen)
        across, down = ring.center or (0.7, 0.45)
        x, y = left + across * (right - left), top + down * (bottom - top)
        drawn.append(
            f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="#ffffff" fill-opacity="0.55" '
            f'stroke="{INK}" stroke-width="1.2"><title>A mark: left out</title></circle>'
        )
    return "".join(drawn)


def _label(region: Region, marks: Mapping[str, ZoneMark]) -> str:
    mark = marks.get(region.site)
    if mark is None or not mark.label:
        return ""
    x, y = region.anchor
    size = 7.4 if len(mark.label) < 2 else 8.4
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{size:g}" fill="#ffffff" stroke-width="1.3" '
        f'stroke="{STATES[mark.state][0]}"/>'
        f'<text x="{x:g}" y="{y + 3.5:g}" text-anchor="middle" '
        f'style="font-size: 9.6px; font-weight: 700; font-family: inherit; fill: {INK}">{escape(mark.label)}</text>'
    )


def _patterns(name: str) -> str:
    return "".join(
        f'<pattern id="{name}-hatch-{state}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><path d="M0 2.5H5" stroke="#ffffff" stroke-width="1" opacity="0.55"/>'
        "</pattern>"
        for state, turn in _HATCHED.items()
    )


def _paths(ds: Iterable[str]) -> str:
    return "".join(f'<path d="{d}"/>' for d in ds)


def _words(mark: ZoneMark) -> str:
    return mark.text or STATES[mark.state][1]
