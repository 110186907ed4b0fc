"""A blinded rating: drawn, answered by one rater after another, and opened once, for all of them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corneum.clinic.accounts.models import User
from corneum.clinic.audit.services import record
from corneum.clinic.measured.models import Rating, RatingSheet
from corneum.clinic.measured.queries import Sight
from corneum.clinic.measured.told import sessions
from corneum.clinic.people.models import Client
from corneum.clinic.photos.models import Photo
from corneum.imaging.rating import GAIS, Answer, Drawing, Item, RatingPair, Scored, draw_rating, score_rating

_SHAM_TO_TRUE = 1 / 3
"""One in four of all shown pairs, where there are as many second baselines."""
CHOICES: tuple[tuple[str, str], ...] = (
    *(("left", label) for label in list(GAIS)[:3]),
    ("neither", "no_change"),
    *(("right", label) for label in reversed(list(GAIS)[:3])),
)
"""Which picture looks better, and how much: from the left one to the right one."""


class CannotRate(ValueError):
    """What was asked of a rating cannot be done; the message says why."""


def pairs_of(sights: Sequence[Sight]) -> list[RatingPair]:
    """Return what can be rated: every later photograph of a view with the earliest one.

    A second baseline of the same day, before any session, makes a sham pair possible: one for each view, for a pair
    that is shown twice would be known again.
    """
    found = []
    for sight in sights:
        first, *later = sight.photos
        second = next((photo for photo in later if _is_baseline_too(first, photo)), None)
        followups = [photo for photo in later if photo is not second]
        for place, photo in enumerate(followups):
            sham = str(second.pk) if second is not None and place == 0 else ""
            found.append(RatingPair(str(photo.pk), str(first.pk), str(photo.pk), sham))
    return found


def shams_of(pairs: Sequence[RatingPair]) -> int:
    """Return how many sham pairs are shown beside some pairs."""
    possible = sum(bool(pair.second_baseline) for pair in pairs)
    return min(possible, -int(-len(pairs) * _SHAM_TO_TRUE // 1), len(pairs))


@transaction.atomic
def start(*, by: User, client: Client, sights: Sequence[Sight], seed: int, now: datetime) -> Rating:
    """Draw a rating in a hidden order.

    Parameters
    ----------
    by
        Who starts it; may be a rater too, for the order is hidden from everybody.
    client
        Whose photographs.
    sights
        The views that are rated.
    seed
        Of the order, drawn by the caller.
    now
        When.

    Raises
    ------
    CannotRate
        If no view has two photographs of different days.
    """
    pairs = pairs_of(sights)
    if not pairs:
        raise CannotRate(_("A rating needs two kept photographs of one view that are no second baseline."))
    shams = shams_of(pairs)
    drawn = draw_rating(pairs, seed, shams / (len(pairs) + shams))
    hidden = {"seed": seed, "items": [asdict(item) for item in drawn.items]}
    made = Rating.objects.create(client=client, hidden=hidden, made_at=now, made_by=by)
    record("rating.started", by=by, subject=made, now=now, data={"pairs": len(pairs), "shams": shams})
    return made


@transaction.atomic
def answer(*, by: User, rating: Rating, number: int, choice: int, now: datetime) -> RatingSheet:
    """Keep how one pair looks to a rater; until the sheet is handed in, the last answer holds.

    Raises
    ------
    CannotRate
        If there is no such pair or choice, the sheet was handed in, or the rating is closed.
    """
    if not 1 <= number <= rating.length or not 0 <= choice < len(CHOICES):
        raise CannotRate(_("There is no such pair, or no such answer."))
    sheet = _open_sheet(by, rating, now)
    better, label = CHOICES[choice]
    sheet.answers[str(number)] = {"better": better, "label": label}
    sheet.save(update_fields=["answers"])
    record("rating.answered", by=by, subject=rating, now=now, data={"number": number})
    return sheet


@transaction.atomic
def hand_in(*, by: User, rating: Rating, now: datetime) -> RatingSheet:
    """Seal a rater's answers.

    Raises
    ------
    CannotRate
        If a pair is not answered, they were handed in before, or the rating is closed.
    """
    sheet = _open_sheet(by, rating, now)
    if len(sheet.answers) < rating.length:
        raise CannotRate(_("Not every pair is answered yet."))
    sheet.ended_at = now
    sheet.save(update_fields=["ended_at"])
    record("rating.handed_in", by=by, subject=rating, now=now, data={"pairs": rating.length})
    return sheet


@transaction.atomic
def close(*, by: User, rating: Rating, now: datetime) -> Rating:
    """Open the hidden order for everybody: nobody can rate any more, and what was not handed in is not counted.

    Raises
    ------
    CannotRate
        If nobody has handed in, or it is closed.
    """
    locked = Rating.objects.select_for_update().get(pk=rating.pk)
    done = locked.sheets.filter(ended_at__isnull=False).count()
    if locked.closed_at is not None:
        raise CannotRate(_("This rating is closed."))
    if not done:
        raise CannotRate(_("Nobody has handed in yet: the order stays hidden until somebody has."))
    locked.closed_at, locked.closed_by = now, by
    locked.save(update_fields=["closed_at", "closed_by"])
    record("rating.closed", by=by, subject=locked, now=now, data={"raters": done})
    return locked


def drawing_of(rating: Rating) -> Drawing:
    """Return the hidden order."""
    return Drawing(rating.hidden["seed"], tuple(Item(**item) for item in rating.hidden["items"]))


def photo_id(rating: Rating, number: int, side: str) -> UUID | None:
    """Return which photograph stands on a side of a pair, or None where there is no such pair."""
    item = next((one for one in drawing_of(rating).items if one.number == number), None)
    return None if item is None else UUID(item.left if side == "left" else item.right)


def score(rating: Rating) -> Scored | None:
    """Return what the raters said, with the hidden order undone; None as long as it is sealed."""
    if rating.closed_at is None:
        return None
    answers = [
        Answer(str(sheet.rater_id), int(number), said["label"], said["better"])
        for sheet in rating.sheets.filter(ended_at__isnull=False)
        for number, said in sheet.answers.items()
    ]
    return score_rating(drawing_of(rating), answers, seed=rating.hidden["seed"])


def _open_sheet(by: User, rating: Rating, now: datetime) -> RatingSheet:
    locked = Rating.objects.select_for_update().get(pk=rating.pk)
    if locked.closed_at is not None:
        raise CannotRate(_("This rating is closed."))
    sheet, _made = RatingSheet.objects.get_or_create(rating=locked, rater=by, defaults={"begun_at": now})
    if sheet.ended_at is not None:
        raise CannotRate(_("Your answers were handed in: they stay as they are."))
    return sheet


def _is_baseline_too(first: Photo, photo: Photo) -> bool:
    """Return whether a photograph shows the same state as the first: the same day, and no session between."""
    if timezone.localdate(first.taken_at) != timezone.localdate(photo.taken_at):
        return False
    return not any(first.taken_at <= moment <= photo.taken_at for moment in sessions(first.client_id))
