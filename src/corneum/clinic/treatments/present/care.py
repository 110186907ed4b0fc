"""Aftercare as a page, a sheet to print and a calendar."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corneum import __version__
from corneum.clinic.practice.models import Practice
from corneum.clinic.practice.present import call_lines, host_of
from corneum.clinic.treatments.aftercare import Aftercare
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.present.checks import site_titles
from corneum.clinic.ui.phrases import spoken
from corneum.course import CalendarEntry
from corneum.interop import reminders_bytes
from corneum.reports.course.blocks import Box, Bullets, Facts, Paragraph, Report, Section, Text, quiet, say, strong
from corneum.reports.course.pdf import pdf_of

_HEADS = ("call", "do", "avoid", "expect")


def head(name: str) -> str:
    """Return the heading of a kind of instruction."""
    return {
        "call": _("Call us, or a doctor"),
        "do": _("Do"),
        "avoid": _("Leave out"),
        "expect": _("What you may notice"),
    }[name]


def until(entry: CalendarEntry) -> str:
    """Return until when an instruction holds."""
    if entry.last_day is None or entry.last_day == entry.day:
        return _("today")
    return _("until %(day)s") % {"day": date_format(entry.last_day, "WEEKDAY_FORMAT")}


def sheet(care: Aftercare) -> dict[str, Any]:
    """Return the instructions as the page shows them."""
    return {
        "care": care,
        "zones": site_titles(care.zones),
        "parts": [
            {"name": name, "title": head(name), "lines": [(until(one), one) for one in getattr(care, name)]}
            for name in _HEADS
        ],
    }


def calendar(session: Session, care: Aftercare, house: Practice) -> bytes:
    """Return the instructions as a calendar: no name of the client and no concern stands in it."""
    entries = [entry for entry in care.entries if entry.care != "call"]
    return reminders_bytes(
        _("After your treatment"),
        entries,
        made_on=care.day,
        key=f"aftercare:{session.pk}",
        host=host_of(house),
        say=spoken,
    )


def pdf(session: Session, care: Aftercare, house: Practice) -> bytes:
    """Return the instructions as a sheet of paper."""
    return pdf_of(_report(session, care, house))


def _report(session: Session, care: Aftercare, house: Practice) -> Report:
    day = date_format(care.day, "DATE_FORMAT")
    decides = _("A named clinician decides.")
    calls = [Paragraph(_text(one, dated=False)) for one in care.call]
    numbers = [Paragraph(say(strong(line))) for line in call_lines(house)]
    boxes = [
        Box(head("call"), (*numbers, *calls), "stop"),
        *(Box(head(name), (Bullets(tuple(_text(one) for one in getattr(care, name))),)) for name in _HEADS[1:]),
    ]
    asked = tuple(
        say(strong(date_format(one.day, "WEEKDAY_FORMAT")), " ", spoken(one.client_text)) for one in care.check_ins
    )
    return Report(
        audience="client",
        overline=_("After your treatment"),
        title=_("Care from %(day)s") % {"day": day},
        lead=say(site_titles(care.zones)),
        facts=Facts(((_("Session"), say(str(session.number))), (_("Day"), say(day)))),
        sections=(
            Section(_("Your skin in the next days"), tuple(boxes), "care"),
            Section(_("We ask how it is"), (Bullets(asked),), "check-ins"),
        ),
        footer=(say(strong(f"{decides} "), _("You may ask anything at any time.")),),
        running=f"{day} · {decides}",
        version=__version__,
        language=(get_language() or "en").partition("-")[0],
        letterhead=house.lines,
    )


def _text(entry: CalendarEntry, *, dated: bool = True) -> Text:
    return say(spoken(entry.client_text), quiet(f" ({until(entry)})")) if dated else say(spoken(entry.client_text))
