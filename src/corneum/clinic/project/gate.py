"""The gate before every view: the table of permissions, and the time-out of a log-in that nobody uses."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from corneum.clinic.project.permissions import PERMISSIONS

_SEEN = "seen"
_FRESH_S = 60
"""A log-in's last use is written down at most this often: a page that is only read then writes nothing."""


class GateMiddleware:
    """Let through who may; everybody else sees what they would see if it did not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, and keep pages with persons on them out of every cache."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return None for who may go on, a way to the log-in for who might, and raise `Http404` for all others."""
        match = request.resolver_match
        access = PERMISSIONS.get(match.view_name) if match is not None else None
        if access is None:
            raise Http404
        if access.everyone:
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        if not access.allows(request.user.role):
            raise Http404
        if not _goes_by_itself(request):
            _keep_alive(request)
        return None


def _to_login(request: HttpRequest) -> HttpResponseBase:
    # A fragment cannot show the log-in inside a page: the whole page goes there, and comes back to where it was.
    if getattr(request, "htmx", False):
        back = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(redirect_to_login(back).url)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def _goes_by_itself(request: HttpRequest) -> bool:
    # Fragments that wait for a job and the frames of the camera come without anybody there.
    match = request.resolver_match
    frame = match is not None and match.view_name == "photos:look"
    return frame or (request.method == "GET" and bool(getattr(request, "htmx", False)))


def _keep_alive(request: HttpRequest) -> None:
    now = int(timezone.now().timestamp())
    if now - request.session.get(_SEEN, 0) > _FRESH_S:
        request.session[_SEEN] = now
        request.session.set_expiry(60 * settings.IDLE_MINUTES)
