"""The skin around a mark that is never treated over."""

from dataclasses import dataclass, replace
from datetime import date
from math import pi
from typing import Literal

from corneum.lesions import rows
from corneum.skin import find_site

State = Literal["known", "unchanged", "new", "changed", "not_found"]
"""As a person knows it, or as the last two photographs showed it."""
WAITING: tuple[State, ...] = ("new", "changed", "not_found")
"""Changes that a doctor looks at first: a mark that disappears has changed as well."""
DO_NOT_TREAT = "Do not treat over it."
_SIDES = ("left", "right")
_WHAT: dict[State, str] = {
    "new": "new mark",
    "changed": "mark that looks different than before",
    "not_found": "mark that was not found again",
}


@dataclass(frozen=True)
class Exclusion:
    """One mark, and the skin around it that is left out.

    Parameters
    ----------
    zone
        A zone of the face such as ``cheek_left``, or a site of `corneum.skin.SITES`.
    diameter_mm
        Longest extent of the mark.
    radius_mm
        Of the disk that is left out: half the extent, its error, and the rim of row ``lesions.exclusion.rim_mm``.
    center
        Right and down in the zone's box as it is seen, shares of its width and height; None where only words say.
    note
        Where it is and what it looks like, in words.
    state
        What is known of it.
    found
        Day of the photograph that showed it so, if any.
    looked_at
        Day on which a doctor looked at it, if any.
    """

    zone: str
    diameter_mm: float
    radius_mm: float
    center: tuple[float, float] | None = None
    note: str = ""
    state: State = "known"
    found: date | None = None
    looked_at: date | None = None

    @property
    def site(self) -> str:
        """Body site of the zone."""
        return site_of_zone(self.zone)

    @property
    def side(self) -> str:
        """The person's own ``left`` or ``right``; empty where the zone has none."""
        last = self.zone.rsplit("_", 1)[-1]
        return last if last in _SIDES else ""

    @property
    def area_cm2(self) -> float:
        """Skin that is left out."""
        return pi * self.radius_mm**2 / 100

    @property
    def waits(self) -> bool:
        """Whether it is new, changed or not found again and no doctor has looked at it since."""
        if self.state not in WAITING:
            return False
        return self.looked_at is None or (self.found is not None and self.looked_at < self.found)

    @property
    def why(self) -> str:
        """Why it is left out, in words."""
        what = _WHAT.get(self.state, "mark")
        where = f"{self.side} {self.site}".strip().replace("_", " ")
        note = f", {self.note.rstrip('.')}" if self.note else ""
        return f"{what} of {self.diameter_mm:.1f} mm on the {where}{note}"

    @property
    def text(self) -> str:
        """The whole sentence for a plan."""
        said = f"{self.why[0].upper()}{self.why[1:]}: leave out {2 * self.radius_mm:.0f} mm across. {DO_NOT_TREAT}"
        if self.state != "not_found":
            return said
        day = "" if self.looked_at is None else self.looked_at.isoformat()
        return f"{said} {'Tell a doctor.' if self.waits else f'A doctor looked at it on {day}.'}"


def site_of_zone(zone: str) -> str:
    """Return the body site of a zone, with or without a side.

    Raises
    ------
    UnknownSiteError
        If no site is called so.

    Examples
    --------
    >>> site_of_zone("cheek_left"), site_of_zone("back")
    ('cheek', 'upper_back')
    """
    name, _, last = zone.rpartition("_")
    return find_site(name if last in _SIDES and name else zone).name


def exclusion(
    zone: str,
    diameter_mm: float,
    *,
    error_share: float = 0.0,
    center: tuple[float, float] | None = None,
    note: str = "",
    state: State = "known",
    found: date | None = None,
    looked_at: date | None = None,
) -> Exclusion:
    """Return the skin to leave out around a mark.

    Parameters
    ----------
    zone
        A zone of the face, or a site.
    diameter_mm
        Longest extent of the mark.
    error_share
        One standard error of it: two are added.
    center, note, state, found, looked_at
        See `Exclusion`.

    References
    ----------
    Row ``lesions.exclusion.rim_mm`` (MO-031).

    Examples
    --------
    >>> exclusion("cheek_left", 4.0).radius_mm
    7.0
    """
    radius = diameter_mm / 2 * (1 + 2 * error_share) + rows.value("exclusion.rim_mm")
    return Exclusion(zone, diameter_mm, radius, center, note, state, found, looked_at)


def seen_by_doctor(mark: Exclusion, when: date) -> Exclusion:
    """Return a mark that a doctor looked at on a day."""
    return replace(mark, looked_at=when)
