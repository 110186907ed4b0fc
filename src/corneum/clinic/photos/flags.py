"""What the day list says of photographs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corneum.clinic.photos import queries
from corneum.clinic.visits.flags import Flag
from corneum.clinic.visits.models import Kind, Visit

_WANTED = (Kind.TREATMENT, Kind.PHOTOGRAPHS, Kind.REVIEW)
"""Visits at which the skin is photographed, so that the next ones can be compared."""


def photographs_wanted(visits: Sequence[Visit], now: datetime) -> Mapping[UUID, Sequence[Flag]]:
    """Return a flag for each visit that needs photographs and has none of its day, or was never asked for consent.

    Who refused photographs is not asked again, but where the visit is for photographs alone.
    """
    wanted = [visit for visit in visits if visit.kind in _WANTED]
    if not wanted:
        return {}
    ids = [visit.client_id for visit in wanted]
    agreed, asked = queries.record_consents(ids)
    taken = queries.has_kept(ids, timezone.localdate(wanted[0].starts))
    due = Flag(_("photographs due"), "wait", "photographs", ("photos:client",))
    missing = Flag(_("photograph consent missing"), "wait", "", ("consent:client",))
    found: dict[UUID, Sequence[Flag]] = {}
    for visit in wanted:
        if visit.client_id in agreed:
            found[visit.pk] = [] if visit.client_id in taken else [due]
        elif visit.client_id not in asked or visit.kind == Kind.PHOTOGRAPHS:
            found[visit.pk] = [missing]
    return found
