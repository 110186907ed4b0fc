"""The main ways of the clinic: each role sees those that it may open."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneum.clinic.project.permissions import PERMISSIONS


@dataclass(frozen=True)
class Way:
    """A page of the main navigation.

    Parameters
    ----------
    name
        Of its address.
    title
        As shown.
    """

    name: str
    title: str | Promise


WAYS = (
    Way("people:clients", _("Clients")),
    Way("accounts:staff", _("Clinic")),
    Way("audit:events", _("Audit")),
)

RECORD_WAYS = (Way("people:client", _("Record")),)
"""The pages of one client's record, in the order of an appointment; each takes ``client_id``."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return what every page needs: the ways that are open to who is logged in, and where they are."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"ways": ()}
    match = request.resolver_match
    here = match.view_name if match is not None else ""
    space = here.partition(":")[0]
    client_id = match.kwargs.get("client_id") if match is not None else None
    return {
        "record_ways": [
            {"title": way.title, "address": reverse(way.name, args=[client_id]), "here": way.name == here}
            for way in RECORD_WAYS
            if client_id is not None and PERMISSIONS[way.name].allows(user.role)
        ],
        "ways": [
            {"title": way.title, "address": reverse(way.name), "here": way.name.partition(":")[0] == space}
            for way in WAYS
            if PERMISSIONS[way.name].allows(user.role)
        ],
        "may_search": PERMISSIONS["people:search"].allows(user.role),
    }
