"""Recalls of clients, and of lots: who is to be called, and who was treated with a lot."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.people.queries import client_of
from corneum.clinic.stock.models import Unit
from corneum.clinic.stock.queries import lots_numbered, number_treated, used_on_clients
from corneum.clinic.ui.ids import uuid_of
from corneum.clinic.visits import queries
from corneum.clinic.visits import recalls as calls
from corneum.clinic.visits.calls import call, call_groups
from corneum.clinic.visits.forms import RecallForm
from corneum.clinic.visits.models import Recall

_AHEAD = timedelta(days=14)
_JUST = timedelta(hours=12)
_PAGE = 50
_MOST_DONE = 20
_MOST_LOTS = 20


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """List who is to be called, by when: a page of them, and how many there are."""
    now = timezone.now()
    today = timezone.localdate(now)
    after, closed = _recall(request.GET.get("after", "")), _recall(request.GET.get("closed", ""))
    found = list(queries.recalls(today + _AHEAD, after=after)[: _PAGE + 1])
    late, due, soon = queries.recall_counts(today, today + _AHEAD)
    shown = {
        "groups": call_groups(found[:_PAGE], today, (late, due, soon)),
        "total": late + due + soon,
        "is_cut": after is not None or len(found) > _PAGE,
        "after": after,
        "next": found[_PAGE - 1].pk if len(found) > _PAGE else None,
        "done": [call(one) for one in queries.just_called(now - _JUST)[:_MOST_DONE]],
        "closed": call(closed) if closed is not None and closed.done_at is not None else None,
    }
    return render(request, "visits/recalls.html", shown)


@require_POST
def add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Put a client on the list."""
    client = client_of(client_id)
    form = RecallForm(request.POST)
    if form.is_valid():
        calls.recall(by=person(request), client=client, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Not saved: choose a day from today on, within five years."))
    return redirect("visits:of_client", client_id)


@require_POST
def close(request: HttpRequest, recall_id: UUID) -> HttpResponse:
    """Say that nobody needs to call any more."""
    calls.close(by=person(request), recall=get_object_or_404(Recall, pk=recall_id), now=timezone.now())
    return _back(request, closed=str(recall_id))


@require_POST
def reopen(request: HttpRequest, recall_id: UUID) -> HttpResponse:
    """Undo that."""
    try:
        calls.reopen(by=person(request), recall=get_object_or_404(Recall, pk=recall_id), now=timezone.now())
    except calls.OpenAgain:
        messages.error(request, _("This client is on the list for the same reason already."))
    return _back(request)


def _back(request: HttpRequest, **said: str) -> HttpResponse:
    """Return to the page of the list on which the button was."""
    after = uuid_of(request.POST.get("after", ""))
    asked = said if after is None else {"after": str(after), **said}
    return redirect(reverse("visits:recalls") + (f"?{urlencode(asked)}" if asked else ""))


def _recall(text: str) -> Recall | None:
    asked = uuid_of(text)
    return None if asked is None else Recall.objects.select_related("client").filter(pk=asked).first()


@require_safe
def treated(request: HttpRequest) -> HttpResponse:
    """Show who was treated with a lot, a page at a time: for when its maker recalls it."""
    number = request.GET.get("lot", "").replace("\0", "").strip()
    lots = lots_numbered(number)
    shown = list(lots[:_MOST_LOTS])
    found: dict[str, Any] = {"q": number, "lots": shown}
    if shown:
        page = Paginator(used_on_clients(lots), _PAGE).get_page(request.GET.get("page"))
        clients = queries.clients_named(use["client_id"] for use in page)
        uses = [
            {**use, "client": clients.get(use["client_id"]), "unit": Unit(use["lot__item__unit"]).label} for use in page
        ]
        found |= {
            "page": page,
            "uses": uses,
            "people": number_treated(lots),
            "lots_left_out": lots.count() - len(shown),
        }
    return render(request, "visits/treated.html", found)
