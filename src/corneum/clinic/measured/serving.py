"""Send a picture of a client: not kept by any cache, and written down as shown."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.http import Http404, HttpResponse

from corneum.clinic.accounts.models import User
from corneum.clinic.photos import services as photos
from corneum.clinic.photos.models import Photo


def sent(path: Path | None, shown: Iterable[Photo], *, by: User, now: datetime) -> HttpResponse:
    """Return a picture after writing down which photographs it shows.

    The answer holds nothing but the picture: neither its date nor its file's name.

    Raises
    ------
    Http404
        If the file is not there.
    """
    try:
        data = None if path is None else path.read_bytes()
    except FileNotFoundError:
        data = None
    if data is None:
        raise Http404
    with transaction.atomic():
        for photo in shown:
            photos.show(by=by, photo=photo, now=now)
    answer = HttpResponse(data, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
