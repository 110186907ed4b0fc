"""Signed versions of the clinic's rules for tests."""

from corneum.clinic.accounts.models import User
from corneum.clinic.rules import queries, services
from corneum.clinic.rules.books import draft_digest
from tests.clinic.conftest import NOW

WHY = "seen to irritate in this clinic"


def sign(by, now=NOW):
    base = queries.draft() or queries.in_force()
    return services.sign(by=by, seen=draft_digest(base), text="The rules of this clinic.", now=now)


def stricter(by, rule="interval.020", verdict="defer", wait_days=None, now=NOW):
    return services.change_rule(by=by, rule=rule, verdict=verdict, wait_days=wait_days, why=WHY, now=now)


def rules_ids():
    """Return an id for each address of rules."""
    return {"version_id": sign(User.objects.get(role="clinician")).pk}
