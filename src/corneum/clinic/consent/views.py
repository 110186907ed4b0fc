"""Consent in a client's record: how it stands, signing, reading back, taking back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent import queries, services
from corneum.clinic.consent.forms import SigningForm, WithdrawForm
from corneum.clinic.consent.models import Consent, Kind, Signature
from corneum.clinic.consent.present import printed, sheet_page, states
from corneum.clinic.consent.withdrawing import copies_out
from corneum.clinic.people.queries import client_of
from corneum.clinic.practice.queries import practice_of
from corneum.reports.consent_sheet import consent_pdf

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show how each kind of consent stands, and every sheet that was ever signed."""
    stored = client_of(client_id)
    sheets, standing = queries.history(client_id), queries.permissions_in_force(client_id)
    shown = {
        "client": stored,
        "states": states(stored, sheets, standing, timezone.localdate()),
        "history": sheets,
        "standing": standing,
        "minor": queries.is_minor(stored, timezone.localdate()),
    }
    return render(request, "consent/client.html", shown)


@_GET_OR_POST
def give(request: HttpRequest, client_id: UUID, kind: str) -> HttpResponse:
    """Show a sheet and take the signature under it."""
    stored = client_of(client_id)
    if kind not in Kind.values:
        raise Http404
    text, sheet = queries.sheet_for(stored, kind)
    minor = queries.is_minor(stored, timezone.localdate())
    form = SigningForm(request.POST or None, kind=kind, minor=minor, initial={"digest": sheet.digest})
    if request.method == "POST" and form.is_valid():
        try:
            consent = services.give(
                by=person(request),
                client=stored,
                kind=kind,
                digest=form.cleaned_data["digest"],
                signatures=form.signatures(),
                purposes=form.cleaned_data.get("purposes", ()),
                now=timezone.now(),
            )
        except services.TextChanged:
            form = SigningForm(kind=kind, minor=minor, initial={"digest": sheet.digest})
            messages.warning(request, _("The text was changed while it was read. Please read it again and sign."))
        else:
            messages.success(request, _("Signed and kept. This is what was signed."))
            return redirect("consent:sheet", client_id, consent.pk)
    shown = {"client": stored, "kind": Kind(kind), "text": text, "sheet": sheet, "form": form, "minor": minor}
    return render(request, "consent/give.html", shown, status=422 if form.errors else 200)


@require_safe
def sheet(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Read back what was signed, to print as well."""
    found = Consent.objects.select_related("client", "text", "taken_by").prefetch_related("permissions__ended_by")
    consent = get_object_or_404(found, pk=consent_id, client_id=client_id)
    return render(request, "consent/sheet.html", {"client": consent.client, **sheet_page(consent)})


@require_safe
def pdf(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """Send what was signed as a PDF."""
    found = Consent.objects.select_related("client", "text", "taken_by").prefetch_related("permissions")
    consent = get_object_or_404(found, pk=consent_id, client_id=client_id)
    sent = HttpResponse(consent_pdf(printed(consent, practice_of(request))), content_type="application/pdf")
    sent["Content-Disposition"] = f'inline; filename="consent-{consent.given:%Y-%m-%d}.pdf"'
    return sent


@require_safe
def signature(request: HttpRequest, client_id: UUID, signature_id: UUID) -> HttpResponse:
    """Send a drawn signature."""
    found = get_object_or_404(Signature, pk=signature_id, consent__client_id=client_id)
    if found.picture is None:
        raise Http404
    return HttpResponse(bytes(found.picture), content_type="image/png")


@_GET_OR_POST
def withdraw(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Take back what a client no longer agrees to."""
    stored = client_of(client_id)
    standing = queries.permissions_in_force(client_id)
    form = WithdrawForm(request.POST or None, standing=standing)
    if request.method == "POST" and form.is_valid():
        services.withdraw(by=person(request), client=stored, purposes=form.cleaned_data["purposes"], now=timezone.now())
        messages.success(request, _("Withdrawn. From now on it is refused for every copy that this program holds."))
        return redirect("consent:client", client_id)
    shown = {"client": stored, "form": form, "standing": standing}
    shown |= {"copies": copies_out(client_id, [row.purpose for row in standing])}
    return render(request, "consent/withdraw.html", shown, status=422 if form.errors else 200)
