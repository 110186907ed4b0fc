"""The day, one visit, and the visits of a client."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.people.queries import client_of
from corneum.clinic.stock.models import Room
from corneum.clinic.visits import queries, services
from corneum.clinic.visits.forms import DayForm, RecallForm
from corneum.clinic.visits.models import Status, Visit
from corneum.clinic.visits.present import changed, rows, summary, why

_DIGITS = 19
"""More has no row's number, and very many cannot be read as a number at all."""


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show a day."""
    now = timezone.now()
    here = timezone.localdate(now)
    wanted = DayForm(request.GET)
    asked = wanted.asked(here)
    day = asked["day"]
    everybody = rows(queries.day(day), now)
    shown = [
        row
        for row in everybody
        if (asked["practitioner"] is None or row.visit.practitioner_id == asked["practitioner"].pk)
        and (asked["room"] is None or row.visit.room_id == asked["room"].pk)
    ]
    found = {
        "day": day,
        "mistakes": wanted.errors.get("day"),
        "is_today": day == here,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "form": DayForm(initial={**asked, "day": day}),
        "is_filtered": asked["practitioner"] is not None or asked["room"] is not None,
        "rows": [row for row in shown if row.visit.status != Status.CANCELLED],
        "cancelled": [row for row in shown if row.visit.status == Status.CANCELLED],
        "summary": summary(everybody),
        "no_room": not everybody and not Room.objects.filter(is_active=True).exists(),
        "due": queries.recalls(here).count() if day == here else 0,
    }
    if getattr(request, "htmx", False):
        return render(request, "visits/_day.html", {**found, "by_itself": True})
    return render(request, "visits/today.html", found)


@require_POST
def status(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Take a visit one step on."""
    wanted = request.POST.get("status", "")
    if wanted not in Status.values:
        return HttpResponseBadRequest()
    found = _visit(visit_id)
    try:
        services.change_status(by=person(request), visit=found, status=wanted, now=timezone.now())
    except services.VisitRefused as error:
        return _after(request, visit_id, " ".join(why(error)))
    return _after(request, visit_id)


@require_POST
def undo(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Undo the last change of a visit."""
    change = request.POST.get("change", "")
    found = _visit(visit_id)
    try:
        number = int(change) if change.isdecimal() and len(change) < _DIGITS else 0
        services.undo(by=person(request), visit=found, change_id=number, now=timezone.now())
    except services.VisitRefused as error:
        return _after(request, visit_id, " ".join(why(error)))
    return _after(request, visit_id)


@require_safe
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Show one visit, and what happened to it."""
    found = _visit(visit_id)
    history = [
        {"at": change.at, "by": change.by, "undone": change.undone, "words": changed(change)}
        for change in found.changes.select_related("by")
    ]
    row = rows([found], timezone.now())[0]
    return render(request, "visits/visit.html", {"row": row, "visit": found, "history": history})


@require_safe
def of_client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the visits of a client, and why they are to be called."""
    client = client_of(client_id)
    visits = queries.visits_of(client_id)
    now = timezone.now()
    found = {
        "client": client,
        "coming": [one for one in reversed(visits) if one.ends > now],
        "past": [one for one in visits if one.ends <= now],
        "recalls": client.recalls.filter(done_at__isnull=True),
        "form": RecallForm(),
    }
    return render(request, "visits/of_client.html", found)


def _visit(visit_id: UUID) -> Visit:
    return get_object_or_404(Visit.objects.select_related("client", "practitioner", "room", "device"), pk=visit_id)


def _after(request: HttpRequest, visit_id: UUID, refused: str = "") -> HttpResponse:
    """Answer a button of the day list: its row anew, or the whole day without JavaScript."""
    found = _visit(visit_id)
    day = timezone.localdate(found.starts)
    if not getattr(request, "htmx", False):
        if refused:
            messages.error(request, refused)
        return redirect(f"{reverse('visits:today')}?day={day:%Y-%m-%d}#visit-{visit_id}")
    now = timezone.now()
    everybody = rows(queries.day(day), now)
    row = replace(next(row for row in everybody if row.visit.pk == visit_id), refused=refused)
    return render(request, "visits/_row.html", {"row": row, "summary": summary(everybody), "swap": True})
