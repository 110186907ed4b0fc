"""Who is to be called, and who was treated with a lot."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.people.models import Client
from corneum.clinic.stock.queries import lots_numbered, used_on_clients
from corneum.clinic.visits import queries
from corneum.clinic.visits import recalls as calls
from corneum.clinic.visits.forms import RecallForm
from corneum.clinic.visits.models import Recall

_AHEAD = timedelta(days=14)
_JUST = timedelta(hours=12)
_MOST = 300


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """List who is to be called, by when."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = list(queries.recalls(today + _AHEAD)[:_MOST])
    groups = [
        {"title": _("Overdue"), "tone": "stop", "recalls": [one for one in found if one.due_on < today]},
        {"title": _("Today"), "tone": "wait", "recalls": [one for one in found if one.due_on == today]},
        {"title": _("In the next two weeks"), "tone": "", "recalls": [one for one in found if one.due_on > today]},
    ]
    closed = list(queries.just_called(now - _JUST)[:20])
    return render(
        request, "visits/recalls.html", {"groups": [one for one in groups if one["recalls"]], "closed": closed}
    )


@require_POST
def add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Have a client called."""
    client = get_object_or_404(Client, pk=client_id)
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
    return redirect("visits:recalls")


@require_POST
def reopen(request: HttpRequest, recall_id: UUID) -> HttpResponse:
    """Undo that."""
    try:
        calls.reopen(by=person(request), recall=get_object_or_404(Recall, pk=recall_id), now=timezone.now())
    except calls.OpenAgain:
        messages.error(request, _("This client is to be called for the same reason already."))
    return redirect("visits:recalls")


@require_safe
def treated(request: HttpRequest) -> HttpResponse:
    """Show who was treated with a lot: for when its maker calls it back."""
    number = request.GET.get("lot", "").strip()
    lots = lots_numbered(number)
    moves = used_on_clients(lots)
    clients = queries.clients_named({move.client_id for move in moves if move.client_id is not None})
    uses = [
        {"move": move, "client": clients.get(move.client_id), "amount": -move.amount}
        for move in moves
        if move.client_id is not None
    ]
    people = len({move.client_id for move in moves})
    return render(request, "visits/treated.html", {"q": number, "lots": lots, "uses": uses, "people": people})
