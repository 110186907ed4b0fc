"""Settings of a zone: planned, last time's, and today's; what is a step up, and from what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corneum.clinic.treatments.state import Changed, ZoneState
from corneum.evidence import load_evidence
from corneum.units import Quantity, UnitError, parse_quantity

# Which way a setting works harder on the skin: a slower hand stays longer on each place.
_HARDER = {"vacuum": 1, "flow": 1, "grit": 1, "speed": -1}


class OtherUnitError(ValueError):
    """A setting was given in a unit of something else."""


@dataclass(frozen=True)
class Planned:
    """What is planned for one zone, and what was done there last time.

    Parameters
    ----------
    zone, title
        Body site.
    device, label
        Device by its name in the catalogue, and as the clinic calls it.
    settings
        Planned, as read.
    passes
        Planned number.
    end_point
        When to stop, in words.
    minutes
        That the strokes take.
    last
        Last time's settings on the same device; empty for a first time.
    last_passes
        Last time's number; None for a first time.
    last_bled
        Whether the skin bled there.
    """

    zone: str
    title: str
    device: str
    label: str
    settings: Mapping[str, Quantity]
    passes: int
    end_point: str = ""
    minutes: float = 0.0
    last: Mapping[str, Quantity] = field(default_factory=dict)
    last_passes: int | None = None
    last_bled: bool = False

    def start(self, name: str) -> Quantity | None:
        """Return where a setting starts: last time's or the planned one, whichever is milder."""
        planned, last = self.settings.get(name), self.last.get(name)
        if planned is None or last is None:
            return planned or last
        return last if harder(name, planned, last) else planned

    @property
    def start_passes(self) -> int:
        """Up to how many passes need no reason."""
        return self.passes if self.last_passes is None else min(self.passes, self.last_passes)


@dataclass(frozen=True)
class Line:
    """One setting for the page.

    Parameters
    ----------
    name
        Of the setting.
    planned, last, now
        As read; None where there is none.
    why
        Why it was raised.
    """

    name: str
    planned: Quantity | None
    last: Quantity | None
    now: Quantity | None
    why: str = ""

    @property
    def differs(self) -> bool:
        """Whether it is not what was planned."""
        return _differ(self.planned, self.now)

    @property
    def differs_from_last(self) -> bool:
        """Whether it is not what it was last time."""
        return self.last is not None and _differ(self.last, self.now)


def planned_zone(raw: Mapping[str, Any], carried: Mapping[str, Any]) -> Planned:
    """Return a zone from what a session keeps of its plan and of last time."""
    before = carried.get(raw["zone"], {})
    same = before.get("label") == raw["label"]
    return Planned(
        zone=raw["zone"],
        title=raw["title"],
        device=raw["device"],
        label=raw["label"],
        settings={name: parse_quantity(text) for name, text in raw["settings"].items()},
        passes=raw["passes"],
        end_point=raw["end_point"],
        minutes=raw["minutes"],
        last={name: parse_quantity(text) for name, text in before.get("settings", {}).items()} if same else {},
        last_passes=before.get("passes"),
        last_bled=bool(before.get("bled")),
    )


def harder(name: str, given: Quantity, than: Quantity) -> bool:
    """Return whether a setting works harder on the skin than another.

    Raises
    ------
    OtherUnitError
        If they are not of one kind.
    """
    try:
        now = abs(given.to(than.unit))
    except UnitError as error:
        raise OtherUnitError(f"{given} cannot be compared with {than}") from error
    before = abs(than.value)
    # A setting that was only written in another unit is not a step.
    return _HARDER[name] * (now - before) > 1e-6 * before


def lines(planned: Planned, zone: ZoneState) -> tuple[Line, ...]:
    """Return the settings of a zone as they stand."""
    names = [name for name in _HARDER if name in planned.settings or name in planned.last or name in zone.settings]
    found = []
    for name in names:
        changed = zone.settings.get(name, Changed(""))
        now = parse_quantity(changed.given) if changed.given else planned.start(name)
        found.append(Line(name, planned.settings.get(name), planned.last.get(name), now, changed.why))
    return tuple(found)


def most_passes() -> int:
    """Return how many passes over one zone a session may have.

    References
    ----------
    Rule ``treatment.passes.cap`` (PR-011).
    """
    return int(load_evidence().rule("treatment.passes.cap").value or 0)


def _differ(one: Quantity | None, other: Quantity | None) -> bool:
    if one is None or other is None:
        return one is not other
    try:
        return abs(one.to(other.unit) - other.value) > 1e-6 * abs(other.value)
    except UnitError:
        return True
