"""A course that is refused, with the reasons."""

from collections.abc import Sequence

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
