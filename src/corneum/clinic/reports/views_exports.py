"""Copies of data: of one client, and of the clinic."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.accounts.models import person
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.clinic.reports import queries, services_exports
from corneum.clinic.reports.models import Export

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_OR_POST
def data(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show the copies of a client's data, and ask for one."""
    client = client_of(client_id)
    if request.method == "POST":
        _ask(request, client)
        return redirect("reports:data", client_id)
    context = {"client": client, "number": queries.number_of(client_id), **_listed(queries.exports(client_id))}
    return render(request, "reports/data.html", context)


@require_POST
def data_fetch(request: HttpRequest, client_id: UUID, export_id: UUID) -> HttpResponseBase:
    """Hand a copy over, once."""
    return _fetched(request, queries.export_of(client_id, export_id), f"record-{queries.number_of(client_id)}")


@require_POST
def data_discard(request: HttpRequest, client_id: UUID, export_id: UUID) -> HttpResponse:
    """Delete a copy that nobody needs."""
    export = queries.export_of(client_id, export_id)
    services_exports.discard(by=person(request), export=export, now=timezone.now())
    messages.success(request, _("The copy is deleted."))
    return redirect("reports:data", client_id)


@_GET_OR_POST
def clinic(request: HttpRequest) -> HttpResponse:
    """Show the copies of the clinic's data, and ask for one."""
    if request.method == "POST":
        _ask(request, None)
        return redirect("reports:clinic")
    return render(request, "reports/clinic.html", _listed(queries.exports(None)))


@require_POST
def clinic_fetch(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """Hand a copy of the clinic's data over, once."""
    return _fetched(request, queries.export_of(None, export_id), "clinic")


@require_POST
def clinic_discard(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Delete a copy of the clinic's data that nobody needs."""
    export = queries.export_of(None, export_id)
    services_exports.discard(by=person(request), export=export, now=timezone.now())
    messages.success(request, _("The copy is deleted."))
    return redirect("reports:clinic")


def _ask(request: HttpRequest, client: Client | None) -> None:
    try:
        services_exports.ask_export(by=person(request), client=client, now=timezone.now())
    except services_exports.AlreadyAsked:
        messages.warning(request, _("A copy is being put together already."))
    else:
        messages.success(request, _("The copy is being put together. It appears below as soon as it is ready."))


def _listed(exports: list[Export]) -> dict[str, object]:
    now = timezone.now()
    return {
        "exports": [(one, one.can_be_fetched(now)) for one in exports],
        "waiting": any(one.state == "asked" for one in exports),
        "days": services_exports.WAITS.days,
    }


def _fetched(request: HttpRequest, export: Export, name: str) -> HttpResponseBase:
    try:
        opened, size = services_exports.fetch(by=person(request), export=export, now=timezone.now())
    except services_exports.NotThere:
        raise Http404 from None
    sent = FileResponse(opened, as_attachment=True, filename=f"{name}-{export.asked_at:%Y-%m-%d}.zip")
    sent["Content-Type"], sent["Content-Length"] = "application/zip", str(size)
    sent["Cache-Control"] = "private, no-store"
    return sent
