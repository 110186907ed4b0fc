"""The time zones that a clinic can choose, and the one that its computer goes by."""

import os
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError

from corneum.clinic.practice.models import zone_named

_LOCAL_TIME = Path("/etc/localtime")
_AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
"""Older names, such as of countries, mean the same zones again."""


def usual_zone(local_time: Path = _LOCAL_TIME) -> str:
    """Return the zone that a new clinic most likely has: of the settings, or else of the computer, or else UTC.

    Parameters
    ----------
    local_time
        The link by which a computer names its zone.
    """
    if os.environ.get("CORNEUM_TIME_ZONE"):
        return str(settings.TIME_ZONE)
    named = os.environ.get("TZ", "").removeprefix(":") or _linked(local_time)
    try:
        zone_named(named)
    except ValidationError:
        return str(settings.TIME_ZONE)
    return "UTC" if named in ("Etc/UTC", "Etc/UCT", "UCT") else named


def _linked(local_time: Path) -> str:
    parts = local_time.resolve().as_posix().partition("/zoneinfo/")[2]
    return parts.removeprefix("posix/").removeprefix("right/")


@cache
def zone_choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the zones by area, as a field offers them."""
    known = sorted(available_timezones())
    areas = tuple((area, _of_area(area, known)) for area in _AREAS)
    return (("UTC", (("UTC", "UTC"),)), *((area, zones) for area, zones in areas if zones))


def _of_area(area: str, known: list[str]) -> tuple[tuple[str, str], ...]:
    # The town comes first: browsers find an entry by its first letters.
    found = ((name, name.removeprefix(f"{area}/").replace("_", " ")) for name in known if name.startswith(f"{area}/"))
    return tuple(found)
