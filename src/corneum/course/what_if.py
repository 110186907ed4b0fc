"""A zone of a plan with other settings, and the same zone as `corneum.treatment` simulates it."""

from corneum.course.looks import Looks, OtherSettings, WhatIf, WhatIfError, candidate_of
from corneum.course.plan import Plan
from corneum.course.zone_plan import step_for
from corneum.evidence import Book, load_evidence
from corneum.treatment import Protocol, Result, Step, simulate
from corneum.units import Quantity

__all__ = ["FOLLOW_UP_D", "WhatIf", "WhatIfError", "planned_step", "protocol_of", "simulate_plan", "what_if"]
FOLLOW_UP_D = 28.0
"""Days that are followed after the last session, d."""


def what_if(
    plan: Plan,
    zone: str,
    *,
    vacuum: Quantity | None = None,
    passes: int | None = None,
    grit: Quantity | None = None,
    speed_mm_s: float | None = None,
    flow: Quantity | None = None,
    interval_d: int | None = None,
    book: Book | None = None,
) -> WhatIf:
    """Return what the model expects of a planned zone with other settings.

    For many looks at one plan, and for what can be drawn of them, see `corneum.course.looks.Looks`.

    Parameters
    ----------
    plan
        The plan.
    zone
        One of its zones.
    vacuum, passes, grit, speed_mm_s, flow, interval_d
        In place of those planned; None keeps them.
    book
        The evidence; the shipped one if None.

    Raises
    ------
    KeyError
        If the zone is not planned.
    WhatIfError
        If the passes or days are no number that can be, or the device has no such setting.
    SettingError
        If the device cannot be set so.
    """
    other = OtherSettings(vacuum, passes, grit, speed_mm_s, flow, interval_d)
    return Looks(plan, book).at(zone, other).found


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
