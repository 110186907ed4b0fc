"""The inbox: what somebody must look at."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent.models import Purpose
from corneum.clinic.intake import queries
from corneum.clinic.intake.forms import SeenForm
from corneum.clinic.intake.inbox import SEEN_BACK, TooLate, acknowledge, can_be_taken_back, take_back_seen
from corneum.clinic.intake.models import InboxItem
from corneum.clinic.intake.triage import ASKED, MEANINGS

_SIGNS = {one.id: one for one in ASKED}
_TONES = {1: "", 2: "wait", 3: "stop", 4: "stop"}


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Show what waits, most urgent first; or what was seen."""
    seen = request.GET.get("seen") == "1"
    by, now, before = person(request), timezone.now(), request.GET.get("before", "")
    page, more = queries.inbox(seen=seen, after=before)
    shown = {
        "items": [_shown(item) | {"can_undo": can_be_taken_back(item, by, now)} for item in page],
        "seen": seen,
        "form": SeenForm(),
        "just": queries.just_seen(request.GET.get("just", ""), by.pk, now - SEEN_BACK),
        "later": bool(before),
        "next": page[-1].pk if more else None,
    }
    return render(request, "intake/inbox.html", shown)


@require_POST
def seen(request: HttpRequest, inbox_id: UUID) -> HttpResponse:
    """Write down that somebody looked, and what they did."""
    item, form = get_object_or_404(InboxItem, pk=inbox_id), SeenForm(request.POST)
    if form.is_valid():
        acknowledge(by=person(request), item=item, note=form.cleaned_data["note"], now=timezone.now())
    return redirect(f"{reverse('intake:inbox')}?just={item.pk}")


@require_POST
def unseen(request: HttpRequest, inbox_id: UUID) -> HttpResponse:
    """Let an item wait again that was marked by a slip."""
    item = get_object_or_404(InboxItem, pk=inbox_id)
    try:
        take_back_seen(by=person(request), item=item, now=timezone.now())
    except TooLate:
        messages.error(request, _("That is longer ago than 15 minutes, or somebody else marked it: it stays seen."))
    else:
        messages.success(request, _("It waits again; what was written stands in it."))
    return redirect("intake:inbox")


def _said(sign: str) -> str:
    """Return a sign of a check-in, or a consent that was withdrawn, in words."""
    if sign in _SIGNS:
        return str(_SIGNS[sign].sign)
    return str(Purpose(sign).label) if sign in Purpose.values else ""


def _shown(item: InboxItem) -> dict[str, Any]:
    return {
        "item": item,
        "signs": [said for name in item.signs if (said := _said(name))],
        "meaning": MEANINGS[item.level],
        "tone": _TONES[item.level],
        "rows": sorted({row for name in item.signs if name in _SIGNS for row in _SIGNS[name].rows}),
    }
