"""The clinic's outcomes, and the result of a client's course."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.people.queries import client_of
from corneum.clinic.photos.services import show
from corneum.clinic.practice.queries import practice_of
from corneum.clinic.reports import queries, services
from corneum.clinic.reports.models import Outcomes
from corneum.clinic.reports.present import outcomes as shown
from corneum.clinic.reports.present.result import report_of
from corneum.clinic.reports.translate import courses_of, result_of
from corneum.reports.course.pdf import pdf_of


@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """Show the outcomes of a year, as they were last counted."""
    found = queries.outcomes(_year(request))
    context = {"found": found, "years": queries.years(), "counting": queries.is_counting()}
    if found is not None:
        context |= shown.page(found.table)
    return render(request, "reports/outcomes.html", context)


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Have the outcomes counted now."""
    services.ask_count(by=person(request), now=timezone.now())
    messages.success(request, _("The outcomes are being counted. This page shows them as soon as they are there."))
    return redirect("reports:outcomes")


@require_safe
def outcomes_csv(request: HttpRequest) -> HttpResponse:
    """Give the outcomes of a year as a table of text."""
    found = _found(request)
    made = HttpResponse(shown.csv_of(found.table), content_type="text/csv; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="outcomes-{found.year}.csv"'
    return made


@require_safe
def outcomes_json(request: HttpRequest) -> HttpResponse:
    """Give the outcomes of a year for machines."""
    found = _found(request)
    made = JsonResponse(found.table | {"counted_at": found.counted_at.isoformat()}, json_dumps_params={"indent": 1})
    made["Content-Disposition"] = f'attachment; filename="outcomes-{found.year}.json"'
    return made


@require_safe
def result(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show what a course came to, in the client's language."""
    client = client_of(client_id)
    found = result_of(client, _number(request, "course"))
    context: dict[str, Any] = {
        "client": client,
        "found": found,
        "courses": courses_of(client_id),
        "language": client.language,
    }
    if found is not None:
        with translation.override(client.language):
            context["report"] = report_of(found, pictures=False)
    return render(request, "reports/result.html", context)


@require_safe
def result_pdf(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Give the result as a sheet; each photograph in it counts as shown."""
    client = client_of(client_id)
    found = result_of(client, _number(request, "course"))
    if found is None:
        raise Http404
    for photo in found.pictures:
        show(by=person(request), photo=photo, now=timezone.now())
    with translation.override(client.language):
        report = replace(report_of(found, pictures=True), letterhead=practice_of(request).lines)
        sheet = pdf_of(report)
    made = HttpResponse(sheet, content_type="application/pdf")
    made["Content-Disposition"] = 'inline; filename="result.pdf"'
    return made


def _found(request: HttpRequest) -> Outcomes:
    found = queries.outcomes(_year(request))
    if found is None:
        raise Http404
    return found


def _year(request: HttpRequest) -> int | None:
    return _number(request, "year")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Http404
    return int(text)
