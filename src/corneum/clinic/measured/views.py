"""Compare two photographs, ask for their measurement, and follow a course."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from corneum.clinic.accounts.models import person
from corneum.clinic.measured import files, forms, queries, services
from corneum.clinic.measured.present.choices import choices
from corneum.clinic.measured.present.compare import compared, state
from corneum.clinic.measured.present.trend import trends
from corneum.clinic.measured.serving import sent
from corneum.clinic.people.models import Client
from corneum.clinic.people.queries import client_of
from corneum.clinic.photos.models import Photo


@require_safe
def compare(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show two photographs of a view, and what was measured of them."""
    return _compared(request, client_of(client_id), request.GET, forms.AskForm())


@require_POST
def ask(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Ask for the measurement of two photographs."""
    client = client_of(client_id)
    form = forms.AskForm(request.POST)
    is_valid, said = form.is_valid(), form.cleaned_data
    if "baseline" not in said or "followup" not in said:
        messages.error(request, _said(form))
        return redirect("measured:compare", client_id)
    baseline, followup = (queries.photo(client.pk, said[name]) for name in ("baseline", "followup"))
    if not is_valid:
        return _compared(request, client, _wanted(baseline, followup), form)
    try:
        services.ask(
            by=person(request),
            baseline=baseline,
            followup=followup,
            scale_px_per_mm=said["scale_px_per_mm"],
            now=timezone.now(),
        )
    except services.NotAPair as error:
        messages.error(request, str(error))
    return redirect(_address(baseline, followup))


def _compared(request: HttpRequest, client: Client, wanted: Mapping[str, str], form: forms.AskForm) -> HttpResponse:
    sights = queries.sights(client.pk)
    chosen = queries.chosen(wanted, sights)
    context = {"client": client, "chosen": chosen, "scale": form["scale_px_per_mm"]}
    context |= choices(sights, chosen) | compared(client.pk, chosen)
    return render(request, "measured/compare.html", context, status=422 if form.errors else 200)


def _said(form: forms.AskForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


@require_safe
def progress(request: HttpRequest, client_id: UUID, measurement_id: UUID) -> HttpResponse:
    """Show how far a measurement is; when it is over, the page goes there."""
    found = queries.measurement(client_id, measurement_id)
    shown = state(found)
    if not shown["is_under_way"]:
        address = _address(found.baseline, found.followup)
        return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)
    return render(request, "measured/_progress.html", {"client": found.client} | shown)


@require_safe
def picture(request: HttpRequest, client_id: UUID, measurement_id: UUID, picture: str) -> HttpResponse:
    """Send an aligned photograph or a map of change, if both photographs may be shown."""
    found = queries.measurement(client_id, measurement_id)
    both = [found.baseline, found.followup]
    shown = {files.BASELINE: both[:1], files.FOLLOWUP: both[1:]}
    shown |= {f"{files.MAP}{index}": both for index in found.pictures.get("maps", ())}
    if picture not in shown:
        raise Http404
    path = files.picture_path(found.pk, picture)
    return sent(path, shown[picture], by=person(request), now=timezone.now())


@require_safe
def trend(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show how an index went over the course, zone by zone."""
    client = client_of(client_id)
    sights = queries.sights(client_id)
    chosen = queries.chosen(request.GET, sights)
    context = {"client": client} | choices(sights, chosen)
    context |= trends(client_id, chosen.sight, request.GET.get("index", ""))
    return render(request, "measured/trend.html", context)


def _wanted(baseline: Photo, followup: Photo) -> dict[str, str]:
    sight = f"{baseline.view}.{baseline.site}".rstrip(".")
    return {"of": sight, "baseline": str(baseline.pk), "followup": str(followup.pk)}


def _address(baseline: Photo, followup: Photo) -> str:
    compare = reverse("measured:compare", args=[baseline.client_id])
    return f"{compare}?{urlencode(_wanted(baseline, followup))}"
