"""What a private link shows of other apps, which stand above this one and register here; and when to call."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise

from corneum.clinic.intake.models import Scope
from corneum.clinic.ui.phrases import spoken
from corneum.course.care import load_care

_ways: list["OwnWay"] = []


@dataclass(frozen=True)
class OwnWay:
    """A page for clients that another app has.

    Parameters
    ----------
    scope
        What a link must open for it.
    name
        Of its address, which takes nothing; the view asks `corneum.clinic.intake.links.held`.
    title, about
        As shown.
    """

    scope: Scope
    name: str
    title: str | Promise
    about: str | Promise = ""


def show_own_way(way: OwnWay) -> None:
    """Put a page on the first page of private links; for the `ready` of an app."""
    if way not in _ways:
        _ways.append(way)


def ways() -> tuple[OwnWay, ...]:
    """Return the pages that other apps have for clients."""
    return tuple(_ways)


def ways_of(scopes: Collection[str]) -> list[OwnWay]:
    """Return the pages that a link with these scopes opens, each once."""
    return list({way.name: way for way in reversed(_ways) if way.scope in scopes}.values())[::-1]


def when_to_call() -> tuple[str, ...]:
    """Return when a client calls, in the words of the core's aftercare."""
    return tuple(spoken(row.client) for row in load_care() if row.kind == "call" and row.client)
