"""Two versions side by side: what differs between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corneum.clinic.plans.present import words
from corneum.clinic.plans.present.looked import numbers
from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import reads
from corneum.course import Plan, PlannedZone
from corneum.skin import SITES


@dataclass(frozen=True)
class Row:
    """One thing in both versions.

    Parameters
    ----------
    name, older, newer
        In words; empty where a version has none.
    """

    name: str
    older: str
    newer: str

    @property
    def differs(self) -> bool:
        """Whether they differ."""
        return self.older != self.newer


@dataclass(frozen=True)
class Part:
    """A zone, or the course as a whole.

    Parameters
    ----------
    title
        Which.
    rows
        What differs.
    """

    title: str
    rows: tuple[Row, ...]


def compared(older: Plan, newer: Plan) -> list[Part]:
    """Return what differs, the course first; parts in which nothing differs are left out."""
    parts = [Part(_("Course"), _rows(_course(older), _course(newer)))]
    zones = {zone.zone: spoken(zone.title) for plan in (newer, older) for zone in plan.zones}
    for zone, title in zones.items():
        parts.append(Part(title, _rows(_zone(older, zone), _zone(newer, zone))))
    return [part for part in parts if part.rows]


def _rows(older: dict[str, str], newer: dict[str, str]) -> tuple[Row, ...]:
    names = dict.fromkeys([*newer, *older])
    rows = (Row(name, older.get(name, ""), newer.get(name, "")) for name in names)
    return tuple(row for row in rows if row.differs)


def _course(plan: Plan) -> dict[str, str]:
    goals = (
        f"{spoken(goal.title)} ({spoken(SITES[goal.zone].title)}{_severity(goal.severity)})" for goal in plan.goals
    )
    return {
        _("Goals"): "; ".join(goals),
        _("Sessions"): str(plan.sessions),
        _("Days between sessions"): str(plan.interval_d),
        _("First session"): date_format(plan.session_days[0], "SHORT_DATE_FORMAT"),
        _("Cost"): spoken(plan.cost.text),
        _("Clinician"): plan.request.clinic.clinician,
        _("Program"): plan.origin.version,
        _("Evidence"): plan.origin.evidence_digest[:12],
    }


def _severity(said: str | None) -> str:
    return f", {spoken(said)}" if said else ""


def _zone(plan: Plan, zone: str) -> dict[str, str]:
    planned = {found.zone: found for found in plan.zones}.get(zone)
    if planned is None:
        left = {found.zone: found.why for found in plan.unplanned}
        return {_("Planned"): spoken(left.get(zone, "")) or _("not asked for")}
    return {_("Planned"): _("yes"), **dict(_settings(planned)), **dict(numbers(planned.expected).values())}


def _settings(zone: PlannedZone) -> Iterator[tuple[str, str]]:
    yield _("Device"), zone.settings.label
    yield _("Vacuum"), reads(zone.settings.vacuum)
    yield _("Passes"), str(zone.settings.passes)
    yield from words.given(zone.settings)
