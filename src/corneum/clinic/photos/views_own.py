"""A client sends photographs from home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from corneum.clinic.intake.links import held
from corneum.clinic.intake.models import Scope
from corneum.clinic.intake.views_own import own_page_of
from corneum.clinic.photos import present, queries
from corneum.clinic.photos.forms import OwnForm
from corneum.clinic.photos.from_home import take_all

_SCOPES = (Scope.UPLOAD, Scope.AFTERCARE)


@require_http_methods(["GET", "HEAD", "POST"])
@own_page_of(_SCOPES)
def own(request: HttpRequest) -> HttpResponse:
    """Take photographs from a client; somebody of the clinic looks at them before they are in the record."""
    link = held(request.session, _SCOPES, timezone.now())
    client = link.client
    may_send = queries.may_take(client.pk)
    form = OwnForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if request.method == "POST" and may_send and form.is_valid():
        take_all(request, client, form.cleaned_data["photographs"], timezone.now())
        return redirect("photos:own")
    shown = {
        "client": client,
        "form": form,
        "may_send": may_send,
        "may_consent": Scope.CONSENT in link.scopes,
        "sent": present.sent(queries.sent_by(client.pk)),
    }
    return render(request, "photos/own.html", shown, status=422 if form.errors and may_send else 200)
