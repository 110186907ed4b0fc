"""What a private link shows of other apps, which stand above this one and register here; and when to call."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils.functional import Promise

from corneum.clinic.intake.models import Scope
from corneum.clinic.people.models import Client
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


@dataclass(frozen=True)
class CheckInPart:
    """What another app asks on the page of a check-in, and what is sent with its answers.

    Parameters
    ----------
    template
        Shows its form, as ``part``.
    form
        Returns it, bound where something was sent; None where nothing is asked of this client.
    keep
        Keeps what was sent, after the answers, which hold whatever becomes of it; tells by messages what was refused.
    """

    template: str
    form: Callable[[HttpRequest, Client], Form | None]
    keep: Callable[[HttpRequest, Client, Any, datetime], None]


_parts: list[CheckInPart] = []


def add_to_check_in(part: CheckInPart) -> None:
    """Put something onto the page of check-ins; for the `ready` of an app."""
    if part.template not in [one.template for one in _parts]:
        _parts.append(part)


def check_in_parts(request: HttpRequest, client: Client) -> list[tuple[CheckInPart, Form]]:
    """Return what other apps ask of a client with a check-in."""
    asked = [(part, part.form(request, client)) for part in _parts]
    return [(part, form) for part, form in asked if form is not None]


def show_own_way(way: OwnWay) -> None:
    """Put a page on the first page of private links; for the `ready` of an app."""
    if way not in _ways:
        _ways.append(way)


def ways_of(scopes: Collection[str]) -> list[OwnWay]:
    """Return the pages that a link with these scopes opens, each once."""
    return list({way.name: way for way in reversed(_ways) if way.scope in scopes}.values())[::-1]


def when_to_call() -> tuple[str, ...]:
    """Return when a client calls, in the words of the core's aftercare."""
    return tuple(spoken(row.client) for row in load_care() if row.kind == "call" and row.client)
