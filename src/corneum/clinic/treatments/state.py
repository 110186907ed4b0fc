"""What a session has come to: the fold of its taps, the same whatever their order of arrival and however often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

_NONE: Mapping[str, Any] = MappingProxyType({})
CHECKS = ("photographs", "consent", "lots", "settings", "aftercare", "note")
"""What is confirmed at the end, each with one tap."""


@dataclass(frozen=True)
class Tap:
    """One tap, as it is kept.

    Parameters
    ----------
    id
        Made where it was tapped.
    number
        Order in which the clinic kept them.
    kind
        One of `corneum.clinic.treatments.taps.KINDS`.
    zone
        Where; empty for the session as a whole.
    value
        What.
    at
        When it was tapped.
    by
        Name of who tapped.
    """

    id: UUID
    number: int
    kind: str
    zone: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    at: datetime = datetime.min
    by: str = ""


@dataclass(frozen=True)
class Said:
    """A word that lets a rule pass: whose it is, what it was, who wrote it down, and the tap."""

    who: str
    said: str
    by: str
    entry: UUID


@dataclass(frozen=True)
class Changed:
    """A setting as it is now, as read, and why it was raised."""

    given: str
    why: str = ""


@dataclass(frozen=True)
class LotUsed:
    """A lot that was opened.

    Parameters
    ----------
    entry
        The tap.
    lot, item, number
        Which.
    amount, unit
        How much of it.
    kind
        Tip, crystals or other.
    """

    entry: UUID
    lot: UUID
    item: str
    number: str
    amount: int
    unit: str
    kind: str


@dataclass(frozen=True)
class Confirmed:
    """A point of the closing list: done, or not and why."""

    on: bool
    why: str = ""


@dataclass(frozen=True)
class ZoneState:
    """What was done to one zone.

    Parameters
    ----------
    passes
        Taps of the passes that count, in order.
    reasons
        Why there were more passes than planned.
    settings
        Those that were changed, by name.
    end_point
        Word of the end point, or empty.
    comfort
        0 to 10, or None.
    reactions
        Words of what was seen.
    bleeding
        The tap of a pinpoint of blood, which closes the zone; None for none.
    finished
        Whether it was declared done.
    seconds, running_since
        Time on the skin so far, and since when it runs; None while it stands.
    """

    passes: tuple[UUID, ...] = ()
    reasons: tuple[str, ...] = ()
    settings: Mapping[str, Changed] = field(default_factory=dict)
    end_point: str = ""
    comfort: int | None = None
    reactions: tuple[str, ...] = ()
    bleeding: UUID | None = None
    finished: bool = False
    seconds: float = 0.0
    running_since: datetime | None = None

    @property
    def closed(self) -> bool:
        """Whether nothing more is done here."""
        return self.bleeding is not None

    @property
    def touched(self) -> bool:
        """Whether the handpiece was on it."""
        return bool(self.passes) or self.bleeding is not None


@dataclass(frozen=True)
class SessionState:
    """What a session has come to.

    Parameters
    ----------
    answers
        Answer by question of the day.
    asked, overridden
        By rule: who was asked, and a clinician's override.
    begun_at, begun_by
        When the first zone could be touched, and the tap that said so; None before.
    lots
        That were opened and not put back.
    zones
        By name; a zone that nobody tapped is not in it.
    checks
        Of the closing list.
    note
        The last note.
    retracted
        Taps that were taken back, with the reason where one was given.
    taps
        How many taps there are.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Said] = field(default_factory=dict)
    overridden: Mapping[str, Said] = field(default_factory=dict)
    begun_at: datetime | None = None
    begun_by: UUID | None = None
    lots: tuple[LotUsed, ...] = ()
    zones: Mapping[str, ZoneState] = field(default_factory=dict)
    checks: Mapping[str, Confirmed] = field(default_factory=dict)
    note: str = ""
    retracted: Mapping[UUID, str] = field(default_factory=dict)
    taps: int = 0

    def zone(self, name: str) -> ZoneState:
        """Return what was done to a zone; nothing yet, where nobody tapped."""
        return self.zones.get(name, ZoneState())

    @property
    def touched(self) -> tuple[str, ...]:
        """Zones that the handpiece was on."""
        return tuple(name for name, zone in self.zones.items() if zone.touched)

    @property
    def applied(self) -> bool:
        """Whether anything was done on the skin: a pass, a bleeding, or a timer that ran."""
        return any(zone.touched or zone.seconds or zone.running_since for zone in self.zones.values())

    def seconds(self, until: datetime | None = None) -> float:
        """Return the time on the skin of all zones, those that still run counted until a moment."""
        return sum(running_seconds(zone, until) for zone in self.zones.values())


def running_seconds(zone: ZoneState, until: datetime | None) -> float:
    """Return the time on the skin of a zone, counted until a moment while it runs."""
    if zone.running_since is None or until is None:
        return zone.seconds
    return zone.seconds + max(0.0, (until - zone.running_since).total_seconds())


def state_of(taps: Iterable[Tap]) -> SessionState:
    """Return what taps come to.

    A tap that is there more than once counts once; their order is that of their numbers, whatever order they
    are given in. What was taken back does not count, and stays named.

    Parameters
    ----------
    taps
        Of one session.
    """
    kept = sorted({tap.id: tap for tap in taps}.values(), key=lambda tap: (tap.number, tap.id.int))
    retracted = {UUID(tap.value["entry"]): tap.value.get("why", "") for tap in kept if tap.kind == "undo"}
    state = SessionState(retracted=retracted, taps=len(kept))
    for tap in kept:
        if tap.id not in retracted and tap.kind != "undo":
            state = _after(state, tap)
    return state


def _after(state: SessionState, tap: Tap) -> SessionState:
    value = tap.value
    match tap.kind:
        case "answers":
            return replace(state, answers={**state.answers, **value["answers"]})
        case "asked":
            said = Said(value["who"], value["said"], tap.by, tap.id)
            return replace(state, asked={**state.asked, value["rule"]: said})
        case "overridden":
            said = Said(tap.by, value["why"], tap.by, tap.id)
            return replace(state, overridden={**state.overridden, value["rule"]: said})
        case "begun":
            return replace(state, begun_at=state.begun_at or tap.at, begun_by=state.begun_by or tap.id)
        case "lot":
            used = LotUsed(
                tap.id, UUID(value["lot"]), *(value[key] for key in ("item", "number", "amount", "unit", "kind"))
            )
            return replace(state, lots=(*state.lots, used))
        case "check":
            return replace(state, checks={**state.checks, value["name"]: Confirmed(value["on"], value.get("why", ""))})
        case "note":
            return replace(state, note=value["text"])
        case _:
            zone = _zone_after(state.zone(tap.zone), tap, value)
            return replace(state, zones={**state.zones, tap.zone: zone})


def _zone_after(zone: ZoneState, tap: Tap, value: Mapping[str, Any]) -> ZoneState:
    match tap.kind:
        case "pass":
            why = value.get("why", "")
            return replace(zone, passes=(*zone.passes, tap.id), reasons=(*zone.reasons, *([why] if why else [])))
        case "setting":
            changed = Changed(value["given"], value.get("why", ""))
            return replace(zone, settings={**zone.settings, value["name"]: changed})
        case "end_point":
            return replace(zone, end_point=value["word"])
        case "comfort":
            return replace(zone, comfort=value["number"])
        case "reaction":
            others = tuple(word for word in zone.reactions if word != value["word"])
            return replace(zone, reactions=(*others, value["word"]) if value["on"] else others)
        case "bleeding":
            return replace(_stopped(zone, tap.at), bleeding=zone.bleeding or tap.id)
        case "finished":
            return replace(_stopped(zone, tap.at) if value["on"] else zone, finished=value["on"])
        case "timer":
            running = replace(zone, running_since=zone.running_since or tap.at)
            return running if value["on"] else _stopped(zone, tap.at)
    return zone


def _stopped(zone: ZoneState, at: datetime) -> ZoneState:
    return replace(zone, seconds=running_seconds(zone, at), running_since=None)
