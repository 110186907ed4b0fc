"""What a reaction is noted with: the client's photographs that may be shown, and what a check-in said of it."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.intake.queries import check_in_of
from corneum.clinic.intake.triage import Flag, flags
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.queries import may_show, of_client, photo_of_client
from corneum.clinic.photos.words import view_title
from corneum.clinic.treatments.models import Kind, Level
from corneum.clinic.ui.ids import uuid_of

_MOST_PHOTOGRAPHS = 10
_KIND_OF = {
    "comfort": Kind.PAIN,
    "breathing": Kind.AIRWAY,
    "eye": Kind.EYE,
    "fever": Kind.INFECTION,
    "pus": Kind.INFECTION,
    "spreading": Kind.INFECTION,
    "blisters": Kind.BLISTER,
    "bleeding": Kind.BLEEDING,
    "red": Kind.REDNESS,
    "itch": Kind.DERMATITIS,
    "crust": Kind.ABRASION,
    "bruise": Kind.PETECHIAE,
    "dark": Kind.PIGMENT,
    "nodule": Kind.NODULE,
}
"""What a sign of a check-in is called among reactions."""
_LEVEL_OF = {1: Level.CARE, 2: Level.CLINIC, 3: Level.DOCTOR, 4: Level.EMERGENCY}


def photographs(client_id: UUID) -> list[Photo]:
    """Return the last photographs of a client that may be shown in the record, the newest first."""
    in_force = photo_purposes(client_id)
    newest = of_client(client_id)[:_MOST_PHOTOGRAPHS] if Purpose.RECORD in in_force else ()
    return [one for one in newest if may_show(one, Purpose.RECORD, in_force)]


def photograph_choices(found: list[Photo]) -> list[tuple[str, str]]:
    """Return photographs as a form offers them."""
    return [
        (
            str(one.pk),
            f"{date_format(timezone.localtime(one.taken_at), 'SHORT_DATETIME_FORMAT')}, "
            f"{view_title(one.view, one.site)}",
        )
        for one in found
    ]


def photograph_of(client_id: UUID, photo_id: UUID | None) -> Photo | None:
    """Return the photograph of a reaction as long as it is the client's and may be shown, or None."""
    found = None if photo_id is None else photo_of_client(client_id, photo_id)
    return found if found is not None and may_show(found, Purpose.RECORD) else None


def from_check_in(client_id: UUID, named: str, photos: list[Photo]) -> dict[str, Any]:
    """Return what a form is filled with from a check-in: kind, signs, day, level, and a photograph sent since.

    Empty where the check-in is not there, is another client's, or is not answered.
    """
    check_in_id = uuid_of(named)
    stored = None if check_in_id is None else check_in_of(client_id, check_in_id)
    if stored is None or stored.answered is None:
        return {}
    day = timezone.localdate(stored.answered)
    signs: tuple[Flag, ...] = flags(stored.answers or {}, (day - stored.treated).days)
    since = [one for one in photos if timezone.localdate(one.taken_at) >= day]
    filled: dict[str, Any] = {"onset": day, "photo_id": str(since[-1].pk) if since else ""}
    if signs:
        worst = signs[0]
        filled |= {
            "kind": _KIND_OF.get(worst.asked.id, Kind.OTHER),
            "level": _LEVEL_OF[worst.level],
            "seen": "; ".join(str(one.asked.sign) for one in signs),
        }
    return filled
