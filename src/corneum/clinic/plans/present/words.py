"""Numbers, settings and waits in words of the page's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import digits, quantity
from corneum.course.zones import Spread, ZoneSettings
from corneum.reports.words import setting_title

_PLAIN = {"speed_mm_s": "speed of the handpiece", "overlap_share": "overlap of strokes"}


def percent(share: float) -> str:
    """Return "15 %" of a share."""
    return f"{digits(100 * share)} %"


def spread(found: Spread, *, share: bool = False, unit: str = "") -> str:
    """Return "2.1 (0.30 to 8.0) µm", the middle and the central 95 %."""
    factor, unit = (100.0, "%") if share else (1.0, unit)
    middle, low, high = (digits(factor * value) for value in (found.middle, found.low, found.high))
    said = _("%(middle)s (%(low)s to %(high)s)") % {"middle": middle, "low": low, "high": high}
    return f"{said} {unit}".strip()


def passes(count: int) -> str:
    """Return "1 pass" or "3 passes"."""
    return ngettext("%(count)s pass", "%(count)s passes", count) % {"count": count}


def given(chosen: ZoneSettings) -> list[tuple[str, str]]:
    """Return the settings beside the vacuum, each with its name."""
    found = [
        (spoken(setting_title(name).capitalize()), quantity(value)) for name, value in sorted(chosen.settings.items())
    ]
    if chosen.speed_mm_s is not None:
        found.append((_("Speed"), f"{digits(chosen.speed_mm_s)} mm/s"))
    if chosen.overlap_share is not None:
        found.append((_("Overlap"), percent(chosen.overlap_share)))
    return found


def assumed(chosen: ZoneSettings) -> str:
    """Return the settings that nobody measured."""
    return ", ".join(spoken(_PLAIN.get(name) or setting_title(name)) for name in chosen.assumed)


def hours(found: float | None) -> str:
    """Return "6.5 h" or "9 d"; a time that the model does not give is said so."""
    if found is None:
        return _("not given: over a year")
    if found < 1:
        return _("under 1 h")
    if found <= 72:
        return f"{digits(found)} h"
    return _("%(days)s d") % {"days": digits(found / 24)}


def days(found: float | None) -> str:
    """Return "1.7 d"."""
    return _("not given: over a year") if found is None else _("%(days)s d") % {"days": digits(found)}
