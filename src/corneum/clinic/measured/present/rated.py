"""The pages of a blinded rating. What a rater reads holds no date, no order and no identifier of a photograph."""

import math
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from corneum.clinic.accounts.models import User
from corneum.clinic.measured import queries, rating
from corneum.clinic.measured.models import Rating, RatingSheet
from corneum.clinic.measured.present.words import day_of, sight_title
from corneum.clinic.measured.queries import Sight
from corneum.clinic.photos.models import Photo
from corneum.imaging.rating import GAIS, Scored


def beginning(sights: Sequence[Sight]) -> dict[str, Any]:
    """Return what a rating of these views would show."""
    pairs = rating.pairs_of(sights)
    return {
        "pairs": len(pairs),
        "shams": rating.shams_of(pairs),
        "sights": [(one.key, sight_title(one), len(rating.pairs_of([one]))) for one in sights],
    }


def shown_pair(found: Rating, number: int, sheet: RatingSheet | None) -> dict[str, Any]:
    """Return one pair as a rater sees it."""
    said = {} if sheet is None else sheet.answers.get(str(number), {})
    picked = (said.get("better"), said.get("label"))
    return {
        "number": number,
        "length": found.length,
        "before": number - 1 or None,
        "after": number + 1 if number < found.length else None,
        "left": _address(found, number, "left"),
        "right": _address(found, number, "right"),
        "choices": [
            {"value": place, "side": side, "label": _label(side, label), "on": (side, label) == picked}
            for place, (side, label) in enumerate(rating.CHOICES)
        ],
    }


def sheet_state(found: Rating, reader: User) -> dict[str, Any]:
    """Return how far a reader's own answers are, and how many have handed in."""
    sheets = list(found.sheets.select_related("rater"))
    own = next((sheet for sheet in sheets if sheet.rater_id == reader.pk), None)
    answered = set() if own is None else {int(number) for number in own.answers}
    return {
        "own": own,
        "answered": len(answered),
        "numbers": [(number, number in answered) for number in range(1, found.length + 1)],
        "next": next((number for number in range(1, found.length + 1) if number not in answered), None),
        "handed_in": [sheet.rater.name for sheet in sheets if sheet.ended_at is not None],
        "begun": [sheet.rater.name for sheet in sheets if sheet.ended_at is None],
    }


def result(found: Rating) -> dict[str, Any]:
    """Return what the raters said, with the order told."""
    scored = rating.score(found)
    if scored is None:
        return {}
    by_id = {str(photo.pk): photo for photo in queries.rated_photos(found)}
    sheets = list(found.sheets.filter(ended_at__isnull=False).select_related("rater"))
    return {
        "raters": [sheet.rater.name for sheet in sheets],
        "labels": [(GAIS[key], scored.labels[key], scored.sham_labels[key]) for key in GAIS],
        "has_shams": any(scored.sham_labels.values()),
        "sham": _sham(scored),
        "agreement": _agreement(scored),
        "items": [
            {
                "number": item.number,
                "sham": item.sham,
                "left": _day(by_id.get(item.left)),
                "right": _day(by_id.get(item.right)),
                "said": [_said(sheet, item.number) for sheet in sheets],
            }
            for item in rating.drawing_of(found).items
        ],
    }


def _address(found: Rating, number: int, side: str) -> str:
    return reverse("measured:rating_picture", args=[found.client_id, found.pk, number, side])


def _label(side: str, label: str) -> str:
    return _(GAIS[label]) if side != "neither" else _("no change")


def _said(sheet: RatingSheet, number: int) -> str:
    said = sheet.answers[str(number)]
    if said["better"] == "neither":
        return _("no change")
    side = _("left") if said["better"] == "left" else _("right")
    return f"{side}: {_(GAIS[said['label']])}"


def _day(photo: Photo | None) -> str:
    return "–" if photo is None else day_of(photo)


def _sham(scored: Scored) -> str:
    if math.isnan(scored.sham_changed_share):
        return ""
    return _("%(share)s %% of the answers on sham pairs called a change (95 %% interval %(low)s to %(high)s %%).") % {
        "share": _percent(scored.sham_changed_share),
        "low": _percent(scored.sham_low),
        "high": _percent(scored.sham_high),
    }


def _agreement(scored: Scored) -> str:
    found = scored.agreement
    if scored.raters < 2:
        return _("One rater: agreement needs two.")
    same = _("Two raters gave the same label to %(share)s %% of the pairs.") % {"share": _percent(found.same_share)}
    if math.isnan(found.kappa):
        return same
    kappa = {name: number_format(getattr(found, name), 2) for name in ("kappa", "low", "high")}
    return f"{same} " + _("Weighted kappa %(kappa)s (95 %% interval %(low)s to %(high)s).") % kappa


def _percent(share: float) -> str:
    return str(number_format(100 * share, 0))
