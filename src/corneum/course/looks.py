"""Many looks at one plan with other settings: what does not change between them is computed once."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion import DepthMap, Removal, Worked, depth_map
from corneum.course.candidates import Candidate, most_passes
from corneum.course.plan import Plan
from corneum.course.prediction import expected
from corneum.course.request import ClinicDevice
from corneum.course.search import kept_limits
from corneum.course.sweep import Sweep, ZoneSkin
from corneum.course.zone_plan import step_for, zone_settings
from corneum.course.zones import Expected, PlannedZone, ZoneSettings
from corneum.evidence import Book, Draws, load_evidence
from corneum.recovery import Curves, curves, time_grid
from corneum.skin import Skin, find_site, sample_skin
from corneum.treatment import Step
from corneum.units import Quantity

_FLOW = "flow_g_min"
_LONGEST_D = 366


class WhatIfError(ValueError):
    """Settings that the zone's device cannot have; the message says what is allowed."""


@dataclass(frozen=True)
class OtherSettings:
    """What is done in place of what is planned; None keeps it.

    Parameters
    ----------
    vacuum, passes, grit, speed_mm_s
        Of the device.
    flow
        Of the crystals, for devices that have any.
    interval_d
        Days between sessions.
    """

    vacuum: Quantity | None = None
    passes: int | None = None
    grit: Quantity | None = None
    speed_mm_s: float | None = None
    flow: Quantity | None = None
    interval_d: int | None = None


@dataclass(frozen=True)
class WhatIf:
    """A zone with other settings; nothing is planned by it.

    Parameters
    ----------
    zone
        Body site.
    settings
        What would be done.
    expected
        What the model would expect.
    breaks
        Limits that it would not keep, one sentence each.
    """

    zone: str
    settings: ZoneSettings
    expected: Expected
    breaks: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Look:
    """A zone with other settings, with what can be drawn of it.

    Parameters
    ----------
    found
        The zone in numbers.
    interval_d
        Days between sessions.
    removal
        What the first session removes from each sampled skin.
    depth_map
        The map of the typical skin after the first session.
    curves
        From just after the first session to the next.
    rest_tewl_g_m2_h
        Transepidermal water loss of the same skins at rest, shape (n,), g/m2/h.
    """

    found: WhatIf
    interval_d: int
    removal: Removal
    depth_map: DepthMap
    curves: Curves
    rest_tewl_g_m2_h: NDArray[np.float64]


class Looks:
    """The sampled skins of a plan, kept for one look after another; not for two threads at once.

    Parameters
    ----------
    plan
        The plan.
    book
        The evidence; the shipped one if None.
    """

    def __init__(self, plan: Plan, book: Book | None = None) -> None:
        self.plan, self.book = plan, book or load_evidence()
        self._sweep = Sweep(self.book, samples=plan.origin.samples, seed=plan.origin.seed)
        self._middle = Draws(self.book, central=True)
        self._skins: dict[str, ZoneSkin] = {}
        self._typical: dict[str, Skin] = {}
        self._last: tuple[Step, Worked, DepthMap] | None = None

    def at(self, zone: str, other: OtherSettings | None = None) -> Look:
        """Return a planned zone with other settings, or as it is planned.

        Raises
        ------
        KeyError
            If the zone is not planned.
        WhatIfError
            If the passes or days are no number that can be, or the device has no such setting.
        SettingError
            If the device cannot be set so.
        """
        other = other or OtherSettings()
        found = self.plan.zone(zone)
        changed = changed_candidate(candidate_of(self.plan, found), other)
        days = self.plan.interval_d if other.interval_d is None else other.interval_d
        if not 1 <= days <= _LONGEST_D:
            raise WhatIfError(f"the interval must be 1 to {_LONGEST_D} days, not {days}")
        step = step_for(changed, zone, self.book)
        skin = self._skin(zone)
        worked, drawn = self._map(zone, step)
        course = skin.course(worked, sessions=self.plan.sessions, interval_d=days)
        limits = kept_limits(
            self.plan.request.clinic.limits, self.book, doctor=self.plan.request.clinic.doctor is not None
        )
        new = expected(
            course,
            tolerance_area_share=limits.tolerance_area_share,
            barrier_probability=limits.barrier_probability,
        )
        settings = zone_settings(changed, step, self.plan.request, self.book)
        said = broken_limits(found, changed.passes, new, days, self.book)
        return Look(
            found=WhatIf(zone, settings, new, said),
            interval_d=days,
            removal=course.removals[0],
            depth_map=drawn,
            curves=curves(course.after_first, time_grid([0.0], float(days))),
            rest_tewl_g_m2_h=course.after_first.baseline.tewl_g_m2_h,
        )

    def _map(self, zone: str, step: Step) -> tuple[Worked, DepthMap]:
        """Return the energy of a session and what it takes from the typical skin; other days change neither."""
        if self._last is None or self._last[0] != step:
            worked = self._sweep.worked(step)
            if zone not in self._typical:
                self._typical[zone] = sample_skin(self.plan.request.person, find_site(zone), self._middle)
            drawn = depth_map(worked, self._typical[zone], self._middle, seed=self.plan.origin.seed)
            self._last = step, worked, drawn
        return self._last[1:]

    def _skin(self, zone: str) -> ZoneSkin:
        if zone not in self._skins:
            self._skins[zone] = ZoneSkin.of(find_site(zone), self.plan.request.person, self._sweep)
        return self._skins[zone]


def changed_candidate(planned: Candidate, other: OtherSettings) -> Candidate:
    """Return what was planned with other settings.

    Raises
    ------
    WhatIfError
        If the passes are no number from 1, or the device has no such setting.
    """
    device = planned.device
    if other.passes is not None and other.passes < 1:
        raise WhatIfError(f"the passes must be at least 1, not {other.passes}")
    if other.grit is not None and device.name != "diamond":
        raise WhatIfError(f"{device.label} has no diamond tips")
    if other.flow is not None:
        if device.name == "diamond":
            raise WhatIfError(f"{device.label} has no flow of crystals")
        device = replace(device, settings={**device.settings, _FLOW: other.flow})
    if other.speed_mm_s is not None:
        if not other.speed_mm_s > 0:
            raise WhatIfError(f"the speed must be above 0 mm/s, not {other.speed_mm_s:g}")
        device = replace(device, speed_mm_s=other.speed_mm_s)
    return Candidate(device, other.vacuum or planned.vacuum, other.passes or planned.passes, other.grit or planned.grit)


def candidate_of(plan: Plan, zone: PlannedZone) -> Candidate:
    """Return the setting of a planned zone as the search knew it."""
    device = _device(plan, zone.settings.label)
    grit = zone.settings.settings.get("grit_um") if device.grits else None
    return Candidate(device, zone.settings.vacuum, zone.settings.passes, grit)


def broken_limits(found: PlannedZone, passes: int, new: Expected, interval_d: int, book: Book) -> tuple[str, ...]:
    """Return the limits of a planned zone that other settings would not keep, one sentence each."""
    limits = found.limits_used
    cap = min(most_passes(find_site(found.zone), book), int(limits["passes"]))
    said = []
    if new.beyond_bound > limits["beyond_probability"]:
        said.append(
            f"The probability of reaching beyond the stratum corneum would be {100 * new.beyond_probability:.2g} % "
            f"(upper bound {100 * new.beyond_bound:.2g} %), over the limit of "
            f"{100 * limits['beyond_probability']:.2g} %."
        )
    if passes > cap:
        said.append(f"{passes} passes are over the cap of {cap} (rule treatment.passes.cap).")
    if any(days is None or days > interval_d for days in new.barrier_d.values()):
        said.append(
            f"The barrier would not be back after {interval_d} days with a probability of "
            f"{100 * limits['barrier_probability']:.0f} %."
        )
    if new.corneum_share.middle > found.wanted_share:
        said.append(f"More than the wanted {100 * found.wanted_share:.0f} % of the stratum corneum would go.")
    return tuple(said)


def _device(plan: Plan, label: str) -> ClinicDevice:
    return next(device for device in plan.request.clinic.devices if device.label == label)
