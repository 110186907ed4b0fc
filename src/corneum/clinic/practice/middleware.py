"""The clinic's clock for every page: its own data are read once, and kept with the request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from corneum.clinic.practice.queries import practice

_WITHOUT = frozenset({"health"})
"""What must answer also where the database does not."""


class PracticeMiddleware:
    """Puts the clinic's row on the request, as ``request.practice``, and goes by its time zone until the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; the thread then has the zone that it had before."""
        with timezone.override(None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Read the row, now that it is known that there is a page."""
        match = request.resolver_match
        if match is not None and match.view_name not in _WITHOUT:
            request.practice = practice()  # type: ignore[attr-defined]
            timezone.activate(request.practice.zone)  # type: ignore[attr-defined]
