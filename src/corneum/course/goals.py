"""What is wished for, what trials saw of it, and what else is done for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Response:
    """What one trial saw of a concern; trials, graders and scales are never pooled.

    Parameters
    ----------
    schedule, grader
        When, and who judged on which scale; empty where nothing was counted.
    outcome
        What was counted or found.
    count, people
        How many of how many; None where nothing was counted.
    share, low, high
        The share, and the ends of its exact 95 % interval; None where nothing was counted.
    alone
        Whether microdermabrasion was the only treatment.
    warnings
        What to remember about it.
    source, rows, read
        Where it comes from and how it was read.
    """

    schedule: str
    grader: str
    outcome: str
    count: int | None
    people: int | None
    share: float | None
    low: float | None
    high: float | None
    alone: bool
    warnings: tuple[str, ...]
    source: str
    rows: tuple[str, ...]
    read: str


@dataclass(frozen=True)
class PlannedGoal:
    """A goal and what the evidence says of it.

    Parameters
    ----------
    concern, title, plain, zone, severity, scale
        The goal; severity and scale in words, None where nobody graded it.
    verdict
        "offer", "weak evidence", "adjunct only", "refer" or "exclude".
    why, client_text, trial, grade, depth, rows, source
        The suitability row behind it: what the treatment can and cannot do here, the trial, its certainty, the layer
        that a treatment must reach.
    conditions
        What must hold before the verdict counts, such as a lesion check.
    conflicts
        What another source says.
    wanted_share
        Share of the stratum corneum wanted in a session, or None where nothing is offered.
    wanted_key
        Evidence row of that share.
    alternatives
        Ids of the alternatives, see `Plan.alternatives`.
    statement, responses
        What trials saw, in one sentence and each by itself; empty where there is none.
    planned
        Whether the plan treats this goal.
    """

    concern: str
    title: str
    plain: str
    zone: str
    severity: str | None
    scale: str | None
    verdict: str
    why: str
    client_text: str
    trial: str
    grade: str
    depth: str
    rows: tuple[str, ...]
    source: str
    conditions: tuple[str, ...]
    conflicts: tuple[str, ...]
    wanted_share: float | None
    wanted_key: str | None
    alternatives: tuple[str, ...]
    statement: str
    responses: tuple[Response, ...]
    planned: bool


@dataclass(frozen=True)
class AlternativeNote:
    """Something else that is done for a concern of this plan.

    Parameters
    ----------
    id, title, plain
        Which; in the field's words and in words for a client.
    for_concerns
        Concerns of this plan that name it.
    purpose, depth, sessions, downtime, cost_class, cost, evidence, strength, caution
        Side by side, in words; empty where none was read.
    source, rows, read
        Where it comes from and how it was read.
    """

    id: str
    title: str
    plain: str
    for_concerns: tuple[str, ...]
    purpose: str
    depth: str
    sessions: str
    downtime: str
    cost_class: str
    cost: str
    evidence: str
    strength: str
    caution: str
    source: str
    rows: tuple[str, ...]
    read: str
