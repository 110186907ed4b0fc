"""Plan a course: screening, suitability, settings by inverting the simulation, dates, and the reasons."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf

from corneum.course.choice import Wanted, chosen, gentle_reason, share_of_goal
from corneum.course.course_notes import course_notes
from corneum.course.findings import ZoneVerdict
from corneum.course.goals import PlannedGoal
from corneum.course.interval import Interval, wanted_interval, with_barrier
from corneum.course.marks import RIM
from corneum.course.offers import alternative_notes, cost_of, planned_goal, verdict_of
from corneum.course.origin import origin_of
from corneum.course.plan import Plan
from corneum.course.refusal import CourseRefused
from corneum.course.request import CourseRequest
from corneum.course.schedule import (
    care_entries,
    in_order,
    maintenance_entry,
    own_entries,
    review_of,
    session_days,
)
from corneum.course.screened import screened, zone_verdict
from corneum.course.search import Found, KeptLimits, NothingFits, check_samples, kept_limits, search
from corneum.course.spot import test_spot_entry
from corneum.course.sweep import Sweep, ZoneSkin
from corneum.course.zone_plan import depth_influences, hangs_on, planned_zone, step_for
from corneum.course.zones import PlannedZone, UnplannedZone
from corneum.evidence import Book, load_evidence
from corneum.screening import RuleBook, load_rules
from corneum.skin import find_site

Progress = Callable[[str, int, int], None]
RULES_USED = (
    "treatment.passes.cap",
    "treatment.passes.eyes",
    "treatment.coarse_diamond",
    "treatment.interval.default",
    "treatment.interval.warn",
    "treatment.interval.refuse",
    "treatment.course.sessions",
    "treatment.course.most",
    "treatment.course.review",
    "treatment.course.review_end",
    "treatment.maintenance",
    "treatment.end_point",
    "treatment.eyes",
    "treatment.sites",
    "treatment.test_spot",
    "treatment.vacuum.ceiling",
)
"""Evidence rules that every plan keeps or prints."""


@dataclass
class _Draft:
    """A course that is being planned."""

    request: CourseRequest
    book: Book
    limits: KeptLimits
    sweep: Sweep
    sessions: int
    interval: Interval
    verdicts: dict[str, ZoneVerdict]
    wanted: dict[str, Wanted] = field(default_factory=dict)
    unplanned: list[UnplannedZone] = field(default_factory=list)
    found: dict[str, Found] = field(default_factory=dict)
    skins: dict[str, ZoneSkin] = field(default_factory=dict)


def plan_course(
    request: CourseRequest,
    *,
    today: date,
    seed: int = 0,
    samples: int = 200,
    book: Book | None = None,
    rules: RuleBook | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return a dated course for what is asked, with its reasons.

    Parameters
    ----------
    request
        Who, what is wished for, what the clinic has and allows.
    today
        The day of planning.
    seed, samples
        Of the sampled skins. Same request, day, seed, evidence and version: same plan.
    book, rules
        Evidence and screening rules; the shipped ones if None.
    progress
        Called with what is being done, steps done and steps in all.

    Raises
    ------
    CourseRefused
        If nothing can be planned; the reasons name what binds.
    RequestError
        If so many samples cannot show that a limit is kept.
    AnswersError
        If an answer of the intake cannot be read.

    References
    ----------
    Rows ``course.limit.*``, ``course.target.*``; rules ``treatment.*``; the screening rules.
    """
    book, rules = book or load_evidence(), rules or load_rules()
    tell = progress or (lambda what, done, total: None)
    screening = screened(request, today, rules)
    draft = _Draft(
        request,
        book,
        kept_limits(request.clinic.limits, book, doctor=request.clinic.doctor is not None),
        Sweep(book, samples=samples, seed=seed),
        request.sessions or int(book.rule("treatment.course.sessions").value or 1),
        wanted_interval(request, book),
        {zone: zone_verdict(found) for zone, found in screening.zones.items()},
    )
    check_samples(draft.limits, samples)
    _choose_zones(draft)
    for number, zone in enumerate(draft.wanted):
        tell(f"settings for the {zone.replace('_', ' ')}", number, len(draft.wanted) + 1)
        _search_zone(draft, zone, samples, seed)
    if not draft.found:
        raise CourseRefused(_reasons(draft), tuple(draft.verdicts.values()), _goals(draft), draft.unplanned)
    tell("dates and reasons", len(draft.wanted), len(draft.wanted) + 1)
    barrier = {zone: _barrier_d(found, draft.limits) for zone, found in draft.found.items()}
    interval = with_barrier(draft.interval, barrier, draft.limits.barrier_probability)
    zones = tuple(_zone(draft, zone, interval, samples, seed) for zone in draft.found)
    plan = _assembled(draft, interval, zones, today, rules, samples, seed)
    tell("done", len(draft.wanted) + 1, len(draft.wanted) + 1)
    return plan


def _choose_zones(draft: _Draft) -> None:
    """Sort the zones of the goals into those that are searched and those that are not, with the reason."""
    for zone in draft.request.zones:
        found = chosen(draft.request, zone, draft.verdicts[zone], draft.book)
        if isinstance(found, UnplannedZone):
            draft.unplanned.append(found)
        else:
            draft.wanted[zone] = found


def _reasons(draft: _Draft) -> list[str]:
    """Return each reason once, with all its zones, and the start with which a deferred zone can be planned."""
    zones: dict[str, list[str]] = {}
    for one in draft.unplanned:
        zones.setdefault(one.why, []).append(one.zone.replace("_", " "))
    said = [f"{', '.join(names)}: {why}" for why, names in zones.items()]
    later: dict[date, list[str]] = {}
    for one in draft.unplanned:
        if one.until is not None:
            asked = replace(draft.request, start=one.until)
            if isinstance(chosen(asked, one.zone, draft.verdicts[one.zone], draft.book), Wanted):
                later.setdefault(one.until, []).append(one.zone.replace("_", " "))
    said += [
        f"{', '.join(names)}: with start = {day.isoformat()} it can be planned, as far as the rules go."
        for day, names in sorted(later.items())
    ]
    return said


def _search_zone(draft: _Draft, zone: str, samples: int, seed: int) -> None:
    skin = draft.skins[zone] = ZoneSkin.of(find_site(zone), draft.request.person, draft.sweep)
    found = search(
        skin,
        skin.tried(draft.request.clinic.devices),
        draft.limits,
        wanted_share=draft.wanted[zone].share,
        sessions=draft.sessions,
        interval_d=draft.interval.days,
    )
    if isinstance(found, Found):
        draft.found[zone] = found
        return
    draft.unplanned.append(UnplannedZone(zone, "settings", _why_nothing(draft, zone, found, samples, seed)))


def _why_nothing(draft: _Draft, zone: str, found: NothingFits, samples: int, seed: int) -> str:
    said = f"{found.why[0].upper()}{found.why[1:]}."
    if found.least is None:
        return said
    step = step_for(found.least.candidate, zone, draft.book)
    return f"{said} {hangs_on(depth_influences(step, draft.request, draft.book, samples=samples, seed=seed))}".strip()


def _barrier_d(found: Found, limits: KeptLimits) -> float:
    return max(found.prediction.barrier_d(limits.barrier_probability).values(), default=inf)


def _zone(draft: _Draft, zone: str, interval: Interval, samples: int, seed: int) -> PlannedZone:
    found = draft.found[zone]
    prediction = found.prediction
    if interval.days != draft.interval.days:
        prediction = draft.skins[zone].predict(found.step, sessions=draft.sessions, interval_d=interval.days)
    return planned_zone(
        found,
        prediction,
        draft.request,
        draft.verdicts[zone],
        draft.limits,
        wanted=draft.wanted[zone],
        book=draft.book,
        samples=samples,
        seed=seed,
    )


def _goals(draft: _Draft) -> tuple[PlannedGoal, ...]:
    return tuple(
        planned_goal(
            goal,
            draft.sessions,
            planned=goal.zone in draft.found and verdict_of(goal).treated,
            wanted=share_of_goal(
                verdict_of(goal), bool(gentle_reason(draft.request, draft.verdicts[goal.zone])), draft.book
            ),
        )
        for goal in draft.request.goals
    )


def _assembled(
    draft: _Draft,
    interval: Interval,
    zones: tuple[PlannedZone, ...],
    today: date,
    rules: RuleBook,
    samples: int,
    seed: int,
) -> Plan:
    request, book = draft.request, draft.book
    goals = _goals(draft)
    days = session_days(request.start, draft.sessions, interval.days)
    review = review_of(days, book)
    names = tuple(zone.zone for zone in zones)
    verdicts = tuple(draft.verdicts.values())
    calendar = (
        *own_entries(days, review, verdicts, names, book),
        *test_spot_entry(days[0], today, tuple(zone for zone in names if draft.wanted[zone].gentle), book),
        *care_entries(days, names, request.person.phototype, request.prescribed),
        *maintenance_entry(days, request.maintenance_weeks, book),
    )
    maintenance = book.rule("treatment.maintenance")
    planned = {zone: draft.wanted[zone] for zone in names}
    notes = course_notes(request, draft.sessions, interval, goals, planned, calendar, today, book)
    rows = (*draft.sweep.draws.used, *RULES_USED, *_plan_rows(book), *(zone.wanted_key for zone in zones))
    rows += (RIM, "lesions.go_around") if request.marks else ()
    return Plan(
        title=request.title,
        made_on=today,
        request=request,
        verdicts=verdicts,
        goals=goals,
        zones=zones,
        unplanned=tuple(draft.unplanned),
        sessions=draft.sessions,
        interval_d=interval.days,
        interval_why=interval.why,
        session_days=days,
        review=review,
        maintenance=f"{maintenance.text} (rule {maintenance.key}; {', '.join(maintenance.rows)})",
        calendar=in_order(calendar),
        cost=cost_of(draft.sessions, request.clinic.prices),
        alternatives=alternative_notes(goals),
        notes=notes,
        origin=origin_of(book, rows, rules, seed=seed, samples=samples),
    )


def _plan_rows(book: Book) -> list[str]:
    return [
        key
        for name in ("limit", "eyes", "area", "check_in", "photographs", "test_spot")
        for key in book.keys_under(f"course.{name}")
    ]
