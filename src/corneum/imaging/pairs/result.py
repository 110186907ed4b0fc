"""What a measured pair says: per zone and index, both values, the change, its error, and the words for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from corneum.imaging.canvas import Canvas, FloatMap

Verdict = Literal["higher", "lower", "within_noise", "withheld"]
Outcome = Literal["immediate", "durable", "between", "unknown"]
"""On the day of the baseline or of a session, at least 14 days apart, anything between, or the dates do not tell."""


@dataclass(frozen=True)
class Change:
    """The change of one index in one zone.

    Parameters
    ----------
    zone, index
        Names; the zone as in `Canvas.zone_names`, the index as in the catalogue.
    unit
        Of the values.
    before, after
        Values; NaN where withheld.
    change
        ``after - before``.
    se
        Standard error of the change of this pair.
    mdc95
        Minimal detectable change: changes below it are within measurement noise (1.96 times ``se``).
    error_from
        ``clinic`` for the clinic's own repeatability study, ``simulation`` for the shipped one.
    verdict
        In words: higher, lower, within noise, or withheld.
    why
        Why it is withheld, or why a change beyond ``mdc95`` is noise all the same; else empty.
    """

    zone: str
    index: str
    unit: str
    before: float
    after: float
    change: float
    se: float
    mdc95: float
    error_from: str
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True)
class SpotCount:
    """Spots found, matched between the two photographs.

    Parameters
    ----------
    zone
        As in `Canvas.zone_names`.
    before, after
        Number in each photograph.
    new, gone, changed
        Numbers beyond the noise of the pair.
    """

    zone: str
    before: int
    after: int
    new: int
    gone: int
    changed: int


@dataclass(frozen=True)
class Quality:
    """How well the pair was aligned and lit.

    Parameters
    ----------
    residual_px, residual_p95_px
        Registration error: median and 95th percentile, px of the baseline photograph.
    residual_mm
        The median on the skin; NaN where the scale is not known.
    resolution_px_per_mm
        Of the coarser photograph; NaN where the scale is not known.
    scale_from
        What gave the scale: ``target``, ``card``, ``eyes`` (an assumed eye distance), ``given``.
    scale_error_share
        One standard error of the scale.
    light_change_deg
        Between the main lights of the two photographs; NaN where it could not be found.
    card_residual_de
        Color difference left after the correction, CIEDE2000, per photograph; NaN without a card.
    notes
        What this pair cannot claim, as sentences.
    """

    residual_px: float
    residual_p95_px: float
    residual_mm: float
    resolution_px_per_mm: float
    scale_from: str
    scale_error_share: float
    light_change_deg: float
    card_residual_de: tuple[float, float]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A measured pair.

    Parameters
    ----------
    names
        File names of baseline and follow-up.
    sha256
        Of the two files.
    taken
        When, by the cameras' clocks.
    outcome
        Immediate, durable, between or unknown.
    changes
        One for each zone and index.
    spots
        One for each zone in which spots were counted; empty where the resolution forbids it.
    quality
        Of the alignment, light and colour.
    canvases
        Both photographs in the common frame.
    layers
        Index key to the two maps, for figures.
    """

    names: tuple[str, str]
    sha256: tuple[str, str]
    taken: tuple[datetime | None, datetime | None]
    outcome: Outcome
    changes: tuple[Change, ...]
    spots: tuple[SpotCount, ...]
    quality: Quality
    canvases: tuple[Canvas, Canvas]
    layers: dict[str, tuple[FloatMap, FloatMap]]
