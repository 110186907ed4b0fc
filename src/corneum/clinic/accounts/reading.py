"""In which unit whoever reads a page reads pressures: the one they chose, else the one that is usual where they are."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from corneum.clinic.accounts.models import Pressure
from corneum.clinic.ui.reading import read_by

_USUAL = {"en-us": Pressure.INHG}
"""Where gauges do not show kPa, by the locale of the browser."""


class ReadingMiddleware:
    """Show pressures in the unit of whoever reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; who reads it is asked only where a pressure is shown."""
        read_by(lambda: unit_of(request))
        return self.get_response(request)


def unit_of(request: HttpRequest) -> str:
    """Return the unit in which the reader of a page reads pressures."""
    chosen = getattr(getattr(request, "user", None), "pressure", "")
    return str(chosen or usual(request.headers.get("Accept-Language", ""), get_language() or "en"))


def usual(accepted: str, language: str) -> str:
    """Return the unit that is usual where a browser is, as long as the page is in its language.

    Examples
    --------
    >>> usual("en-US,en;q=0.9", "en"), usual("en-GB,en;q=0.9", "en"), usual("en-US,de;q=0.9", "de")
    ('inHg', 'kPa', 'kPa')
    """
    first = next((name for name, _share in parse_accept_lang_header(accepted)), "")
    here = first.partition("-")[0] == language.partition("-")[0]
    return str(_USUAL.get(first, Pressure.KPA) if here else Pressure.KPA)
