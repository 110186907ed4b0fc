"""Views, dates and outcomes as people read them."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corneum.clinic.measured.queries import Sight
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.words import view_title
from corneum.clinic.ui.phrases import spoken
from corneum.imaging.pairs.words import said_of_outcome

_OUTCOME_TAGS = {"immediate": "wait", "between": "wait", "durable": "", "unknown": "wait"}


def sight_title(sight: Sight) -> str:
    """Return a view as people read it, or the body site that it shows."""
    return view_title(sight.view, sight.site)


def day_of(photo: Photo) -> str:
    """Return the day of a photograph, as the page's language writes it."""
    return date_format(timezone.localtime(photo.taken_at), "DATE_FORMAT")


def short_day(photo: Photo) -> str:
    """Return the day of a photograph in few letters, for an axis."""
    return date_format(timezone.localtime(photo.taken_at), "SHORT_DATE_FORMAT")


def moments_of(photos: tuple[Photo, ...]) -> dict[Photo, str]:
    """Return when each photograph was taken: the day, and the time where several were taken on it."""
    days = [day_of(photo) for photo in photos]
    return {
        photo: day if days.count(day) == 1 else date_format(timezone.localtime(photo.taken_at), "DATETIME_FORMAT")
        for photo, day in zip(photos, days, strict=True)
    }


def outcome(key: Any) -> dict[str, str]:
    """Return the name of an outcome, its sentence, and the tone of its tag."""
    names = {
        "immediate": _("immediate"),
        "between": _("not yet durable"),
        "durable": _("durable"),
        "unknown": _("not known"),
    }
    return {"name": names[key], "said": spoken(said_of_outcome(key)), "tone": _OUTCOME_TAGS[key]}
