"""What the day list says beside a visit: consent missing, photographs due, checks open.

Apps above this one add their own: a function that is given the visits of a day, all at once, and returns what it has
to say about each. What a flag tells of health is for those who may open the page behind it; everybody else reads that
somebody must look.

Examples
--------
In an app's ``ready``::

    flags_from(open_checks)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneum.clinic.visits.models import Kind, Recall, RecallKind, Status, Visit

_OPEN = (Status.BOOKED, Status.ARRIVED, Status.IN_ROOM)
LOOK = _("a clinician must look")
"""What is told of a finding to who may not read it."""


@dataclass(frozen=True)
class Flag:
    """Something to see to before a visit, or in it.

    Parameters
    ----------
    text
        A few words.
    tone
        ``stop``, ``wait`` or nothing, as the tags of the style sheet.
    kind
        For counting: ``consent``, ``photographs``, ``checks``, ``device``.
    ways
        Names of the pages on which it is seen to: the flag leads to the first that its reader may open.
    plain
        What is told to who may open none of them; the text itself if empty.
    """

    text: str | Promise
    tone: str = "wait"
    kind: str = ""
    ways: tuple[str, ...] = ()
    plain: str | Promise = ""


Source = Callable[[Sequence[Visit], datetime], Mapping[UUID, Sequence[Flag]]]
"""Given visits and the time; returns flags by the id of the visit. Its number of queries must not grow with them."""

_sources: list[Source] = []


def flags_from(source: Source) -> Source:
    """Add a source of flags, once."""
    if source not in _sources:
        _sources.append(source)
    return source


def flags_of(visits: Sequence[Visit], now: datetime) -> dict[UUID, list[Flag]]:
    """Return the flags of those visits that are not over."""
    still = [visit for visit in visits if visit.status in _OPEN]
    found: dict[UUID, list[Flag]] = {}
    if still:
        for source in (consent_missing, photographs_due, device_due, *_sources):
            for visit_id, flags in source(still, now).items():
                told = found.setdefault(visit_id, [])
                told.extend(flag for flag in flags if flag not in told)
    return found


def consent_missing(visits: Sequence[Visit], now: datetime) -> dict[UUID, list[Flag]]:
    """Return a flag for each visit that needs a consent which is not there."""
    if not apps.is_installed("corneum.clinic.consent"):
        return {}
    from corneum.clinic.consent import queries as consent

    needing = [visit for visit in visits if visit.kind == Kind.TREATMENT]
    missing = consent.missing_of([visit.client_id for visit in needing], timezone.localdate(now))
    flag = Flag(_("consent missing"), "stop", "consent", ("consent:client",))
    return {visit.pk: [flag] for visit in needing if missing[visit.client_id]}


def device_due(visits: Sequence[Visit], now: datetime) -> dict[UUID, list[Flag]]:
    """Return a flag for each visit with a device whose service or gauge calibration is due."""
    today, flag = timezone.localdate(now), Flag(_("device check due"), "wait", "device")
    return {visit.pk: [flag] for visit in visits if visit.device is not None and visit.device.due(today)}


def photographs_due(visits: Sequence[Visit], now: datetime) -> dict[UUID, list[Flag]]:
    """Return a flag for each visit of a client of whom a follow-up photograph is due."""
    due = set(
        Recall.objects.filter(
            client__in=[visit.client_id for visit in visits],
            kind=RecallKind.PHOTOGRAPH,
            done_at__isnull=True,
            due_on__lte=timezone.localdate(now),
        ).values_list("client_id", flat=True)
    )
    flag = Flag(_("photographs due"), "wait", "photographs", ("photos:client",))
    return {visit.pk: [flag] for visit in visits if visit.client_id in due}
