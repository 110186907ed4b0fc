"""Small plans of courses for the tests of their reports: one that nothing stops, and one with every kind of refusal."""

from datetime import date
from functools import cache

from corneum.course.plan import Plan
from corneum.course.planner import plan_course
from corneum.course.request_file import parse_request
from corneum.reports.course import simulated_plan
from corneum.treatment import Result

TODAY = date(2026, 11, 20)
REQUEST = """
title = "Cheek & <b>more</b>"
start = 2027-02-15

[person]
age = 46
sex = "female"
phototype = "V"

[clinic]
name = "Clinic <of> tests"
clinician = "A. Example, clinician"

[[device]]
name = "diamond"
label = "Diamond handpiece"
vacuum = ["6 kPa", "34 kPa"]
vacuum_step = "8 kPa"
grits = ["60 um"]
speed = "30 mm/s"
settings = { tip = "6 mm", load = "0.1 N" }

[[goal]]
concern = "photo_ageing"
zone = "cheek"
severity = "ii"

[[goal]]
concern = "dullness"
zone = "perioral"
severity = "mild"

[[goal]]
concern = "wart"
zone = "hand"

[answers]
"isotretinoin.ever" = "yes"
"isotretinoin.last_dose" = 2026-07-20
"coldsore.now" = "yes"
"""


@cache
def planned() -> Plan:
    """Return a plan with a planned zone, a stopped one and one of which nothing is offered."""
    return plan_course(parse_request(REQUEST, today=TODAY), today=TODAY, samples=60)


@cache
def simulated() -> Result:
    """Return the same course, simulated."""
    return simulated_plan(planned())
