"""The page before a session: what is approved, which number comes next, what stands in the way."""

from typing import Any
from uuid import UUID

from corneum.clinic.treatments import queries, refusals, translate
from corneum.clinic.treatments.next_session import may_follow, next_sessions, sessions_of
from corneum.clinic.treatments.present.checks import site_titles
from corneum.clinic.treatments.present.words import refusal
from corneum.clinic.treatments.zones import planned_zone


def start(client_id: UUID) -> dict[str, Any]:
    """Return what the page before a session shows."""
    plan = translate.approved_plan(client_id)
    earlier = queries.signed_sessions(client_id)
    found: dict[str, Any] = {"plan": plan, "earlier": earlier, "next_sessions": [], "refused": ""}
    if plan is None:
        return found | {"refused": refusal(refusals.NoPlan())}
    carried = translate.as_carried(earlier)
    zones = [planned_zone(raw, carried) for raw in translate.as_planned(plan)]
    reviews = queries.reviews(client_id)
    ways = []
    for course, number in next_sessions(earlier):
        try:
            may_follow(course, number, plan, reviews)
        except refusals.Refused as error:
            why = refusal(error)
        else:
            why = ""
        ways.append({"course": course, "number": number, "why": why, "new": number == 1})
    titles = [(zone, site_titles([zone.zone])) for zone in zones]
    return found | {"zones": titles, "next_sessions": ways, "sessions": sessions_of(plan)}
