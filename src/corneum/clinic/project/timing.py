"""How long the program took for a page, told to whoever asked for it: a browser shows it, a measurement reads it."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse


class TimingMiddleware:
    """Write the header ``Server-Timing``: milliseconds from the first middleware to the last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        start = perf_counter()
        response = self.get_response(request)
        response["Server-Timing"] = f"app;dur={1000 * (perf_counter() - start):.1f}"
        return response
