"""The first page of each role, the choice of a language, and the pages for what goes wrong."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from corneum.clinic.accounts.models import person
from corneum.clinic.accounts.roles import Role

_FIRST = {Role.AUDITOR: "audit:events"}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first page of a role."""
    return redirect(_FIRST.get(Role(person(request).role), "visits:today"))


def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language that was chosen."""
    return set_language(request)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer that pages are served and the database answers; who watches the clinic asks this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what does not exist and what is not for this person, in the same words."""
    return render(request, "ui/absent.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a form that was not sent from this site, or too late."""
    return render(request, "ui/refused.html", status=403)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    return render(request, "ui/refused.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed; nothing of it is told but that nothing was saved."""
    return render(request, "ui/failed.html", status=500)
