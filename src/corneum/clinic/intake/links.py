"""Tokens of private links, and the pass that a browser holds once a link was opened."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404

from corneum.clinic.intake.models import Link, Scope

_PASS = "pass"
_MINUTES = 60
"""A browser that answers nothing for so long loses its pass; the link itself opens again."""


def new_token() -> str:
    """Return a token of 256 bits: nobody guesses it."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str, now: datetime) -> Link | None:
    """Return the link of a token, or None where there is none, or it has expired or was revoked."""
    found = Link.objects.select_related("client").filter(token_hash=hash_of(token)).first()
    return found if found is not None and found.stands(now) else None


def hold(session: SessionBase, link: Link) -> None:
    """Give a browser the pass of a link, in place of everything that it held: staff are logged out of it."""
    session.flush()
    session[_PASS] = str(link.pk)
    stay(session)


def stay(session: SessionBase) -> None:
    """Begin the time anew after which an unused pass ends."""
    session.set_expiry(60 * _MINUTES)


def held(session: SessionBase, scope: Scope | Sequence[Scope] | None, now: datetime) -> Link:
    """Return the link whose pass a browser holds; asked anew at every page, so that revoking counts at once.

    Parameters
    ----------
    session
        Of the browser.
    scope
        What it must open, one of several where there are several; None for any.
    now
        When.

    Raises
    ------
    Http404
        If it holds none, or one that has expired, was revoked, or opens other things: all look the same.
    """
    kept = session.get(_PASS)
    link = Link.objects.select_related("client").filter(pk=UUID(kept)).first() if kept else None
    wanted = Scope.values if scope is None else [scope] if isinstance(scope, Scope) else scope
    if link is None or not link.stands(now) or not set(wanted) & set(link.scopes):
        raise Http404
    return link
