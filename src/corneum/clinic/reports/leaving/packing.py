"""The ZIP files: of one client, everything that is kept of them; of the clinic, every table without photographs."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import datetime
from shutil import copyfileobj
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import override

from corneum import __version__
from corneum.clinic.consent.models import Consent, Purpose
from corneum.clinic.consent.present import printed
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.jobs.work import Progress
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files as photographs
from corneum.clinic.photos import queries as photos
from corneum.clinic.photos.models import Photo
from corneum.clinic.practice.queries import practice
from corneum.clinic.reports.leaving import bundle, rows, seen, summary
from corneum.reports.consent_sheet import consent_pdf
from corneum.reports.course.page import html_of
from corneum.reports.course.pdf import pdf_of

FORMAT = 1


def pack_client(file: BinaryIO, client: Client, now: datetime, tell: Progress) -> str:
    """Write everything that is kept of a client into a ZIP file, and return the file's SHA-256.

    Parameters
    ----------
    file
        Written to, and read again.
    client
        Whose.
    now
        When.
    tell
        Told what is being written.
    """
    with ZipFile(file, "w", ZIP_DEFLATED) as packed, override(client.language):
        tell("record", 0.1)
        packed.writestr("record.json", _json(record_of(client, now)))
        packed.writestr("who-saw-what.json", _json(seen.events_of(client.pk)))
        tell("standards", 0.2)
        packed.writestr("fhir-bundle.json", _json(bundle.bundle_of(client, now)))
        tell("summary", 0.3)
        house = practice()
        report = replace(summary.summary_of(client, now), letterhead=house.lines)
        packed.writestr("summary.html", html_of(report))
        packed.writestr("summary.pdf", pdf_of(report))
        tell("consent", 0.5)
        for consent in Consent.objects.filter(client=client).select_related("client", "text", "taken_by"):
            packed.writestr(bundle.sheet_path(consent), consent_pdf(printed(consent, house)))
        left_out = _add_photographs(packed, client, tell)
        packed.writestr("README.txt", _readme(left_out))
    return _digest(file)


def pack_clinic(file: BinaryIO, now: datetime, tell: Progress) -> str:
    """Write every table of the clinic as JSON Lines and CSV into a ZIP file, and return the file's SHA-256."""
    tables = rows.own_models()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        told = {"format": FORMAT, "program": __version__, "made": now}
        about = {model._meta.label: rows.about(model) for model in tables}
        packed.writestr("about.json", _json(told | {"tables": about}))
        for place, model in enumerate(tables):
            tell(model._meta.label, place / len(tables))
            _add_table(packed, model)
        packed.writestr("README.txt", _backup())
    return _digest(file)


def record_of(client: Client, now: datetime) -> dict[str, Any]:
    """Return every row that belongs to a client, app by app, with what its fields mean."""
    found: dict[str, dict[str, Any]] = {}
    for model, some in rows.in_order(client.pk):
        kept = [rows.plain(row) for row in some.iterator(chunk_size=500)]
        if kept and model._meta.app_label != "audit":
            found.setdefault(model._meta.app_label, {})[model._meta.object_name or ""] = {
                "about": rows.about(model),
                "rows": kept,
            }
    return {
        "format": FORMAT,
        "program": __version__,
        "made": now,
        "of": str(client.pk),
        "staff": seen.staff(),
        "apps": found,
    }


def _add_table(packed: ZipFile, model: Any) -> None:
    names = [field.attname for field in model._meta.concrete_fields if not rows.is_secret(model, field.attname)]
    some = model._default_manager.order_by("pk")
    with packed.open(f"jsonl/{model._meta.label}.jsonl", "w", force_zip64=True) as raw:
        for row in some.iterator(chunk_size=2000):
            raw.write(json.dumps(rows.plain(row), cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n")
    with packed.open(f"csv/{model._meta.label}.csv", "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        written = csv.writer(text)
        written.writerow(names)
        for row in some.iterator(chunk_size=2000):
            values = rows.plain(row)
            written.writerow([_cell(values[name]) for name in names])
        text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    # A table program takes what begins so for a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _add_photographs(packed: ZipFile, client: Client, tell: Progress) -> int:
    """Add the photographs that may be used for the record, and return how many may not."""
    granted = photo_purposes(client.pk)
    every = list(Photo.objects.filter(client=client, removed_at__isnull=True).order_by("taken_at"))
    may = [one for one in every if photos.may_show(one, Purpose.RECORD, granted) and photographs.is_there(one.pk)]
    for place, photo in enumerate(may):
        tell("photographs", 0.5 + 0.5 * place / len(may))
        # What is compressed already is only stored: ZIP_STORED is what a new entry has.
        entry = ZipInfo(bundle.photo_path(photo), date_time=photo.taken_at.timetuple()[:6])
        with packed.open(entry, "w") as target, photographs.path_of(photo.pk, photographs.FULL).open("rb") as source:
            copyfileobj(source, target, 1 << 20)
    return len(every) - len(may)


def _readme(left_out: int) -> str:
    lines = [
        _("A copy of everything that the clinic keeps of you in this program."),
        "",
        _("summary.html, summary.pdf: to read."),
        _("record.json: every row, app by app; under “about” stands what each field means."),
        _("fhir-bundle.json: the same course for other programs (HL7 FHIR R4)."),
        _("who-saw-what.json: what was done with the record, when and by whom."),
        _("consent/: the sheets that were signed, word for word."),
        _("photographs/: full size."),
    ]
    if left_out:
        lines += [
            "",
            _("Photographs not in this copy, since the permission to keep them was withdrawn: %(count)s.")
            % {"count": left_out},
        ]
    return "\n".join(lines) + "\n"


def _backup() -> str:
    return (
        "\n".join(
            (
                _("Every table of this clinic, as JSON Lines and as CSV, without photographs and without passwords."),
                "",
                _("This is for taking the data elsewhere. It is no backup: nothing can be restored from it."),
                _("A backup is a copy of the clinic's whole folder, made while the clinic stands still: database,"),
                _("photographs and secret. With PostgreSQL, a dump of the database belongs to it (pg_dump)."),
                _("Keep the copy encrypted, in another place, and try once a year whether it can be opened."),
            )
        )
        + "\n"
    )


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    found = hashlib.sha256()
    for piece in iter(lambda: file.read(1 << 20), b""):
        found.update(piece)
    return found.hexdigest()
