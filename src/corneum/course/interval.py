"""Days between sessions: as wanted, never below what the rules allow, and long enough for the barrier."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from corneum.course.refusal import CourseRefused
from corneum.course.request import CourseRequest
from corneum.evidence import Book


@dataclass(frozen=True)
class Interval:
    """Days between sessions.

    Parameters
    ----------
    days
        The interval, d.
    why
        Where it comes from, in one sentence.
    notes
        Warnings.
    """

    days: int
    why: str
    notes: tuple[str, ...] = ()


def wanted_interval(request: CourseRequest, book: Book) -> Interval:
    """Return the interval before the barrier is looked at.

    Raises
    ------
    CourseRefused
        If it is below the least of the rules and no doctor is named.

    References
    ----------
    Rules ``treatment.interval.default``, ``treatment.interval.warn``, ``treatment.interval.refuse`` (PR-012).
    """
    default, warn, refuse = (book.rule(f"treatment.interval.{name}") for name in ("default", "warn", "refuse"))
    days = request.interval_d
    if days is None:
        return Interval(int(default.value or 0), f"{default.text} (rule {default.key}; {', '.join(default.rows)})")
    # The gates look at what was wished, not at the whole days that are planned: 6.6 days are under 7.
    planned = max(1, round(days))
    said = f"{days:g} days, as the clinic wished"
    warning = f"{warn.text} (rule {warn.key}; {', '.join(warn.rows)})"
    if refuse.value is not None and days < refuse.value:
        rule = f"(rule {refuse.key}; {', '.join(refuse.rows)})"
        told = f"An interval of {days:g} days is below {refuse.value:g}: {refuse.text} {rule}"
        if request.clinic.doctor is None:
            raise CourseRefused([told])
        word = f"Below {refuse.value:g} days on the word of {request.clinic.doctor}. {told}"
        return Interval(planned, said, (word, warning))
    if warn.value is not None and days < warn.value:
        return Interval(planned, said, (warning,))
    return Interval(planned, said)


def with_barrier(wanted: Interval, barrier_d: Mapping[str, float], probability: float) -> Interval:
    """Return the interval, lengthened where the barrier of a zone needs longer.

    Parameters
    ----------
    wanted
        Before.
    barrier_d
        Zone -> days until its barrier is back with the wanted probability.
    probability
        That probability.
    """
    slowest = max(barrier_d, key=lambda zone: barrier_d[zone])
    needed = ceil(barrier_d[slowest])
    back = f"the model expects the barrier back after {barrier_d[slowest]:.2g} d on the {slowest.replace('_', ' ')}"
    chance = f"with a probability of {100 * probability:.0f} %"
    if needed <= wanted.days:
        return Interval(wanted.days, f"{wanted.why}; {back} {chance}.", wanted.notes)
    why = f"Lengthened from {wanted.days} to {needed} days: {back} {chance}."
    return Interval(needed, why, wanted.notes)
