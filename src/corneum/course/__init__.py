"""Course: the plan over weeks, from goals and answers to settings, dates and reasons."""

from corneum.course.looks import Look, Looks, OtherSettings, WhatIf, WhatIfError
from corneum.course.plan import (
    AlternativeNote,
    CalendarEntry,
    Conflict,
    CourseCost,
    Expected,
    Influence,
    Origin,
    Plan,
    PlanFileError,
    PlanFinding,
    PlannedGoal,
    PlannedZone,
    Response,
    Review,
    Spread,
    UnplannedZone,
    ZoneSettings,
    ZoneVerdict,
)
from corneum.course.planner import plan_course
from corneum.course.refusal import CourseRefused
from corneum.course.replay import Replay, read_plan, replay
from corneum.course.request import (
    Clinic,
    ClinicDevice,
    CourseRequest,
    Goal,
    Limits,
    Prices,
    RequestError,
    SettingRange,
)
from corneum.course.request_devices import device_mistakes
from corneum.course.request_file import parse_request, read_request
from corneum.course.what_if import protocol_of, simulate_plan, what_if

__all__ = [
    "AlternativeNote",
    "CalendarEntry",
    "Clinic",
    "ClinicDevice",
    "Conflict",
    "CourseCost",
    "CourseRefused",
    "CourseRequest",
    "Expected",
    "Goal",
    "Influence",
    "Limits",
    "Look",
    "Looks",
    "Origin",
    "OtherSettings",
    "Plan",
    "PlanFileError",
    "PlanFinding",
    "PlannedGoal",
    "PlannedZone",
    "Prices",
    "Replay",
    "RequestError",
    "Response",
    "Review",
    "SettingRange",
    "Spread",
    "UnplannedZone",
    "WhatIf",
    "WhatIfError",
    "ZoneSettings",
    "ZoneVerdict",
    "device_mistakes",
    "parse_request",
    "plan_course",
    "protocol_of",
    "read_plan",
    "read_request",
    "replay",
    "simulate_plan",
    "what_if",
]
