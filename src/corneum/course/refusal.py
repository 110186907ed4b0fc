"""A course that is refused, with the reasons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from corneum.course.findings import ZoneVerdict
from corneum.course.goals import PlannedGoal
from corneum.course.zones import UnplannedZone


class CourseRefused(ValueError):
    """No course is planned; ``reasons`` says why, zone by zone, and names the limits that bind.

    Parameters
    ----------
    reasons
        One sentence each.
    verdicts, goals, unplanned
        What is known all the same: the screening, what the evidence says of the goals, and each zone's reason.
    """

    def __init__(
        self,
        reasons: Sequence[str],
        verdicts: Sequence[ZoneVerdict] = (),
        goals: Sequence[PlannedGoal] = (),
        unplanned: Sequence[UnplannedZone] = (),
    ) -> None:
        self.reasons = tuple(reasons)
        self.verdicts, self.goals, self.unplanned = tuple(verdicts), tuple(goals), tuple(unplanned)
        super().__init__("\n".join(self.reasons))

    @property
    def until(self) -> date | None:
        """The earliest day with which, as a start, a deferred zone can be planned; None if none is known."""
        return min((one.until for one in self.unplanned if one.until is not None), default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return the refusal as plain values that JSON can hold."""
        return {
            "refused": True,
            "reasons": list(self.reasons),
            "verdicts": TypeAdapter(tuple[ZoneVerdict, ...]).dump_python(self.verdicts, mode="json"),
            "until": None if self.until is None else self.until.isoformat(),
        }
