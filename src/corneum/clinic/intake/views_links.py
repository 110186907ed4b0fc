"""From home: private links, check-ins and what came of them."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.accounts.models import person
from corneum.clinic.intake import inbox, linking, queries
from corneum.clinic.intake.forms import CheckInForm, LinkForm
from corneum.clinic.intake.models import CheckIn, Link, Scope
from corneum.clinic.intake.triage import MEANINGS, asked_on, flags
from corneum.clinic.people.queries import client_of

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@_GET_OR_POST
def links(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Make private links; a new one is shown this once, as an address and as a QR code."""
    client = client_of(client_id)
    form = LinkForm(request.POST or None, initial={"scopes": [Scope.INTAKE, Scope.CONSENT], "days": 30})
    made, address = None, ""
    if request.method == "POST" and form.is_valid():
        made, token = linking.make_link(by=person(request), client=client, **form.cleaned_data, now=timezone.now())
        address = request.build_absolute_uri(reverse("intake:open", args=[token]))
    now = timezone.now()
    shown = {
        "client": client,
        "form": form,
        "made": made,
        "address": address,
        "code": _code(address) if address else "",
        "links": [
            (link, link.stands(now), [Scope(one).label for one in link.scopes]) for link in queries.links_of(client_id)
        ],
        "check_ins": queries.check_ins_of(client_id),
        "today": timezone.localdate(),
    }
    return render(request, "intake/links.html", shown, status=422 if form.errors else 200)


def _code(address: str) -> str:
    drawn = segno.make_qr(address, error="m").svg_inline(scale=6, border=3, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)


@require_POST
def revoke(request: HttpRequest, client_id: UUID, link_id: UUID) -> HttpResponse:
    """Close a link."""
    link = get_object_or_404(Link, pk=link_id, client_id=client_id)
    linking.revoke_link(by=person(request), link=link, now=timezone.now())
    messages.success(request, _("Closed. Whoever has it open is out at the next click."))
    return redirect("intake:links", client_id)


@_GET_OR_POST
def check_in(request: HttpRequest, client_id: UUID, check_in_id: UUID) -> HttpResponse:
    """Read a check-in, or write its answers down on the telephone."""
    found = CheckIn.objects.select_related("client", "answered_by")
    stored = get_object_or_404(found, pk=check_in_id, client_id=client_id)
    form = CheckInForm(request.POST or None, after_days=stored.after_days)
    if request.method == "POST" and stored.answered is None and form.is_valid():
        try:
            inbox.answer_check_in(by=person(request), check_in=stored, answers=form.cleaned_data, now=timezone.now())
        except inbox.AlreadyAnswered:
            messages.warning(request, _("It was answered meanwhile. These are the answers that hold."))
        else:
            messages.success(request, _("Kept."))
        return redirect("intake:check_in", client_id, check_in_id)
    answers = stored.answers or {}
    since = (timezone.localdate(stored.answered) - stored.treated).days if stored.answered else 0
    raised = flags(answers, since)
    shown = {
        "client": stored.client,
        "check_in": stored,
        "form": form,
        "answers": [(asked, answers[asked.id]) for asked in asked_on(stored.after_days) if asked.id in answers],
        "flags": {flag.asked.id: {"level": flag.level, "said": MEANINGS[flag.level]} for flag in raised},
        "rows": sorted({row for flag in raised for row in flag.asked.rows}),
    }
    return render(request, "intake/check_in.html", shown, status=422 if form.errors else 200)
