"""The record of a sealed session: what was planned beside what was done, and what was added later."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from corneum.clinic.treatments import queries
from corneum.clinic.treatments.next_session import sessions_of
from corneum.clinic.treatments.present import checks
from corneum.clinic.treatments.present.words import END_POINTS, KINDS, POINTS, REACTIONS, SETTINGS, Word, clock
from corneum.clinic.treatments.situation import Situation
from corneum.clinic.treatments.state import Tap, ZoneState
from corneum.clinic.treatments.zones import Line, Planned, lines
from corneum.clinic.ui.reading import plain, reads


@dataclass(frozen=True)
class ZoneRecord:
    """One zone of a record."""

    planned: Planned
    zone: ZoneState
    title: str
    settings: tuple[tuple[Word, Line], ...]
    end_point: Word
    reactions: str
    time: str


@dataclass(frozen=True)
class TapLine:
    """One tap of the record, in words."""

    tap: Tap
    what: Word
    where: str
    said: str
    retracted: bool
    why: str


def record(found: Situation) -> dict[str, Any]:
    """Return what the page of a sealed session shows."""
    state = found.state
    taps = queries.taps_of(found.session.pk)
    amendments = list(found.session.amendments.select_related("by"))
    return {
        "session": found.session,
        "state": state,
        "sessions": sessions_of(found.session.plan),
        "zones": [_zone(found, planned) for planned in found.planned if state.zone(planned.zone).touched],
        "untouched": checks.site_titles(one.zone for one in found.planned if not state.zone(one.zone).touched),
        "verdicts": checks.kept_verdicts(found),
        "points": [(POINTS[name], one) for name, one in state.checks.items()],
        "amendments": [(one, checks.site_titles([one.zone]) if one.zone else "") for one in amendments],
        "amended": {one.zone for one in amendments},
        "total": clock(state.seconds()),
        "taps": [_tap(tap, found) for tap in taps],
    }


def _zone(found: Situation, planned: Planned) -> ZoneRecord:
    zone = found.zone(planned.zone)
    return ZoneRecord(
        planned=planned,
        zone=zone,
        title=checks.site_titles([planned.zone]),
        settings=tuple((SETTINGS[line.name], line) for line in lines(planned, zone)),
        end_point=END_POINTS.get(zone.end_point, ""),
        reactions=", ".join(str(REACTIONS[word]) for word in zone.reactions),
        time=clock(zone.seconds),
    )


def _tap(tap: Tap, found: Situation) -> TapLine:
    retracted = found.state.retracted
    return TapLine(
        tap=tap,
        what=KINDS.get(tap.kind, tap.kind),
        where=checks.site_titles([tap.zone]) if tap.zone else "",
        said=_said(tap),
        retracted=tap.id in retracted,
        why=retracted.get(tap.id, ""),
    )


def _said(tap: Tap) -> str:
    value = tap.value
    match tap.kind:
        case "answers":
            return "; ".join(f"{name}: {_plain(one)}" for name, one in value["answers"].items())
        case "setting":
            return f"{SETTINGS[value['name']]} {reads(value['given'])}" + _why(value)
        case "end_point":
            return str(END_POINTS.get(value["word"], _("taken off")))
        case "comfort":
            return str(_("taken off") if value["number"] is None else value["number"])
        case "reaction":
            return f"{REACTIONS[value['word']]}: {_('yes') if value['on'] else _('no')}"
        case "check":
            return f"{POINTS[value['name']]}: {_('yes') if value['on'] else _('no')}" + _why(value)
        case "asked" | "overridden":
            return ", ".join(str(value[key]) for key in ("rule", "who", "said", "why") if key in value)
        case "lot":
            return f"{value['item']}, {value['number']}: {value['amount']}"
        case "timer" | "finished":
            return _("yes") if value["on"] else _("no")
    return str(value.get("number", value.get("text", value.get("why", ""))))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return checks.site_titles(value) or _("nowhere")
    return plain(value) if isinstance(value, float) else str(value)


def _why(value: Any) -> str:
    return f" ({value['why']})" if value.get("why") else ""
