"""Which zones of a request are searched, to which share, and which are not, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneum.course.findings import ZoneVerdict
from corneum.course.marks import kept_out_by_marks
from corneum.course.offers import verdict_of, wanted_share
from corneum.course.request import CourseRequest
from corneum.course.screened import kept_out
from corneum.course.suitability import Suitability
from corneum.course.zones import UnplannedZone
from corneum.evidence import Book

GENTLE = "course.target.gentle_share"
"""Row of the share that is wanted where skin pigments or scars easily."""
_PIGMENTS_EASILY = ("V", "VI")


@dataclass(frozen=True)
class Wanted:
    """What is looked for on a zone.

    Parameters
    ----------
    share, key
        Wanted share of the stratum corneum, and its row.
    gentle
        Why no more than the gentle share is wanted, or empty.
    led
        Whether the treatment is an adjunct only, to what a clinician leads.
    referred
        What a goal of the zone is referred for, one sentence each.
    """

    share: float
    key: str
    gentle: str = ""
    led: bool = False
    referred: tuple[str, ...] = ()


def chosen(request: CourseRequest, zone: str, verdict: ZoneVerdict, book: Book) -> Wanted | UnplannedZone:
    """Return what is looked for on a zone, or why nothing is.

    References
    ----------
    Rows ``course.target.*``; clinical rows CI-071, CI-076.
    """
    out = kept_out(verdict, request.start) or kept_out_by_marks(request, zone)
    if out is not None:
        return out
    goals = [verdict_of(goal) for goal in request.goals if goal.zone == zone]
    excluded = [one for one in goals if one.verdict == "exclude"]
    if excluded:
        return UnplannedZone(zone, "suitability", f"Not treated here ({_roles(excluded)}).")
    treated = [one for one in goals if one.treated]
    if not treated:
        said = "; ".join(f"{_name(one)}: {one.verdict}. {one.role.rstrip('.')}" for one in goals)
        return UnplannedZone(zone, "suitability", f"Nothing is offered here ({said}).")
    led = [one for one in treated if one.verdict == "adjunct only"]
    if len(led) == len(treated) and request.clinic.doctor is None:
        why = (
            f"Planned only beside other care led by a doctor or specialist, and clinic.doctor names none "
            f"({_roles(led)})."
        )
        return UnplannedZone(zone, "suitability", why)
    gentle = gentle_reason(request, verdict)
    keys = {one.target for one in treated} | ({GENTLE} if gentle else set())
    share, key = min((book.number(key).value, key) for key in keys)
    referred = tuple(
        f"{_name(one)} is referred: {one.role} A clinician answers that before the first session."
        for one in goals
        if one.verdict == "refer"
    )
    return Wanted(share, key, gentle, bool(led), referred)


def gentle_reason(request: CourseRequest, verdict: ZoneVerdict) -> str:
    """Return why a zone is worked on gently, after a test spot; empty if nothing speaks for it.

    References
    ----------
    Clinical rows CI-071, CI-076.
    """
    said = []
    if request.person.phototype in _PIGMENTS_EASILY:
        said.append(f"phototype {request.person.phototype} (CI-076)")
    rules = [one.rule for one in verdict.findings if one.rule.startswith("keloid.") and one.verdict == "ask"]
    said += [f"rule {rule}" for rule in rules]
    return ", ".join(said)


def share_of_goal(found: Suitability, gentle: bool, book: Book) -> tuple[float | None, str | None]:
    """Return the share that is wanted for a goal and its row, or None where nothing is offered."""
    share = wanted_share(found, book)
    if share is None:
        return None, None
    least = book.number(GENTLE).value
    return (least, GENTLE) if gentle and least < share else (share, found.target)


def _roles(found: Sequence[Suitability]) -> str:
    return "; ".join(f"{_name(one)}: {one.role.rstrip('.')}" for one in found)


def _name(found: Suitability) -> str:
    return found.concern.replace("_", " ")
