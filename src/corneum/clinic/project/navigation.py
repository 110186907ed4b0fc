"""The main ways of the clinic: each role sees those that it may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from corneum.clinic.intake.queries import inbox_count
from corneum.clinic.photos.queries import to_call_back_count, waiting_count
from corneum.clinic.project.glance import glance
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
    count
        How many things wait there; None where nothing is counted.
    """

    name: str
    title: str | Promise
    count: Callable[[], int] | None = None


WAYS = (
    Way("visits:today", _("Today")),
    Way("intake:inbox", _("Inbox"), inbox_count),
    Way("people:clients", _("Clients")),
    Way("stock:lots", _("Stock")),
    Way("reports:outcomes", _("Outcomes")),
    Way("accounts:staff", _("Clinic")),
    Way("audit:events", _("Audit")),
)

SECTIONS = (
    (
        Way("visits:today", _("Day")),
        Way("visits:calendar", _("Calendar")),
        Way("visits:recalls", _("Recalls")),
        Way("visits:feeds", _("Calendar feed")),
    ),
    (
        Way("stock:lots", _("Tips and crystals")),
        Way("visits:treated", _("Lot recall")),
        Way("stock:rooms", _("Rooms")),
        Way("stock:devices", _("Devices")),
        Way("stock:prices", _("Prices")),
    ),
    (
        Way("intake:inbox", _("Inbox")),
        Way("photos:review", _("Photographs from home"), waiting_count),
        Way("photos:given", _("Photographs given out"), to_call_back_count),
    ),
    (
        Way("accounts:staff", _("Staff")),
        Way("practice:own", _("This clinic")),
        Way("consent:texts", _("Texts of consent")),
        Way("rules:rules", _("Rules")),
        Way("reports:clinic", _("Copy of all data")),
        Way("reports:erasures", _("Erased records")),
    ),
    (Way("reports:outcomes", _("Outcomes")),),
)
"""The pages of one main way, as tabs above each of them; the first names the way."""

RECORD_WAYS = (
    Way("people:client", _("Record")),
    Way("visits:of_client", _("Visits")),
    Way("intake:client", _("Consultation")),
    Way("intake:links", _("From home")),
    Way("photos:client", _("Photographs")),
    Way("measured:compare", _("Compare")),
    Way("marks:client", _("Marks")),
    Way("plans:versions", _("Plans")),
    Way("consent:client", _("Consent")),
    Way("treatments:day", _("Treatment")),
    Way("treatments:course", _("Course")),
    Way("reports:result", _("Result")),
    Way("reports:data", _("Data")),
)
"""The pages of one client's record, in the order of an appointment; each takes ``client_id``."""


_OWN = frozenset({"accounts:own", "accounts:keys", "accounts:password"})
"""Pages of who is logged in, which belong to no way."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return what every page needs: the ways that are open to who is logged in, and where they are.

    ``opens`` names every address that opens, so that a page shows no link that would not.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"ways": ()}
    match = request.resolver_match
    here = match.view_name if match is not None else ""
    client_id = match.kwargs.get("client_id") if match is not None else None
    section = () if client_id is not None or here in _OWN else _section(here)
    of_record = _of_record(here, request.path, client_id) if client_id is not None else None
    space = _space(here, section, client_id)
    return {
        "record_ways": [
            {
                "title": way.title,
                "address": reverse(way.name, args=[client_id]),
                "here": way == of_record,
            }
            for way in RECORD_WAYS
            if client_id is not None and PERMISSIONS[way.name].allows(user.role)
        ],
        "record_page": of_record.title if of_record is not None else "",
        "section_ways": [
            {
                "key": way.name.replace(":", "-") if way.count is not None else "",
                "title": way.title,
                "address": reverse(way.name),
                "here": way.name == here,
                "count": way.count() if way.count is not None else 0,
            }
            for way in section
            if PERMISSIONS[way.name].allows(user.role)
        ],
        "ways": [
            {
                "key": way.name.replace(":", "-") if way.count is not None else "",
                "title": way.title,
                "address": reverse(opens.name),
                "here": way.name.partition(":")[0] == space,
                "count": way.count() if way.count is not None else 0,
            }
            for way in WAYS
            if (opens := _first_open(way, user.role)) is not None
        ],
        "may_search": PERMISSIONS["people:search"].allows(user.role),
        "opens": frozenset(name for name, access in PERMISSIONS.items() if access.allows(user.role)),
        "glance": _glance(client_id, user.role) if client_id is not None and _is_record(here) else (),
    }


def _space(here: str, section: tuple[Way, ...], client_id: UUID | None) -> str:
    if client_id is not None:
        return "people"
    return "" if here in _OWN else (section[0].name if section else here).partition(":")[0]


def _glance(client_id: UUID, role: str) -> Any:
    """Return the record at a glance, read when the page shows it."""
    return SimpleLazyObject(lambda: glance(client_id, role, timezone.now()))


def _is_record(here: str) -> bool:
    return here == RECORD_WAYS[0].name


def _first_open(way: Way, role: str) -> Way | None:
    """Return the first page behind a main way that a role may open, or None."""
    section = next((section for section in SECTIONS if section[0].name == way.name), (way,))
    return next((one for one in section if PERMISSIONS[one.name].allows(role)), None)


def _of_record(here: str, path: str, client_id: UUID) -> Way | None:
    same = [way for way in RECORD_WAYS if way.name.partition(":")[0] == here.partition(":")[0]]
    above = [way for way in same if path.startswith(reverse(way.name, args=[client_id]))]
    return next(iter(above or same), None)


def _section(here: str) -> tuple[Way, ...]:
    named = next((section for section in SECTIONS if here in (way.name for way in section)), ())
    space = here.partition(":")[0]
    first = next((section for section in SECTIONS if section[0].name.partition(":")[0] == space), ())
    return (
        named or first or next((some for some in SECTIONS if space in (way.name.partition(":")[0] for way in some)), ())
    )
