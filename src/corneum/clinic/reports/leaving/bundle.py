"""A client's rows as the course record that `corneum.interop` writes for other programs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _

from corneum.clinic.consent.models import Consent, Kind, Permission, Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.intake import queries as intake
from corneum.clinic.measured.models import Measurement
from corneum.clinic.measured.models import State as Measured
from corneum.clinic.measured.queries import stored_pair
from corneum.clinic.people.models import Client
from corneum.clinic.photos import queries as photos
from corneum.clinic.plans import queries as plans
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.treatments.models import Session
from corneum.imaging.faces import site_of
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import zone_in_words
from corneum.imaging.pairs.words import unit_of_change
from corneum.interop.course_record import (
    AnswerRecord,
    CourseRecord,
    DocumentRecord,
    MeasuredRecord,
    PermissionRecord,
    PersonRecord,
    ReactionRecord,
    SessionRecord,
)
from corneum.interop.fhir_bundle import bundle_of as written
from corneum.screening import load_rules


def bundle_of(client: Client, now: datetime) -> dict[str, Any]:
    """Return a client's course as a FHIR bundle."""
    return written(course_record(client, now))


def course_record(client: Client, now: datetime) -> CourseRecord:
    """Return a client's course as plain values."""
    sheet = intake.newest_sheet(client.pk)
    answers = intake.answers_of(client.pk)
    plan = plans.approved(client.pk)
    said = {} if answers is None else dict(answers.answers)
    return CourseRecord(
        person=PersonRecord(
            str(client.pk), client.name, client.born, client.language, email=client.email, phone=client.phone
        ),
        made_at=now,
        clinic=str((plan.request if plan else {}).get("clinic", {}).get("name", "")),
        phototype=intake.phototype_of(said) or "",
        answered=None if sheet is None else sheet.submitted,
        plan=str(plan.request.get("title") or _("Course")) if plan else "",
        answers=answers_in_words(said),
        permissions=tuple(_permission(row) for row in Permission.objects.filter(client=client)),
        sessions=tuple(_session(one) for one in reversed(treatments.signed_sessions(client.pk))),
        reactions=tuple(_reactions(client)),
        documents=(*_sheets(client), *_photographs(client)),
        measured=tuple(_measured(client)),
    )


def answers_in_words(said: dict[str, Any]) -> tuple[AnswerRecord, ...]:
    """Return answers with the texts of their questions; those of questions that are no longer asked keep their id."""
    asked = load_rules().questions
    return tuple(
        AnswerRecord(name, asked[name].text if name in asked else name, _plain(value)) for name, value in said.items()
    )


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _permission(row: Permission) -> PermissionRecord:
    purpose = Purpose(row.purpose)
    kind = str(row.consent.kind)
    title = str(purpose.label)
    return PermissionRecord(
        str(uuid5(row.consent_id, row.purpose)), row.purpose, title, kind == Kind.TREATMENT, row.since, row.until
    )


def _session(one: Session) -> SessionRecord:
    zones = tuple((zone, _settings(done)) for zone, done in one.done.items())
    device = next((str(done.get("label", "")) for done in one.done.values()), "")
    by = one.signed_by.name if one.signed_by is not None else ""
    return SessionRecord(str(one.pk), one.course, one.number, one.opened_at, by, device, zones)


def _settings(done: dict[str, Any]) -> str:
    given = [f"{name} {value}" for name, value in done.get("settings", {}).items()]
    return ", ".join([*given, f"passes {done.get('passes', 0)}", f"end point {done.get('end_point') or '-'}"])


def _reactions(client: Client) -> Iterable[ReactionRecord]:
    for one in treatments.events_of(client.pk):
        session = "" if one.session_id is None else str(one.session_id)
        kind = str(one.get_kind_display())
        yield ReactionRecord(str(one.pk), kind, int(one.severity), one.onset, one.added_at, one.zone, session)


def _sheets(client: Client) -> Iterable[DocumentRecord]:
    for one in Consent.objects.filter(client=client).defer("sheet"):
        path = sheet_path(one)
        yield DocumentRecord(str(one.pk), False, str(one.get_kind_display()), one.given, path, "application/pdf")


def sheet_path(one: Consent) -> str:
    """Return where a signed sheet lies in a copy."""
    return f"consent/{one.given:%Y-%m-%d}-{one.kind}-{str(one.pk)[:8]}.pdf"


def photo_path(photo: Any) -> str:
    """Return where a photograph lies in a copy."""
    return f"photographs/{photo.taken_at:%Y-%m-%d}-{photo.view}-{str(photo.pk)[:8]}.jpg"


def _photographs(client: Client) -> Iterable[DocumentRecord]:
    granted = photo_purposes(client.pk)
    for one in photos.of_client(client.pk):
        if photos.may_show(one, Purpose.RECORD, granted):
            yield DocumentRecord(str(one.pk), True, one.view, one.taken_at, photo_path(one), "image/jpeg", one.site)


def _measured(client: Client) -> Iterable[MeasuredRecord]:
    some = Measurement.objects.filter(client=client, state=Measured.DONE).select_related("followup")
    for one in some.order_by("followup__taken_at"):
        stored = stored_pair(one)
        pictures = (str(one.baseline_id), str(one.followup_id))
        for place, change in enumerate(() if stored is None else stored.changes):
            if change.verdict != "withheld":
                yield MeasuredRecord(
                    id=str(uuid5(one.pk, str(place))),
                    title=INDICES[change.index].title,
                    zone=zone_in_words(change.zone),
                    site=site_of(change.zone),
                    unit=unit_of_change(change.index),
                    change=change.change,
                    error=change.se,
                    least=change.mdc95,
                    verdict=change.verdict,
                    at=one.followup.taken_at,
                    photographs=pictures,
                )
