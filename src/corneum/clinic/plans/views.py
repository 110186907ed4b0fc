"""Pages that show plans; they change nothing."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from corneum.clinic.accounts.models import User, person
from corneum.clinic.accounts.roles import Role
from corneum.clinic.jobs.queries import has_failed, job_with
from corneum.clinic.marks.queries import not_in
from corneum.clinic.people.queries import client_of
from corneum.clinic.plans import queries
from corneum.clinic.plans.forms_looks import ApproveForm, CompareForm, WithdrawForm
from corneum.clinic.plans.models import PlanVersion, State
from corneum.clinic.plans.present import page
from corneum.clinic.plans.present.client import client_page
from corneum.clinic.plans.present.compare import compared
from corneum.clinic.plans.services import warnings_of
from corneum.clinic.plans.translate import is_readable, plan_of
from corneum.evidence import load_evidence


@require_safe
def versions(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """List the versions of a client's plan."""
    client = client_of(client_id)
    found = queries.versions(client_id)
    return render(request, "plans/versions.html", {"client": client, "versions": found})


@require_safe
def plan(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show a version: what is planned, why nothing is, or how far its planning is."""
    found = queries.version(client_id, plan_id)
    if found.plan is None:
        return _unplanned(request, found)
    if not is_readable(found):
        return render(request, "plans/unreadable.html", {"client": found.client, "version": found})
    return render(request, "plans/plan.html", plan_context(found, person(request)))


def plan_context(found: PlanVersion, reader: User, approval: ApproveForm | None = None) -> dict[str, Any]:
    """Return what the page of a planned version shows."""
    planned = plan_of(found)
    standing = warnings_of(planned)
    return {
        "client": found.client,
        "version": found,
        "plan": planned,
        "cards": page.zone_cards(planned),
        "unplanned": page.unplanned(planned.unplanned),
        "warnings": standing,
        "new_marks": () if found.state == State.REPLACED else not_in(found.request, found.client_id),
        "dates": page.dates(planned),
        "face": page.face_rows(planned),
        "cost": page.cost(planned),
        "legend": page.legend(),
        "others": queries.others(found),
        "approval": approval or ApproveForm(needed=bool(standing)),
        "withdrawal": WithdrawForm() if reader.role == Role.CLINICIAN and found.state == State.APPROVED else None,
        "may_approve": reader.role == Role.CLINICIAN and found.can_be_approved,
    }


def _unplanned(request: HttpRequest, found: PlanVersion) -> HttpResponse:
    context: dict[str, Any] = {"client": found.client, "version": found}
    if found.state == State.REFUSED:
        context["refusal"] = page.refusal(found.refusal or {"reasons": []})
        return render(request, "plans/refused.html", context)
    job = job_with(found.job_id)
    return render(request, "plans/computing.html", context | {"job": job, "failed": has_failed(job)})


@require_safe
def progress(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show how far the planning of a version is; when it is done, the page goes there."""
    found = queries.version(client_id, plan_id)
    address = reverse("plans:plan", args=[client_id, plan_id])
    if found.state != State.COMPUTING:
        return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)
    job = job_with(found.job_id)
    context = {"client": found.client, "version": found, "job": job, "failed": has_failed(job)}
    return render(request, "plans/progress.html", context)


@require_safe
def shown(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show the client's version, for a screen that the client sees: nothing else of the clinic is on it."""
    found = _planned(client_id, plan_id)
    with translation.override(found.client.language):
        context = client_page(plan_of(found), load_evidence())
        return render(request, "plans/shown.html", context | {"client": found.client, "version": found})


@require_safe
def sources(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """List every row and rule that a plan rests on, with its source."""
    found = _planned(client_id, plan_id)
    rooms, rules = page.sources(plan_of(found), load_evidence())
    context = {"client": found.client, "version": found, "plan": plan_of(found), "rooms": rooms, "rules": rules}
    return render(request, "plans/sources.html", context)


@require_safe
def compare(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Show what differs between a version and another of the same client."""
    found = _planned(client_id, plan_id)
    others = queries.others(found)
    form = CompareForm(request.GET if "other" in request.GET else None, others=others)
    context: dict[str, Any] = {"client": found.client, "version": found, "form": form, "others": others}
    if form.is_valid():
        chosen = _planned(client_id, form.cleaned_data["other"].pk)
        older, newer = sorted((found, chosen), key=lambda one: one.number)
        context |= {"older": older, "newer": newer, "parts": compared(plan_of(older), plan_of(newer))}
    return render(request, "plans/compare.html", context)


def _planned(client_id: UUID, plan_id: UUID) -> PlanVersion:
    found = queries.version(client_id, plan_id)
    if not is_readable(found):
        raise Http404
    return found
