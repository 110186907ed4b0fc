"""Looking for marks on photographs: ask, wait, read what was found, put it into the list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from corneum.clinic.accounts.models import person
from corneum.clinic.jobs.queries import has_failed, job_with
from corneum.clinic.marks import looking, queries
from corneum.clinic.marks.forms import LookForm
from corneum.clinic.marks.models import LookState
from corneum.clinic.marks.present.listing import shown_findings
from corneum.clinic.marks.services import MarkRefused
from corneum.clinic.people.queries import client_of
from corneum.clinic.photos.services import show


@require_POST
def ask(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask for a look for marks on one photograph, or on two."""
    client = client_of(client_id)
    form = LookForm(request.POST, photos=queries.photos_to_look_at(client_id))
    try:
        later = form.chosen("later") if form.is_valid() else None
        if later is None:
            raise MarkRefused(_("Choose a photograph."))
        made = looking.ask_look(
            by=person(request),
            client=client,
            later=later,
            earlier=form.chosen("earlier"),
            px_per_mm=form.cleaned_data["px_per_mm"],
            now=timezone.now(),
        )
    except MarkRefused as refused:
        messages.error(request, str(refused))
        return redirect("marks:client", client_id)
    return redirect("marks:look", client_id, made.pk)


@require_safe
def look(request: HttpRequest, client_id: UUID, look_id: UUID) -> HttpResponse:
    """Show how far a look is, or what was found."""
    found = queries.look_of(client_id, look_id)
    context: dict[str, Any] = {"client": found.client, "look": found}
    if found.state == LookState.ASKED:
        job = job_with(found.job_id)
        context |= {"job": job, "failed": has_failed(job)}
        template = "marks/_progress.html" if getattr(request, "htmx", False) else "marks/waiting.html"
        return render(request, template, context)
    if getattr(request, "htmx", False):
        return HttpResponseClientRefresh()
    findings = shown_findings(found)
    context |= {
        "findings": findings,
        "sides": queries.sides_shown(found),
        "can_be_listed": found.listed_at is None and any(one.can_be_listed for one in findings),
    }
    return render(request, "marks/look.html", context)


@require_POST
def put_in(request: HttpRequest, client_id: UUID, look_id: UUID) -> HttpResponse:
    """Put chosen marks into the list."""
    found = queries.look_of(client_id, look_id)
    numbers = {int(said) for said in request.POST.getlist("mark") if said.isdecimal()}
    try:
        looking.put_into_list(by=person(request), look=found, numbers=numbers, now=timezone.now())
    except MarkRefused as refused:
        messages.error(request, str(refused))
        return redirect("marks:look", client_id, look_id)
    messages.success(request, _("In the list."))
    return redirect("marks:client", client_id)


@require_safe
def picture(request: HttpRequest, client_id: UUID, look_id: UUID, side: str) -> HttpResponse:
    """Show a photograph with the outlines of its marks; who may not see the photograph sees nothing."""
    found = queries.look_of(client_id, look_id)
    photo = queries.picture_of(found, side)
    try:
        drawn = looking.picture_path(photo, found).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    show(photo=photo, by=person(request), now=timezone.now())
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "private, no-store"})
