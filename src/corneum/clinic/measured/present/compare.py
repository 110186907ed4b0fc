"""The page on which two photographs are compared: which ones, their pictures, and where their measurement is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from corneum.clinic.jobs.queries import job_with
from corneum.clinic.measured import queries
from corneum.clinic.measured.files import BASELINE, FOLLOWUP, MAP, are_there
from corneum.clinic.measured.models import Measurement, State
from corneum.clinic.measured.present.table import table
from corneum.clinic.measured.present.words import day_of, outcome
from corneum.clinic.measured.queries import Chosen
from corneum.clinic.photos.models import Photo
from corneum.clinic.ui.phrases import spoken
from corneum.imaging.indices import INDICES


@dataclass(frozen=True)
class Picture:
    """A picture of the page.

    Parameters
    ----------
    name
        ``baseline``, ``followup`` or the key of an index.
    title
        What stands below it.
    alt
        What it is, for who does not see it.
    address
        Where it is served, by permission and consent.
    """

    name: str
    title: str
    alt: str
    address: str


def compared(client_id: UUID, chosen: Chosen) -> dict[str, Any]:
    """Return what the page shows of two chosen photographs."""
    baseline, followup = chosen.baseline, chosen.followup
    if baseline is None or followup is None:
        return {}
    found = queries.measurement_of(baseline, followup)
    is_done = found is not None and found.state == State.DONE
    is_aligned = found is not None and is_done and are_there(found.pk)
    context: dict[str, Any] = {"baseline": baseline, "followup": followup, "is_aligned": is_aligned} | state(found)
    if found is None or not is_aligned:
        context |= {"pictures": [_plain(baseline, BASELINE), _plain(followup, FOLLOWUP)], "maps": []}
    else:
        context |= {
            "pictures": [_aligned(found, baseline, BASELINE), _aligned(found, followup, FOLLOWUP)],
            "maps": [_map(found, index) for index in found.pictures["maps"]],
            "width": found.pictures["width"],
            "height": found.pictures["height"],
        }
    if found is None or not is_done:
        return context
    stored = queries.stored_pair(found)
    return context | {"outcome": outcome(found.outcome), "numbers": None if stored is None else table(stored)}


def state(found: Measurement | None) -> dict[str, Any]:
    """Return where a measurement is, for the notice that looks again by itself."""
    job = None if found is None else job_with(found.job_id)
    return {
        "measurement": found,
        "job": job,
        "is_under_way": found is not None and queries.is_under_way(found, job),
    }


def _plain(photo: Photo, name: str) -> Picture:
    address = reverse("photos:file", args=[photo.client_id, photo.pk, "page"])
    return Picture(name, day_of(photo), _alt(name, day_of(photo)), address)


def _aligned(found: Measurement, photo: Photo, name: str) -> Picture:
    return Picture(name, day_of(photo), _alt(name, day_of(photo)), _address(found, name))


def _map(found: Measurement, index: str) -> Picture:
    title = spoken(INDICES[index].title)
    alt = _("Where it changed beyond noise: %(index)s") % {"index": title}
    return Picture(index, title, alt, _address(found, f"{MAP}{index}"))


def _address(found: Measurement, name: str) -> str:
    return reverse("measured:picture", args=[found.client_id, found.pk, name])


def _alt(name: str, day: str) -> str:
    return (_("Baseline, %(day)s") if name == BASELINE else _("Follow-up, %(day)s")) % {"day": day}
