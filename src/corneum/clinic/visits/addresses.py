"""Addresses of long lists: looked up once a process, not once a row."""

from functools import cache
from uuid import UUID

from django.urls import NoReverseMatch, reverse

_NOBODY = UUID(int=0)


def address(name: str, key: UUID) -> str:
    """Return an address that takes one identifier, or none, as `django.urls.reverse` does."""
    return _pattern(name).replace(str(_NOBODY), str(key))


@cache
def _pattern(name: str) -> str:
    try:
        return reverse(name, args=[_NOBODY])
    except NoReverseMatch:
        return reverse(name)
