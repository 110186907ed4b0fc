"""The page before a session: what is approved, which number comes next, what stands in the way."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from corneum.clinic.treatments import queries, refusals, translate
from corneum.clinic.treatments.next_session import may_follow, next_sessions, sessions_of
from corneum.clinic.treatments.present.checks import site_titles, standing_against
from corneum.clinic.treatments.present.words import consents, refusal
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
            may_follow(course, number, plan, reviews, earlier)
        except refusals.Refused as error:
            why = refusal(error)
        else:
            why = ""
        ways.append({"course": course, "number": number, "why": why, "new": number == 1})
    against = translate.against(client_id, [zone.zone for zone in zones], timezone.localdate())
    found["against"] = standing_against(against)
    missing = translate.missing_consent(client_id, timezone.localdate())
    found["consent_missing"] = consents(missing)
    found["consent_withdrawn"] = consents(translate.withdrawn_consent(client_id) if missing else ())
    titles = [(zone, site_titles([zone.zone])) for zone in zones]
    return found | {"zones": titles, "next_sessions": ways, "sessions": sessions_of(plan)}
