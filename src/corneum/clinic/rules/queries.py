"""Which rules are in force: for screening, plans and sessions; and the versions that there were."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import Http404

from corneum.clinic.rules.books import book_of
from corneum.clinic.rules.models import RuleVersion, State
from corneum.screening import RuleBook, load_rules


def book(at: datetime | None = None) -> RuleBook:
    """Return the rules in force, with what the clinic made stricter and who signed it.

    Parameters
    ----------
    at
        When; now if None. A session keeps the rules with which it was opened.
    """
    found = _signed(at).values_list("pk", flat=True).first()
    return load_rules() if found is None else _book(found)


def limits(at: datetime | None = None) -> dict[str, Any]:
    """Return the clinic's stricter limits of a course that are in force; empty without any."""
    return _signed(at).values_list("limits", flat=True).first() or {}


def in_force() -> RuleVersion | None:
    """Return the version in force, or None where the rules stand as shipped and nobody signed them."""
    return RuleVersion.objects.filter(state=State.IN_FORCE).select_related("signed_by", "changed_by").first()


def draft() -> RuleVersion | None:
    """Return the draft, or None."""
    return RuleVersion.objects.filter(state=State.DRAFT).select_related("changed_by").first()


def versions() -> list[RuleVersion]:
    """Return the signed versions, the newest first."""
    found = RuleVersion.objects.exclude(state=State.DRAFT).select_related("signed_by").order_by("-number")
    return list(found.defer("digests"))


def version_of(version_id: UUID) -> RuleVersion:
    """Return a signed version, or raise `Http404`."""
    found = RuleVersion.objects.exclude(state=State.DRAFT).select_related("signed_by").filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found


def before(version: RuleVersion) -> RuleVersion | None:
    """Return the version that one replaced, or None for the first."""
    return RuleVersion.objects.filter(number__lt=version.number).order_by("-number").first()


def _signed(at: datetime | None) -> Any:
    if at is None:
        return RuleVersion.objects.filter(state=State.IN_FORCE)
    return RuleVersion.objects.exclude(state=State.DRAFT).filter(signed_at__lte=at).order_by("-number")


@lru_cache(maxsize=8)
def _book(version_id: UUID) -> RuleBook:
    # A signed version never changes, so it is read once in a process.
    return book_of(RuleVersion.objects.select_related("signed_by").get(pk=version_id))
