"""What a client's private link opens."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override as language_of
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.accounts.models import person
from corneum.clinic.consent import queries as consents
from corneum.clinic.consent import services as consenting
from corneum.clinic.consent.forms import SigningForm
from corneum.clinic.consent.models import Consent, Kind, Signature
from corneum.clinic.consent.present import printed, sheet_page, states
from corneum.clinic.intake import inbox, linking, own, queries, services
from corneum.clinic.intake.answering import state_of
from corneum.clinic.intake.forms import CheckInForm
from corneum.clinic.intake.links import held, hold, link_of, stay
from corneum.clinic.intake.models import CheckIn, Link, Scope
from corneum.clinic.intake.present.questions import page_states
from corneum.clinic.intake.triage import MEANINGS, flags
from corneum.clinic.practice.queries import practice_of
from corneum.reports.consent_sheet import consent_pdf

_GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
_View = Callable[..., HttpResponse]


def own_page_of(scope: Scope | Sequence[Scope] | None) -> Callable[[_View], _View]:
    """Open a view to who holds the pass of a link; all others are told, in the same words, that it does not open."""

    def wrapped(view: _View) -> _View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                held(request.session, scope, timezone.now())
            except Http404:
                return _closed(request)
            if request.method == "POST":
                stay(request.session)
            return view(request, *args, **kwargs)

        return opened

    return wrapped


@_GET_OR_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to go on, and give the browser a pass: from then on the address holds no token."""
    link = link_of(token, timezone.now())
    if link is None:
        return _closed(request)
    if request.method == "POST":
        linking.open_link(link=link, by=person(request) if request.user.is_authenticated else None, now=timezone.now())
        hold(request.session, link)
        response: HttpResponse = redirect("intake:own")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, link.client.language, samesite="Lax")
    else:
        with language_of(link.client.language):
            response = render(request, "intake/open.html", {"staff": request.user.is_authenticated})
    # The token stands in this address: it must not leave by a referrer. Without an origin the form would be refused.
    response["Referrer-Policy"] = "strict-origin"
    return response


@require_safe
@own_page_of(None)
def own_home(request: HttpRequest) -> HttpResponse:
    """Show a client what there is to do."""
    link = held(request.session, None, timezone.now())
    return render(request, "intake/own.html", {"link": link, "client": link.client, **_parts(link)})


def _parts(link: Link) -> dict[str, Any]:
    client, today = link.client, timezone.localdate()
    parts: dict[str, Any] = {"ways": own.ways_of(link.scopes)}
    if Scope.INTAKE in link.scopes:
        pages = page_states(state_of(client, timezone.now()), staff=False)
        parts |= {"pages": pages, "done": sum(one.done for one in pages), "asked": sum(one.count for one in pages)}
        parts |= {"draft": queries.draft_of(client.pk), "newest": queries.newest_sheet(client.pk)}
    if Scope.CONSENT in link.scopes:
        sheets, standing = consents.history(client.pk), consents.permissions_in_force(client.pk)
        parts["consents"] = states(client, sheets, standing, today)
    if Scope.AFTERCARE in link.scopes:
        parts["check_ins"] = queries.check_ins_open(client.pk, today)
    return parts


@require_POST
@own_page_of(Scope.INTAKE)
def own_submit(request: HttpRequest) -> HttpResponse:
    """Hand the answers in."""
    client = held(request.session, Scope.INTAKE, timezone.now()).client
    try:
        services.submit(by=None, client=client, now=timezone.now())
    except services.NothingAnswered:
        messages.info(request, _("There is nothing new to hand in."))
    else:
        messages.success(request, _("Handed in. Thank you. You may change answers and hand them in again."))
    return redirect("intake:own")


@_GET_OR_POST
@own_page_of(Scope.CONSENT)
def own_consent(request: HttpRequest, kind: str) -> HttpResponse:
    """Read and sign a sheet at home."""
    client = held(request.session, Scope.CONSENT, timezone.now()).client
    if kind not in Kind.values:
        raise Http404
    _text, sheet = consents.sheet_for(client, kind)
    minor = consents.is_minor(client, timezone.localdate())
    form = SigningForm(request.POST or None, kind=kind, minor=minor, initial={"digest": sheet.digest})
    if request.method == "POST" and form.is_valid():
        try:
            consent = consenting.give(
                by=None,
                client=client,
                kind=kind,
                digest=form.cleaned_data["digest"],
                signatures=form.signatures(),
                purposes=form.cleaned_data.get("purposes", ()),
                now=timezone.now(),
            )
        except consenting.TextChanged:
            form = SigningForm(kind=kind, minor=minor, initial={"digest": sheet.digest})
            messages.warning(request, _("The text was changed while it was read. Please read it again and sign."))
        else:
            return redirect("intake:own_sheet", consent.pk)
    shown = {"client": client, "sheet": sheet, "form": form, "minor": minor}
    return render(request, "intake/own_consent.html", shown, status=422 if form.errors else 200)


@require_safe
@own_page_of(Scope.CONSENT)
def own_sheet(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Read back what was signed."""
    client = held(request.session, Scope.CONSENT, timezone.now()).client
    found = Consent.objects.select_related("text", "taken_by").prefetch_related("permissions")
    consent = get_object_or_404(found, pk=consent_id, client=client)
    return render(request, "intake/own_sheet.html", {"client": client, **sheet_page(consent)})


@require_safe
@own_page_of(Scope.CONSENT)
def own_pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Send what was signed as a PDF: the client's copy."""
    client = held(request.session, Scope.CONSENT, timezone.now()).client
    found = Consent.objects.select_related("client", "text", "taken_by").prefetch_related("permissions")
    consent = get_object_or_404(found, pk=consent_id, client=client)
    return HttpResponse(consent_pdf(printed(consent, practice_of(request))), content_type="application/pdf")


@require_safe
@own_page_of(Scope.CONSENT)
def own_signature(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """Send a drawn signature of one's own."""
    client = held(request.session, Scope.CONSENT, timezone.now()).client
    found = get_object_or_404(Signature, pk=signature_id, consent__client=client, picture__isnull=False)
    return HttpResponse(bytes(found.picture or b""), content_type="image/png")


@_GET_OR_POST
@own_page_of(Scope.AFTERCARE)
def own_check_in(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Ask how it is; what worries reaches the clinic at once, and the client reads what to do now."""
    link = held(request.session, Scope.AFTERCARE, timezone.now())
    client = link.client
    check_in = get_object_or_404(CheckIn, pk=check_in_id, client=client)
    form = CheckInForm(request.POST or None, after_days=check_in.after_days)
    if request.method == "POST" and check_in.answered is None and form.is_valid():
        # Sent twice, the first answers hold, and the page tells what came of them.
        with suppress(inbox.AlreadyAnswered):
            inbox.answer_check_in(by=None, check_in=check_in, answers=form.cleaned_data, now=timezone.now())
            for part, sent in own.check_in_parts(request, client):
                part.keep(request, client, sent, timezone.now())
        return redirect("intake:own_check_in", check_in_id)
    shown: dict[str, Any] = {"client": client, "check_in": check_in, "form": form}
    if check_in.answered is None:
        shown["parts"] = own.check_in_parts(request, client)
    if check_in.answered is not None:
        since = (timezone.localdate(check_in.answered) - check_in.treated).days
        found = flags(check_in.answers or {}, since)
        shown |= {"flags": found, "level": found[0].level if found else 0, "call": own.when_to_call()}
        shown |= {"meaning": MEANINGS[found[0].level] if found else "", "ways": own.ways_of(link.scopes)}
    return render(request, "intake/own_check_in.html", shown, status=422 if form.errors else 200)


@require_POST
def own_end(request: HttpRequest) -> HttpResponse:
    """Put the pass away: nobody goes on in this browser."""
    request.session.flush()
    return render(request, "intake/ended.html")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/closed.html", status=404)
