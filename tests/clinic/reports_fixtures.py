"""Courses, measured pairs and copies for tests, written as the apps keep them."""

import io
from datetime import timedelta
from uuid import uuid4
from zipfile import ZipFile

from corneum.clinic.intake import linking
from corneum.clinic.intake import services as intake
from corneum.clinic.jobs.work import do_next
from corneum.clinic.measured import files as measured
from corneum.clinic.measured.models import Measurement
from corneum.clinic.photos.models import Photo
from corneum.clinic.reports import files, services_exports
from corneum.clinic.reports.counting.table import outcomes_of
from corneum.clinic.reports.models import Export, Outcomes
from corneum.clinic.stock.models import StockMove
from corneum.clinic.treatments.models import Session
from corneum.clinic.treatments.translate import as_planned
from tests.clinic.conftest import NOW
from tests.clinic.desk import make_room, make_visit
from tests.clinic.intake_fixtures import make_consent, make_override, make_sheet
from tests.clinic.photos_fixtures import make_photo
from tests.clinic.treatments_fixtures import approved_plan, lot, treatment_ids

DONE = {
    "cheek": {
        "label": "Crystal machine",
        "settings": {"vacuum": "20 kPa"},
        "passes": 2,
        "bled": False,
        "end_point": "light",
        "comfort": 2,
        "reactions": [],
        "seconds": 60,
    }
}
QUALITY = {
    "residual_px": 0.2,
    "residual_p95_px": 0.5,
    "residual_mm": 0.1,
    "resolution_px_per_mm": 8.0,
    "scale_from": "eyes",
    "scale_error_share": 0.1,
    "light_change_deg": 3.0,
    "card_residual_de": [1.0, 1.0],
    "notes": [],
}


def make_session(client, by, *, plan=None, number=1, course=1, at=NOW, done=DONE):
    plan = plan or client.plans.filter(state="approved").first() or approved_plan(client, by)
    return Session.objects.create(
        client=client,
        plan=plan,
        course=course,
        number=number,
        planned=as_planned(plan),
        state="signed",
        opened_at=at,
        opened_by=by,
        signed_at=at,
        signed_by=by,
        done=done,
    )


def change(value, *, index="texture", zone="cheek_left", before=10.0, mdc=1.0):
    beyond = abs(value) > mdc
    return {
        "zone": zone,
        "index": index,
        "unit": "%",
        "before": before,
        "after": before + value,
        "change": value,
        "se": mdc / 1.96,
        "mdc95": mdc,
        "error_from": "simulation",
        "verdict": ("higher" if value > 0 else "lower") if beyond else "within_noise",
        "why": "",
    }


def make_row(client, by, at, view="front"):
    """Return a photograph without files."""
    name = str(uuid4())
    fields = {"view": view, "origin": "upload", "taken_at": at, "added_at": at, "added_by": by}
    return Photo.objects.create(client=client, width=64, height=64, digest=name, source_digest=name, **fields)


def make_measured(client, by, *changes, at=NOW + timedelta(days=30), before=NOW - timedelta(days=1), photos=None):
    first, last = photos or (make_row(client, by, before), make_row(client, by, at))
    table = {
        "baseline": "a",
        "followup": "b",
        "outcome": "durable",
        "quality": QUALITY,
        "changes": list(changes),
        "spots": [],
    }
    return Measurement.objects.create(
        client=client,
        baseline=first,
        followup=last,
        state="done",
        outcome="durable",
        table=table,
        asked_at=at,
        asked_by=by,
        ended_at=at,
    )


def make_full(owner, client):
    """A client of whom every app keeps something."""
    make_consent(owner, client)
    make_sheet(owner, client)
    intake.place_concern(by=owner, client=client, concern="roughness", zone="cheek", severity="", now=NOW)
    make_override(owner, client)
    linking.make_link(by=owner, client=client, scopes=["intake"], days=7, now=NOW)
    make_visit(owner, client, make_room(owner))
    treatment_ids(owner, client)
    session = make_session(client, owner, number=2)
    moved = lot(owner)
    StockMove.objects.create(
        lot=moved, amount=-1, reason="used", at=NOW, by=owner, client_id=client.pk, session_id=session.pk
    )
    photo = make_photo(owner, client)
    other = make_photo(owner, client, number=1)
    found = make_measured(client, owner, change(-3.0), photos=(photo, other))
    measured.folder_of(found.pk).mkdir(parents=True)
    (measured.folder_of(found.pk) / "baseline.jpg").write_bytes(b"x")
    return client


def work():
    while do_next(lambda: NOW + timedelta(hours=1)) is not None:
        pass


def asked(by, client):
    export = services_exports.ask_export(by=by, client=client, now=NOW)
    services_exports.put_together(export.pk, now=NOW, tell=lambda step, share: None)
    export.refresh_from_db()
    return export


def opened(by, export):
    file, _size = services_exports.fetch(by=by, export=export, now=NOW)
    with file:
        return ZipFile(io.BytesIO(file.read()))


def report_ids(by, client):
    """Return an id for each address of reports, with a course that has a result and a year that was counted."""
    make_session(client, by, plan=approved_plan(client, by, number=901), number=2)
    Outcomes.objects.create(year=NOW.year, counted_at=NOW, table=outcomes_of(NOW.year, NOW))
    export = Export.objects.create(
        client_id=client.pk, asked_at=NOW, asked_by=by, expires_at=NOW + timedelta(days=1), state="ready"
    )
    with files.written_whole(files.path_of(export.pk)) as file, ZipFile(file, "w") as copy:
        copy.writestr("read-me.txt", "A copy.")
    return {"export_id": export.pk}
