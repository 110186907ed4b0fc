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


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return what every page needs: the ways that are open to who is logged in, and where they are."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"ways": ()}
    match = request.resolver_match
    space = match.view_name.partition(":")[0] if match is not None else ""
    return {
        "ways": [
            {"title": way.title, "address": reverse(way.name), "here": way.name.partition(":")[0] == space}
            for way in WAYS
            if PERMISSIONS[way.name].allows(user.role)
        ],
        "may_search": PERMISSIONS["people:search"].allows(user.role),
    }
