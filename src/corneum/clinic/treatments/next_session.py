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


def may_follow(
    course: int, number: int, plan: PlanVersion, reviews: Sequence[CourseReview], earlier: Sequence[Session]
) -> None:
    """Refuse a session before which the course was stopped, or the result was not looked at.

    Parameters
    ----------
    course, number
        Of the session.
    plan
        By which it would be.
    reviews
        Of the client.
    earlier
        Signed sessions, the newest first.

    Raises
    ------
    CourseStopped
        If the last review of this course stopped it.
    ReviewDue
        If the course is past the session of its review, and nobody looked.
    NewPlanNeeded
        If the course before was stopped, or its review is due, and the plan was not approved after that.

    References
    ----------
    Rule ``treatment.course.review`` (PR-015).
    """
    if number == 1:
        _may_begin_anew(course, plan, reviews, earlier)
        return
    last = _last_of(course, reviews)
    if last is not None and last.decision == Decision.STOP:
        raise refusals.CourseStopped(str(course))
    planned = review_of(plan)
    if last is None and planned is not None and number > planned["session"]:
        raise refusals.ReviewDue(str(course))


def _may_begin_anew(
    course: int, plan: PlanVersion, reviews: Sequence[CourseReview], earlier: Sequence[Session]
) -> None:
    before = next((one for one in earlier if one.done and one.course < course), None)
    if before is None:
        return
    last, planned = _last_of(before.course, reviews), review_of(before.plan)
    since = None
    if last is not None and last.decision == Decision.STOP:
        since = last.at
    elif last is None and planned is not None and before.number >= planned["session"]:
        since = before.signed_at
    if since is not None and (plan.approved_at is None or plan.approved_at <= since):
        raise refusals.NewPlanNeeded(str(course))


def _last_of(course: int, reviews: Sequence[CourseReview]) -> CourseReview | None:
    return next((one for one in reviews if one.course == course), None)
