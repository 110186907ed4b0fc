"""The first page of each role, the choice of a language, and the pages for what goes wrong."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.i18n import set_language
from django_htmx.http import HttpResponseClientRedirect

from corneum.clinic.accounts.models import person
from corneum.clinic.accounts.roles import Role
from corneum.clinic.intake.queries import emergencies
from corneum.clinic.photos.queries import waiting_count
from corneum.clinic.project import watch
from corneum.clinic.project.permissions import PERMISSIONS

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
    """Answer that pages are served, the database answers and slow work goes on; who watches the clinic asks this."""
    fault = watch.fault(timezone.now())
    return HttpResponse(fault or "ok", content_type="text/plain", status=503 if fault else 200)


@require_safe
def pulse(request: HttpRequest) -> HttpResponse:
    """Renew what a page shows of what waits: every page of the staff asks by itself, which keeps no log-in alive."""
    found: dict[str, object] = {}
    role = person(request).role
    if PERMISSIONS["intake:inbox"].allows(role):
        found["emergencies"] = emergencies()
    if PERMISSIONS["photos:review"].allows(role):
        found["photographs"] = waiting_count()
    return render(request, "ui/pulse.html", found)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show that there is no connection, and how many taps wait: the one page that a browser keeps."""
    return render(request, "ui/offline.html")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that shows that page: from here, so that it may answer for every address of the clinic."""
    response = render(request, "ui/worker.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what does not exist and what is not for this person, in the same words."""
    return render(request, "ui/absent.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a form that was not sent from this site, or too late."""
    return render(request, "ui/refused.html", status=403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: the log-in has ended since its page was opened, or it was not sent from here."""
    if getattr(request, "htmx", False):
        # A fragment cannot say it: the page is opened anew, where the gate leads to the log-in.
        return HttpResponseClientRedirect(request.htmx.current_url_abs_path or "/")  # type: ignore[attr-defined]
    access = PERMISSIONS.get(request.resolver_match.view_name) if request.resolver_match is not None else None
    again = access is not None and not access.everyone and not request.user.is_authenticated
    return render(request, "ui/refused.html", {"log_in_again": again}, status=403)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    return render(request, "ui/refused.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed; nothing of it is told but that nothing was saved."""
    return render(request, "ui/failed.html", status=500)
