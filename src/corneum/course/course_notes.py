"""What the reader of a plan must know beside its numbers."""

from collections.abc import Mapping, Sequence
from datetime import date

from corneum.course.choice import Wanted
from corneum.course.entries import CalendarEntry
from corneum.course.goals import PlannedGoal
from corneum.course.interval import Interval
from corneum.course.offers import verdict_of
from corneum.course.request import CourseRequest
from corneum.evidence import Book


def course_notes(
    request: CourseRequest,
    sessions: int,
    interval: Interval,
    goals: Sequence[PlannedGoal],
    wanted: Mapping[str, Wanted],
    calendar: Sequence[CalendarEntry],
    today: date,
    book: Book,
) -> tuple[str, ...]:
    """Return the notes of a plan.

    Parameters
    ----------
    request
        What is asked.
    sessions, interval
        Of the course.
    goals
        With what the evidence says of them.
    wanted
        Planned zone -> what was looked for there.
    calendar
        Everything that has a date.
    today
        The day of planning.
    book
        The evidence.

    References
    ----------
    Rule ``treatment.course.most``; row ``course.test_spot.before_d``; clinical rows CI-074, CI-076.
    """
    notes = ["What the model expects is not validated on you. A named clinician decides.", *interval.notes]
    most = book.rule("treatment.course.most")
    if most.value is not None and sessions > most.value:
        notes.append(f"{most.text} (rule {most.key}; {', '.join(most.rows)})")
    notes += [
        f"{goal.title}, {goal.zone.replace('_', ' ')}: {said}"
        for goal in goals
        if goal.planned
        for said in goal.conditions
    ]
    if request.person.pigment_risk:
        notes.append(
            "Phototype IV to VI: pigment change is a risk to watch; it has no published numbers and is not simulated "
            "(CI-074, CI-076)."
        )
    if any(len(_targets(request, zone)) > 1 for zone in wanted):
        notes.append("Where the goals of one zone want different depths, the least of them is planned.")
    notes += _gentle(request, wanted, today, book)
    return (*notes, *_begun(calendar, today))


def _gentle(request: CourseRequest, wanted: Mapping[str, Wanted], today: date, book: Book) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for zone, one in wanted.items():
        if one.gentle:
            reasons.setdefault(one.gentle, []).append(zone.replace("_", " "))
    notes = [
        f"{', '.join(zones)}: no more than row course.target.gentle_share is wanted, and a test spot comes before "
        f"session 1: {why}."
        for why, zones in reasons.items()
    ]
    days, left = book.number("course.test_spot.before_d").value, (request.start - today).days
    if notes and left < days:
        notes.append(
            f"Only {left} days are left between the test spot and session 1, instead of {days:g} (row "
            "course.test_spot.before_d): a later start leaves them."
        )
    return notes


def _begun(calendar: Sequence[CalendarEntry], today: date) -> list[str]:
    begun = [entry for entry in calendar if entry.kind == "pre_care" and entry.day < today]
    if not begun:
        return []
    said = "; ".join(f"{entry.title[0].lower()}{entry.title[1:]} from {entry.day.isoformat()}" for entry in begun)
    return [f"Care before a session that began before the day of planning, to be asked about: {said}."]


def _targets(request: CourseRequest, zone: str) -> set[str]:
    found = (verdict_of(goal) for goal in request.goals if goal.zone == zone)
    return {one.target for one in found if one.treated}
