"""What is kept of a client, to read: one report that becomes a page and a PDF."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corneum import __version__
from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import history
from corneum.clinic.intake import queries as intake
from corneum.clinic.intake.present.concerns import shown_concern
from corneum.clinic.people.models import Client
from corneum.clinic.photos import queries as photos
from corneum.clinic.reports.leaving import seen
from corneum.clinic.reports.leaving.bundle import answers_in_words
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.treatments.present.checks import site_titles
from corneum.clinic.visits.models import Visit
from corneum.reports.course.blocks import Block, Facts, Paragraph, Report, Section, Table, Text, quiet, say, strong


def summary_of(client: Client, now: datetime) -> Report:
    """Return what is kept of a client, in the language that is active."""
    parts = (
        (_("Consent"), _consents(client)),
        (_("Concerns"), _concerns(client)),
        (_("Answers before the treatment"), _answers(client)),
        (_("Visits"), _visits(client)),
        (_("Sessions"), _sessions(client)),
        (_("Reactions"), _reactions(client)),
        (_("Photographs"), _photographs(client)),
        (_("Who did what with this record"), _seen(client)),
    )
    told = _("Everything in full stands in the files beside this one.")
    return Report(
        audience="client",
        overline=_("Copy of the data"),
        title=client.name,
        lead=say(_("What this clinic keeps of you, as it stood on %(day)s.") % {"day": _day(timezone.localdate(now))}),
        facts=Facts(_facts(client)),
        sections=tuple(
            Section(title, (block or Paragraph(say(_("Nothing is kept."))),), f"part-{place}")
            for place, (title, block) in enumerate(parts)
        ),
        footer=(say(told),),
        running=_day(timezone.localdate(now)),
        version=__version__,
        language=client.language,
    )


def _facts(client: Client) -> tuple[tuple[str, Text], ...]:
    found = (
        (_("Born"), _day(client.born)),
        (_("E-mail"), client.email),
        (_("Phone"), client.phone),
        (_("Guardian"), client.guardian),
        (_("Record since"), _moment(client.since)),
    )
    return tuple((name, say(value)) for name, value in found if value)


def _consents(client: Client) -> Block | None:
    rows = []
    for one in history(client.pk):
        uses = [
            say(
                strong(str(Purpose(row.purpose).label)),
                quiet("" if row.until is None else f" {_ended(row.until)}"),
                "; ",
            )
            for row in one.permissions.all()
        ]
        rows.append((say(_moment(one.given)), say(str(one.get_kind_display())), say(*uses) or say("–")))
    return _table((_("Signed"), _("Sheet"), _("Agreed to")), rows, (1.2, 1.0, 3.0))


def _ended(until: datetime) -> str:
    return _("ended %(day)s") % {"day": _moment(until)}


def _concerns(client: Client) -> Block | None:
    shown = [shown_concern(one) for one in intake.concerns_of(client.pk)]
    rows = [(say(one.title), say(one.place), say(one.severity or "–")) for one in shown]
    return _table((_("What bothers you"), _("Where"), _("How strong")), rows, (2.0, 1.0, 1.5))


def _answers(client: Client) -> Block | None:
    sheet = intake.answers_of(client.pk)
    said = () if sheet is None else answers_in_words(dict(sheet.answers))
    return _table((_("Question"), _("Answer")), [(say(one.text), say(one.answer)) for one in said], (4.0, 1.0))


def _visits(client: Client) -> Block | None:
    found = Visit.objects.filter(client=client).select_related("practitioner", "room")
    rows = [
        (
            say(_moment(one.starts)),
            say(str(one.get_kind_display())),
            say(one.practitioner.name),
            say(str(one.get_status_display())),
        )
        for one in found
    ]
    return _table((_("When"), _("What for"), _("With"), _("Status")), rows, (1.4, 1.0, 1.2, 1.0))


def _sessions(client: Client) -> Block | None:
    rows = [
        (
            say(_moment(one.opened_at)),
            say(f"{one.course} / {one.number}"),
            say(site_titles(one.done) or "–"),
            say(one.signed_by.name if one.signed_by else "–"),
        )
        for one in reversed(treatments.signed_sessions(client.pk))
    ]
    return _table((_("When"), _("Course / session"), _("Where"), _("Signed by")), rows, (1.4, 1.0, 2.0, 1.2))


def _reactions(client: Client) -> Block | None:
    rows = [
        (
            say(_day(one.onset)),
            say(str(one.get_kind_display())),
            say(str(one.get_severity_display())),
            say(one.action),
        )
        for one in treatments.events_of(client.pk)
    ]
    return _table((_("Since"), _("What"), _("Severity"), _("What was done")), rows, (0.9, 1.3, 1.8, 2.0))


def _photographs(client: Client) -> Block | None:
    rows = [
        (say(_moment(one.taken_at)), say(one.view), say(site_titles([one.site]) if one.site else "–"))
        for one in photos.of_client(client.pk)
    ]
    return _table((_("Taken"), _("View"), _("Where")), rows, (1.4, 1.0, 1.0))


def _seen(client: Client) -> Block | None:
    rows = [
        (
            say(_moment(one["at"])),
            say(one["action"]),
            say(one["by"] or (_("by a private link") if one["by_private_link"] else "–")),
        )
        for one in seen.events_of(client.pk)
    ]
    return _table((_("When"), _("What"), _("Who")), rows, (1.4, 1.6, 1.4))


def _table(head: tuple[str, ...], rows: Sequence[tuple[Text, ...]], widths: tuple[float, ...]) -> Block | None:
    return Table(head, tuple(rows), widths, look="small") if rows else None


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
