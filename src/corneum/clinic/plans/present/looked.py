"""A zone with other settings beside what is planned, in numbers and drawings."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corneum.clinic.plans.present import words
from corneum.clinic.plans.present.curves import redness_drawing, tewl_drawing
from corneum.clinic.plans.present.grounds import told
from corneum.clinic.plans.present.skin import map_drawing, section_drawing
from corneum.clinic.ui.reading import digits, reads
from corneum.clinic.ui.told import Told
from corneum.course import Expected, Look, Plan, WhatIf

_GROUND_OF = {"vacuum": "set.vacuum"}


@dataclass(frozen=True)
class Pair:
    """One number: with the settings that are looked at, and as planned.

    Parameters
    ----------
    name
        What it is.
    now, planned
        In words.
    source
        Its name, with where its error comes from.
    """

    name: str
    now: str
    planned: str
    source: Told

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


def looked(look: Look, planned: Look, plan: Plan, title: str) -> Looked:
    """Return a look beside what is planned.

    Parameters
    ----------
    look
        With the settings that are looked at.
    planned
        The same zone as planned; it may be the same look.
    plan
        Of which it is a zone.
    title
        Of the zone.
    """
    changed = look is not planned
    return Looked(
        zone=look.found.zone,
        title=title,
        share=look.found.expected.corneum_share.middle,
        depth_um=look.found.expected.depth_um.middle,
        pairs=pairs(look, planned, plan),
        breaks=look.found.breaks,
        changed=changed,
        map=map_drawing(look),
        section=section_drawing(look),
        tewl=tewl_drawing(look, planned if changed else None),
        redness=redness_drawing(look, planned if changed else None),
    )


def pairs(look: Look, planned: Look, plan: Plan) -> tuple[Pair, ...]:
    """Return the numbers of both."""
    now, then = all_numbers(look.found), all_numbers(planned.found)
    zone = plan.zone(look.found.zone)
    return tuple(
        Pair(title, said, then[name][1], told(_GROUND_OF.get(name, name), str(title), title, plan=plan, zone=zone))
        for name, (title, said) in now.items()
    )


def all_numbers(found: WhatIf) -> dict[str, tuple[str, str]]:
    """Return the settings and what the model expects of them, by name: title, and value in words."""
    return {
        "vacuum": (_("Vacuum"), reads(found.settings.vacuum)),
        **numbers(found.expected),
        "minutes": (_("Strokes take about"), f"{digits(found.settings.minutes)} min"),
    }


def numbers(found: Expected) -> dict[str, tuple[str, str]]:
    """Return what the model expects, by the names of `corneum.clinic.plans.present.grounds`: title, and in words."""
    barrier = list(found.barrier_d.values())
    slowest = None if any(value is None for value in barrier) else max(value or 0.0 for value in barrier)
    beyond = _("%(value)s (upper bound %(bound)s)") % {
        "value": words.percent(found.beyond_probability),
        "bound": words.percent(found.beyond_bound),
    }
    return {
        "depth": (_("Depth removed, first session"), words.spread(found.depth_um, unit="µm")),
        "share": (_("Share of the stratum corneum"), words.spread(found.corneum_share, share=True)),
        "beyond": (_("Probability of reaching beyond it"), beyond),
        "redness": (_("Redness gone, in half / in 95 %"), _times(found.redness_h)),
        "barrier": (_("Barrier back, slower law"), words.days(slowest)),
        "actives": (_("Closed to actives, in half / in 95 %"), _times(found.actives_h)),
    }


def _times(found: Mapping[str, float | None]) -> str:
    return f"{words.hours(found['half'])} / {words.hours(found['most'])}"
