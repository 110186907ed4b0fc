"""After a session: instructions, reactions, the course and its review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.people.queries import client_of
from corneum.clinic.practice.queries import practice_of
from corneum.clinic.treatments import forms, queries, reactions, refusals, services_after
from corneum.clinic.treatments.aftercare import aftercare_of
from corneum.clinic.treatments.present import care
from corneum.clinic.treatments.present.checks import site_titles
from corneum.clinic.treatments.present.course import course as course_so_far
from corneum.clinic.treatments.present.words import refusal

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def aftercare(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show what the client is told after a session."""
    session = queries.session_of(client_id, session_id)
    with translation.override(session.client.language):
        shown = care.sheet(aftercare_of(session))
    context = {"client": session.client, "session": session} | shown
    return render(request, "treatments/aftercare.html", context)


@require_safe
def aftercare_ics(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Give the instructions as a calendar."""
    session = queries.session_of(client_id, session_id)
    with translation.override(session.client.language):
        made = care.calendar(session, aftercare_of(session), practice_of(request))
    return as_file(made, "aftercare.ics", "text/calendar; charset=utf-8")


@require_safe
def aftercare_pdf(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Give the instructions as a sheet."""
    session = queries.session_of(client_id, session_id)
    with translation.override(session.client.language):
        made = care.pdf(session, aftercare_of(session), practice_of(request))
    return as_file(made, "aftercare.pdf", "application/pdf")


@require_safe
def course(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the course so far."""
    context = {"client": client_of(client_id), "form": forms.ReviewForm()} | course_so_far(client_id)
    return render(request, "treatments/course.html", context)


@require_POST
def review(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keep the look back at the course."""
    client = client_of(client_id)
    shown = course_so_far(client_id)
    form = forms.ReviewForm(request.POST)
    if not form.is_valid() or not shown["done"]:
        return render(request, "treatments/course.html", shown | {"client": client, "form": form})
    services_after.review(
        by=person(request), client=client, course=shown["course"], fields=form.cleaned_data, now=timezone.now()
    )
    messages.success(request, _("The review is kept."))
    return redirect("treatments:course", client_id)


@_GET_OR_POST
def event_add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Note a reaction."""
    client = client_of(client_id)
    photos = reactions.photographs(client_id)
    filled = reactions.from_check_in(client_id, request.GET.get("check_in", ""), photos)
    form = forms.EventForm(
        request.POST or None,
        initial={"onset": timezone.localdate()} | filled,
        photographs=reactions.photograph_choices(photos),
    )
    if request.method == "POST" and form.is_valid():
        sessions = queries.signed_sessions(client_id)
        onset = form.cleaned_data["onset"]
        session = next((one for one in sessions if timezone.localdate(one.opened_at) <= onset), None)
        event = services_after.add_event(
            by=person(request), client=client, session=session, fields=form.cleaned_data, now=timezone.now()
        )
        return redirect("treatments:event", client_id, event.pk)
    return render(request, "treatments/event_add.html", {"client": client, "form": form})


@_GET_OR_POST
def event(request: HttpRequest, client_id: UUID, event_id: UUID) -> HttpResponse:
    """Show a reaction, and note what followed."""
    found = queries.event_of(client_id, event_id)
    now_so = {"severity": found.severity, "level": found.level, "follow_up_on": found.follow_up_on}
    form = forms.NoteForm(request.POST or None, initial=now_so)
    if request.method == "POST" and form.is_valid():
        try:
            services_after.follow_event(by=person(request), event=found, fields=form.cleaned_data, now=timezone.now())
        except refusals.Refused as error:
            messages.error(request, refusal(error))
        return redirect("treatments:event", client_id, event_id)
    notes = found.notes.select_related("by")
    where = site_titles([found.zone]) if found.zone else ""
    photo = reactions.photograph_of(client_id, found.photo_id)
    context = {"client": found.client, "event": found, "notes": notes, "where": where, "form": form, "photo": photo}
    return render(request, "treatments/event.html", context)


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Answer with a file to keep."""
    made = HttpResponse(content, content_type=kind)
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
