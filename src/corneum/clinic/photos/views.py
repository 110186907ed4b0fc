"""Photographs in a client's record: all of them, one of them, and its file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.clinic.photos import files, present, queries, services
from corneum.clinic.photos.forms import GiveForm, PlaceForm, TurnDownForm, UploadForm, UseForm
from corneum.clinic.photos.giving import FETCHED_WITHIN
from corneum.clinic.photos.models import COPY_PURPOSES, Photo
from corneum.clinic.photos.words import VIEWS, view_title
from corneum.clinic.ui.phrases import spoken
from corneum.imaging.photo import PhotoRefused

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show a client's photographs by day and view, and what is to be taken today."""
    stored, now = client_of(client_id), timezone.now()
    in_force = photo_purposes(client_id)
    shown: dict[str, Any] = {"client": stored, "may_take": "record" in in_force}
    if shown["may_take"]:
        baselines, today = queries.baselines_of(client_id), queries.of_day(client_id, timezone.localdate(now))
        shown |= {
            "slots": present.checklist(baselines, today, in_force),
            "days": present.days(queries.of_client(client_id), in_force),
            "removed": [(one, view_title(one.view, one.site)) for one in queries.removed_today(client_id, now)],
            "waiting": list(queries.waiting().filter(client_id=client_id)),
            "visit": queries.visit_of(client_id, now),
        }
    return render(request, "photos/client.html", shown)


@_GET_OR_POST
def add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Bring photographs in as files."""
    stored = client_of(client_id)
    if not queries.may_take(client_id):
        return render(request, "photos/add.html", {"client": stored, "may_take": False})
    form = UploadForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid():
        sent = form.cleaned_data["photographs"]
        taken = [_taken(request, stored, one, form.cleaned_data, alone=len(sent) == 1) for one in sent]
        kept = [one for one in taken if one is not None]
        if kept:
            messages.success(request, _("Photographs taken in: %(count)s.") % {"count": len(kept)})
            if len(kept) == 1:
                return redirect("photos:photo", client_id, kept[0].pk)
            return redirect("photos:client", client_id)
    shown = {"client": stored, "form": form, "may_take": True}
    return render(request, "photos/add.html", shown, status=422 if form.is_bound else 200)


def _taken(
    request: HttpRequest, client: Client, sent: "UploadedFile[bytes]", asked: dict[str, Any], *, alone: bool
) -> Photo | None:
    now = timezone.now()
    try:
        return services.take(
            by=person(request),
            client=client,
            data=sent.read(),
            view=asked["view"],
            site=asked["site"],
            visit=queries.visit_of(client.pk, now),
            now=now,
            wait=alone,
        )
    except (PhotoRefused, services.NotTaken) as refusal:
        said = {"name": sent.name, "why": refused_words(refusal)}
        messages.error(request, _("%(name)s was not taken in: %(why)s") % said)
        return None


def refused_words(refusal: ValueError) -> str:
    """Return why a photograph was not taken in, as a page says it."""
    words: dict[type[ValueError], str] = {
        services.NoConsent: _("there is no consent to photographs in the record."),
        services.AlreadyThere: _("the same file is in the record already."),
        services.TooMany: _("as many photographs wait for review as may; the clinic looks at them first."),
        services.NoSite: _("a close-up names its body site."),
    }
    return words.get(type(refusal)) or f"{spoken(str(refusal))}."


@require_safe
def photo(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Show one photograph: large, what the gates say, and what it may be used for."""
    found = _photo(client_id, photo_id)
    return render(request, "photos/photo.html", page_of(found))


def page_of(found: Photo) -> dict[str, Any]:
    """Return what the page of one photograph shows."""
    in_force = photo_purposes(found.client_id)
    baseline, lines = queries.baseline_of(found.client_id, found.view, found.site), present.gate_lines(found)
    return {
        "client": found.client,
        "photo": found,
        "title": view_title(found.view, found.site),
        "shows": queries.may_show(found, "record", in_force) and files.is_there(found.pk),
        "asked": [line for line in lines if line.tone != "done"],
        "held": [line for line in lines if line.tone == "done"],
        "uses": present.uses(found, in_force),
        "give": give_form(found, in_force),
        "copies": queries.copies_of(found),
        "fetched_after": timezone.now() - FETCHED_WITHIN,
        "views": [(key, title) for key, title in VIEWS.items() if key not in queries.OF_SITE],
        "form": PlaceForm(initial={"view": found.view, "site": found.site}),
        "turn_down": TurnDownForm(),
        "is_baseline": baseline is not None and baseline.pk == found.pk,
        "baseline": baseline,
    }


@require_safe
def file(request: HttpRequest, client_id: UUID, photo_id: UUID, size: str) -> HttpResponse:
    """Send the pixels of a photograph: the only way on which one leaves, by permission, consent and audit."""
    found = _photo(client_id, photo_id)
    if size not in files.SIDES or not queries.may_show(found, "record"):
        raise Http404
    try:
        content = files.path_of(found.pk, size).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    services.show(by=person(request), photo=found, now=timezone.now())
    sent = HttpResponse(content, content_type="image/jpeg")
    sent["Cache-Control"] = "private, no-store"
    return sent


@require_POST
def place(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Correct the view."""
    found, form = _photo(client_id, photo_id), PlaceForm(request.POST)
    if not form.is_valid():
        return render(request, "photos/photo.html", page_of(found) | {"form": form}, status=422)
    services.place(by=person(request), photo=found, **form.cleaned_data, now=timezone.now())
    return redirect("photos:photo", client_id, photo_id)


@require_POST
def use(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Take back one use of one photograph, or undo that."""
    found, form = _photo(client_id, photo_id), UseForm(request.POST)
    if not form.is_valid():
        raise Http404
    purpose = {form.cleaned_data["purpose"]}
    wanted = set(found.withheld) - purpose if form.cleaned_data["back"] else set(found.withheld) | purpose
    try:
        services.withhold(by=person(request), photo=found, purposes=wanted, now=timezone.now())
    except services.NotAllowedNow:
        raise Http404 from None
    return redirect("photos:photo", client_id, photo_id)


@require_POST
def remove(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Take a photograph out of the record."""
    services.remove(by=person(request), photo=_photo(client_id, photo_id), now=timezone.now())
    messages.success(request, _("Removed. Until the end of this day it can be brought back."))
    return redirect("photos:client", client_id)


@require_POST
def bring_back(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Undo a removal of this day."""
    try:
        services.bring_back(by=person(request), photo=_photo(client_id, photo_id), now=timezone.now())
    except services.NotAllowedNow:
        messages.error(request, _("It can no longer be brought back."))
        return redirect("photos:client", client_id)
    messages.success(request, _("Brought back."))
    return redirect("photos:photo", client_id, photo_id)


def give_form(found: Photo, in_force: frozenset[str], data: QueryDict | None = None) -> GiveForm:
    """Return the form by which a copy is given out, with the uses that stand."""
    stand = [one.value for one in COPY_PURPOSES if queries.may_show(found, one, in_force)]
    return GiveForm(data, purposes=stand, auto_id="give_%s")


def _photo(client_id: UUID, photo_id: UUID) -> Photo:
    found = queries.photo_of_client(client_id, photo_id)
    if found is None:
        raise Http404
    return found
