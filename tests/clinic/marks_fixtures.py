"""Photographs, marks and looks for tests; the photographs are small and of nobody."""

from datetime import timedelta

import numpy as np

from corneum.clinic.marks import looking, services
from corneum.clinic.marks.models import Look, LookState
from corneum.clinic.photos import files
from corneum.clinic.photos.models import Photo
from corneum.imaging.door import jpeg_of
from tests.clinic.conftest import NOW

FIELDS = {"zone": "cheek_left", "right": 0.4, "down": 0.5, "diameter": "4 mm", "note": "brown"}
PIXELS = np.full((320, 300, 3), 180, np.uint8)


def make_mark(by, client, state="known", now=NOW, **fields):
    given = {**FIELDS, "state": state, "found_on": now.date(), **fields}
    return services.add_mark(by=by, client=client, fields=given, now=now)


def make_photo(by, client, days_ago=0, pixels=PIXELS, view="front"):
    taken = NOW - timedelta(days=days_ago)
    photo = Photo.objects.create(
        client=client,
        view=view,
        origin="upload",
        taken_at=taken,
        added_at=NOW,
        added_by=by,
        width=pixels.shape[1],
        height=pixels.shape[0],
        digest="",
        source_digest=f"{client.pk}{days_ago}{view}",
    )
    files.write(photo.pk, dict.fromkeys(files.SIDES, jpeg_of(pixels)))
    return photo


def make_look(by, client, *, of_two=False, found=(), boxes=None):
    """Return a look that is done, with a picture beside each photograph."""
    later = make_photo(by, client)
    look = Look.objects.create(
        client=client,
        earlier=make_photo(by, client, days_ago=90) if of_two else None,
        later=later,
        state=LookState.DONE,
        found=list(found),
        boxes=boxes or {},
        asked_at=NOW,
        asked_by=by,
        ended_at=NOW,
    )
    looking.picture_path(later, look).write_bytes(b"a picture")
    return look


def mark_ids(by, client):
    """Return an id for each address of marks."""
    look = make_look(by, client)
    return {"mark_id": make_mark(by, client).pk, "look_id": look.pk, "side": "later"}
