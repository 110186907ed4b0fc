"""The day of treatment: a session opened, tapped, signed, and its record."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.accounts.roles import Role
from corneum.clinic.people.queries import client_of
from corneum.clinic.stock.queries import usable_lots
from corneum.clinic.stock.services import LotRefused
from corneum.clinic.treatments import forms, queries, refusals, services
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.present.board import board
from corneum.clinic.treatments.present.record import record
from corneum.clinic.treatments.present.start import start
from corneum.clinic.treatments.present.warnings import warnings
from corneum.clinic.treatments.present.words import refusal
from corneum.clinic.treatments.situation import Situation, situation_of


@require_safe
def day(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the open session, or how to open one."""
    client = client_of(client_id)
    session = queries.open_session(client_id)
    if session is None:
        return render(request, "treatments/start.html", {"client": client} | start(client_id))
    stands = situation_of(session)
    beside = {"client": client, "warnings": warnings(stands)}
    return render(request, "treatments/day.html", beside | _board(request, stands))


@require_POST
def open_(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Open a session."""
    form = forms.OpenForm(request.POST)
    client = client_of(client_id)
    if form.is_valid():
        try:
            services.open_session(by=person(request), client=client, now=timezone.now(), **form.cleaned_data)
        except refusals.Refused as error:
            messages.error(request, refusal(error))
    return redirect("treatments:day", client_id)


@require_POST
def tap(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponseBase:
    """Keep a tap; a script gets the answer as data, with the page as it stands now."""
    session = queries.session_of(client_id, session_id)
    why, place = "", ""
    try:
        sent = forms.sent(request.POST)
        place = sent.place
        services.tap(
            by=person(request),
            session=session,
            entry_id=sent.id,
            kind=sent.kind,
            zone=sent.zone,
            value=sent.value,
            tapped_at=sent.tapped_at,
            now=timezone.now(),
        )
    except forms.CannotBeRead:
        why = refusal(refusals.NotATap())
    except (refusals.Refused, LotRefused) as error:
        why = refusal(error)
    return _answered(request, session, why, place)


@require_POST
def override(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponseBase:
    """Let a rule of the day pass."""
    session = queries.session_of(client_id, session_id)
    form = forms.OverrideForm(request.POST)
    why = ""
    if form.is_valid():
        said = form.cleaned_data
        entry_id = said.pop("id")
        try:
            services.override(by=person(request), session=session, entry_id=entry_id, now=timezone.now(), **said)
        except refusals.Refused as error:
            why = refusal(error)
    else:
        why = _("An override needs a reason of a few words.")
    return _answered(request, session, why, "verdict")


@require_POST
def sign(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Sign and seal."""
    session = queries.session_of(client_id, session_id)
    try:
        services.sign(by=person(request), session=session, now=timezone.now())
    except refusals.Refused as error:
        messages.error(request, refusal(error))
        return redirect("treatments:session", client_id, session_id)
    messages.success(request, _("Signed. The session is sealed; what comes after it is below."))
    return redirect("treatments:session", client_id, session_id)


@require_safe
def session(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show a sealed session; an open one is on the page of the day."""
    found = queries.session_of(client_id, session_id)
    if found.is_open:
        return redirect("treatments:day", client_id)
    return _record(request, found, forms.AmendForm(list(found.done)))


@require_POST
def amend(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Add to a sealed session."""
    found = queries.session_of(client_id, session_id)
    form = forms.AmendForm(list(found.done), request.POST)
    if not form.is_valid():
        return _record(request, found, form)
    try:
        services.amend(by=person(request), session=found, now=timezone.now(), **form.cleaned_data)
    except refusals.Refused as error:
        messages.error(request, refusal(error))
    return redirect("treatments:session", client_id, session_id)


def _record(request: HttpRequest, found: Session, form: forms.AmendForm) -> HttpResponse:
    context = {"client": found.client, "form": form} | record(situation_of(found))
    return render(request, "treatments/session.html", context)


def _board(request: HttpRequest, stands: Situation) -> dict[str, Any]:
    now = timezone.now()
    may_override = person(request).role == Role.CLINICIAN
    lots = usable_lots(timezone.localdate(now))
    return board(stands, now, lots, may_override=may_override) | {"client": stands.session.client}


def _answered(request: HttpRequest, session: Session, why: str, place: str) -> HttpResponseBase:
    if request.headers.get("Accept") == "application/json":
        current = queries.session_of(session.client_id, session.pk)
        html = ""
        if current.is_open:
            html = render_to_string("treatments/_board.html", _board(request, situation_of(current)), request)
        said = {"status": "refused" if why else "saved", "why": why, "html": html, "sealed": not current.is_open}
        return JsonResponse(said | {"next": str(uuid4())})
    if why:
        messages.error(request, why)
    anchor = f"#{place}" if place else ""
    return redirect(reverse("treatments:day", args=[session.client_id]) + anchor)
