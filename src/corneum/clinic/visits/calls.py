"""Recalls in the words of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from corneum.clinic.visits.addresses import address
from corneum.clinic.visits.models import Kind, Recall, RecallKind

_VISIT = {
    RecallKind.PHOTOGRAPH: Kind.PHOTOGRAPHS,
    RecallKind.REVIEW: Kind.REVIEW,
    RecallKind.FOLLOW_UP: Kind.CHECK,
}
"""What is booked for it, where that is not a treatment."""


@dataclass(frozen=True)
class Call:
    """A line of the list.

    Parameters
    ----------
    name, kind
        Who, and why.
    about
        When it is due, and how the client is reached.
    client, book, close, undo
        Where its link and buttons lead.
    book_label, close_label, undo_label
        What its buttons say to who cannot see where they stand.
    is_booked
        Whether a visit answered it.
    """

    name: str
    kind: str
    about: str
    client: str
    book: str
    close: str
    undo: str
    book_label: str
    close_label: str
    undo_label: str
    is_booked: bool


@dataclass(frozen=True)
class CallGroup:
    """Lines under a heading.

    Parameters
    ----------
    title, tone
        The heading, and the color of its number.
    total
        How many there are, on this page and others.
    calls
        The lines.
    """

    title: str | Promise
    tone: str
    total: int
    calls: tuple[Call, ...]


def call_groups(found: Sequence[Recall], today: date, totals: tuple[int, int, int]) -> list[CallGroup]:
    """Return a page of the list under its headings; those without a line are left out."""
    late, due, soon = totals
    groups = [
        CallGroup(_("Overdue"), "stop", late, tuple(call(one) for one in found if one.due_on < today)),
        CallGroup(_("Today"), "wait", due, tuple(call(one) for one in found if one.due_on == today)),
        CallGroup(_("In the next two weeks"), "", soon, tuple(call(one) for one in found if one.due_on > today)),
    ]
    return [group for group in groups if group.calls]


def call(recall: Recall) -> Call:
    """Return a line of the list."""
    client, key = recall.client, recall.pk
    kind = f"&kind={_VISIT[RecallKind(recall.kind)]}" if recall.kind in _VISIT else ""
    name = {"name": client.name}
    return Call(
        name=client.name,
        kind=str(RecallKind(recall.kind).label),
        about=" · ".join(filter(None, (date_format(recall.due_on), client.phone, client.email))),
        client=address("people:client", recall.client_id),
        book=f"{reverse('visits:book')}?client={recall.client_id}&recall={key}{kind}",
        close=address("visits:recall_close", key),
        undo=address("visits:recall_open", key),
        book_label=_("Book for %(name)s") % name,
        close_label=_("No call needed to %(name)s") % name,
        undo_label=_("Undo for %(name)s") % name,
        is_booked=recall.visit_id is not None,
    )
