"""A client's record at a glance: one line from each room, each leading to its page; shown to who may open that page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corneum.clinic.consent import queries as consent
from corneum.clinic.consent.models import Kind
from corneum.clinic.intake import queries as intake
from corneum.clinic.marks import queries as marks
from corneum.clinic.photos import queries as photos
from corneum.clinic.plans import queries as plans
from corneum.clinic.project.permissions import PERMISSIONS
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.visits import queries as visits
from corneum.clinic.visits.models import Status


@dataclass(frozen=True)
class Line:
    """What a room says of a client.

    Parameters
    ----------
    text
        A few words.
    tone
        As the tags of the style sheet: ``stop``, ``wait``, ``done`` or nothing.
    """

    text: str
    tone: str = ""


_Source = Callable[[UUID, datetime], Iterator[Line]]


def glance(client_id: UUID, role: str, now: datetime) -> list[dict[str, Any]]:
    """Return the lines of a record that a role may follow up; the number of queries does not grow with the record."""
    return [
        {"title": title, "address": reverse(way, args=[client_id]), "lines": list(source(client_id, now))}
        for way, title, source in _SOURCES
        if PERMISSIONS[way].allows(role)
    ]


def _visits(client_id: UUID, now: datetime) -> Iterator[Line]:
    coming = [one for one in visits.visits_of(client_id) if one.ends >= now and one.status != Status.CANCELLED]
    if not coming:
        yield Line(_("none booked"))
        return
    following = min(coming, key=lambda one: one.starts)
    yield Line(f"{following.get_kind_display()}, {_moment(following.starts)}")


def _answers(client_id: UUID, now: datetime) -> Iterator[Line]:
    found = intake.screening_of(client_id, timezone.localdate(now))
    if found is None:
        yield Line(_("no answers yet"), "wait")
        return
    stops = sum(finding.verdict == "stop" for finding in found.findings)
    if stops:
        yield Line(ngettext("%(count)d rule stops", "%(count)d rules stop", stops) % {"count": stops}, "stop")
    waits = sum(finding.verdict != "stop" for finding in found.findings)
    if waits:
        yield Line(ngettext("%(count)d rule asks", "%(count)d rules ask", waits) % {"count": waits}, "wait")
    if not found.findings:
        yield Line(_("no rule fired"))


def _consent(client_id: UUID, now: datetime) -> Iterator[Line]:
    missing = consent.missing(client_id, timezone.localdate(now))
    for kind in missing:
        yield Line(_("missing: %(kind)s") % {"kind": Kind(kind).label}, "wait")
    if not missing:
        yield Line(_("in force"), "done")


def _photographs(client_id: UUID, now: datetime) -> Iterator[Line]:
    newest = photos.of_client(client_id).order_by("-taken_at").first()
    yield Line(_("none yet") if newest is None else _("last %(day)s") % {"day": _day(newest.taken_at)})


def _marks(client_id: UUID, now: datetime) -> Iterator[Line]:
    count = len(marks.marks_on(client_id))
    yield Line(ngettext("%(count)d on the list", "%(count)d on the list", count) % {"count": count})
    if client_id in marks.waiting_on([client_id]):
        yield Line(_("a doctor looks first"), "stop")


def _plan(client_id: UUID, now: datetime) -> Iterator[Line]:
    approved = plans.approved(client_id)
    if approved is None:
        yield Line(_("none approved"), "wait")
    else:
        yield Line(_("version %(number)d approved") % {"number": approved.number}, "done")


def _sessions(client_id: UUID, now: datetime) -> Iterator[Line]:
    signed = treatments.signed_sessions(client_id)
    text = ngettext("%(count)d session signed", "%(count)d sessions signed", len(signed)) % {"count": len(signed)}
    yield Line(text)
    if treatments.open_session(client_id) is not None:
        yield Line(_("one is open"), "wait")
    unwanted = sum(event.closed_at is None for event in treatments.events_of(client_id))
    if unwanted:
        words = ngettext("%(count)d reaction open", "%(count)d reactions open", unwanted)
        yield Line(words % {"count": unwanted}, "stop")


_SOURCES: tuple[tuple[str, str | Promise, _Source], ...] = (
    ("visits:of_client", gettext_lazy("Next visit"), _visits),
    ("intake:client", gettext_lazy("Screening"), _answers),
    ("consent:client", gettext_lazy("Consent"), _consent),
    ("photos:client", gettext_lazy("Photographs"), _photographs),
    ("marks:client", gettext_lazy("Marks"), _marks),
    ("plans:versions", gettext_lazy("Plan"), _plan),
    ("treatments:course", gettext_lazy("Course"), _sessions),
)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
