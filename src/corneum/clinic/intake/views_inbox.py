"""The inbox: what somebody must look at."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.intake import queries
from corneum.clinic.intake.forms import SeenForm
from corneum.clinic.intake.inbox import acknowledge
from corneum.clinic.intake.models import InboxItem
from corneum.clinic.intake.triage import ASKED, MEANINGS

_SIGNS = {one.id: one for one in ASKED}
_TONES = {1: "", 2: "wait", 3: "stop", 4: "stop"}


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Show what waits, most urgent first; or what was seen."""
    seen = request.GET.get("seen") == "1"
    found = [_shown(item) for item in queries.inbox(seen=seen)]
    return render(request, "intake/inbox.html", {"items": found, "seen": seen, "form": SeenForm()})


@require_POST
def seen(request: HttpRequest, inbox_id: UUID) -> HttpResponse:
    """Write down that somebody looked, and what they did."""
    item, form = get_object_or_404(InboxItem, pk=inbox_id), SeenForm(request.POST)
    if form.is_valid():
        stored = acknowledge(by=person(request), item=item, note=form.cleaned_data["note"], now=timezone.now())
        messages.success(request, _("Seen by %(who)s.") % {"who": stored.seen_by})
    return redirect("intake:inbox")


def _shown(item: InboxItem) -> dict[str, Any]:
    return {
        "item": item,
        "signs": [_SIGNS[name].sign for name in item.signs if name in _SIGNS],
        "meaning": MEANINGS[item.level],
        "tone": _TONES[item.level],
        "rows": sorted({row for name in item.signs if name in _SIGNS for row in _SIGNS[name].rows}),
    }
