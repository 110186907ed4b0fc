"""A zone of a plan with other settings, and the same zone as `corneum.treatment` simulates it."""

from dataclasses import dataclass, replace

from corneum.course.candidates import Candidate, most_passes
from corneum.course.plan import Plan
from corneum.course.prediction import expected
from corneum.course.request import ClinicDevice
from corneum.course.search import kept_limits
from corneum.course.sweep import Sweep, ZoneSkin
from corneum.course.zone_plan import step_for, zone_settings
from corneum.course.zones import Expected, PlannedZone, ZoneSettings
from corneum.evidence import Book, load_evidence
from corneum.skin import find_site
from corneum.treatment import Protocol, Result, Step, simulate
from corneum.units import Quantity

FOLLOW_UP_D = 28.0
"""Days that are followed after the last session, d."""


class WhatIfError(ValueError):
    """Settings that the zone's device cannot have; the message says what is allowed."""


@dataclass(frozen=True)
class WhatIf:
    """A zone with other settings; nothing is planned by it.

    Parameters
    ----------
    zone
        Body site.
    settings
        What would be done.
    expected
        What the model would expect.
    breaks
        Limits that it would not keep, one sentence each.
    """

    zone: str
    settings: ZoneSettings
    expected: Expected
    breaks: tuple[str, ...]


def what_if(
    plan: Plan,
    zone: str,
    *,
    vacuum: Quantity | None = None,
    passes: int | None = None,
    grit: Quantity | None = None,
    speed_mm_s: float | None = None,
    book: Book | None = None,
) -> WhatIf:
    """Return what the model expects of a planned zone with other settings.

    Parameters
    ----------
    plan
        The plan.
    zone
        One of its zones.
    vacuum, passes, grit, speed_mm_s
        In place of those planned; None keeps them.
    book
        The evidence; the shipped one if None.

    Raises
    ------
    KeyError
        If the zone is not planned.
    WhatIfError
        If the passes are not a number from 1, or a grit is given for a device without tips.
    SettingError
        If the device cannot be set so.
    """
    book = book or load_evidence()
    found = plan.zone(zone)
    candidate = candidate_of(plan, found)
    if passes is not None and passes < 1:
        raise WhatIfError(f"the passes must be at least 1, not {passes}")
    if grit is not None and candidate.device.name != "diamond":
        raise WhatIfError(f"{candidate.device.label} has no diamond tips")
    device = candidate.device if speed_mm_s is None else replace(candidate.device, speed_mm_s=speed_mm_s)
    changed = Candidate(device, vacuum or candidate.vacuum, passes or candidate.passes, grit or candidate.grit)
    step = step_for(changed, zone, book)
    sweep = Sweep(book, samples=plan.origin.samples, seed=plan.origin.seed)
    skin = ZoneSkin.of(find_site(zone), plan.request.person, sweep)
    limits = kept_limits(plan.request.clinic.limits, book, doctor=plan.request.clinic.doctor is not None)
    new = expected(
        skin.predict(step, sessions=plan.sessions, interval_d=plan.interval_d),
        tolerance_area_share=limits.tolerance_area_share,
        barrier_probability=limits.barrier_probability,
    )
    return WhatIf(zone, zone_settings(changed, step, plan.request, book), new, _breaks(plan, found, changed, new, book))


def simulate_plan(plan: Plan, *, book: Book | None = None) -> dict[str, Result]:
    """Return the full simulation of every planned zone, with curves and maps, from the same sampled skins.

    Parameters
    ----------
    plan
        The plan.
    book
        The evidence; the shipped one if None.

    Returns
    -------
    dict
        Zone -> result of a protocol of that zone alone.
    """
    book = book or load_evidence()
    return {
        found.zone: simulate(
            protocol_of(plan, found.zone, book), samples=plan.origin.samples, seed=plan.origin.seed, book=book
        )
        for found in plan.zones
    }


def protocol_of(plan: Plan, zone: str, book: Book) -> Protocol:
    """Return one planned zone as a protocol that `corneum.treatment` can simulate."""
    return Protocol(
        title=f"{plan.title}: {plan.zone(zone).title}",
        steps=(planned_step(plan, zone, book),),
        person=plan.request.person,
        sessions=plan.sessions,
        interval_d=float(plan.interval_d),
        follow_up_d=FOLLOW_UP_D,
    )


def planned_step(plan: Plan, zone: str, book: Book) -> Step:
    """Return what is planned for a zone as one step."""
    return step_for(candidate_of(plan, plan.zone(zone)), zone, book)


def candidate_of(plan: Plan, zone: PlannedZone) -> Candidate:
    """Return the setting of a planned zone as the search knew it."""
    device = _device(plan, zone.settings.label)
    grit = zone.settings.settings.get("grit_um") if device.grits else None
    return Candidate(device, zone.settings.vacuum, zone.settings.passes, grit)


def _device(plan: Plan, label: str) -> ClinicDevice:
    return next(device for device in plan.request.clinic.devices if device.label == label)


def _breaks(plan: Plan, found: PlannedZone, changed: Candidate, new: Expected, book: Book) -> tuple[str, ...]:
    limits = found.limits_used
    cap = min(most_passes(find_site(found.zone), book), int(limits["passes"]))
    said = []
    if new.beyond_bound > limits["beyond_probability"]:
        said.append(
            f"The probability of reaching beyond the stratum corneum would be {100 * new.beyond_probability:.2g} % "
            f"(upper bound {100 * new.beyond_bound:.2g} %), over the limit of "
            f"{100 * limits['beyond_probability']:.2g} %."
        )
    if changed.passes > cap:
        said.append(f"{changed.passes} passes are over the cap of {cap} (rule treatment.passes.cap).")
    if any(days is None or days > plan.interval_d for days in new.barrier_d.values()):
        said.append(
            f"The barrier would not be back after {plan.interval_d} days with a probability of "
            f"{100 * limits['barrier_probability']:.0f} %."
        )
    if new.corneum_share.middle > found.wanted_share:
        said.append(f"More than the wanted {100 * found.wanted_share:.0f} % of the stratum corneum would go.")
    return tuple(said)
