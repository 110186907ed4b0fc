"""Which session comes next: the numbering of courses, and the review before a course goes on."""

from collections.abc import Sequence
from typing import Any

from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.treatments import refusals
from corneum.clinic.treatments.models import CourseReview, Decision, Session


def next_sessions(earlier: Sequence[Session]) -> tuple[tuple[int, int], ...]:
    """Return course and number of what may be opened next: what is usual stands first.

    Parameters
    ----------
    earlier
        Signed sessions, the newest first; one in which nothing was treated does not count.
    """
    last = next((session for session in earlier if session.done), None)
    if last is None:
        return ((1, 1),)
    following, anew = (last.course, last.number + 1), (last.course + 1, 1)
    return (following, anew) if last.number < sessions_of(last.plan) else (anew, following)


def sessions_of(plan: PlanVersion) -> int:
    """Return how many sessions a plan has."""
    return int((plan.plan or {}).get("sessions", 0))


def review_of(plan: PlanVersion) -> dict[str, Any] | None:
    """Return the look back that a plan holds: its session, text, stop rule and rules; None for a short course."""
    found: dict[str, Any] | None = (plan.plan or {}).get("review")
    return found


def may_follow(course: int, number: int, plan: PlanVersion, reviews: Sequence[CourseReview]) -> None:
    """Refuse a session before which the course was stopped, or the result was not looked at.

    Raises
    ------
    CourseStopped
        If the last review of this course stopped it.
    ReviewDue
        If the course is past the session of its review, and nobody looked.

    References
    ----------
    Rule ``treatment.course.review`` (PR-015).
    """
    last = next((one for one in reviews if one.course == course), None)
    if last is not None and last.decision == Decision.STOP:
        raise refusals.CourseStopped(str(course))
    planned = review_of(plan)
    if last is None and planned is not None and number > planned["session"]:
        raise refusals.ReviewDue(str(course))
