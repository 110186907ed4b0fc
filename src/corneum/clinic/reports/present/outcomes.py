"""The outcomes of a year as tables, figures and files: what is hidden in the table is hidden in all of them."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from corneum.clinic.treatments.models import Kind, Severity
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.told import Told as Number
from corneum.clinic.ui.told import cited
from corneum.clinic.visits.models import RecallKind
from corneum.course.suitability import load_suitability
from corneum.evidence import load_evidence
from corneum.imaging.indices import INDICES

COURSES: Mapping[str, str | Promise] = {
    "finished": _lazy("every planned session done"),
    "stopped": _lazy("stopped at the review"),
    "going_on": _lazy("going on"),
    "ended": _lazy("no session for 12 weeks"),
}
OVERRIDES: Mapping[str, str | Promise] = {
    "record": _lazy("at the consultation"),
    "day": _lazy("on the day of treatment"),
}
_WIDTH, _LEFT, _ROW, _REACH = 420.0, 150.0, 34.0, 3.0


@dataclass(frozen=True)
class Told:
    """A number of people as it is shown: in words where it is hidden."""

    text: str
    people: int | None
    hidden: bool


@dataclass(frozen=True)
class Bar:
    """A row of a figure: its name, the length of its bar in px, and what is written at its end."""

    name: str
    y: float
    width: float
    told: Told


@dataclass(frozen=True)
class Whisker:
    """A row of the figure of changes, in px: mean and 95 % interval in multiples of what one pair can show."""

    name: str
    y: float
    mean: float
    low: float
    high: float
    cut: bool


@dataclass(frozen=True)
class ChangeLine:
    """A row of the table of changes; the mean tells, when it is tapped, what it rests on."""

    concern: str
    index: str
    people: Told
    beyond: Told
    within: Told
    mean: Number | None
    interval: str
    error: str


def told(raw: Mapping[str, Any], fewest: int) -> Told:
    """Return a number of people in words."""
    if raw["people"] is not None:
        return Told(str(number_format(raw["people"], force_grouping=True)), raw["people"], False)
    said = _("fewer than %(count)s") % {"count": fewest} if raw["few"] else _("not shown")
    return Told(said, None, True)


def page(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page of a year's outcomes shows."""
    few = table["fewest"]
    courses = {name: told(table["courses"][name], few) for name in COURSES}
    recalls = [(RecallKind(kind).label, told(raw, few)) for kind, raw in table["recalls"].items()]
    return {
        "people": told(table["people"], few),
        "sessions": table["sessions"],
        "begun": told(table["courses"]["begun"], few),
        "courses": [(COURSES[name], one) for name, one in courses.items()],
        "course_bars": _bars([(str(COURSES[name]), one) for name, one in courses.items()]),
        "severities": [Severity(key) for key in _severities(table)],
        "reactions": [_reaction(raw, table) for raw in table["reactions"]],
        "changes": [_change(raw, few) for raw in table["changes"]],
        "whiskers": _whiskers(table["changes"]),
        "overrides": [
            (OVERRIDES[name], told(raw["people"], few), raw["times"]) for name, raw in table["overrides"].items()
        ],
        "recalls": recalls,
        "fewest": few,
        "nothing": table["people"]["people"] == 0,
    }


def csv_of(table: Mapping[str, Any]) -> str:
    """Return the outcomes as a table of text: one line for each number."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(("year", "table", "what", "detail", "people", "value", "low", "high", "unit"))
    for line in _lines(table):
        lines.writerow((table["year"], *line))
    return written.getvalue()


def _lines(table: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    def people(raw: Mapping[str, Any]) -> str:
        if raw["people"] is not None:
            return str(raw["people"])
        return f"<{table['fewest']}" if raw["few"] else "hidden"

    yield "clinic", "clients with a session", "", people(table["people"]), "", "", "", ""
    sessions = "hidden" if table["sessions"] is None else table["sessions"]
    yield "clinic", "sessions", "", people(table["people"]), sessions, "", "", "sessions"
    for name, raw in table["courses"].items():
        yield "courses", name, "", people(raw), "", "", "", ""
    for one in table["reactions"]:
        yield "reactions", one["kind"], "", people(one["people"]), "", "", "", ""
        for severity, raw in one["severities"].items():
            yield "reactions", one["kind"], f"CTCAE grade {severity}", people(raw), "", "", "", ""
    for one in table["changes"]:
        numbers = (one["mean"], one["low"], one["high"], one["unit"]) if one["mean"] is not None else ("", "", "", "")
        yield "changes", one["concern"], one["index"], people(one["people"]), *numbers
        for part in ("beyond", "within"):
            yield "changes", one["concern"], f"{part} noise", people(one[part]), "", "", "", ""
    for where, raw in table["overrides"].items():
        times = "hidden" if raw["times"] is None else raw["times"]
        yield "overrides of a stop", where, "", people(raw["people"]), times, "", "", "times"
    for kind, raw in table["recalls"].items():
        yield "recalls due", kind, "", people(raw), "", "", "", ""


def _severities(table: Mapping[str, Any]) -> list[str]:
    return sorted({severity for one in table["reactions"] for severity in one["severities"]})


def _reaction(raw: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    nobody = Told("–", 0, False)
    cells = {key: told(one, table["fewest"]) for key, one in raw["severities"].items()}
    return {
        "kind": Kind(raw["kind"]).label,
        "people": told(raw["people"], table["fewest"]),
        "severities": [cells.get(key, nobody) for key in _severities(table)],
    }


def _change(raw: Mapping[str, Any], few: int) -> ChangeLine:
    mean, interval, error = None, "", ""
    if raw["mean"] is not None:
        unit = raw["unit"]
        mean = _mean(raw["index"], f"{_signed(raw['mean'])} {unit}")
        interval = _("%(low)s to %(high)s") % {"low": _signed(raw["low"]), "high": _signed(raw["high"])}
        error = f"± {_signed(raw['error']).lstrip('+')} {unit}"
    return ChangeLine(
        concern=spoken(load_suitability().concern(raw["concern"]).title),
        index=spoken(INDICES[raw["index"]].title),
        people=told(raw["people"], few),
        beyond=told(raw["beyond"], few),
        within=told(raw["within"], few),
        mean=mean,
        interval=interval,
        error=error,
    )


def _mean(index: str, said: str) -> Number:
    found, book = INDICES[index], load_evidence()
    source = book.numbers[found.source].source if found.source in book.numbers else found.source
    why = _(
        "Mean over these people; the interval is that of the mean (95 %%, Student's t). What one pair can show is the "
        "error of a single person's pair: light, focus, pose and repeatability. Formula: %(formula)s"
    ) % {"formula": spoken(found.formula)}
    return Number(spoken(found.title), said, why, (cited(source),) if source else (), index)


def _bars(rows: list[tuple[str, Told]]) -> list[Bar]:
    most = max((one.people or 0 for _name, one in rows), default=0) or 1
    room = _WIDTH - _LEFT - 110
    return [
        Bar(name, place * _ROW, round(room * (one.people or 0) / most, 1), one)
        for place, (name, one) in enumerate(rows)
    ]


def _whiskers(rows: list[Mapping[str, Any]]) -> dict[str, Any] | None:
    some = [raw for raw in rows if raw["mean"] is not None and raw["error"]]
    if not some:
        return None
    middle, half = (_LEFT + _WIDTH) / 2, (_WIDTH - _LEFT) / 2 - 8

    def at(value: float) -> float:
        return round(middle + half * max(-_REACH, min(_REACH, value)) / _REACH, 1)

    return {
        "rows": [
            Whisker(
                name=spoken(load_suitability().concern(raw["concern"]).title),
                y=place * _ROW,
                mean=at(raw["mean"] / raw["error"]),
                low=at(raw["low"] / raw["error"]),
                high=at(raw["high"] / raw["error"]),
                cut=max(abs(raw["low"]), abs(raw["high"])) > _REACH * raw["error"],
            )
            for place, raw in enumerate(some)
        ],
        "height": len(some) * _ROW + 34,
        "foot": len(some) * _ROW,
        "ticks": [(at(value), f"{value:+g}".replace("-", "−") if value else "0") for value in (-3, -2, -1, 0, 1, 2, 3)],
        "noise": (at(-1), round(at(1) - at(-1), 1)),
    }


def _signed(value: float) -> str:
    places = 0 if abs(value) >= 10 else 1 if abs(value) >= 1 else 2
    said = str(number_format(abs(round(value, places)), places))
    return f"{'−' if value < 0 else '+'}{said}"
