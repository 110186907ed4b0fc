"""How many log-ins may fail: with a name at an address, at an address with any names, with a name from anywhere.

The first is what a person who mistypes meets. The others stop who tries many names, or from many addresses; they are
so much higher that nobody locks a clinic or a colleague out by typing.
"""

from ipaddress import ip_address
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest

MOST_OF_ADDRESS = 50
MOST_OF_NAME = 50


class LockOut(AxesDatabaseHandler):  # type: ignore[misc]
    """Count failures of a name at an address, and lock out an address or a name with far more of them."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the failures of the name at the address; the limit where one of the two alone has far too many."""
        failures = int(super().get_failures(request, credentials))
        name, address = get_client_username(request, credentials), client_address(request)
        many = (name and _failed(request, username=name) >= MOST_OF_NAME) or (
            address and _failed(request, ip_address=address) >= MOST_OF_ADDRESS
        )
        return max(failures, int(get_failure_limit(request, credentials))) if many else failures


def _failed(request: HttpRequest, **of: str) -> int:
    recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request), **of)
    return int(recent.aggregate(all=Sum("failures_since_start"))["all"] or 0)


def client_address(request: HttpRequest) -> str | None:
    """Return from where a request comes; behind a proxy, what the proxy itself has written down last."""
    direct = request.META.get("REMOTE_ADDR") or None
    if not settings.SECURE_PROXY_SSL_HEADER:
        # Without a proxy anybody may write this header.
        return direct
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return direct
