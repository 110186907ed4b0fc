"""Photographs that clients sent: those that wait, and whether they are taken into the record."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.photos import present, queries, services
from corneum.clinic.photos.forms import PlaceForm, TurnDownForm
from corneum.clinic.photos.models import Photo

_MOST = 30


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show what clients sent and nobody has looked at, the longest waiting first."""
    found = list(queries.waiting()[: _MOST + 1])
    agreed, _asked = queries.record_consents([photo.client_id for photo in found])
    items = [
        {
            "photo": photo,
            "card": present.card(photo, frozenset({"record"} if photo.client_id in agreed else ())),
            "lines": [line for line in present.gate_lines(photo) if line.advice],
            "form": PlaceForm(initial={"view": photo.view, "site": photo.site}, auto_id=f"id_{photo.pk}_%s"),
            "turn_down": TurnDownForm(auto_id=f"id_{photo.pk}_%s"),
        }
        for photo in found[:_MOST]
    ]
    return render(request, "photos/review.html", {"items": items, "more": len(found) > _MOST})


@require_POST
def keep(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Take a photograph into the record, with the view that was chosen."""
    found, now = _photo(client_id, photo_id), timezone.now()
    form = PlaceForm(request.POST)
    if request.POST.get("view") and not form.is_valid():
        messages.error(request, _("Not kept yet: a close-up names its body site."))
        return redirect("photos:review")
    placed = form.cleaned_data if form.is_bound and form.is_valid() else None
    try:
        services.keep(by=person(request), photo=found, placed=placed, now=now)
    except services.NotAllowedNow:
        messages.error(request, _("Its files were erased: it can no longer be taken into the record."))
    else:
        messages.success(request, _("Taken into the record."))
    return _on(client_id, photo_id)


@require_POST
def turn_down(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Leave a photograph out of the record, with a reason."""
    found, form = _photo(client_id, photo_id), TurnDownForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not turned down yet: please write why; the client reads it."))
        return redirect("photos:review")
    try:
        services.turn_down(by=person(request), photo=found, why=form.cleaned_data["why"], now=timezone.now())
    except services.NotAllowedNow:
        messages.info(request, _("Somebody looked at it already."))
    else:
        messages.success(request, _("Not taken into the record. Today this can still be changed."))
    return _on(client_id, photo_id)


def _on(client_id: UUID, photo_id: UUID) -> HttpResponse:
    # The next one is looked at as long as there is one; the last one is shown where it lies now.
    return redirect("photos:review") if queries.waiting_count() else redirect("photos:photo", client_id, photo_id)


def _photo(client_id: UUID, photo_id: UUID) -> Photo:
    found = queries.photo_of_client(client_id, photo_id)
    if found is None or found.removed_at is not None:
        raise Http404
    return found
