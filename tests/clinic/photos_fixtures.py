"""A real face, and photographs made of it as the pages make them."""

from functools import cache
from importlib.resources import files

import cv2
import numpy as np

from corneum.clinic.consent.models import Permission
from corneum.clinic.photos import files as kept
from corneum.clinic.photos import services
from corneum.clinic.photos.models import Copy, Photo
from corneum.imaging.door import jpeg_of, photo_in, smaller
from tests.clinic.conftest import NOW
from tests.clinic.intake_fixtures import make_consent


@cache
def pixels(side=640):
    data = (files("corneum.imaging.retakes") / "composite" / "f_wasian.jpg").read_bytes()
    return smaller(photo_in(data).pixels, side)


@cache
def face(number=0, side=640, turned=0):
    """Return a JPEG of a face; each number gives other bytes of the same face."""
    seen = pixels(side)
    if turned:
        center = (seen.shape[1] / 2, seen.shape[0] / 2)
        seen = cv2.warpAffine(seen, cv2.getRotationMatrix2D(center, turned, 1), seen.shape[1::-1])
    return jpeg_of(seen, 95 - number)


@cache
def wall():
    return jpeg_of(np.full((480, 640, 3), 128, np.uint8))


def agree(by, client, purposes=("record",)):
    return make_consent(by, client, kind="photograph", purposes=purposes)


def make_photo(staff, client, number=0, **options):
    if not Permission.objects.filter(client=client, purpose="record", until=None).exists():
        agree(staff, client)
    return services.take(**{"by": staff, "client": client, "data": face(number), "now": NOW, "wait": False} | options)


def photo_ids(by, client):
    """Return an id for each address of photographs: a row and small files, for the test that asks all of them."""
    agree(by, client)
    fields = {"view": "front", "origin": "upload", "taken_at": NOW, "added_at": NOW, "added_by": by}
    photo = Photo.objects.create(client=client, width=64, height=64, digest="x", source_digest="x", **fields)
    kept.write(photo.pk, {"full": b"a", "page": b"a", "small": b"a"})
    given = {"purpose": "teach", "to": "A course", "why": "for a test", "given_at": NOW, "given_by": by}
    copy = Copy.objects.create(client=client, photo=photo, **given)
    return {"photo_id": photo.pk, "size": "small", "copy_id": copy.pk}
