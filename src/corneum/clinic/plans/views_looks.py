"""Looks at other settings, and files to take along: nothing of it is saved."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from corneum.clinic.plans import queries
from corneum.clinic.plans.forms_looks import WhatIfForm
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.plans.present.looked import looked
from corneum.clinic.plans.present.page import legend
from corneum.clinic.plans.translate import desk_of, is_readable, plan_of
from corneum.clinic.practice.models import Practice
from corneum.clinic.practice.present import host_of
from corneum.clinic.practice.queries import practice_of
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
            context["look"] = looked(desk.at(zone.zone, form.other()), planned, desk.plan, spoken(zone.title))
        except (WhatIfError, SettingError) as error:
            context["refused"] = str(error)
    if request.headers.get("HX-Request"):
        return render(request, "plans/look.html", context | {"fragment": True})
    return render(request, "plans/what_if.html", context | {"plan": desk.plan})


@require_safe
def file(request: HttpRequest, client_id: UUID, plan_id: UUID, file: str) -> HttpResponse:
    """Give a file of a plan: a report, a calendar, or the plan itself; what the client gets, in their language."""
    if file not in _FILES:
        raise Http404
    found = _planned(client_id, plan_id)
    name, kind, made = _FILES[file]
    language = found.client.language if file in _FOR_CLIENT else "en"
    with translation.override(language):
        content = made(plan_of(found), practice_of(request))
    response = HttpResponse(content, content_type=kind)
    # No client's name: files are found again in folders that others see.
    response["Content-Disposition"] = f'attachment; filename="plan-{found.number}-{name}"'
    return response


def _practitioner(plan: Plan, house: Practice, *, pdf: bool) -> bytes:
    # Figures are drawn by a large library: it is loaded where somebody asks for a file.
    from corneum.reports.course import practitioner_report, simulated_plan
    from corneum.reports.course.page import html_of
    from corneum.reports.course.pdf import pdf_of

    report = practitioner_report(plan, simulated_plan(plan) if plan.zones else None, load_evidence(), None)
    report = replace(report, letterhead=house.lines)
    return pdf_of(report) if pdf else html_of(report).encode()


def _client(plan: Plan, house: Practice, *, pdf: bool) -> bytes:
    from corneum.reports.course import client_report
    from corneum.reports.course.page import html_of
    from corneum.reports.course.pdf import pdf_of

    report = replace(spoken_report(client_report(plan, load_evidence())), letterhead=house.lines)
    return pdf_of(report) if pdf else html_of(report).encode()


def _calendar(plan: Plan, house: Practice) -> bytes:
    return calendar_bytes(plan, "client", host=host_of(house), say=spoken)


def _plan_file(plan: Plan, _house: Practice) -> bytes:
    return json.dumps(plan.to_dict(), allow_nan=False, indent=1).encode()


_HTML, _PDF, _ICS = "text/html; charset=utf-8", "application/pdf", "text/calendar; charset=utf-8"
_FILES: dict[str, tuple[str, str, Callable[[Plan, Practice], bytes]]] = {
    "practitioner-pdf": ("practitioner.pdf", _PDF, partial(_practitioner, pdf=True)),
    "practitioner-html": ("practitioner.html", _HTML, partial(_practitioner, pdf=False)),
    "client-pdf": ("client.pdf", _PDF, partial(_client, pdf=True)),
    "client-html": ("client.html", _HTML, partial(_client, pdf=False)),
    "calendar-client": ("calendar-client.ics", _ICS, _calendar),
    "calendar-practitioner": (
        "calendar-practitioner.ics",
        _ICS,
        lambda plan, house: calendar_bytes(plan, "practitioner", host=host_of(house)),
    ),
    "plan": ("plan.json", "application/json", _plan_file),
}
_FOR_CLIENT = frozenset({"client-pdf", "client-html", "calendar-client"})
"""Files in the client's language; the others are in English only, as their page says."""


def _planned(client_id: UUID, plan_id: UUID) -> PlanVersion:
    found = queries.version(client_id, plan_id)
    if not is_readable(found) or not plan_of(found).zones:
        raise Http404
    return found
