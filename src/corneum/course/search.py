"""Find the settings of a zone by inverting the simulation over the sampled skins."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneum.course.bound import samples_needed, upper_bound
from corneum.course.candidates import Candidate, grit_um, step_of
from corneum.course.prediction import Prediction, beyond_probability
from corneum.course.request import Limits, RequestError
from corneum.course.sweep import Tried, ZoneSkin
from corneum.evidence import Book
from corneum.treatment import Step

_SAME_SHARE = 0.03
"""Settings whose removed shares differ by less than this part are one rung of the search."""


@dataclass(frozen=True)
class KeptLimits:
    """The limits of a search, each with the value that it keeps.

    Parameters
    ----------
    beyond_probability, tolerance_area_share, barrier_probability
        See `corneum.course.Limits`.
    passes
        Most passes.
    longest_interval_d
        Longest interval that may be proposed, d.
    least_ratio
        Least part of the wanted share that is worth a session.
    doctor
        Whether a doctor is named.
    """

    beyond_probability: float
    tolerance_area_share: float
    barrier_probability: float
    passes: int
    longest_interval_d: float
    least_ratio: float
    doctor: bool


def kept_limits(limits: Limits, book: Book, *, doctor: bool) -> KeptLimits:
    """Return the limits of a clinic, with the evidence rows where it sets nothing.

    References
    ----------
    Rows ``course.limit.*``; rule ``treatment.passes.cap``.
    """

    def or_row(value: float | None, name: str) -> float:
        return value if value is not None else book.number(f"course.limit.{name}").value

    cap = int(book.rule("treatment.passes.cap").value or 1)
    return KeptLimits(
        beyond_probability=or_row(limits.beyond_probability, "beyond_probability"),
        tolerance_area_share=or_row(limits.tolerance_area_share, "tolerance_area_share"),
        barrier_probability=or_row(limits.barrier_probability, "barrier_probability"),
        passes=min(cap, limits.passes if limits.passes is not None else cap),
        longest_interval_d=book.number("course.limit.longest_interval_d").value,
        least_ratio=book.number("course.limit.least_ratio").value,
        doctor=doctor,
    )


def check_samples(limits: KeptLimits, samples: int) -> None:
    """Raise `RequestError` if so many samples cannot show that the limit on the probability is kept.

    The upper bound of none of 20 samples is 14 %: no plan could keep a limit of 5 %, whatever its settings.
    """
    least = upper_bound(0.0, samples)
    if least > limits.beyond_probability:
        raise RequestError(
            [
                f"clinic.limits: beyond_probability: {samples} samples cannot show a probability under "
                f"{_percent(limits.beyond_probability)} (none of them is at most {_percent(least)}); "
                f"{_needed(limits.beyond_probability)}"
            ]
        )


@dataclass(frozen=True, eq=False)
class Found:
    """The settings that a search found.

    Parameters
    ----------
    candidate, step
        The settings.
    prediction
        The course with them.
    binding
        What kept it from coming nearer to the wanted share, or empty.
    considered
        How many settings were tried.
    """

    candidate: Candidate
    step: Step
    prediction: Prediction
    binding: str
    considered: int


@dataclass(frozen=True, eq=False)
class NothingFits:
    """No setting keeps the limits.

    Parameters
    ----------
    why
        The binding limit, in one sentence.
    least
        The candidate that comes nearest to keeping it, or None.
    considered
        How many settings were tried.
    """

    why: str
    least: Tried | None
    considered: int


def search(
    zone: ZoneSkin,
    tried: Sequence[Tried],
    limits: KeptLimits,
    *,
    wanted_share: float,
    sessions: int,
    interval_d: float,
) -> Found | NothingFits:
    """Return the settings that come nearest to the wanted share from below while every limit is kept.

    What is tried, and its order, does not depend on the limits, and a limit only takes settings away: a stricter
    limit never gives a deeper plan.

    Parameters
    ----------
    zone
        The zone.
    tried
        Its candidates, from `ZoneSkin.tried`.
    limits
        What must be kept.
    wanted_share
        Wanted share of the stratum corneum.
    sessions
        Number of sessions.
    interval_d
        Days between them, before the interval is lengthened for the barrier.
    """
    allowed = [one for one in tried if _allowed(one.candidate, limits, zone.sweep.book)]
    if not allowed:
        return NothingFits(
            "every tip at hand is coarse, and that needs a named doctor (rule treatment.coarse_diamond; PR-018)",
            None,
            len(tried),
        )
    lightest = min(allowed, key=lambda one: one.share)
    enough = limits.least_ratio * wanted_share
    refused: list[str] = []
    for one in rungs(tried, wanted_share):
        if not _allowed(one.candidate, limits, zone.sweep.book):
            continue
        if one.share < enough:
            break
        why = _first_session_fault(one, limits)
        if why is None:
            step = step_of(one.candidate, zone.site, zone.sweep.book)
            prediction = zone.predict(step, sessions=sessions, interval_d=interval_d)
            why = _course_fault(one, prediction, limits)
            if why is None:
                binding = refused[0] if refused and one.share < (1 - _SAME_SHARE) * wanted_share else ""
                return Found(one.candidate, step, prediction, binding, len(tried))
        refused.append(why)
    if lightest.share > wanted_share:
        why = (
            f"the lightest setting ({lightest.candidate.device.label}, {lightest.candidate.text()}) is expected to "
            f"remove {_percent(lightest.share)} of the stratum corneum where {_percent(wanted_share)} was wanted"
        )
        return NothingFits(why, lightest, len(tried))
    return _nothing(allowed, refused, limits, wanted_share)


def rungs(tried: Sequence[Tried], wanted_share: float) -> tuple[Tried, ...]:
    """Return the candidates up to the wanted share, the deepest first, one of those that remove nearly the same.

    Of those the one with the least area beyond the stratum corneum stands first and the others follow it, so that
    a clinic's limits on passes and tips can leave any of them out.
    """
    ladder = sorted((one for one in tried if one.share <= wanted_share), key=lambda one: -one.share)
    ordered: list[Tried] = []
    while ladder:
        head = ladder[0].share
        rung = [one for one in ladder if one.share > (1 - _SAME_SHARE) * head or one.share == head]
        ordered += sorted(rung, key=lambda one: (one.beyond, one.candidate.passes))
        ladder = ladder[len(rung) :]
    return tuple(ordered)


def _needed(limit: float) -> str:
    return f"at least {samples_needed(limit)} samples are needed" if limit > 0 else "no number of samples can"


def _allowed(candidate: Candidate, limits: KeptLimits, book: Book) -> bool:
    coarse_um = book.rule("treatment.coarse_diamond").value or 0.0
    return candidate.passes <= limits.passes and (limits.doctor or grit_um(candidate, book) < coarse_um)


def _first_session_fault(one: Tried, limits: KeptLimits) -> str | None:
    probability, bound = _beyond(one, limits)
    return _beyond_fault(one, probability, bound, limits) if bound > limits.beyond_probability else None


def _beyond(one: Tried, limits: KeptLimits) -> tuple[float, float]:
    probability = beyond_probability(one.beyond_area_share, limits.tolerance_area_share)
    return probability, upper_bound(probability, len(one.beyond_area_share))


def _course_fault(one: Tried, found: Prediction, limits: KeptLimits) -> str | None:
    probability = found.beyond_probability(limits.tolerance_area_share)
    bound = found.beyond_bound(limits.tolerance_area_share)
    if bound > limits.beyond_probability:
        return _beyond_fault(one, probability, bound, limits)
    days = max(found.barrier_d(limits.barrier_probability).values())
    if days > limits.longest_interval_d:
        return (
            f"with {one.candidate.device.label}, {one.candidate.text()}, the barrier would be back with a probability "
            f"of {_percent(limits.barrier_probability)} only after more than {limits.longest_interval_d:g} days "
            "(row course.limit.longest_interval_d)"
        )
    return None


def _beyond_fault(one: Tried, probability: float, bound: float, limits: KeptLimits) -> str:
    return (
        f"with {one.candidate.device.label}, {one.candidate.text()}, the probability of reaching beyond the stratum "
        f"corneum would be {_percent(probability)} (upper bound {_percent(bound)}), over the limit of "
        f"{_percent(limits.beyond_probability)}"
    )


def _nothing(allowed: Sequence[Tried], refused: Sequence[str], limits: KeptLimits, wanted_share: float) -> NothingFits:
    def probability(one: Tried) -> float:
        return beyond_probability(one.beyond_area_share, limits.tolerance_area_share)

    enough = limits.least_ratio * wanted_share
    strong = [one for one in allowed if one.share >= enough]
    least = min(strong or allowed, key=lambda one: (probability(one), one.beyond, one.share))
    names = ", ".join(dict.fromkeys(one.candidate.device.label for one in allowed))
    if not strong:
        deepest = max(allowed, key=lambda one: one.share)
        why = (
            f"no setting of {names} is expected to remove at least {_percent(enough)} of the stratum corneum, a "
            f"{limits.least_ratio:g} part of what was wanted (row course.limit.least_ratio): the most is "
            f"{_percent(deepest.share)} at {deepest.candidate.text()}"
        )
    elif _beyond(least, limits)[1] > limits.beyond_probability:
        bound = _beyond(least, limits)[1]
        why = (
            f"no setting of {names} that removes at least {_percent(enough)} of the stratum corneum keeps the "
            f"probability of reaching beyond it under {_percent(limits.beyond_probability)}: the least is "
            f"{_percent(probability(least))} (upper bound {_percent(bound)}) at {least.candidate.text()}"
        )
    else:
        why = f"no setting of {names} keeps every limit over the course: {refused[-1] if refused else 'none is left'}"
    return NothingFits(why, least, len(allowed))


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %"
