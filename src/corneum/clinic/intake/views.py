"""The consultation: what bothers a client, what they answered, what the rules say of it, and who decides otherwise."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.accounts.roles import Role
from corneum.clinic.intake import queries, services
from corneum.clinic.intake.answering import state_of
from corneum.clinic.intake.forms import ConcernForm, OverrideForm
from corneum.clinic.intake.models import Concern, RuleOverride, Sheet
from corneum.clinic.intake.present.concerns import shown_concern
from corneum.clinic.intake.present.drawing import drawing
from corneum.clinic.intake.present.questions import State, page_states
from corneum.clinic.intake.present.verdict import Verdict, verdict_page
from corneum.clinic.intake.reading import answers_on
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.clinic.rules.queries import book as rules_in_force
from corneum.clinic.ui.ids import uuid_of
from corneum.clinic.ui.phrases import spoken
from corneum.skin import SITES

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the consultation."""
    stored = client_of(client_id)
    state, sheets = state_of(stored, timezone.now()), queries.sheets_of(client_id)
    shown = {
        "pages": page_states(state, staff=True),
        "phototype": _phototype(state),
        "draft": queries.draft_of(client_id),
        "sheets": sheets,
        "next_number": sheets[0].number + 1 if sheets and sheets[0].number else 1,
        "undo": _taken_off(client_id, request.GET.get("undo", "")),
        **_places(stored, request.GET.get("zone", "")),
        **_verdict(request, stored),
    }
    return render(request, "intake/client.html", {"client": stored, **shown})


@require_safe
def verdict(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show what the rules say of the answers as they are now; a page asks for it after each answer."""
    stored = client_of(client_id)
    template = "intake/_verdict.html" if getattr(request, "htmx", False) else "intake/verdict.html"
    return render(request, template, {"client": stored, **_verdict(request, stored)})


@require_POST
def submit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Keep the answers as a version."""
    stored = client_of(client_id)
    try:
        sheet = services.submit(by=person(request), client=stored, now=timezone.now())
    except services.NothingAnswered:
        messages.info(request, _("There is nothing new to save."))
    else:
        messages.success(request, _("Saved as version %(number)s.") % {"number": sheet.number})
    return redirect("intake:client", client_id)


@require_POST
def discard(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Discard what was changed since the last version."""
    stored = client_of(client_id)
    try:
        services.discard_draft(by=person(request), client=stored, now=timezone.now())
    except services.NothingAnswered:
        messages.info(request, _("There is nothing to discard, or the client has written in it."))
    else:
        messages.success(request, _("Discarded: the last version stands."))
    return redirect("intake:client", client_id)


@require_safe
def sheet(request: HttpRequest, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Show one version of the answers, word for word, and what the rules said of it then."""
    found = Sheet.objects.select_related("client", "submitted_by").filter(submitted__isnull=False)
    stored = get_object_or_404(found, pk=sheet_id, client_id=client_id)
    book = rules_in_force()
    state = State(stored.answers, book, stored.day, answers_on(stored, stored.client, stored.day))
    shown = {
        "sheet": stored,
        "pages": [one for one in page_states(state, staff=True) if one.answers],
        "zones": [spoken(SITES[zone].title) for zone in stored.zones],
        "same_rules": stored.rules_digest == book.digest(),
    }
    return render(request, "intake/sheet.html", {"client": stored.client, **shown})


@_GET_OR_POST
def concern(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Place a concern: the place from the drawing or the list, then its own scale."""
    stored = client_of(client_id)
    given = request.POST if request.method == "POST" else request.GET
    named = given.get("concern", "")
    form = ConcernForm(request.POST or None, concern=named, initial={"zone": given.get("zone"), "concern": named})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.place_concern(
            by=person(request),
            client=stored,
            concern=data["concern"],
            zone=data["zone"],
            severity=form.severity_chosen(),
            now=timezone.now(),
        )
        return redirect("intake:client", client_id)
    whole = not getattr(request, "htmx", False)
    shown = {"client": stored, "form": form, **(_places(stored, given.get("zone", "")) if whole else {})}
    template = "intake/concern.html" if whole else "intake/_concern_form.html"
    return render(request, template, shown, status=422 if form.errors else 200)


@require_POST
def concern_remove(request: HttpRequest, client_id: UUID, concern_id: UUID) -> HttpResponse:
    """Take a concern off, or put it back."""
    stored = get_object_or_404(Concern, pk=concern_id, client_id=client_id)
    undo = "undo" in request.POST
    change = services.restore_concern if undo else services.remove_concern
    change(by=person(request), concern=stored, now=timezone.now())
    where = redirect("intake:client", client_id)
    if not undo:
        where["Location"] += f"?undo={stored.pk}#concerns"
    return where


@_GET_OR_POST
def override(request: HttpRequest, client_id: UUID, rule: str) -> HttpResponse:
    """Decide against a rule that stops this client."""
    stored, book = client_of(client_id), rules_in_force()
    if rule not in book.rules:
        raise Http404
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.override(by=person(request), client=stored, rule=rule, **form.cleaned_data, now=timezone.now())
        except services.OverrideRefused as error:
            form.add_error(None, str(error))
        else:
            messages.warning(request, _("Decided. The rule stays in sight, with your reason."))
            return redirect("intake:client", client_id)
    found = next((one for one in _findings(request, stored) if one.rule == rule), None)
    own, shipped = book.standing(rule).override, book.rules[rule]
    in_force = shipped if own is None else own.applied_to(shipped)
    shown = {"client": stored, "rule": in_force, "own": own, "finding": found, "form": form}
    return render(request, "intake/override.html", shown, status=422 if form.errors else 200)


@require_POST
def override_end(request: HttpRequest, client_id: UUID, override_id: UUID) -> HttpResponse:
    """Take a decision back."""
    stored = get_object_or_404(RuleOverride, pk=override_id, client_id=client_id, ended=None)
    services.end_override(by=person(request), one=stored, now=timezone.now())
    messages.success(request, _("Override withdrawn: the rule counts again."))
    return redirect("intake:client", client_id)


def _taken_off(client_id: UUID, named: str) -> Concern | None:
    concern_id, found = uuid_of(named), Concern.objects.filter(client_id=client_id, removed__isnull=False)
    return None if concern_id is None else found.filter(pk=concern_id).first()


def _phototype(state: State) -> str:
    question = state.book.questions["person.phototype"]
    said = queries.phototype_of(state.client_answers)
    return next((f"{one.id}: {spoken(one.text)}" for one in question.choices if one.id == said), "")


def _places(stored: Client, chosen: str) -> dict[str, Any]:
    rows = queries.concerns_of(stored.pk)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.zone] = counts.get(row.zone, 0) + 1
    return {
        "concerns": [shown_concern(row) for row in rows],
        "views": drawing(counts, {}, {chosen} & set(SITES)),
        "chosen": SITES.get(chosen),
    }


def _verdict(request: HttpRequest, stored: Client) -> dict[str, Any]:
    sheet, overrides = queries.working_sheet(stored.pk), queries.overrides_of(stored.pk)
    today = timezone.localdate()
    screening = None if sheet is None else queries.screening_on(sheet, today, overrides=overrides, client=stored)
    book = rules_in_force()
    shown: Verdict | None = None if screening is None else verdict_page(screening, book, overrides)
    return {
        "verdict": shown,
        "answered": sheet is not None,
        "lapsed": [] if sheet is None else queries.lapsed(overrides, sheet, stored, today),
        "may_override": person(request).role == Role.CLINICIAN,
        "past_overrides": [one for one in overrides if one.ended is not None],
    }


def _findings(request: HttpRequest, stored: Client) -> tuple[Any, ...]:
    shown = _verdict(request, stored)["verdict"]
    return () if shown is None else shown.findings
