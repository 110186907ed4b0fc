"""Take a photograph, judge it, take it into the record or not, take back its uses, remove it and bring it back."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.models import Event
from corneum.clinic.audit.services import record
from corneum.clinic.consent.models import PHOTOGRAPH_PURPOSES, Purpose
from corneum.clinic.intake.inbox import acknowledge, tell
from corneum.clinic.intake.models import InboxItem, ItemKind
from corneum.clinic.jobs import work as jobs
from corneum.clinic.jobs.models import Job
from corneum.clinic.jobs.models import State as JobState
from corneum.clinic.people.models import Client
from corneum.clinic.photos import files, giving, queries
from corneum.clinic.photos.judging import Written, guessed_view, is_quick, judged, source_digest, written
from corneum.clinic.photos.models import Origin, Photo, State
from corneum.clinic.photos.translate import camera_to_dict, taken_at
from corneum.clinic.visits.hours import local
from corneum.clinic.visits.models import Visit
from corneum.imaging.gates import view_of
from corneum.skin import SITES

CHECK_JOB, SWEEP_JOB = "photos.check", "photos.sweep"
MOST_WAITING = 20
"""Photographs that one client may have waiting for review: a link is not a store."""
_SHOWN_AGAIN = timedelta(hours=1)
_SWEPT_AT = time(1, 30)
"""Late enough for the files of the evening before, which a sweep leaves alone while they are young."""
Told = Callable[[Photo, User, datetime], None]
"""Called in the transaction in which a photograph leaves the record or comes back to it: which, who, when."""
_told: list[Told] = []


def on_record(function: Told) -> Told:
    """Have other apps told when one photograph leaves the record or comes back to it; for the `ready` of an app."""
    if function not in _told:
        _told.append(function)
    return function


class NotTaken(ValueError):
    """A photograph was not taken in, for another reason than its pixels; those are told by `PhotoRefused`."""


class NoConsent(NotTaken):
    """The client did not agree, or no longer agrees, to photographs in the record."""


class AlreadyThere(NotTaken):
    """The same file is in the record already: as ``photo``, where that is known."""

    def __init__(self, photo: Photo | None = None) -> None:
        self.photo = photo
        super().__init__("this file is in the record already")


class TooMany(NotTaken):
    """As many wait for review as may."""


class NoSite(NotTaken):
    """A close-up or a body photograph names where it was taken."""


class NotAllowedNow(ValueError):
    """A step that the photograph's state does not allow."""


def take(
    *,
    by: User | None,
    client: Client,
    data: bytes,
    now: datetime,
    view: str = "",
    site: str = "",
    origin: str = Origin.UPLOAD,
    visit: Visit | None = None,
    wait: bool = True,
) -> Photo:
    """Take a photograph in: first its files, then its row, so that no row is ever without them.

    Parameters
    ----------
    by
        Who; None if the client sent it by a private link.
    client
        Whose.
    data
        The file as it came.
    now
        When.
    view, site
        As in `corneum.imaging.gates.VIEWS` and `corneum.skin.SITES`; an empty view is guessed by the turn of the head.
    origin
        Where it came from; from home it waits for review.
    visit
        To which it belongs.
    wait
        Whether the gates are asked at once, if that is soon done; else beside, as a job.

    Raises
    ------
    corneum.imaging.photo.PhotoRefused
        If it is no photograph that can be measured.
    NoConsent, AlreadyThere, TooMany, NoSite
        Why it is not taken in.
    """
    # What the camera sent again after a lost answer is the same photograph; in another view it would be another one.
    came = source_digest(data, f"{view}/{site}" if origin == Origin.CAMERA else "")
    _check_free(client, came, origin)
    read = written(data)
    shown = view or guessed_view(read.photo)
    _check_site(shown, site, named=bool(view))
    check = judged(read.photo, shown) if wait and is_quick(read.photo) else {}
    photo = Photo(
        id=uuid4(),
        client=client,
        visit=visit,
        view=shown,
        site=site,
        origin=origin,
        state=State.WAITING if origin == Origin.HOME else State.KEPT,
        taken_at=now if origin == Origin.CAMERA else taken_at(read.photo, now),
        added_at=now,
        added_by=by,
        width=read.photo.width,
        height=read.photo.height,
        digest=read.digest,
        source_digest=came,
        camera=camera_to_dict(read.photo),
        check_result=check,
    )
    return _kept(photo, read, now)


def _kept(photo: Photo, read: Written, now: datetime) -> Photo:
    files.write(photo.pk, read.sizes)
    try:
        with transaction.atomic():
            Client.objects.select_for_update().get(pk=photo.client_id)
            _check_free(photo.client, photo.source_digest, photo.origin)
            photo.save(force_insert=True)
            sweep_later(now)
            if not photo.check_result:
                _ask_gates(photo, now)
            if photo.state == State.WAITING and not _told_of(photo).exists():
                tell(client=photo.client, kind=ItemKind.UPLOAD, now=now)
            data = {"view": photo.view, "origin": str(photo.origin)}
            record("photo.taken", by=photo.added_by, subject=photo, now=now, data=data)
    except BaseException as error:
        files.erase(photo.pk)
        if isinstance(error, IntegrityError):
            raise AlreadyThere from None
        raise
    return photo


def _check_free(client: Client, came: str, origin: str) -> None:
    if not queries.may_take(client.pk):
        raise NoConsent("the client has not agreed to photographs in the record")
    there = Photo.objects.filter(client=client, removed_at__isnull=True)
    same = there.filter(source_digest=came).first()
    if same is not None:
        raise AlreadyThere(same)
    if origin == Origin.HOME and there.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise TooMany(f"{MOST_WAITING} photographs wait for review")


def _check_site(view: str, site: str, *, named: bool) -> None:
    view_of(view)
    if site and site not in SITES:
        raise NoSite(f"no body site is called {site!r}")
    if named and view in queries.OF_SITE and not site:
        raise NoSite("a close-up names its body site")


@transaction.atomic
def place(*, by: User, photo: Photo, view: str, site: str, now: datetime) -> Photo:
    """Correct the view, and the site where it has one; the gates are asked anew."""
    stored = _locked(photo)
    if _place(stored, view, site, now):
        record("photo.placed", by=by, subject=stored, now=now, data={"view": stored.view})
    return stored


def _place(stored: Photo, view: str, site: str, now: datetime) -> bool:
    _check_site(view, site, named=True)
    where = site if view in queries.OF_SITE else ""
    if (stored.view, stored.site) == (view, where):
        return False
    stored.view, stored.site, stored.check_result = view, where, {}
    stored.save(update_fields=["view", "site", "check_result"])
    _ask_gates(stored, now)
    return True


@transaction.atomic
def keep(*, by: User, photo: Photo, now: datetime, placed: Mapping[str, str] | None = None) -> Photo:
    """Take a photograph from home into the record, in the view that was chosen; also one turned down today."""
    stored = _locked(photo)
    if placed is not None:
        _place(stored, placed["view"], placed["site"], now)
    if stored.state == State.KEPT:
        return stored
    if not files.is_there(stored.pk):
        raise NotAllowedNow("its files were erased")
    stored.state, stored.reviewed_at, stored.reviewed_by, stored.review_note = State.KEPT, now, by, ""
    stored.save(update_fields=["state", "reviewed_at", "reviewed_by", "review_note"])
    record("photo.kept", by=by, subject=stored, now=now, data={"view": stored.view})
    _settle_inbox(stored, by, now)
    return stored


@transaction.atomic
def turn_down(*, by: User, photo: Photo, why: str, now: datetime) -> Photo:
    """Leave a photograph from home out of the record; the client reads why, and its files are erased after the day."""
    stored = _locked(photo)
    if stored.state != State.WAITING:
        raise NotAllowedNow("only what waits for review is turned down")
    stored.state, stored.reviewed_at, stored.reviewed_by, stored.review_note = State.TURNED_DOWN, now, by, why.strip()
    stored.save(update_fields=["state", "reviewed_at", "reviewed_by", "review_note"])
    record("photo.turned_down", by=by, subject=stored, now=now)
    _settle_inbox(stored, by, now)
    sweep_later(now)
    return stored


@transaction.atomic
def withhold(*, by: User, photo: Photo, purposes: Collection[str], now: datetime) -> Photo:
    """Write down which uses the client took back for this one photograph; those that are not named are given again.

    Raises
    ------
    NotAllowedNow
        If there is no such purpose.
    """
    known = [purpose.value for purpose in PHOTOGRAPH_PURPOSES]
    if set(purposes) - set(known):
        raise NotAllowedNow("no such purpose of photographs")
    stored = _locked(photo)
    wanted = [purpose for purpose in known if purpose in purposes]
    if wanted != stored.withheld:
        of_record = Purpose.RECORD in {*wanted} ^ {*stored.withheld}
        stored.withheld = wanted
        stored.save(update_fields=["withheld"])
        record("photo.withheld", by=by, subject=stored, now=now, data={"purposes": wanted})
        giving.uses_of_one_changed(stored, now)
        if of_record:
            _tell_others(stored, by, now)
    return stored


@transaction.atomic
def remove(*, by: User, photo: Photo, now: datetime) -> Photo:
    """Take a photograph out of the record; on the same day it can be brought back, later its files are erased."""
    stored = _locked(photo)
    if stored.removed_at is None:
        stored.removed_at, stored.removed_by = now, by
        stored.save(update_fields=["removed_at", "removed_by"])
        record("photo.removed", by=by, subject=stored, now=now)
        _tell_others(stored, by, now)
        _settle_inbox(stored, by, now)
        sweep_later(now)
    return stored


@transaction.atomic
def bring_back(*, by: User, photo: Photo, now: datetime) -> Photo:
    """Undo a removal of the same day.

    Raises
    ------
    NotAllowedNow
        If it was removed on another day, or the same file was taken in again.
    """
    stored = _locked(photo)
    if stored.removed_at is None:
        return stored
    again = Photo.objects.filter(
        client_id=stored.client_id, source_digest=stored.source_digest, removed_at__isnull=True
    ).exists()
    if again or timezone.localdate(stored.removed_at) != timezone.localdate(now) or not files.is_there(stored.pk):
        raise NotAllowedNow("it can no longer be brought back")
    stored.removed_at, stored.removed_by = None, None
    stored.save(update_fields=["removed_at", "removed_by"])
    record("photo.brought_back", by=by, subject=stored, now=now)
    _tell_others(stored, by, now)
    return stored


@transaction.atomic
def show(*, by: User, photo: Photo, now: datetime) -> None:
    """Write down that somebody was shown a photograph: once per photograph, person and hour, whatever its size."""
    before = Event.objects.filter(
        client_id=photo.client_id,
        action="photo.shown",
        subject_id=str(photo.pk),
        by_id=by.pk,
        at__gt=now - _SHOWN_AGAIN,
    )
    if not before.exists():
        record("photo.shown", by=by, subject=photo, now=now)


def sweep_later(now: datetime) -> None:
    """Have files that nobody may see any more erased in the next night, unless a sweep waits already."""
    if not Job.objects.filter(kind=SWEEP_JOB, state=JobState.WAITING).exists():
        jobs.ask(SWEEP_JOB, {}, now=now, not_before=local(timezone.localdate(now) + timedelta(days=1), _SWEPT_AT))


def _tell_others(photo: Photo, by: User, now: datetime) -> None:
    for function in _told:
        function(photo, by, now)


def _locked(photo: Photo) -> Photo:
    return Photo.objects.select_for_update().get(pk=photo.pk)


def _ask_gates(photo: Photo, now: datetime) -> None:
    jobs.ask(CHECK_JOB, {"photo_id": str(photo.pk)}, now=now, client_id=photo.client_id)


def _told_of(photo: Photo) -> QuerySet[InboxItem]:
    return InboxItem.objects.filter(client_id=photo.client_id, kind=ItemKind.UPLOAD, seen=None)


def _settle_inbox(photo: Photo, by: User, now: datetime) -> None:
    """Mark the inbox's note as seen once nothing of the client waits any more."""
    left = Photo.objects.filter(client_id=photo.client_id, state=State.WAITING, removed_at__isnull=True)
    if not left.exists():
        for item in _told_of(photo):
            acknowledge(by=by, item=item, note="", now=now)
