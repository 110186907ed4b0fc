"""Photographs of a client over a course, and measured pairs of them: rows and small files, nothing computed."""

import json
from datetime import timedelta
from functools import cache
from uuid import uuid4

from corneum.clinic.consent.models import Permission
from corneum.clinic.measured import files, queries, rating
from corneum.clinic.measured.models import Measurement, State
from corneum.clinic.photos import files as kept
from corneum.clinic.photos.models import Photo
from corneum.imaging.pairs import Change
from tests.clinic.conftest import NOW
from tests.clinic.photos_fixtures import agree

WEEK = timedelta(days=7)


def make_photo(by, client, taken=NOW, view="front", site="", **fields):
    """Return a photograph of the record with files that hold nothing to see."""
    if not Permission.objects.filter(client=client, purpose="record", until=None).exists():
        agree(by, client)
    made = Photo.objects.create(
        client=client,
        view=view,
        site=site,
        origin="upload",
        taken_at=taken,
        added_at=NOW,
        added_by=by,
        width=64,
        height=64,
        digest="x",
        source_digest=uuid4().hex,
        **fields,
    )
    kept.write(made.pk, {size: size.encode() for size in kept.SIDES})
    return made


def make_course(by, client, weeks=(0, 6, 10)):
    return [make_photo(by, client, NOW + week * WEEK) for week in weeks]


def change(zone="cheek_left", index="redness", by=-4.0, se=1.0, verdict="", why=""):
    """Return a change as a table keeps it."""
    limit = 1.96 * se
    word = verdict or ("within_noise" if abs(by) <= limit else "higher" if by > 0 else "lower")
    if word == "withheld":
        said = {"zone": zone, "index": index, "unit": "index units", "error_from": "", "verdict": word, "why": why}
        return said | dict.fromkeys(("before", "after", "change", "se", "mdc95"))
    made = Change(zone, index, "index units", 40.0, 40.0 + by, by, se, limit, "simulation", word, why)
    return json.loads(json.dumps(vars(made)))


@cache
def _quality():
    return {
        "residual_px": 0.07,
        "residual_p95_px": 0.2,
        "residual_mm": 0.005,
        "resolution_px_per_mm": 12.4,
        "scale_from": "card",
        "scale_error_share": 0.02,
        "light_change_deg": None,
        "card_residual_de": [None, 0.4],
        "notes": ["no color profile: sRGB assumed"],
    }


def table(*changes, outcome="durable"):
    usual = (change(), change("nose", by=0.5), change(index="ita", verdict="withheld", why="needs a ColorChecker"))
    spots = {"zone": "cheek_left", "before": 3, "after": 1, "new": 0, "gone": 2, "changed": 0}
    return {"outcome": outcome, "quality": _quality(), "changes": list(changes or usual), "spots": [spots]}


def make_measured(by, baseline, followup, **fields):
    """Return a measurement that is done, with pictures that hold nothing to see."""
    usual = {
        "client": baseline.client,
        "baseline": baseline,
        "followup": followup,
        "state": State.DONE,
        "outcome": "durable",
        "table": table(),
        "pictures": {"width": 30, "height": 40, "maps": ["redness"]},
        "asked_at": NOW,
        "asked_by": by,
        "ended_at": NOW,
    }
    made = Measurement.objects.create(**usual | fields)
    folder = files.folder_of(made.pk)
    folder.mkdir(parents=True)
    for name in (files.BASELINE, files.FOLLOWUP, f"{files.MAP}redness"):
        (folder / f"{name}.jpg").write_bytes(name.encode())
    return made


def measured_ids(by, client):
    """Return an id for each address of measured change."""
    first, last = make_course(by, client, (0, 6))
    measured = make_measured(by, first, last)
    sights = [one for one in queries.sights(client.pk) if first in one.photos]
    rated = rating.start(by=by, client=client, sights=sights, seed=1, now=NOW)
    return {
        "measurement_id": measured.pk,
        "picture": "map-redness",
        "rating_id": rated.pk,
        "number": 1,
        "place": "left",
    }
