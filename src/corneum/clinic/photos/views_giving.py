"""Copies of photographs that are given out: written down, fetched, and called back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.photos import giving, queries
from corneum.clinic.photos.forms import CalledBackForm
from corneum.clinic.photos.models import Copy, Photo
from corneum.clinic.photos.views import give_form, page_of
from corneum.clinic.photos.words import view_title

_SECTION = "#given"


@require_POST
def give(request: HttpRequest, client_id: UUID, photo_id: UUID) -> HttpResponse:
    """Write down that a copy is given out."""
    found = _photo(client_id, photo_id)
    form = give_form(found, photo_purposes(client_id), request.POST)
    if not form.is_valid():
        return render(request, "photos/photo.html", page_of(found) | {"give": form}, status=422)
    try:
        giving.give_out(by=person(request), photo=found, **form.cleaned_data, now=timezone.now())
    except giving.NotGiven:
        messages.error(request, _("Not given out: the client did not agree to this use, or has withdrawn it."))
    else:
        messages.success(request, _("Written down. Now fetch the file: it is there for a day."))
    return _back(client_id, photo_id)


@require_POST
def fetch(request: HttpRequest, client_id: UUID, photo_id: UUID, copy_id: UUID) -> HttpResponse:
    """Send the file of a copy, under a name that tells nothing of anybody."""
    copy = _copy(client_id, photo_id, copy_id)
    try:
        data = giving.fetch(by=person(request), copy=copy, now=timezone.now())
    except (giving.NotGiven, FileNotFoundError):
        messages.error(request, _("Not fetched: the use was withdrawn, or its day is over. Give it out anew."))
        return _back(client_id, photo_id)
    sent = HttpResponse(data, content_type="image/jpeg")
    sent["Content-Disposition"] = f'attachment; filename="{copy.file_name}"'
    sent["Cache-Control"] = "private, no-store"
    return sent


@require_POST
def undo(request: HttpRequest, client_id: UUID, photo_id: UUID, copy_id: UUID) -> HttpResponse:
    """Strike a copy out that was written down by a slip."""
    try:
        giving.undo(by=person(request), copy=_copy(client_id, photo_id, copy_id), now=timezone.now())
    except giving.NotGiven:
        messages.error(request, _("Its file was fetched: it stays in the list."))
    return _back(client_id, photo_id)


@require_POST
def called_back(request: HttpRequest, client_id: UUID, photo_id: UUID, copy_id: UUID) -> HttpResponse:
    """Write down that whoever holds a copy was asked to delete it; or undo that."""
    copy, form = _copy(client_id, photo_id, copy_id), CalledBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not written down: the note is too long."))
    elif form.cleaned_data["undo"]:
        giving.not_called_back(by=person(request), copy=copy, now=timezone.now())
    else:
        giving.called_back(by=person(request), copy=copy, note=form.cleaned_data["note"], now=timezone.now())
        messages.success(request, _("Written down."))
    return redirect("photos:given")


@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """Show which copies are to be called back, and which were given out last."""
    waiting, rest = list(queries.to_call_back()), queries.copies_given()
    shown = {"waiting": _titled(waiting), "rest": _titled(rest)}
    return render(request, "photos/given.html", shown)


def _titled(copies: list[Copy]) -> list[tuple[Copy, str]]:
    return [(copy, view_title(copy.photo.view, copy.photo.site)) for copy in copies]


def _photo(client_id: UUID, photo_id: UUID) -> Photo:
    found = queries.photo_of_client(client_id, photo_id)
    if found is None or found.removed_at is not None:
        raise Http404
    return found


def _copy(client_id: UUID, photo_id: UUID, copy_id: UUID) -> Copy:
    return get_object_or_404(Copy.objects.select_related("photo"), pk=copy_id, photo_id=photo_id, client_id=client_id)


def _back(client_id: UUID, photo_id: UUID) -> HttpResponse:
    back = redirect("photos:photo", client_id, photo_id)
    back["Location"] += _SECTION
    return back
