"""Looking for marks on photographs: asked for, done beside the pages, and put into the list by the core's rules."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.consent.models import Purpose
from corneum.clinic.jobs.work import ask
from corneum.clinic.marks.models import Look, LookState, Mark
from corneum.clinic.marks.queries import marks_on
from corneum.clinic.marks.services import MarkRefused
from corneum.clinic.marks.tables import exclusion_of, fields_of, tables_of
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.queries import may_show
from corneum.clinic.photos.translate import photo_of
from corneum.imaging.card import Scale
from corneum.imaging.faces import SkinNotFound
from corneum.imaging.photo import PhotoRefused
from corneum.lesions import photographs as core
from corneum.lesions.exclusions import WAITING
from corneum.lesions.followed import Followed
from corneum.lesions.marks_file import marks_of
from corneum.lesions.match import ScaleNeeded
from corneum.lesions.merging import merged

JOB = "marks"
Tell = Callable[[str, float], None]


@transaction.atomic
def ask_look(
    *, by: User, client: Client, later: Photo, earlier: Photo | None, px_per_mm: float | None, now: datetime
) -> Look:
    """Ask for a look for marks on one photograph, or for following them from one to another.

    Raises
    ------
    MarkRefused
        If a photograph is not the client's, may not be shown, or the two are not in order.
    """
    some = [one for one in (earlier, later) if one is not None]
    if any(one.client_id != client.pk or not may_show(one, Purpose.RECORD) for one in some):
        raise MarkRefused(_("These photographs may not be looked at."))
    if earlier is not None and (earlier.pk == later.pk or earlier.taken_at > later.taken_at):
        raise MarkRefused(_("Choose an earlier photograph to compare with."))
    made = Look.objects.create(
        client=client, earlier=earlier, later=later, px_per_mm=px_per_mm, asked_at=now, asked_by=by
    )
    job = ask(JOB, {"look_id": str(made.pk)}, now=now, client_id=client.pk)
    made.job_id = job.pk
    made.save(update_fields=["job_id"])
    record("marks.look_asked", by=by, subject=made, now=now, data={"photographs": len(some)})
    return made


def look_through(look_id: UUID, *, now: datetime, tell: Tell | None = None) -> Look:
    """Look for marks and keep what was found; a look that is done stays as it is.

    What two photographs show goes into the list at once: a change waits for a doctor, not for a click. A refusal of the
    core is kept in its words; any other error is the program's, and leaves the look to be tried again.
    """
    look = Look.objects.select_related("client", "earlier", "later", "asked_by").get(pk=look_id)
    if look.state != LookState.ASKED:
        return look
    say = tell or (lambda step, share: None)
    if not all(one is None or may_show(one, Purpose.RECORD) for one in (look.earlier, look.later)):
        return _refuse(look, _("Consent was withdrawn meanwhile, or a photograph was removed."), now)
    try:
        # No transaction is open while it looks: nobody waits for it to write.
        found = _followed(look, say) if look.is_of_two else _seen(look, say)
    except ScaleNeeded:
        return _refuse(look, _("Marks are found by their size, and nothing here shows it: give the scale."), now)
    except (PhotoRefused, SkinNotFound) as refused:
        return _refuse(look, str(refused), now)
    _keep(look, found, now)
    look.refresh_from_db()
    return look


@transaction.atomic
def put_into_list(*, by: User, look: Look, numbers: Collection[int], now: datetime) -> int:
    """Put chosen marks of a look into the list, by the core's rules of merging; return how many it holds then.

    Raises
    ------
    MarkRefused
        If that was done already, or there is nothing to put in.
    """
    stored = Look.objects.select_for_update().get(pk=look.pk)
    if stored.listed_at is not None or stored.state != LookState.DONE:
        raise MarkRefused(_("This was put into the list already."))
    chosen = [one for one in stored.found if one["table"] is not None and one["number"] in numbers]
    if not chosen:
        raise MarkRefused(_("Choose at least one mark."))
    return _merge(stored, chosen, by, now)


def picture_path(photo: Photo, look: Look) -> Path:
    """Return the file in which the marks of a look are drawn on one of its photographs; it is erased with it."""
    return files.folder_of(photo.pk) / f"marks-{look.pk}.png"


def _followed(look: Look, say: Tell) -> dict[str, Any]:
    assert look.earlier is not None
    say(_("Reading the photographs"), 0.05)
    first, second = (_taken(one, look.px_per_mm) for one in (look.earlier, look.later))
    core.require_scales(first, second)
    say(_("Laying them over each other"), 0.3)
    alignment = core.aligned(first, second)
    say(_("Following marks"), 0.6)
    found = core.followed(first, second, alignment)
    day = date_format(timezone.localdate(look.earlier.taken_at), "DATE_FORMAT")
    said = [(one.state, one.text(day), one.look) for one in found]
    pictures = dict(zip((look.earlier, look.later), core.both_outlined(first, second, found), strict=True))
    return _told(look, second, found, said) | {"pictures": pictures}


def _seen(look: Look, say: Tell) -> dict[str, Any]:
    say(_("Reading the photograph"), 0.05)
    one = _taken(look.later, look.px_per_mm)
    say(_("Looking for marks"), 0.3)
    seen = core.seen(one)
    found = [Followed("unchanged", None, each.mark, each.mark.outline.center) for each in seen.marks]
    # One photograph cannot show a change: what is found is known from now on, and nothing more.
    said = [("known", each.text, each.look) for each in seen.marks]
    pictures = {look.later: core.outlined(one, [each.mark for each in seen.marks])}
    rest = {"pictures": pictures, "least_mm": seen.least_mm, "skipped": seen.skipped}
    return _told(look, one, found, said) | rest


def _taken(photo: Photo, px_per_mm: float | None) -> core.Taken:
    scale = None if px_per_mm is None else Scale(px_per_mm, 0.0, "given")
    return core.taken(photo_of(photo), scale)


def _told(
    look: Look, later: core.Taken, found: Sequence[Followed], said: Sequence[tuple[str, str, bool]]
) -> dict[str, Any]:
    tables: list[dict[str, Any] | None] = [None] * len(found)
    boxes: dict[str, Any] = {}
    if later.face is not None:
        places = core.places_of(found, later.photo, later.face, _day(look))
        tables = [None if one is None else tables_of([one])[0] for one in places.marks]
        boxes = {zone: list(box) for zone, box in places.boxes.items()}
    told = []
    for number, ((state, text, doctor), table, one) in enumerate(zip(said, tables, found, strict=True), 1):
        own = None if table is None else table | {"state": state}
        shown = [side for side, mark in (("earlier", one.before), ("later", one.after)) if mark is not None]
        told.append({"number": number, "state": state, "text": text, "look": doctor, "table": own, "shown": shown})
    return {"found": told, "boxes": boxes}


@transaction.atomic
def _keep(look: Look, found: dict[str, Any], now: datetime) -> None:
    stored = Look.objects.select_for_update().get(pk=look.pk)
    if stored.state != LookState.ASKED:
        return
    for photo, picture in found.pop("pictures").items():
        _write(picture_path(photo, look), picture)
    for key, value in found.items():
        setattr(look, key, value)
    look.state, look.ended_at = LookState.DONE, now
    look.save()
    states = [one["state"] for one in look.found]
    data = {"found": len(states), "waiting": sum(state in WAITING for state in states)}
    record("marks.looked_for", by=look.asked_by, subject=look, now=now, data=data)
    placed = [one for one in look.found if one["table"] is not None]
    if look.is_of_two and placed:
        _merge(look, placed, look.asked_by, now)


@transaction.atomic
def _refuse(look: Look, why: str, now: datetime) -> Look:
    look.state, look.refusal, look.ended_at = LookState.REFUSED, why, now
    look.save(update_fields=["state", "refusal", "ended_at"])
    record("marks.look_refused", by=look.asked_by, subject=look, now=now)
    return look


def _merge(look: Look, chosen: Sequence[dict[str, Any]], by: User, now: datetime) -> int:
    # Two looks at once would both add the same mark: one waits for the other here.
    Client.objects.select_for_update().get(pk=look.client_id)
    rows = marks_on(look.client_id)
    kept = [exclusion_of(row) for row in rows]
    found = marks_of([one["table"] for one in chosen])
    boxes = {zone: (box[0], box[1]) for zone, box in look.boxes.items()}
    after = tables_of(merged(kept, found, boxes))
    before, changed = tables_of(kept), 0
    for row, was, table in zip(rows, before, after, strict=False):
        if was != table:
            changed += 1
            for key, value in fields_of({"found": row.found_on.isoformat()} | table).items():
                setattr(row, key, value)
            row.photo = look.later
            row.save()
    for table in after[len(rows) :]:
        Mark.objects.create(client_id=look.client_id, photo=look.later, added_at=now, added_by=by, **fields_of(table))
    look.listed_at, look.listed_by = now, by
    look.save(update_fields=["listed_at", "listed_by"])
    data = {"changed": changed, "added": len(after) - len(rows)}
    record("marks.listed", by=by, subject=look, now=now, data=data)
    return len(after)


def _day(look: Look) -> date:
    return timezone.localdate(look.later.taken_at)


def _write(path: Path, data: bytes) -> None:
    # One name for every try: what a worker that was killed left is written over by the next.
    rough = path.with_name(f"{path.name}.part")
    rough.write_bytes(data)
    rough.chmod(0o600)
    rough.replace(path)
