"""The erasure of a record, step by step, and what was erased."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.withdrawing import copies_out
from corneum.clinic.people.queries import client_of
from corneum.clinic.reports import queries, services_erasing
from corneum.clinic.reports.forms import ApproveErasureForm, AskErasureForm, ConfirmErasureForm
from corneum.clinic.reports.models import ErasureCase

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_OR_POST
def erase(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show what an erasure takes and what the law asks to keep; write down that it is wanted."""
    client = client_of(client_id)
    form = AskErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services_erasing.ask_erasure(
                by=person(request), client=client, why=form.cleaned_data["why"], now=timezone.now()
            )
        except services_erasing.OpenAlready:
            messages.warning(request, _("The erasure of this record is asked for already."))
        return redirect("reports:erase", client_id)
    return _page(request, client_id, form=form)


@require_POST
def erase_confirm(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Erase a record, once its number is typed."""
    case = _case(client_id)
    form = ConfirmErasureForm(request.POST)
    if form.is_valid():
        try:
            services_erasing.erase(by=person(request), case=case, typed=form.cleaned_data["number"], now=timezone.now())
        except services_erasing.OtherNumber:
            form.add_error("number", _("That is not the number of this record. Nothing was erased."))
        except services_erasing.ClinicianNeeded:
            messages.error(request, _("This record must still be kept: a clinician has to say why it need not."))
            return redirect("reports:erase", client_id)
        except services_erasing.CannotErase:
            messages.warning(request, _("There is nothing to erase any more: somebody was here before."))
            return redirect("reports:erasures")
        except services_erasing.LeftBehind:
            messages.error(request, _("Nothing was erased: something would have stayed. Tell who runs the program."))
            return redirect("reports:erase", client_id)
        else:
            messages.success(request, _("The record is erased. Its files are being deleted now."))
            return redirect("reports:erasures")
    return _page(request, client_id, confirm=form)


@require_POST
def erase_cancel(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Give up an erasure."""
    services_erasing.cancel(by=person(request), case=_case(client_id), now=timezone.now())
    messages.success(request, _("Nothing is erased. The record stays as it is."))
    return redirect("reports:erase", client_id)


@_GET_OR_POST
def erase_approve(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Let a clinician say why a record may go before its time."""
    client, case = client_of(client_id), queries.case_of(client_id)
    form = ApproveErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if case is None:
            raise Http404
        try:
            services_erasing.approve(by=person(request), case=case, why=form.cleaned_data["why"], now=timezone.now())
        except services_erasing.CannotErase:
            messages.warning(request, _("This erasure does not wait for a clinician any more."))
        else:
            messages.success(request, _("Kept. The owner may now erase the record."))
        return redirect("reports:erase_approve", client_id)
    context = {"client": client, "case": case, "form": form}
    return render(request, "reports/erase_approve.html", context, status=422 if form.errors else 200)


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """List what was erased: numbers and times, nothing of a person."""
    return render(request, "reports/erasures.html", {"cases": queries.cases()})


def _page(
    request: HttpRequest,
    client_id: UUID,
    *,
    form: AskErasureForm | None = None,
    confirm: ConfirmErasureForm | None = None,
) -> HttpResponse:
    until = queries.keep_until(client_id)
    context = {
        "client": client_of(client_id),
        "case": queries.case_of(client_id),
        "number": queries.number_of(client_id),
        "keep_until": until,
        "must_be_kept": until is not None and until > timezone.localdate(),
        "form": form or AskErasureForm(),
        "confirm": confirm or ConfirmErasureForm(),
        "copies": copies_out(client_id, [Purpose.RECORD]),
    }
    failed = bool((form and form.errors) or (confirm and confirm.errors))
    return render(request, "reports/erase.html", context, status=422 if failed else 200)


def _case(client_id: UUID) -> ErasureCase:
    found = queries.case_of(client_id)
    if found is None:
        raise Http404
    return found
