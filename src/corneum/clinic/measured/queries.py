"""Find photographs that can be compared, what was measured of them, and how it went over a course."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from corneum.clinic.consent.models import Purpose
from corneum.clinic.consent.queries import photo_purposes
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.measured.models import Measurement, Rating, State
from corneum.clinic.photos import queries as photos
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.models import State as Kept
from corneum.imaging.pairs import Change
from corneum.reports.photographs.stored import StoredPair, TableUnreadable, read_pair_table

PURPOSE = Purpose.RECORD.value


@dataclass(frozen=True)
class Sight:
    """The photographs of one view, or of one body site, that may be shown.

    Parameters
    ----------
    key
        Names it in an address.
    view, site
        As the photographs have them.
    photos
        By date, earliest first.
    """

    key: str
    view: str
    site: str
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class Chosen:
    """A view and two of its photographs.

    Parameters
    ----------
    sight
        The view; None where there is no photograph.
    baseline, followup
        None where the view has one photograph only.
    is_turned
        Whether they were chosen in the wrong order, and are shown by date.
    """

    sight: Sight | None
    baseline: Photo | None = None
    followup: Photo | None = None
    is_turned: bool = False


@dataclass(frozen=True)
class Point:
    """A follow-up that was measured against the baseline of its course, with its numbers."""

    measurement: Measurement
    stored: StoredPair


def sights(client_id: UUID) -> list[Sight]:
    """Return the client's photographs that may be shown, by view and site, the most photographed first."""
    found: dict[tuple[str, str], list[Photo]] = {}
    granted = photo_purposes(client_id)
    for photo in sorted(photos.of_client(client_id), key=lambda one: (one.taken_at, str(one.pk))):
        if photos.may_show(photo, PURPOSE, granted):
            found.setdefault((photo.view, photo.site), []).append(photo)
    made = [Sight(f"{view}.{site}".rstrip("."), view, site, tuple(some)) for (view, site), some in found.items()]
    return sorted(made, key=lambda one: -len(one.photos))


def chosen(data: Mapping[str, str], sights: Sequence[Sight]) -> Chosen:
    """Return which photographs an address asks for; the first and the last of the first view where it asks nothing."""
    sight = next((one for one in sights if one.key == data.get("of")), next(iter(sights), None))
    if sight is None or len(sight.photos) < 2:
        return Chosen(sight)
    by_id = {str(photo.pk): photo for photo in sight.photos}
    first = by_id.get(data.get("baseline", ""), sight.photos[0])
    last = by_id.get(data.get("followup", ""), sight.photos[-1])
    if first == last:
        first, last = (sight.photos[0], last) if last != sight.photos[0] else (first, sight.photos[-1])
    early, late = sorted((first, last), key=sight.photos.index)
    return Chosen(sight, early, late, is_turned=early != first)


def measurement(client_id: UUID, measurement_id: UUID) -> Measurement:
    """Return a measurement of which both photographs may be shown.

    Raises
    ------
    Http404
        If there is none, it is another client's, or consent was taken back.
    """
    some = Measurement.objects.select_related("client", "baseline", "followup", "asked_by")
    found = some.filter(client_id=client_id, pk=measurement_id).first()
    if found is None or not may_show(found):
        raise Http404
    return found


def may_show(found: Measurement, granted: Collection[str] | None = None) -> bool:
    """Return whether both photographs of a measurement are in the record and may be shown."""
    return may_show_both(found.baseline, found.followup, granted)


def may_show_both(first: Photo, second: Photo, granted: Collection[str] | None = None) -> bool:
    """Return whether two photographs of a client are in the record and may be shown."""
    in_force = photo_purposes(first.client_id) if granted is None else granted
    return all(photo.state == Kept.KEPT and photos.may_show(photo, PURPOSE, in_force) for photo in (first, second))


def measurement_of(baseline: Photo, followup: Photo) -> Measurement | None:
    """Return what was measured of two photographs, or None."""
    some = Measurement.objects.select_related("baseline", "followup", "asked_by")
    return some.filter(baseline=baseline, followup=followup).first()


def is_under_way(found: Measurement, job: Job | None) -> bool:
    """Return whether a worker is still going to finish a measurement."""
    if found.state not in (State.ASKED, State.FAILED) or job is None:
        return False
    return job.state in (JobState.WAITING, JobState.RUNNING)


def latest(client_id: UUID) -> Measurement | None:
    """Return the measurement of the client's latest follow-up photograph that may be shown, or None."""
    some = Measurement.objects.filter(client_id=client_id, state=State.DONE).select_related("baseline", "followup")
    granted = photo_purposes(client_id)
    return next((one for one in some.order_by("-followup__taken_at") if may_show(one, granted)), None)


def trend(client_id: UUID, view: str = "", site: str = "") -> list[Point]:
    """Return what was measured against the earliest baseline of a view and site, by date of the follow-up.

    Without a view, it is that of the latest measurement. Measurements whose photographs may no longer be shown, and
    tables that this version cannot read, are left out.
    """
    if not view:
        newest = latest(client_id)
        if newest is None:
            return []
        view, site = newest.baseline.view, newest.baseline.site
    some = Measurement.objects.filter(
        client_id=client_id, state=State.DONE, baseline__view=view, baseline__site=site
    ).select_related("client", "baseline", "followup")
    granted = photo_purposes(client_id)
    found = [one for one in some if may_show(one, granted)]
    if not found:
        return []
    first = min((one.baseline for one in found), key=lambda photo: (photo.taken_at, str(photo.pk)))
    against = sorted((one for one in found if one.baseline_id == first.pk), key=lambda one: one.followup.taken_at)
    return [Point(one, stored) for one in against if (stored := stored_pair(one)) is not None]


def stored_pair(found: Measurement) -> StoredPair | None:
    """Return the numbers of a measurement; None where another version of the program wrote them."""
    try:
        return read_pair_table(found.table)
    except TableUnreadable:
        return None


def changes_of(points: Iterable[Point], index: str, zone: str) -> list[tuple[Point, Change]]:
    """Return the measured changes of one index in one zone over a course, without the withheld ones."""
    return [
        (point, change)
        for point in points
        for change in point.stored.changes
        if (change.index, change.zone) == (index, zone) and change.verdict != "withheld"
    ]


def photo(client_id: UUID, photo_id: UUID) -> Photo:
    """Return a kept photograph of a client that may be shown, or raise `Http404`."""
    found = photos.of_client(client_id).filter(pk=photo_id).first()
    if found is None or not photos.may_show(found, PURPOSE):
        raise Http404
    return found


def rating(client_id: UUID, rating_id: UUID) -> Rating:
    """Return a blinded rating of a client, or raise `Http404`."""
    found = Rating.objects.select_related("client", "closed_by").filter(client_id=client_id, pk=rating_id).first()
    if found is None:
        raise Http404
    return found


def ratings(client_id: UUID) -> list[Rating]:
    """Return the blinded ratings of a client, newest first."""
    return list(Rating.objects.filter(client_id=client_id).select_related("made_by").prefetch_related("sheets__rater"))


def rated_photos(found: Rating) -> list[Photo]:
    """Return the photographs that a rating shows."""
    ids = {item[side] for item in found.hidden["items"] for side in ("left", "right")}
    return list(Photo.objects.filter(pk__in=ids, client_id=found.client_id))


def can_be_shown(found: Rating) -> bool:
    """Return whether every photograph of a rating may still be shown: one that may not would tell by its gap."""
    granted = photo_purposes(found.client_id)
    some = rated_photos(found)
    wanted = {item[side] for item in found.hidden["items"] for side in ("left", "right")}
    return len(some) == len(wanted) and all(photos.may_show(photo, PURPOSE, granted) for photo in some)
