"""Ask for a draft, show it to the client, approve it, withdraw the approval."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corneum.clinic.accounts.models import User, person
from corneum.clinic.accounts.roles import Role
from corneum.clinic.marks.queries import request_marks
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.clinic.plans import queries, services
from corneum.clinic.plans.forms import DraftForm, GoalRows, draft_initial, goal_initial, goals_of
from corneum.clinic.plans.forms_looks import ApproveForm, WithdrawForm
from corneum.clinic.plans.services import warnings_of
from corneum.clinic.plans.translate import answers_of, concerns_of, is_readable, person_of, plan_of, request_tables
from corneum.clinic.plans.views import plan_context
from corneum.clinic.practice.queries import practice_of
from corneum.clinic.stock.queries import clinic_devices
from corneum.course import RequestError
from corneum.course.suitability import load_suitability
from corneum.skin import SITES

_ROWS = "goals"
_MOST_GOALS = 16


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask for a new draft."""
    client = client_of(client_id)
    today = timezone.localdate()
    answers = answers_of(client_id)
    devices = [one["label"] for one in clinic_devices()]
    if request.method == "POST" and "more" in request.POST:
        return _form(request, client, _longer(request, devices), answers, devices)
    if request.method != "POST":
        return _form(request, client, _empty(client, answers, devices), answers, devices)
    form = DraftForm(request.POST, devices=devices, today=today)
    rows = GoalRows(request.POST, prefix=_ROWS)
    if form.is_valid() and rows.is_valid():
        fields = _fields(form.cleaned_data, goals_of(rows), practice_of(request).title)
        fields |= {"marks": request_marks(client_id)}
        tables = request_tables(fields, born=client.born, today=today, answers=answers)
        try:
            made = services.ask_draft(by=person(request), client=client, request=tables, day=today, now=timezone.now())
        except RequestError as error:
            for mistake in error.mistakes:
                form.add_error(None, mistake.removeprefix(": "))
        else:
            return redirect("plans:plan", client_id, made.pk)
    return _form(request, client, (form, rows), answers, devices)


@require_http_methods(["POST"])
def show(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Note that the plan is shown to the client, and open the client's version."""
    found = queries.version(client_id, plan_id)
    try:
        services.show(by=person(request), version=found, now=timezone.now())
    except services.NotWaiting:
        # It stands in the client's window: no way into the record leads from there.
        return render(request, "plans/not_shown.html", status=409)
    return redirect("plans:shown", client_id, plan_id)


@require_http_methods(["POST"])
def approve(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Approve a version; a clinician's word."""
    found = queries.version(client_id, plan_id)
    readable = is_readable(found)
    form = ApproveForm(request.POST, needed=readable and bool(warnings_of(plan_of(found))))
    if readable and not form.is_valid():
        return render(request, "plans/plan.html", plan_context(found, person(request), form), status=422)
    try:
        if not readable:
            raise services.NotWaiting("there is nothing to approve")
        why = form.cleaned_data["why"] if form.is_valid() else ""
        services.approve(by=person(request), version=found, why=why, now=timezone.now())
    except services.RuleStops as error:
        text = _("Not approved: by the newest answers a rule stops a planned zone (%(rules)s). Go to the consultation.")
        messages.error(request, text % {"rules": error})
    except services.NotWaiting:
        messages.error(request, _("This version cannot be approved any more."))
    else:
        messages.success(request, _("Approved."))
    return redirect("plans:plan", client_id, plan_id)


@require_http_methods(["POST"])
def withdraw(request: HttpRequest, client_id: UUID, plan_id: UUID) -> HttpResponse:
    """Withdraw the approval of a version; a clinician's word."""
    found = queries.version(client_id, plan_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("An approval is withdrawn with a reason."))
        return redirect("plans:plan", client_id, plan_id)
    why = form.cleaned_data["withdraw_why"]
    try:
        services.withdraw_approval(by=person(request), version=found, why=why, now=timezone.now())
    except services.InUse:
        messages.error(request, _("A session is open on this plan: sign it first."))
    except services.NotWaiting:
        messages.error(request, _("This version is not approved."))
    else:
        messages.success(request, _("The approval is withdrawn: nobody is treated by this plan."))
    return redirect("plans:plan", client_id, plan_id)


def _form(
    request: HttpRequest, client: Client, forms: tuple[DraftForm, Any], answers: Mapping[str, Any], devices: list[str]
) -> HttpResponse:
    form, rows = forms
    clinicians = User.objects.filter(role=Role.CLINICIAN, is_active=True).exists()
    context = {
        "client": client,
        "form": form,
        "rows": rows,
        "answered": bool(answers),
        "has_devices": bool(devices),
        "has_clinician": clinicians,
    }
    return render(request, "plans/new.html", context)


def _longer(request: HttpRequest, devices: list[str]) -> tuple[DraftForm, Any]:
    """Return what was typed with one more empty goal; nothing is checked yet."""
    data = request.POST.copy()
    said = str(data.get(f"{_ROWS}-TOTAL_FORMS", ""))
    count = min(int(said) + 1 if said.isdecimal() else 1, _MOST_GOALS)
    typed = {name: data.getlist(name) if name in ("devices", "prescribed") else data.get(name) for name in data}
    rows = [
        {part: data.get(f"{_ROWS}-{number}-{part}", "") for part in ("concern", "zone", "severity")}
        for number in range(count)
    ]
    return (
        DraftForm(initial=typed, devices=devices, today=timezone.localdate()),
        GoalRows(initial=rows, prefix=_ROWS),
    )


def _empty(client: Client, answers: Mapping[str, Any], devices: list[str]) -> tuple[DraftForm, Any]:
    """Return the form as it opens: with the intake's concerns, or what the last draft asked."""
    clinicians = {one.name: one.pk for one in User.objects.filter(role=Role.CLINICIAN, is_active=True)}
    raw = queries.latest_request(client.pk)
    initial = draft_initial(raw, clinicians) if raw else {"devices": devices, "sex": "unstated"}
    initial |= {key: value for key, value in person_of(answers).items() if key in ("sex", "phototype")}
    goals = concerns_of(client.pk) or raw.get("goal", [])
    return (
        DraftForm(initial=initial, devices=devices, today=timezone.localdate()),
        GoalRows(initial=goal_initial(goals), prefix=_ROWS),
    )


def _fields(said: Mapping[str, Any], goals: list[dict[str, str]], house: str) -> dict[str, Any]:
    table = load_suitability()
    titles = dict.fromkeys(f"{table.concern(goal['concern']).title}: {SITES[goal['zone']].title}" for goal in goals)
    return {
        **said,
        "goals": goals,
        "title": Truncator("; ".join(titles)).chars(120),
        "clinician": said["clinician"].name,
        "clinic_name": house,
    }
