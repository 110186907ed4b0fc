"""What is done to a zone, and what the model expects of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corneum.screening import Verdict
from corneum.units import Quantity


@dataclass(frozen=True)
class Spread:
    """The middle and the central 95 % over the sampled skins.

    Parameters
    ----------
    middle, low, high
        Median, 2.5 % and 97.5 % quantile.
    """

    middle: float
    low: float
    high: float

    def text(self, factor: float = 1.0) -> str:
        """Return "20 (4.1 to 53)"."""
        said = [f"{factor * value:.2g}" for value in (self.middle, self.low, self.high)]
        return f"{said[0]} ({said[1]} to {said[2]})"


@dataclass(frozen=True)
class ZoneSettings:
    """What is done to a zone in each session.

    Parameters
    ----------
    device, label
        Device by its name in the catalogue, and as the clinic calls it.
    vacuum
        In the unit of the device's own gauge.
    settings
        The other settings that are known, as read.
    assumed
        Settings that nobody measured: sampled from their rows.
    material
        Grain material, for crystal devices.
    passes
        Number of passes.
    speed_mm_s
        Speed of the handpiece, mm/s; None where nobody measured it.
    overlap_share
        Overlap of neighboring strokes; None where nobody measured it.
    path
        How to lead the handpiece, in words.
    area_cm2
        Area of the zone, cm2.
    dwell_s
        How long one place is worked on in a session, s: passes, opening and speed.
    minutes
        Time that the strokes take, min.
    """

    device: str
    label: str
    vacuum: Quantity
    settings: Mapping[str, Quantity]
    assumed: tuple[str, ...]
    material: str
    passes: int
    speed_mm_s: float | None
    overlap_share: float | None
    path: str
    area_cm2: float
    dwell_s: float
    minutes: float


@dataclass(frozen=True)
class Expected:
    """What the model expects of a zone; not validated on anyone in particular.

    Times are None where they are longer than a year.

    Parameters
    ----------
    corneum_share
        Share of the stratum corneum that the first session removes.
    depth_um
        Depth that the first session removes, um.
    last_corneum_share
        The same share in the last session.
    beyond_probability
        Probability that more than the tolerated share of the area goes beyond the stratum corneum, in the session
        in which it is highest.
    beyond_bound
        Upper bound of that probability (one-sided 95 %, exact binomial) over so many samples; the limit holds for it.
    beyond_area_share
        Share of the area beyond the stratum corneum, in that session.
    junction_probability
        Probability that any of the area goes beyond the dermo-epidermal junction.
    redness_h
        Hours until redness no longer shows, in half and in 95 % of the sampled skins.
    barrier_d
        Days until the barrier is back with the wanted probability, by TEWL law.
    barrier_probability
        Probability that the barrier is back at the next session, the lower of the two laws.
    actives_h
        Hours until the skin is closed to actives again, in half and in 95 % of the sampled skins.
    """

    corneum_share: Spread
    depth_um: Spread
    last_corneum_share: Spread
    beyond_probability: float
    beyond_bound: float
    beyond_area_share: Spread
    junction_probability: float
    redness_h: Mapping[str, float | None]
    barrier_d: Mapping[str, float | None]
    barrier_probability: float
    actives_h: Mapping[str, float | None]


@dataclass(frozen=True)
class Influence:
    """An uncertain row that the depth hangs on.

    Parameters
    ----------
    key
        The row.
    title
        What it is, in words.
    share
        Squared rank correlation with the removed share, 0 to 1.
    rises
        Whether more of it means deeper.
    measurable
        What the clinic can measure to narrow it, or empty.
    """

    key: str
    title: str
    share: float
    rises: bool
    measurable: str


@dataclass(frozen=True)
class PlannedZone:
    """One zone of the plan.

    Parameters
    ----------
    zone, title
        Body site.
    verdict
        Of the screening: "none", "note", "ask" or "defer"; at least "ask" where a goal of the zone is referred.
    needs_clinician
        Whether a clinician must answer a question of the screening or of a referred goal first, or leads what this
        is an adjunct to.
    wanted_share, wanted_key
        Share of the stratum corneum wanted in a session, and its row.
    settings
        What is done.
    expected
        What the model expects.
    limits_used
        Limit -> value that the search kept.
    binding
        What kept the plan from coming nearer to the wanted share, in one sentence; empty if nothing did.
    considered
        How many settings were tried.
    influences
        What the depth hangs on.
    notes
        What the reader must know.
    """

    zone: str
    title: str
    verdict: Verdict
    needs_clinician: bool
    wanted_share: float
    wanted_key: str
    settings: ZoneSettings
    expected: Expected
    limits_used: Mapping[str, float]
    binding: str
    considered: int
    influences: tuple[Influence, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class UnplannedZone:
    """A zone that was asked for and is not planned.

    Parameters
    ----------
    zone
        Body site.
    kind
        "screening" (stop or defer), "mark" (one waits for a doctor), "suitability" (nothing is offered there) or
        "settings" (nothing keeps the limits).
    why
        In one sentence.
    until
        Day from which to ask again, if any.
    """

    zone: str
    kind: Literal["screening", "mark", "suitability", "settings"]
    why: str
    until: date | None = None
