"""What the pages of photographs show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from corneum.clinic.consent.models import PHOTOGRAPH_PURPOSES
from corneum.clinic.photos.models import Photo
from corneum.clinic.photos.queries import CHECKLIST, OF_SITE, may_show
from corneum.clinic.photos.words import GATES, HINTS, HOW, LIVE, RESULTS, VIEWS, Word, view_title
from corneum.clinic.ui.phrases import spoken
from corneum.imaging.gates import Look

_ORDER = {view: number for number, view in enumerate(VIEWS)}
_WORST = ("refuse", "correct")
_ADVISED = ("card", "scale", "detail", "pixels")
"""Gates that nearly every photograph of a plain camera misses: told on its page, not on its thumbnail."""


@dataclass(frozen=True)
class Line:
    """One gate as the page of a photograph shows it."""

    title: Word
    value: str
    limits: str
    tone: str
    result: Word
    advice: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A photograph in a grid.

    Parameters
    ----------
    photo, title
        Which.
    tone, said
        The worst that the gates say, as a class of the design and in words.
    shows
        Whether it may be shown.
    """

    photo: Photo
    title: str
    tone: str
    said: Word
    shows: bool


@dataclass(frozen=True)
class Day:
    """The photographs of one day, or of one visit."""

    day: date
    kind: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Slot:
    """One view of today's list, with its baseline and what was taken today."""

    view: str
    site: str
    title: str
    how: Word
    baseline: Card | None
    today: Card | None

    @property
    def is_first(self) -> bool:
        """Whether today's photograph is the baseline itself."""
        return self.baseline is not None and self.today is not None and self.baseline.photo.pk == self.today.photo.pk


@dataclass(frozen=True)
class Use:
    """One purpose of a photograph: whether it stands, and why not."""

    purpose: str
    title: Word
    stands: bool
    agreed: bool
    withheld: bool


def card(photo: Photo, in_force: frozenset[str]) -> Card:
    """Return a photograph for a grid."""
    tone, said = _verdict(photo)
    return Card(photo, view_title(photo.view, photo.site), tone, said, may_show(photo, "record", in_force))


def days(photos: Iterable[Photo], in_force: frozenset[str]) -> list[Day]:
    """Return photographs by the day on which they were taken, each day in the order of the views."""
    found: dict[date, list[Photo]] = {}
    for photo in photos:
        found.setdefault(timezone.localdate(photo.taken_at), []).append(photo)
    return [_day(day, some, in_force) for day, some in sorted(found.items(), reverse=True)]


def _day(day: date, photos: list[Photo], in_force: frozenset[str]) -> Day:
    visit = next((photo.visit for photo in photos if photo.visit is not None), None)
    ordered = sorted(photos, key=lambda photo: (_ORDER.get(photo.view, 99), photo.site, photo.taken_at))
    kind = "" if visit is None else visit.get_kind_display()
    return Day(day, kind, tuple(card(photo, in_force) for photo in ordered))


def checklist(
    baselines: Mapping[tuple[str, str], Photo], today: Mapping[tuple[str, str], Photo], in_force: frozenset[str]
) -> list[Slot]:
    """Return the views of the face and the sites that have a baseline, with what is there of today."""
    sites = sorted(key for key in {*baselines, *today} if key[0] in OF_SITE and key[1])
    return [
        Slot(
            view,
            site,
            view_title(view, site),
            HOW[view],
            card(baselines[view, site], in_force) if (view, site) in baselines else None,
            card(today[view, site], in_force) if (view, site) in today else None,
        )
        for view, site in [*((view, "") for view in CHECKLIST), *sites]
    ]


def next_slot(slots: Sequence[Slot], after: tuple[str, str]) -> Slot | None:
    """Return the next view of the list that is still to be taken, going round from one; None where none is left."""
    keys = [(slot.view, slot.site) for slot in slots]
    start = keys.index(after) + 1 if after in keys else 0
    return next((slot for slot in [*slots[start:], *slots[:start]] if slot.today is None), None)


def uses(photo: Photo, in_force: frozenset[str]) -> list[Use]:
    """Return each purpose of photographs with how it stands for this one."""
    return [
        Use(
            purpose.value,
            purpose.label,
            may_show(photo, purpose, in_force),
            purpose.value in in_force,
            purpose.value in photo.withheld,
        )
        for purpose in PHOTOGRAPH_PURPOSES
    ]


def gate_lines(photo: Photo) -> list[Line]:
    """Return what the gates said, those first that ask for something."""
    rank = {"refuse": 0, "correct": 1, "unknown": 3}
    gates = sorted(photo.check_result.get("gates", ()), key=lambda gate: rank.get(gate["result"], 2))
    return [_line(gate) for gate in gates]


def _line(gate: Mapping[str, Any]) -> Line:
    tone, result = RESULTS[gate["result"]]
    value, unit = gate["value"], gate["unit"]
    # A value in words says more than its number.
    told = spoken(gate["said"]) or ("" if value is None else f"{_number(value)} {spoken(unit)}".strip())
    return Line(
        GATES.get(gate["key"], gate["title"]),
        told,
        _limits(gate["low"], gate["high"], unit),
        tone,
        result,
        spoken(gate["advice"]),
        tuple(gate["sources"]),
    )


def _limits(low: float | None, high: float | None, unit: str) -> str:
    if low is not None and high is not None:
        return _("%(low)s to %(high)s %(unit)s") % {"low": _number(low), "high": _number(high), "unit": unit}
    if high is not None:
        return _("at most %(high)s %(unit)s") % {"high": _number(high), "unit": unit}
    return "" if low is None else _("at least %(low)s %(unit)s") % {"low": _number(low), "unit": unit}


def _number(value: float) -> str:
    return number_format(value, 0 if value == 0 or abs(value) >= 100 else 2 if abs(value) < 1 else 1)


def _verdict(photo: Photo) -> tuple[str, Word]:
    if not photo.check_result:
        return "", _("being checked")
    results = {gate["result"] for gate in photo.check_result["gates"] if gate["key"] not in _ADVISED}
    results |= {gate["result"] for gate in photo.check_result["gates"] if gate["result"] == "refuse"}
    worst = next((result for result in _WORST if result in results), "good")
    return RESULTS[worst]


def looked(look: Look) -> dict[str, Any]:
    """Return what a frame of the camera tells, as the page of the camera shows it."""
    return {
        "hint": str(HINTS[look.hint]),
        "good": not look.hint,
        "box": None if look.box is None else [round(one, 4) for one in look.box],
        "gates": [
            {
                "title": str(LIVE.get(gate.key, gate.title)),
                "tone": RESULTS[gate.result][0],
                "said": _live_value(gate.key, gate.value, gate.unit),
            }
            for gate in look.gates
        ],
    }


def _live_value(key: str, value: float, unit: str) -> str:
    if value != value or key == "face":
        return ""
    if unit == "deg":
        return f"{number_format(value, 0)}°"
    if unit in ("%", "x"):
        return f"{number_format(value, 0 if unit == '%' else 2)} {'%' if unit == '%' else '×'}"
    return ""


@dataclass(frozen=True)
class Sent:
    """What a client reads of a photograph that they sent."""

    at: datetime
    title: str
    tone: str
    said: Word
    why: str = field(default="")


def sent(photos: Iterable[Photo]) -> list[Sent]:
    """Return what a client sent and what became of it."""
    tones = {"waiting": "wait", "kept": "done"}
    words: dict[str, Word] = {"waiting": _("waits to be looked at"), "kept": _("in your file")}
    words["turned_down"] = _("not taken into your file")
    return [
        Sent(
            photo.added_at,
            view_title(photo.view, photo.site),
            "" if photo.removed_at else tones.get(photo.state, ""),
            _("removed") if photo.removed_at else words[photo.state],
            photo.review_note,
        )
        for photo in photos
    ]
