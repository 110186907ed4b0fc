"""Looks at other settings, and files to take along: nothing of it is saved."""

import json
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.plans import queries
from corneum.clinic.plans.forms_looks import WhatIfForm
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.plans.present.looked import looked
from corneum.clinic.plans.present.page import legend
from corneum.clinic.plans.translate import desk_of, is_readable, plan_of
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reports import spoken_report
from corneum.course import Plan, WhatIfError
from corneum.devices import SettingError
from corneum.evidence import load_evidence
from corneum.interop import calendar_bytes


@require_safe
def what_if(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show one zone with other settings: the drawings alone for a slider, the whole page otherwise."""
    found = _planned(client_id, plan_id)
    desk = desk_of(found)
    form = WhatIfForm(request.GET, plan=desk.plan)
    zone = form.planned
    context = {"client": found.client, "version": found, "form": form, "legend": legend(), "zone": zone}
    if form.is_valid():
        try:
            planned = desk.at(zone.zone)
            context["look"] = looked(desk.at(zone.zone, form.other()), planned, spoken(zone.title))
        except (WhatIfError, SettingError) as error:
            context["refused"] = str(error)
    if request.headers.get("HX-Request"):
        return render(request, "plans/look.html", context | {"fragment": True})
    return render(request, "plans/what_if.html", context | {"plan": desk.plan})


@require_safe
def file(request: HttpRequest, client_id: UUID, plan_id: UUID, file: str) -> HttpResponse:
    """Give a file of a plan: a report, a calendar, or the plan itself."""
    if file not in _FILES:
        raise Http404
    found = _planned(client_id, plan_id)
    name, kind, made = _FILES[file]
    response = HttpResponse(made(plan_of(found)), content_type=kind)
    # No client's name: files are found again in folders that others see.
    response["Content-Disposition"] = f'attachment; filename="plan-{found.number}-{name}"'
    return response


def _practitioner(plan: Plan, *, pdf: bool) -> bytes:
    # Figures are drawn by a large library: it is loaded where somebody asks for a file.
    from corneum.reports.course import practitioner_report, simulated_plan
    from corneum.reports.course.page import html_of
    from corneum.reports.course.pdf import pdf_of

    report = practitioner_report(plan, simulated_plan(plan) if plan.zones else None, load_evidence(), None)
    return pdf_of(report) if pdf else html_of(report).encode()


def _client(plan: Plan, *, pdf: bool) -> bytes:
    from corneum.reports.course import client_report
    from corneum.reports.course.page import html_of
    from corneum.reports.course.pdf import pdf_of

    report = spoken_report(client_report(plan, load_evidence()))
    return pdf_of(report) if pdf else html_of(report).encode()


def _plan_file(plan: Plan) -> bytes:
    return json.dumps(plan.to_dict(), allow_nan=False, indent=1).encode()


_HTML, _PDF, _ICS = "text/html; charset=utf-8", "application/pdf", "text/calendar; charset=utf-8"
_FILES: dict[str, tuple[str, str, Callable[[Plan], bytes]]] = {
    "practitioner-pdf": ("practitioner.pdf", _PDF, lambda plan: _practitioner(plan, pdf=True)),
    "practitioner-html": ("practitioner.html", _HTML, lambda plan: _practitioner(plan, pdf=False)),
    "client-pdf": ("client.pdf", _PDF, lambda plan: _client(plan, pdf=True)),
    "client-html": ("client.html", _HTML, lambda plan: _client(plan, pdf=False)),
    "calendar-client": ("calendar-client.ics", _ICS, lambda plan: calendar_bytes(plan, "client")),
    "calendar-practitioner": ("calendar-practitioner.ics", _ICS, lambda plan: calendar_bytes(plan, "practitioner")),
    "plan": ("plan.json", "application/json", _plan_file),
}


def _planned(client_id: UUID, plan_id: UUID) -> PlanVersion:
    found = queries.version(client_id, plan_id)
    if not is_readable(found) or not plan_of(found).zones:
        raise Http404
    return found
