"""A zone with other settings beside what is planned, in numbers and drawings."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corneum.clinic.plans.present import words
from corneum.clinic.plans.present.curves import redness_drawing, tewl_drawing
from corneum.clinic.plans.present.skin import map_drawing, section_drawing
from corneum.course import Expected, Look


@dataclass(frozen=True)
class Pair:
    """One number: with the settings that are looked at, and as planned.

    Parameters
    ----------
    name
        What it is.
    now, planned
        In words.
    """

    name: str
    now: str
    planned: str

    @property
    def differs(self) -> bool:
        """Whether they differ as they are written."""
        return self.now != self.planned


@dataclass(frozen=True)
class Looked:
    """What the page shows of a look.

    Parameters
    ----------
    zone, title
        Body site.
    share, depth_um
        Expected removed share of the stratum corneum and depth, middle; for the face.
    pairs
        Numbers.
    breaks
        Limits that are not kept, one sentence each.
    changed
        Whether these are other settings than those planned.
    map, section, tewl, redness
        Drawings.
    """

    zone: str
    title: str
    share: float
    depth_um: float
    pairs: tuple[Pair, ...]
    breaks: tuple[str, ...]
    changed: bool
    map: SafeString
    section: SafeString
    tewl: SafeString
    redness: SafeString


def looked(look: Look, planned: Look, title: str) -> Looked:
    """Return a look beside what is planned.

    Parameters
    ----------
    look
        With the settings that are looked at.
    planned
        The same zone as planned; it may be the same look.
    title
        Of the zone.
    """
    changed = look is not planned
    return Looked(
        zone=look.found.zone,
        title=title,
        share=look.found.expected.corneum_share.middle,
        depth_um=look.found.expected.depth_um.middle,
        pairs=pairs(look, planned),
        breaks=look.found.breaks,
        changed=changed,
        map=map_drawing(look),
        section=section_drawing(look),
        tewl=tewl_drawing(look, planned if changed else None),
        redness=redness_drawing(look, planned if changed else None),
    )


def pairs(look: Look, planned: Look) -> tuple[Pair, ...]:
    """Return the numbers of both."""
    now, then = numbers(look.found.expected), numbers(planned.found.expected)
    minutes = [f"{words.digits(one.found.settings.minutes)} min" for one in (look, planned)]
    return (
        *(Pair(name, said, then[name]) for name, said in now.items()),
        Pair(_("Strokes take about"), minutes[0], minutes[1]),
    )


def numbers(found: Expected) -> dict[str, str]:
    """Return what the model expects, by name."""
    barrier = list(found.barrier_d.values())
    slowest = None if any(value is None for value in barrier) else max(value or 0.0 for value in barrier)
    return {
        _("Depth removed, first session"): words.spread(found.depth_um, unit="µm"),
        _("Share of the stratum corneum"): words.spread(found.corneum_share, share=True),
        _("Probability of reaching beyond it"): _("%(value)s (upper bound %(bound)s)")
        % {"value": words.percent(found.beyond_probability), "bound": words.percent(found.beyond_bound)},
        _("Redness gone, in half / in 95 %"): f"{words.hours(found.redness_h['half'])} / "
        f"{words.hours(found.redness_h['most'])}",
        _("Barrier back, slower law"): words.days(slowest),
        _("Closed to actives, in half / in 95 %"): f"{words.hours(found.actives_h['half'])} / "
        f"{words.hours(found.actives_h['most'])}",
    }
