"""Identifiers as addresses and forms say them."""

from uuid import UUID


def uuid_of(text: str) -> UUID | None:
    """Return an identifier, or None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
