"""The list of events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.audit.forms import FilterForm
from corneum.clinic.audit.present import rows
from corneum.clinic.audit.queries import PAGE, events, names_of


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Show events, newest first."""
    form = FilterForm(request.GET)
    found = list(events(**form.cleaned_data)) if form.is_valid() else []
    older = request.GET.copy()
    older["before"] = str(found[-1].pk) if len(found) == PAGE else ""
    return render(request, "audit/events.html", {"form": form, "rows": rows(found, names_of(found)), "older": older})
