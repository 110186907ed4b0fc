"""The page of an open session: checks, room, zones, closing list, each as the template needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corneum.clinic.plans.present.grounds import told_setting
from corneum.clinic.stock.models import Lot
from corneum.clinic.stock.queries import overdue
from corneum.clinic.treatments.allowed import begin_can_be_taken_back
from corneum.clinic.treatments.next_session import sessions_of
from corneum.clinic.treatments.present import checks
from corneum.clinic.treatments.present.words import (
    END_POINTS,
    POINTS,
    REACTIONS,
    REASONS,
    SETTINGS,
    Word,
    clock,
    consents,
)
from corneum.clinic.treatments.situation import STOPPING, Point, Situation
from corneum.clinic.treatments.state import ZoneState, running_seconds
from corneum.clinic.treatments.zones import Line, Planned, lines, most_passes
from corneum.clinic.ui.reading import converted, factor_of, places, plain, reader_unit, reads
from corneum.clinic.ui.told import Told
from corneum.evidence import load_evidence
from corneum.lesions.exclusions import Exclusion
from corneum.reports.numbers import unit_text


@dataclass(frozen=True)
class Button:
    """Something to tap: what it says, what stands on it, and whether it is down."""

    tap: str
    text: Word
    down: bool = False


@dataclass(frozen=True)
class SettingLine:
    """A setting on the page.

    Parameters
    ----------
    line
        Planned, last and now.
    title
        In words.
    value, unit
        Now, as read, for the field.
    tap
        What saving says; the field is added.
    factor
        By which a pressure is read in the reader's own unit; empty where that is the gauge's.
    beside
        The value in that unit.
    planned
        What was planned, with what it rests on; None where nothing was.
    """

    line: Line
    title: Word
    value: str
    unit: str
    tap: str
    factor: str = ""
    beside: str = ""
    planned: Told | None = None

    @property
    def unit_said(self) -> str:
        """The unit as people write it."""
        return unit_text(self.unit)

    @property
    def reader(self) -> str:
        """The reader's unit of pressure."""
        return reader_unit()

    @property
    def places(self) -> int:
        """Decimals that a pressure has in it."""
        return places()


@dataclass(frozen=True)
class ZoneCard:
    """One zone on the page."""

    planned: Planned
    zone: ZoneState
    title: str
    blocked: bool
    stopped: str
    row: str
    settings: tuple[SettingLine, ...]
    end_points: tuple[Button, ...]
    comfort: tuple[Button, ...]
    reactions: tuple[Button, ...]
    cap: int
    seconds: float
    planned_passes: Told
    marks: tuple[Exclusion, ...] = ()

    @property
    def name(self) -> str:
        """Of the zone."""
        return self.planned.zone

    @property
    def passes(self) -> int:
        """How many there were."""
        return len(self.zone.passes)

    @property
    def last_pass(self) -> UUID | None:
        """The tap of the last pass, to take it back."""
        return self.zone.passes[-1] if self.zone.passes else None

    @property
    def free(self) -> int:
        """Up to how many passes need no reason."""
        return self.planned.start_passes

    @property
    def open(self) -> bool:
        """Whether a pass may be tapped."""
        return not (self.blocked or self.stopped or self.zone.closed or self.zone.finished) and self.passes < self.cap

    @property
    def needs_reason(self) -> bool:
        """Whether the next pass is a step up."""
        return self.passes >= self.free

    @property
    def set_so(self) -> str:
        """What is set now, in one line."""
        return ", ".join(reads(one.line.now) for one in self.settings if one.line.now is not None)

    @property
    def differs(self) -> bool:
        """Whether a setting is not what was planned."""
        return any(one.line.differs for one in self.settings)

    @property
    def differs_from_last(self) -> bool:
        """Whether a setting is not what it was last time."""
        return any(one.line.differs_from_last for one in self.settings)

    @property
    def time(self) -> str:
        """Time on the skin."""
        return clock(self.seconds)

    @property
    def since(self) -> str:
        """Since when the timer runs, for the page's own clock."""
        return self.zone.running_since.isoformat() if self.zone.running_since else ""


@dataclass(frozen=True)
class PointLine:
    """A point of the closing list on the page; ``said`` where somebody tapped it, so that it can be taken back."""

    point: Point
    title: Word
    missing: str
    tap: str
    untap: str
    said: bool


def board(now: Situation, at: datetime, lots: list[Lot], *, may_override: bool) -> dict[str, Any]:
    """Return what the page of an open session shows.

    Parameters
    ----------
    now
        How it stands.
    at
        The moment of the page.
    lots
        Of which something may be opened.
    may_override
        Whether the table of permissions lets this person override a rule.
    """
    begun = now.state.begun_at is not None
    groups, room = checks.groups(now), checks.room(now)
    open_checks, open_room = sum(group.open for group in groups), sum(not line.done for line in room)
    verdicts = checks.verdicts(now)
    cards = tuple(_card(now, planned, at) for planned in now.planned)
    return {
        "session": now.session,
        "state": now.state,
        "begun": begun,
        "begin_back": begin_can_be_taken_back(now.state, at),
        "sessions": sessions_of(now.session.plan),
        "groups": groups,
        "room": room,
        "overdue": overdue({planned.label for planned in now.planned}, timezone.localdate(at)),
        "verdicts": verdicts,
        "standing_against": sum(one.standing.blocks or one.standing.waits for one in verdicts),
        "open_checks": open_checks,
        "open_room": open_room,
        "lots": lots,
        "against": () if begun else checks.standing_against(now.against),
        "has_consent": now.has_consent,
        "consent_missing": consents(now.missing_consent),
        "consent_withdrawn": consents(now.withdrawn_consent),
        "may_begin": now.may_begin,
        "may_override": may_override,
        "cards": cards,
        "reasons": REASONS,
        "points": tuple(_point(point, now) for point in now.points),
        "can_be_signed": now.can_be_signed,
        "total": clock(sum(card.seconds for card in cards)),
        "total_seconds": round(sum(card.zone.seconds for card in cards)),
        "stop_text": load_evidence().rule("treatment.end_point").text,
        "cap_text": load_evidence().rule("treatment.passes.cap").text,
        "fresh_id": uuid4(),
        "at": timezone.localtime(at),
    }


def _card(now: Situation, planned: Planned, at: datetime) -> ZoneCard:
    zone, name = now.zone(planned.zone), planned.zone
    stopped = now.stopped_by(name)
    return ZoneCard(
        planned=planned,
        zone=zone,
        title=checks.site_titles([name]),
        blocked=not now.may_treat(name),
        stopped=str(REACTIONS[stopped]) if stopped else "",
        row=STOPPING.get(stopped, ""),
        settings=tuple(_setting(planned, line) for line in lines(planned, zone)),
        end_points=_buttons("end_point", name, END_POINTS, zone.end_point),
        comfort=tuple(
            Button(_tap("comfort", name, number=number), str(number), zone.comfort == number) for number in range(11)
        ),
        reactions=tuple(
            Button(_tap("reaction", name, word=word, on=int(word not in zone.reactions)), text, word in zone.reactions)
            for word, text in REACTIONS.items()
        ),
        cap=most_passes(),
        seconds=running_seconds(zone, at),
        planned_passes=_told(planned, "passes", _planned_passes(planned.passes), _("Passes")),
        marks=now.marks_on(name),
    )


def _told(planned: Planned, name: str, said: str, title: Word) -> Told:
    return told_setting(name, said, title, zone=planned.zone, device=planned.device)


def _planned_passes(count: int) -> str:
    return ngettext("/ %(count)s pass planned", "/ %(count)s passes planned", count) % {"count": count}


def _setting(planned: Planned, line: Line) -> SettingLine:
    now, title = line.now, SETTINGS[line.name]
    factor = None if now is None else factor_of(now.unit)
    return SettingLine(
        line=line,
        title=title,
        value="" if now is None else plain(now.value),
        unit="" if now is None else now.unit,
        tap=_tap("setting", planned.zone, name=line.name),
        factor="" if factor is None else f"{factor:.6g}",
        beside="" if now is None else converted(now),
        planned=None if line.planned is None else _told(planned, line.name, reads(line.planned), title),
    )


def _buttons(kind: str, zone: str, words: Mapping[str, Word], chosen: str) -> tuple[Button, ...]:
    return tuple(Button(_tap(kind, zone, word=word), text, word == chosen) for word, text in words.items())


def _tap(kind: str, zone: str, **value: Any) -> str:
    return urlencode({"kind": kind, "zone": zone, **value})


def _point(point: Point, now: Situation) -> PointLine:
    if point.name == "consent":
        missing = consents(point.open)
        missing = _("missing: %(kinds)s") % {"kinds": missing} if missing else ""
    else:
        missing = _("open: %(zones)s") % {"zones": checks.site_titles(point.open)} if point.open else ""
    on = urlencode({"kind": "check", "name": point.name, "on": 1, "at": "finish"})
    off = urlencode({"kind": "check", "name": point.name, "on": 0, "at": "finish"})
    tapped = now.state.checks.get(point.name)
    said = tapped is not None and (tapped.on or bool(tapped.why))
    return PointLine(point, POINTS[point.name], missing, on, off, said)
