"""The list of marks and the body map."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.marks import queries, services
from corneum.clinic.marks.forms import EndForm, LookedForm, LookForm, MarkForm
from corneum.clinic.marks.models import Mark
from corneum.clinic.marks.present.body import body_map
from corneum.clinic.marks.present.listing import shown_marks, sources, zones_out
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.lesions.marks_file import MarksError

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the marks of a client, on the body map and as a list."""
    stored = client_of(client_id)
    photos = queries.photos_to_look_at(client_id)
    ended = queries.ended_marks(client_id)
    undone = request.GET.get("undo", "")
    shown = {
        **_map(stored, request.GET.get("zone", "")),
        "form": MarkForm(request.GET, today=timezone.localdate()) if request.GET.get("zone") else None,
        "look_form": LookForm(photos=photos) if photos else None,
        "looks": queries.looks_of(client_id),
        "ended": ended,
        "undo": next((one for one in ended if str(one.pk) == undone), None),
        "looked_form": LookedForm(initial={"day": timezone.localdate()}, auto_id=False),
        "end_form": EndForm(auto_id=False),
        "sources": sources(),
    }
    return render(request, "marks/client.html", {"client": stored, **shown})


@_GET_OR_POST
def add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Put a mark on the list: its place from the drawing, or from the form alone."""
    stored, today = client_of(client_id), timezone.localdate()
    form = MarkForm(request.POST if request.method == "POST" else request.GET, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_mark(by=person(request), client=stored, fields=form.kept_fields(), now=timezone.now())
        except MarksError as error:
            _tell(form, error)
        else:
            messages.success(request, _("On the list. An approved plan that does not know of it says so."))
            return redirect(f"{_list(client_id)}#mark-{made.pk}")
    if getattr(request, "htmx", False):
        return render(request, "marks/_form.html", {"client": stored, "form": form}, status=_status(form))
    shown = {"client": stored, "form": form, **_map(stored, str(form["zone"].value() or ""))}
    return render(request, "marks/add.html", shown, status=_status(form))


@_GET_OR_POST
def mark(request: HttpRequest, client_id: UUID, mark_id: UUID) -> HttpResponse:
    """Correct a mark."""
    stored = queries.mark_of(client_id, mark_id)
    if stored.ended_at is not None:
        return redirect("marks:client", client_id)
    form = MarkForm(request.POST if request.method == "POST" else None, today=timezone.localdate(), mark=stored)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_mark(by=person(request), mark=stored, fields=form.kept_fields(), now=timezone.now())
        except (MarksError, services.MarkRefused) as error:
            _tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{_list(client_id)}#mark-{mark_id}")
    shown = {"client": stored.client, "mark": stored, "form": form}
    return render(request, "marks/mark.html", shown, status=_status(form))


@require_POST
def looked(request: HttpRequest, client_id: UUID, mark_id: UUID) -> HttpResponse:
    """Write down the day on which a doctor looked at a mark."""
    stored, form = queries.mark_of(client_id, mark_id), LookedForm(request.POST)
    try:
        if not form.is_valid():
            raise services.MarkRefused(_("Give the day on which a doctor looked."))
        services.doctor_looked(by=person(request), mark=stored, day=form.cleaned_data["day"], now=timezone.now())
    except services.MarkRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Written down. The mark itself is never treated over."))
    return redirect(f"{_list(client_id)}#mark-{mark_id}")


@require_POST
def end(request: HttpRequest, client_id: UUID, mark_id: UUID) -> HttpResponse:
    """Take a mark off the list."""
    stored, form = queries.mark_of(client_id, mark_id), EndForm(request.POST)
    try:
        if not form.is_valid():
            raise services.MarkRefused(_("Say why, in a few words."))
        services.end_mark(by=person(request), mark=stored, why=form.cleaned_data["why"], now=timezone.now())
    except services.MarkRefused as refused:
        messages.error(request, str(refused))
        return redirect(f"{_list(client_id)}#mark-{mark_id}")
    return redirect(f"{_list(client_id)}?undo={mark_id}")


@require_POST
def restore(request: HttpRequest, client_id: UUID, mark_id: UUID) -> HttpResponse:
    """Put a mark back on the list."""
    services.restore_mark(by=person(request), mark=queries.mark_of(client_id, mark_id), now=timezone.now())
    return redirect(f"{_list(client_id)}#mark-{mark_id}")


def _map(client: Client, zone: str) -> dict[str, Any]:
    rows: list[Mark] = queries.marks_on(client.pk)
    marks = shown_marks(rows)
    return {"marks": marks, "views": body_map(marks, zone), "out": zones_out(marks)}


def _list(client_id: UUID) -> str:
    return redirect("marks:client", client_id)["Location"]


def _status(form: MarkForm) -> int:
    return 422 if form.errors else 200


def _tell(form: MarkForm, error: Exception) -> None:
    for said in getattr(error, "mistakes", None) or [str(error)]:
        form.add_error(None, said.removeprefix("mark 1: "))
