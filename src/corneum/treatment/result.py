"""What a simulation returns: per zone the removal of each session and the curves after it, with bands."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion import DepthMap, Removal, Worked, combined
from corneum.evidence import Draws
from corneum.recovery import Curves
from corneum.skin import Skin
from corneum.treatment.protocol import Protocol, Step
from corneum.treatment.readings import ReadingVariant

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """The middle and the central 95 % of samples.

    Parameters
    ----------
    middle, low, high
        Median, 2.5 % and 97.5 % quantile; numbers, or arrays over time.
    """

    middle: Array
    low: Array
    high: Array

    def text(self, factor: float = 1.0, digits: int = 2) -> str:
        """Return "4.1 (2.0 to 7.3)" for a single number."""
        values = [factor * float(value) for value in (self.middle, self.low, self.high)]
        said = [f"{value:.0f}" if abs(value) >= 10 ** (digits - 1) else f"{value:.{digits}g}" for value in values]
        return f"{said[0]} ({said[1]} to {said[2]})"


def band(values: Array) -> Band:
    """Return the band over samples, axis 0 of ``values``."""
    low, middle, high = np.quantile(values, [0.025, 0.5, 0.975], axis=0)
    return Band(middle, low, high)


@dataclass(frozen=True)
class SessionRemoval:
    """What one session removed from a zone.

    Parameters
    ----------
    day
        Day of the course, from 0.
    removals
        One per step on this zone, in order.
    """

    day: float
    removals: tuple[Removal, ...]

    @property
    def total(self) -> Removal:
        """What all steps removed together."""
        return combined(self.removals)

    @property
    def depth_um(self) -> Array:
        """Mean depth removed by all steps, shape (n,), um."""
        return np.asarray(sum(removal.mean_um for removal in self.removals))

    @property
    def corneum_share(self) -> Array:
        """Share of the stratum corneum present before the session that is gone after it, shape (n,)."""
        left = np.ones_like(self.removals[0].mean_um)
        for removal in self.removals:
            left = left * (1 - removal.corneum_share)
        return 1 - left

    @property
    def living_um(self) -> Array:
        """Mean depth removed below the stratum corneum, shape (n,), um."""
        return np.asarray(sum(removal.living_um for removal in self.removals))

    @property
    def beyond_corneum_share(self) -> Array:
        """Share of the area beyond the stratum corneum after the deepest step, shape (n,)."""
        return np.asarray(np.max([removal.beyond_corneum_share for removal in self.removals], axis=0))

    @property
    def beyond_junction_share(self) -> Array:
        """Share of the area beyond the dermo-epidermal junction after the deepest step, shape (n,)."""
        return np.asarray(np.max([removal.beyond_junction_share for removal in self.removals], axis=0))


@dataclass(frozen=True)
class ZoneResult:
    """One zone of a simulated protocol.

    Parameters
    ----------
    site
        Body site.
    steps, worked
        What was done in each session, and the energy that it brought.
    skin
        The sampled skin.
    sessions
        Removal of each session.
    curves
        Everything over time; the first column is the skin before the first session.
    depth_map
        The map of the typical skin after the last step of one session.
    barrier_back_d
        Days after the last session until the barrier is back in 95 % of samples, per TEWL law.
    redness_gone_h
        Hours after the first session until redness no longer shows in 95 % of samples.
    actives_half_h, actives_wait_h
        Hours after the last session until the skin is closed to actives again in half and in 95 % of samples,
        never below the rule.
        All of these are infinite if they last over a year, or if the zone passes the dermo-epidermal junction in
        more than 5 % of the samples: recovery from there is not simulated.
    readings
        What a printed vacuum would do on gauges in other units, where the unit is in doubt.
    notes
        What the reader must know.
    """

    site: str
    steps: tuple[Step, ...]
    worked: tuple[Worked, ...]
    skin: Skin
    sessions: tuple[SessionRemoval, ...]
    curves: Curves
    depth_map: DepthMap
    barrier_back_d: dict[str, float]
    redness_gone_h: float
    actives_half_h: float
    actives_wait_h: float
    readings: tuple[ReadingVariant, ...]
    notes: tuple[str, ...]

    @property
    def layer_share(self) -> Array:
        """Share of the area where corneocyte layer 1, 2, ... is gone after the first session, shape (n, layers)."""
        count = int(np.ceil(np.median(self.skin.layers))) + 2
        return self.sessions[0].total.layer_share(count)

    def to_dict(self) -> dict[str, Any]:
        """Return the zone as plain numbers, for machines."""
        first = self.sessions[0]
        return {
            "site": self.site,
            "impacts": sum(done.impacts for done in self.worked),
            "first_session": {
                "depth_um": _plain(band(first.depth_um)),
                "corneum_removed_share": _plain(band(first.corneum_share)),
                "living_removed_um": _plain(band(first.living_um)),
                "beyond_corneum_area_share": _plain(band(first.beyond_corneum_share)),
                "beyond_junction_area_share": _plain(band(first.beyond_junction_share)),
                "variation_ratio": _plain(band(first.total.uniformity_ratio)),
                "blister_index": _plain(band(np.max([done.blister_index for done in self.worked], axis=0))),
                "hot_spot_area_share": self.depth_map.hot_spot_share,
                "streak_ratio": self.depth_map.streak_ratio,
                "layer_removed_area_share": _plain(band(self.layer_share)),
            },
            "sessions": [
                {"day": session.day, "corneum_removed_share": _plain(band(session.corneum_share))}
                for session in self.sessions
            ],
            "barrier_back_d": {law: _known(days) for law, days in self.barrier_back_d.items()},
            "redness_gone_h": _known(self.redness_gone_h),
            "actives_half_h": _known(self.actives_half_h),
            "actives_wait_h": _known(self.actives_wait_h),
            "readings": [
                {
                    "label": found.label,
                    "vacuum_kpa": found.vacuum_kpa,
                    "corneum_removed_share": _plain(band(found.corneum_share)),
                }
                for found in self.readings
            ],
            "hours": self.curves.hours.tolist(),
            "curves": {name: _plain(band(values)) for name, values in curve_arrays(self.curves).items()},
            "dermal_response_probability": _plain(band(self.curves.dermal_probability)),
            "notes": list(self.notes),
        }


def curve_arrays(curves: Curves) -> dict[str, Array]:
    """Return the curves that have one value per sample and time, by name."""
    return {name: value for name, value in vars(curves).items() if isinstance(value, np.ndarray) and value.ndim == 2}


def _known(time: float) -> float | None:
    """Return a time, or None in place of infinity, which JSON does not know."""
    return time if isfinite(time) else None


def _plain(found: Band) -> dict[str, Any]:
    return {name: np.asarray(value).tolist() for name, value in vars(found).items()}


@dataclass(frozen=True)
class Result:
    """A simulated protocol.

    Parameters
    ----------
    protocol
        What was simulated.
    zones
        One per treated site.
    draws
        The samples, with the evidence rows that were used.
    notes
        Warnings about the protocol as a whole.
    """

    protocol: Protocol
    zones: tuple[ZoneResult, ...]
    draws: Draws
    notes: tuple[str, ...]

    @property
    def rows_used(self) -> tuple[str, ...]:
        """Keys of the evidence rows that the result rests on."""
        return self.draws.used

    @property
    def digest(self) -> str:
        """SHA-256 of those rows."""
        return self.draws.book.digest(self.rows_used)

    def zone(self, site: str) -> ZoneResult:
        """Return the zone of a site, or raise KeyError."""
        for found in self.zones:
            if found.site == site:
                return found
        raise KeyError(f"{site!r} was not treated; treated: {', '.join(found.site for found in self.zones)}")

    def summary(self) -> str:
        """Return a few lines of text: per zone, what the first session is expected to remove."""
        lines = [self.protocol.title]
        for found in self.zones:
            first = found.sessions[0]
            lines.append(
                f"{found.site}: the model expects {band(first.depth_um).text()} um removed in the first session, "
                f"{band(first.corneum_share).text(100)} % of the stratum corneum; not validated on you"
            )
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain numbers, for machines."""
        from corneum import __version__

        return {
            "title": self.protocol.title,
            "version": __version__,
            "seed": self.draws.seed,
            "samples": self.draws.n,
            "evidence_digest": self.digest,
            "rows_used": list(self.rows_used),
            "sessions": self.protocol.sessions,
            "interval_d": self.protocol.interval_d,
            "notes": list(self.notes),
            "zones": [found.to_dict() for found in self.zones],
        }
