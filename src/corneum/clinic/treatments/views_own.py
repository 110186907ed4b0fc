"""A client reads at home what to do after the last session."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from corneum.clinic.intake.links import held
from corneum.clinic.intake.models import Scope
from corneum.clinic.intake.views_own import own_page_of
from corneum.clinic.practice.queries import practice_of
from corneum.clinic.treatments import queries
from corneum.clinic.treatments.aftercare import aftercare_of
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.present import care
from corneum.clinic.treatments.views_after import as_file


@require_safe
@own_page_of(Scope.AFTERCARE)
def aftercare(request: HttpRequest) -> HttpResponse:
    """Show the instructions after the last session, with their days."""
    client = held(request.session, Scope.AFTERCARE, timezone.now()).client
    session = queries.last_treated(client.pk)
    shown = care.sheet(aftercare_of(session)) if session is not None else {}
    return render(request, "treatments/own_aftercare.html", {"client": client, **shown})


@require_safe
@own_page_of(Scope.AFTERCARE)
def aftercare_ics(request: HttpRequest) -> HttpResponse:
    """Give the instructions as a calendar."""
    session = _last(request)
    made = care.calendar(session, aftercare_of(session), practice_of(request))
    return as_file(made, "aftercare.ics", "text/calendar; charset=utf-8")


@require_safe
@own_page_of(Scope.AFTERCARE)
def aftercare_pdf(request: HttpRequest) -> HttpResponse:
    """Give the instructions as a sheet."""
    session = _last(request)
    made = care.pdf(session, aftercare_of(session), practice_of(request))
    return as_file(made, "aftercare.pdf", "application/pdf")


def _last(request: HttpRequest) -> Session:
    session = queries.last_treated(held(request.session, Scope.AFTERCARE, timezone.now()).client.pk)
    if session is None:
        raise Http404
    return session
