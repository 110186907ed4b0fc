"""Courses, measured pairs and copies for tests, written as the apps keep them."""

from datetime import timedelta
from uuid import uuid4

from corneum.clinic.measured.models import Measurement
from corneum.clinic.photos.models import Photo
from corneum.clinic.reports.counting.table import outcomes_of
from corneum.clinic.reports.models import Export, Outcomes
from corneum.clinic.treatments.models import Session
from tests.clinic.conftest import NOW
from tests.clinic.treatments_fixtures import approved_plan

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


def report_ids(by, client):
    """Return an id for each address of reports, with a course that has a result and a year that was counted."""
    make_session(client, by, plan=approved_plan(client, by, number=901), number=2)
    Outcomes.objects.create(year=NOW.year, counted_at=NOW, table=outcomes_of(NOW.year, NOW))
    export = Export.objects.create(
        client_id=client.pk, asked_at=NOW, asked_by=by, expires_at=NOW + timedelta(days=1), state="ready"
    )
    return {"export_id": export.pk}
