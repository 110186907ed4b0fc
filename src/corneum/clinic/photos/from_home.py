"""Photographs that a client sends: taken in one by one, each refusal told, and also with a check-in."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corneum.clinic.intake.own import CheckInPart
from corneum.clinic.people.models import Client
from corneum.clinic.photos import queries, services
from corneum.clinic.photos.forms import WithCheckInForm
from corneum.clinic.photos.models import Origin
from corneum.clinic.photos.views import refused_words
from corneum.imaging.photo import PhotoRefused


def take_all(request: HttpRequest, client: Client, sent: "Iterable[UploadedFile[bytes]]", now: datetime) -> int:
    """Take photographs in for review, tell of each that was refused, and return how many were taken."""
    taken = 0
    for one in sent:
        try:
            services.take(by=None, client=client, data=one.read(), origin=Origin.HOME, now=now, wait=False)
            taken += 1
        except (PhotoRefused, services.NotTaken) as refusal:
            messages.error(request, _("%(name)s: %(why)s") % {"name": one.name, "why": refused_words(refusal)})
    if taken:
        messages.success(request, _("Sent. Thank you. The clinic looks at what you sent."))
    return taken


def with_check_in() -> CheckInPart:
    """Return the part of a check-in's page in which a client who agreed to it adds photographs."""
    return CheckInPart("photos/_with_check_in.html", _asked, _kept)


def _asked(request: HttpRequest, client: Client) -> WithCheckInForm | None:
    if not queries.may_take(client.pk):
        return None
    return WithCheckInForm(*(request.POST, request.FILES) if request.method == "POST" else ())


def _kept(request: HttpRequest, client: Client, form: WithCheckInForm, now: datetime) -> None:
    if form.is_valid():
        take_all(request, client, form.cleaned_data["photographs"], now)
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
