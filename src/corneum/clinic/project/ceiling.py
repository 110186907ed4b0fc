"""A ceiling on what a request may bring, before anything of it is read."""

from collections.abc import Callable
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from corneum.clinic.intake.links import held
from corneum.clinic.photos.forms import MOST_BYTES, MOST_FILES
from corneum.clinic.project.permissions import PERMISSIONS

MOST = 5_000_000
"""What a form brings, with the parts between its fields."""
MOST_OF_PHOTOGRAPHS = MappingProxyType(
    {
        "photos:add": MOST_FILES * MOST_BYTES + MOST,
        "photos:own": MOST_FILES * MOST_BYTES + MOST,
        "intake:own_check_in": MOST_FILES * MOST_BYTES + MOST,
        "photos:shot": MOST_BYTES + MOST,
    }
)


class CeilingMiddleware:
    """Refuse what is larger than its address takes; it stands before all that reads what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return None for what may be read, and otherwise say that it is too large."""
        size = _size(request)
        if size <= MOST or size <= _most(request):
            return None
        return render(request, "ui/refused.html", {"too_large": True}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _size(request: HttpRequest) -> int:
    # Django reads as many bytes as the header says, and none where it says nothing.
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _most(request: HttpRequest) -> int:
    name = request.resolver_match.view_name if request.resolver_match is not None else ""
    if name not in MOST_OF_PHOTOGRAPHS or not _may_send(request, name):
        return MOST
    return MOST_OF_PHOTOGRAPHS[name]


def _may_send(request: HttpRequest, name: str) -> bool:
    access = PERMISSIONS[name]
    if not access.everyone:
        return request.user.is_authenticated and access.allows(request.user.role)
    try:
        return bool(held(request.session, None, timezone.now()))
    except Http404:
        return False
