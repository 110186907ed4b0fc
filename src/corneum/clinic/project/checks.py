"""Checked at every start: an address without a row in the table of permissions ends it."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from corneum.clinic.project.permissions import PERMISSIONS


def view_names(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the name of every address, with its app: ``people:client``; an unnamed one as its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from view_names(entry, (*spaces, *filter(None, [entry.namespace])))
        elif isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or f"<{entry.pattern}>"))


def every_address_has_a_permission(**_: Any) -> list[CheckMessage]:
    """Return an error for each address without a row, and for each row without an address."""
    names = set(view_names())
    missing = [
        Error(f"the address {name!r} has no row in the table of permissions", id="corneum.E001")
        for name in sorted(names - set(PERMISSIONS))
    ]
    stale = [
        Error(f"the table of permissions has a row for {name!r}, and there is no such address", id="corneum.E002")
        for name in sorted(set(PERMISSIONS) - names)
    ]
    return [*missing, *stale]
