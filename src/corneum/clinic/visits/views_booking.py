"""Booking: find the client, choose the time, walk in, move."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corneum.clinic.accounts.models import person
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.clinic.people.search import found as clients_found
from corneum.clinic.ui.ids import uuid_of
from corneum.clinic.visits import queries, services
from corneum.clinic.visits.forms import BookForm, MoveForm, WalkInForm, is_near, usual_minutes, when
from corneum.clinic.visits.hours import slot_after
from corneum.clinic.visits.models import Kind, Visit
from corneum.clinic.visits.present import Refused, refused

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
_FOUND = 8
_MOST = 200
_KEPT = ("kind", "starts", "room", "practitioner", "device", "recall")
"""What an address of the booking form may say beforehand."""


@_GET_OR_POST
def find(request: HttpRequest) -> HttpResponse:
    """Show who is meant, while it is being typed; the whole page without JavaScript.

    What is typed comes by a form: a name belongs in no address.
    """
    found = _search(request)
    if getattr(request, "htmx", False):
        return render(request, "visits/_found.html", found)
    return render(request, "visits/whom.html", found)


@_GET_OR_POST
def book(request: HttpRequest) -> HttpResponse:
    """Book a visit: first for whom, then when."""
    if request.method == "POST":
        form, refusal = BookForm(request.POST), None
        if form.is_valid():
            data, now = form.cleaned_data, timezone.now()
            try:
                visit = services.book(
                    by=person(request),
                    client=data["client"],
                    kind=data["kind"],
                    place=form.place(),
                    recall=data["recall"],
                    now=now,
                )
            except services.VisitRefused as error:
                refusal = refused(error, form.place(), now)
            else:
                return _booked(request, visit, _("Booked."))
        client = form.cleaned_data.get("client")
        return _page(request, "visits/book.html", form, client, refusal)
    client = _client(request)
    if client is None:
        return render(request, "visits/whom.html", _search(request))
    return _page(request, "visits/book.html", BookForm(initial=_beforehand(request, client)), client)


@_GET_OR_POST
def walk_in(request: HttpRequest) -> HttpResponse:
    """Book a visit that begins now."""
    if request.method == "POST":
        form, refusal = WalkInForm(request.POST), None
        if form.is_valid():
            now = timezone.now()
            try:
                visit = services.walk_in(by=person(request), **form.cleaned_data, now=now)
            except services.VisitRefused as error:
                refusal = refused(error, None, now)
            else:
                return _booked(request, visit, _("In %(room)s, from now.") % {"room": visit.room})
        return _page(request, "visits/walk_in.html", form, form.cleaned_data.get("client"), refusal)
    client = _client(request)
    if client is None:
        return render(request, "visits/whom.html", _search(request))
    me = person(request).pk
    first = {"client": client.pk, "practitioner": me, "minutes": str(usual_minutes(Kind.CONSULTATION))}
    return _page(request, "visits/walk_in.html", WalkInForm(initial=first), client)


@_GET_OR_POST
def move(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Move a visit."""
    visit = get_object_or_404(Visit.objects.select_related("client", "practitioner", "room", "device"), pk=visit_id)
    form, refusal = MoveForm(request.POST or None, visit=visit), None
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            moved = services.move(by=person(request), visit=visit, place=form.place(), now=now)
        except services.VisitRefused as error:
            refusal = refused(error, form.place(), now)
        else:
            return _booked(request, moved, _("Moved."))
    return _page(request, "visits/book.html", form, visit.client, refusal, visit)


def _page(
    request: HttpRequest,
    template: str,
    form: BookForm | MoveForm | WalkInForm,
    client: Client | None,
    refusal: Refused | None = None,
    visit: Visit | None = None,
) -> HttpResponse:
    found = {"form": form, "client": client, "refused": refusal, "visit": visit}
    return render(request, template, found, status=422 if form.errors or refusal else 200)


def _booked(request: HttpRequest, visit: Visit, words: str) -> HttpResponse:
    messages.success(request, words)
    day = timezone.localdate(visit.starts)
    return redirect(f"{reverse('visits:today')}?day={day:%Y-%m-%d}#visit-{visit.pk}")


def _client(request: HttpRequest) -> Client | None:
    asked = uuid_of(request.GET.get("client", ""))
    return None if asked is None else client_of(asked)


def _search(request: HttpRequest) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    text = request.POST.get("q", "").strip()[:_MOST]
    is_walk_in = "walk-in" in request.path or asked.get("for") == "walk-in"
    kept = {name: asked[name] for name in _KEPT if asked.get(name)}
    return {
        "title": _("Walk-in") if is_walk_in else _("Book a visit"),
        "q": text,
        "clients": list(clients_found(text)[:_FOUND]) if text else [],
        "address": reverse("visits:walk_in" if is_walk_in else "visits:book"),
        "is_walk_in": is_walk_in,
        "kept": kept,
        "kept_query": urlencode(kept),
    }


def _beforehand(request: HttpRequest, client: Client) -> dict[str, Any]:
    given = {name: request.GET[name] for name in _KEPT if request.GET.get(name)}
    starts = _moment(given.pop("starts", "")) or slot_after(timezone.now())
    kind = given.get("kind", Kind.TREATMENT)
    me = person(request)
    first: dict[str, Any] = {"practitioner": me.pk} if me.role in queries.TREATING else {}
    return {**first, **given, **when(starts), "client": client.pk, "minutes": str(usual_minutes(kind))}


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None or not is_near(found):
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)
