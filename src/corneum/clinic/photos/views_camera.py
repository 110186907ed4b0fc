"""The page of the camera: what it sees is looked at live, and nothing is kept but what is accepted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.people.queries import client_of
from corneum.clinic.photos import present, queries, services
from corneum.clinic.photos.forms import ShotForm
from corneum.clinic.photos.models import Origin, Photo
from corneum.clinic.photos.translate import check_of
from corneum.clinic.photos.views import refused_words
from corneum.imaging.door import photo_in
from corneum.imaging.gates import look as look_at
from corneum.imaging.photo import PhotoRefused

_MOST_FRAME = 1_500_000


@require_safe
def camera(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the camera, the view to take, and its baseline as a ghost."""
    stored, now = client_of(client_id), timezone.now()
    in_force = photo_purposes(client_id)
    if "record" not in in_force:
        return redirect("photos:client", client_id)
    baselines = queries.baselines_of(client_id)
    slots = present.checklist(baselines, queries.of_day(client_id, timezone.localdate(now)), in_force)
    wanted = (request.GET.get("view", ""), request.GET.get("site", ""))
    chosen = next((slot for slot in slots if (slot.view, slot.site) == wanted), None)
    shown = {
        "client": stored,
        "slots": slots,
        "chosen": chosen or present.next_slot(slots, ("", "")) or slots[0],
        "visit": queries.visit_of(client_id, now),
        "sites": ShotForm().fields["site"],
    }
    return render(request, "photos/camera.html", shown)


@require_POST
def look(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Say what one frame tells of a view; the frame is looked at and forgotten."""
    stored, form = client_of(client_id), ShotForm(request.POST, request.FILES)
    if not form.is_valid() or not queries.may_take(stored.pk):
        return JsonResponse({"hint": "", "gates": [], "box": None}, status=422)
    view, site, frame = (form.cleaned_data[name] for name in ("view", "site", "photograph"))
    baseline = queries.baseline_of(stored.pk, view, site)
    try:
        if frame.size > _MOST_FRAME:
            raise PhotoRefused("a frame is small")
        found = look_at(photo_in(frame.read()).pixels, view, None if baseline is None else check_of(baseline))
    except PhotoRefused:
        return JsonResponse({"hint": _("This frame could not be read."), "gates": [], "box": None}, status=422)
    return JsonResponse(present.looked(found))


@require_POST
def shot(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keep a photograph that was accepted on the page of the camera, and name the next view."""
    stored, form, now = client_of(client_id), ShotForm(request.POST, request.FILES), timezone.now()
    if not form.is_valid():
        return JsonResponse({"said": _("This photograph could not be read: take it again.")}, status=422)
    view, site = form.cleaned_data["view"], form.cleaned_data["site"]
    try:
        photo = services.take(
            by=person(request),
            client=stored,
            data=form.cleaned_data["photograph"].read(),
            view=view,
            site=site,
            origin=Origin.CAMERA,
            visit=queries.visit_of(client_id, now),
            now=now,
        )
    except services.AlreadyThere as again:
        # The answer to the first time was lost on its way.
        if again.photo is None:
            return JsonResponse({"said": refused_words(again)}, status=422)
        photo = again.photo
    except (PhotoRefused, services.NotTaken) as refusal:
        return JsonResponse({"said": refused_words(refusal)}, status=422)
    return JsonResponse(_told(photo, now))


def _told(photo: Photo, now: datetime) -> dict[str, Any]:
    client_id = photo.client_id
    in_force = photo_purposes(client_id)
    today = queries.of_day(client_id, timezone.localdate(now))
    slots = present.checklist(queries.baselines_of(client_id), today, in_force)
    following = present.next_slot(slots, (photo.view, photo.site))
    card = present.card(photo, in_force)
    advised = [line.advice for line in present.gate_lines(photo) if line.tone in ("stop", "wait") and line.advice]
    return {
        "address": reverse("photos:photo", args=[client_id, photo.pk]),
        "small": reverse("photos:file", args=[client_id, photo.pk, "small"]),
        "tone": card.tone,
        "said": str(card.said),
        "advice": advised[:2],
        "next": None if following is None else {"view": following.view, "site": following.site},
    }
