"""Make, open and revoke private links."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.intake.links import hash_of, new_token
from corneum.clinic.intake.models import Link, Scope
from corneum.clinic.people.models import Client

MOST_DAYS = 90


class LinkRefused(ValueError):
    """A link that opens nothing, or stays open too long."""


@transaction.atomic
def make_link(*, by: User, client: Client, scopes: Collection[str], days: int, now: datetime) -> tuple[Link, str]:
    """Return a new private link and its token, which is told this once and kept nowhere.

    Raises
    ------
    LinkRefused
        If it opens nothing, or is to stand for no day or for more than `MOST_DAYS`.
    """
    if not scopes or set(scopes) - set(Scope.values) or not 1 <= days <= MOST_DAYS:
        raise LinkRefused(f"a link opens something, for 1 to {MOST_DAYS} days")
    token = new_token()
    link = Link.objects.create(
        client=client,
        token_hash=hash_of(token),
        scopes=[scope for scope in Scope.values if scope in scopes],
        made=now,
        made_by=by,
        expires=now + timedelta(days=days),
    )
    record("link.made", by=by, subject=link, now=now, data={"scopes": link.scopes, "days": days})
    return link, token


@transaction.atomic
def open_link(*, link: Link, now: datetime, by: User | None = None) -> Link:
    """Write down that a link was opened: by a client, or by who of the staff is logged in in this browser."""
    if link.opened is None:
        link.opened = now
        link.save(update_fields=["opened"])
    record("link.opened", by=by, subject=link, now=now)
    return link


@transaction.atomic
def revoke_link(*, by: User, link: Link, now: datetime) -> Link:
    """Close a link; whoever has it open is out at the next click."""
    if link.revoked is None:
        link.revoked = now
        link.save(update_fields=["revoked"])
        record("link.revoked", by=by, subject=link, now=now)
    return link
