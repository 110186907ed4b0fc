"""What the day list says of answers, of what the rules say of them, and of red flags."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corneum.clinic.intake.models import InboxItem, ItemKind, Sheet, StoredVerdict
from corneum.clinic.intake.weighing import soon
from corneum.clinic.rules.queries import book as rules_in_force
from corneum.clinic.visits.flags import LOOK, Flag
from corneum.clinic.visits.models import Kind, Visit

_SCREENED = (Kind.CONSULTATION, Kind.TREATMENT)
_HERE = ("intake:client",)
_QUESTIONS = Flag(_("questions open"), "wait", "checks", (*_HERE, "intake:links"))
_STOPS = Flag(_("a rule stops"), "stop", "checks", _HERE, LOOK)
_DEFERS = Flag(_("a rule says wait"), "wait", "checks", _HERE, LOOK)
_LOOK = Flag(LOOK, "wait", "checks", _HERE)
_UNSEEN = Flag(_("red flag, not seen yet"), "stop", "checks", ("intake:inbox",), LOOK)


def checks_open(visits: Sequence[Visit], now: datetime) -> Mapping[UUID, Sequence[Flag]]:
    """Return flags for consultations and treatments: answers missing, a rule that stops, defers or waits for more.

    Nobody is screened here: `corneum.clinic.intake.weighing` keeps what the rules said.
    """
    asked = [visit for visit in visits if visit.kind in _SCREENED]
    ids = [visit.client_id for visit in asked]
    handed: set[UUID] = set()
    drafts: set[UUID] = set()
    for client_id, submitted in Sheet.objects.filter(client__in=ids).order_by().values_list("client_id", "submitted"):
        (drafts if submitted is None else handed).add(client_id)
    kept = {one.client_id: one for one in StoredVerdict.objects.filter(client__in=handed)}
    digest = rules_in_force().digest() if handed else ""
    found: dict[UUID, Sequence[Flag]] = {}
    for visit in asked:
        open_ones = [_QUESTIONS] if visit.client_id not in handed or visit.client_id in drafts else []
        said = _of(kept.get(visit.client_id), visit, digest, now) if visit.client_id in handed else []
        found[visit.pk] = [*said, *open_ones]
    return found


def unseen(visits: Sequence[Visit], now: datetime) -> Mapping[UUID, Sequence[Flag]]:
    """Return a flag for each visit of a client of whom nobody has seen a red flag yet."""
    ids = [visit.client_id for visit in visits]
    found = InboxItem.objects.filter(client__in=ids, kind=ItemKind.RED_FLAG, seen=None)
    told = set(found.order_by().values_list("client_id", flat=True))
    return {visit.pk: [_UNSEEN] for visit in visits if visit.client_id in told}


def _of(kept: StoredVerdict | None, visit: Visit, digest: str, now: datetime) -> list[Flag]:
    """Return what the rules said; where that is not known, or was by other rules or of an earlier day, to look anew.

    Who comes later is weighed again by then.
    """
    if kept is None:
        return [_LOOK]
    until = kept.deferred_until
    found = [_STOPS] * kept.stops
    if kept.defers and (until is None or timezone.localdate(visit.starts) < until):
        found.append(_DEFERS)
    first, end = soon(now)
    old = kept.day < timezone.localdate(now) and first <= visit.starts < end
    found += [_LOOK] * (old or kept.rules_digest != digest)
    return [*found, _QUESTIONS] if kept.asks else found
