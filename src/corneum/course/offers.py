"""What the tables of the course room say of the goals: verdict, trials, alternatives, cost."""

from collections.abc import Iterable, Sequence

from corneum.course.alternatives import Alternative, alternative
from corneum.course.costs import CourseCost, Price, course_cost, load_fees
from corneum.course.goals import AlternativeNote, PlannedGoal, Response
from corneum.course.request import Goal, Prices
from corneum.course.responses import ExpectedResponse, TrialResponse, expected_response
from corneum.course.suitability import Suitability, load_suitability, suitability
from corneum.evidence import Book


def verdict_of(goal: Goal) -> Suitability:
    """Return what the suitability table says of a goal."""
    return suitability(goal.concern, goal.severity)


def wanted_share(found: Suitability, book: Book) -> float | None:
    """Return the share of the stratum corneum wanted in a session, or None where nothing is offered."""
    return book.number(found.target).value if found.treated else None


def planned_goal(goal: Goal, sessions: int, *, planned: bool, wanted: tuple[float | None, str | None]) -> PlannedGoal:
    """Return a goal with everything that the evidence says of it; ``wanted`` is the share and its row."""
    table = load_suitability()
    found, concern = verdict_of(goal), table.concern(goal.concern)
    scale = table.scales[concern.scale]
    levels = {level.id: level.text for level in scale.levels}
    seen = expected_response(concern.id, sessions)
    return PlannedGoal(
        concern=concern.id,
        title=concern.title,
        plain=concern.plain,
        zone=goal.zone,
        severity=None if goal.severity is None else levels.get(_word(goal.severity), goal.severity),
        scale=None if goal.severity is None else scale.title,
        verdict=found.verdict,
        why=found.role,
        client_text=found.plain,
        trial=found.trial,
        grade=found.grade,
        depth=found.depth,
        rows=found.rows,
        source=found.source,
        conditions=found.conditions,
        conflicts=found.conflicts,
        wanted_share=wanted[0],
        wanted_key=wanted[1],
        alternatives=found.alternatives,
        statement=seen.statement,
        responses=tuple(_responses(seen)),
        planned=planned,
    )


def alternative_notes(goals: Sequence[PlannedGoal]) -> tuple[AlternativeNote, ...]:
    """Return the alternatives of all goals, each once, in the order of the goals."""
    names = dict.fromkeys(name for goal in goals for name in goal.alternatives)
    return tuple(
        _note(alternative(name), tuple(dict.fromkeys(goal.concern for goal in goals if name in goal.alternatives)))
        for name in names
    )


def cost_of(sessions: int, prices: Prices | None) -> CourseCost:
    """Return the cost of a course by the clinic's own price, or as sources quote it."""
    return course_cost(sessions, None if prices is None else Price(prices.session, prices.currency))


def _word(severity: str) -> str:
    return severity.strip().lower().replace(" ", "_").replace("-", "_")


def _note(found: Alternative, concerns: tuple[str, ...]) -> AlternativeNote:
    fee = found.quoted_fee(load_fees())
    return AlternativeNote(
        id=found.id,
        title=found.title,
        plain=found.plain,
        for_concerns=concerns,
        purpose=found.purpose,
        depth=found.depth,
        sessions=found.sessions,
        downtime=found.downtime,
        cost_class=found.cost_class,
        cost="" if fee is None else fee.text,
        evidence=found.evidence,
        strength=found.strength,
        caution=found.caution,
        source=found.source,
        rows=found.rows,
        read=found.read,
    )


def _responses(seen: ExpectedResponse) -> Iterable[Response]:
    for answered in seen.trials:
        yield from _counted(answered)
    for found in seen.findings:
        yield Response(
            schedule="",
            grader="",
            outcome=found.text,
            count=None,
            people=None,
            share=None,
            low=None,
            high=None,
            alone=True,
            warnings=(),
            source=found.source,
            rows=found.rows,
            read=found.read,
        )


def _counted(answered: TrialResponse) -> Iterable[Response]:
    trial = answered.trial
    for one in answered.shares:
        yield Response(
            schedule=trial.schedule,
            grader=trial.grader,
            outcome=one.text,
            count=one.count,
            people=one.people,
            share=one.share,
            low=one.low,
            high=one.high,
            alone=trial.alone,
            warnings=answered.warnings,
            source=trial.source,
            rows=trial.rows,
            read=trial.read,
        )
