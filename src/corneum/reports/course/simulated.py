"""The planned course, simulated with the plan's own samples, for the maps, sections and curves of its report."""

from dataclasses import replace

from corneum.course.candidates import Candidate, step_of
from corneum.course.plan import Plan, PlannedZone
from corneum.evidence import Book, load_evidence
from corneum.skin import find_site
from corneum.treatment import Protocol, Result, Step, simulate


class NothingPlannedError(ValueError):
    """A plan without any zone: there is nothing to simulate."""


def simulated_plan(plan: Plan, *, book: Book | None = None) -> Result:
    """Return what the model expects of a plan, over the whole course.

    The samples, the seed, the piece of skin and the size of its cells are those of the planner, so that the numbers
    of the curves are the numbers of the plan.

    Parameters
    ----------
    plan
        With at least one planned zone.
    book
        The evidence; the shipped one if None.

    Raises
    ------
    NothingPlannedError
        If no zone is planned.
    """
    book = book or load_evidence()
    return simulate(protocol_of(plan, book), samples=plan.origin.samples, seed=plan.origin.seed, book=book)


def protocol_of(plan: Plan, book: Book) -> Protocol:
    """Return the planned zones as a protocol that `corneum.treatment` simulates.

    Parameters
    ----------
    plan
        With at least one planned zone.
    book
        The evidence, for what nobody measured.

    Raises
    ------
    NothingPlannedError
        If no zone is planned.
    """
    if not plan.zones:
        raise NothingPlannedError("no zone is planned, so there is no course to simulate")
    return Protocol(
        title=plan.title,
        steps=tuple(_step(plan, zone, book) for zone in plan.zones),
        person=plan.request.person,
        sessions=plan.sessions,
        interval_d=float(plan.interval_d),
    )


def _step(plan: Plan, zone: PlannedZone, book: Book) -> Step:
    chosen = zone.settings
    device = next(one for one in plan.request.clinic.devices if (one.name, one.label) == (chosen.device, chosen.label))
    known = replace(device, settings=dict(chosen.settings), grits=())
    return step_of(Candidate(known, chosen.vacuum, chosen.passes), find_site(zone.zone), book)
