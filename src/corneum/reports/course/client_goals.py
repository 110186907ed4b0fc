"""What trials let a client expect, in plain words."""

from corneum.course.plan import Plan, PlannedGoal
from corneum.reports.course.blocks import Block, Box, Boxes, Paragraph, Tone, say
from corneum.reports.numbers import percent


def expected_blocks(plan: Plan) -> list[Block]:
    """Return what trials let a client expect of each concern, in plain words."""
    goals: dict[str, PlannedGoal] = {}
    for goal in plan.goals:
        goals.setdefault(goal.concern + goal.client_text, goal)
    boxes = tuple(Box(goal.plain, _goal_words(goal), _tone(goal), _word(goal)) for goal in goals.values())
    return [Boxes(boxes, 2)] if boxes else []


def _goal_words(goal: PlannedGoal) -> tuple[Block, ...]:
    counted = next((one for one in goal.responses if one.share is not None), None)
    said: list[Block] = [Paragraph(say(goal.client_text))]
    if counted is not None and counted.low is not None and counted.high is not None:
        said.append(
            Paragraph(
                say(
                    f"In one study {counted.count} of {counted.people} people: {counted.outcome}. With so few "
                    f"people, the share among all could be anything from {percent(counted.low)} to "
                    f"{percent(counted.high)} of 100. {' '.join(counted.warnings)}"
                )
            )
        )
    else:
        said.append(Paragraph(say("No study counted how many people saw a change.")))
    return tuple(said)


def _tone(goal: PlannedGoal) -> Tone:
    tones: dict[str, Tone] = {"offer": "good", "weak evidence": "defer", "adjunct only": "ask"}
    return tones.get(goal.verdict, "limit")


def _word(goal: PlannedGoal) -> str:
    return {
        "offer": "some evidence",
        "weak evidence": "little evidence",
        "adjunct only": "only beside other care",
        "refer": "see a doctor",
        "exclude": "not treated here",
    }.get(goal.verdict, goal.verdict)
