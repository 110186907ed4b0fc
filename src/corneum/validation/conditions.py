"""Published conditions, set up with the parts of the model: who, where, with what, for how long."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion import CLASSES, Application, Mask, Removal, StrokePlan, Worked, mean_useful_j_m2, remove, work
from corneum.devices import Settings, configure
from corneum.evidence import Book, Draws
from corneum.recovery import Insult, Kind, RecoveryState, injure
from corneum.skin import Person, Sex, Skin, sample_skin
from corneum.treatment import at_rest, insult_of
from corneum.units import parse_quantity
from corneum.validation.findings import Samples

GONE_SHARE = 0.95
"""Share of a change that must be gone, or of a layer that must be off or back, to count as all of it.

No source says what its "complete" or "back at baseline" needs: one convention for all cases.
"""
ZONE_MM = 20.0
"""Edge of the zone under a moving tip: several openings wide, so that its edge matters little."""

_STROKE = ("speed_mm_s", "overlap_share", "wander_mm", "speed_spread_ratio")


@dataclass(frozen=True)
class Bench:
    """Samples for one set-up.

    Parameters
    ----------
    draws
        Sampled rows, n of each.
    seed
        For the grains and the wandering of the hand.
    """

    draws: Draws
    seed: int

    @property
    def book(self) -> Book:
        """The evidence."""
        return self.draws.book

    def skin(self, site: str, age_y: float, sex: Sex = "unstated") -> Skin:
        """Return sampled skin of a site at an age [y]; the room's air is sampled as well."""
        return sample_skin(Person(age_y, sex), site, self.draws)

    def settings(self, device: str, **as_printed: str) -> Settings:
        """Return the settings of a device; what the source does not print is left to its row."""
        return configure(device, {name: parse_quantity(text) for name, text in as_printed.items()}, self.book)

    def usual_passes(self) -> int:
        """Return the passes of an ordinary session (rule ``treatment.passes.default``)."""
        return int(self.book.rule("treatment.passes.default").value or 1)


@dataclass(frozen=True, eq=False)
class Treated:
    """Skin with what was done to it.

    Parameters
    ----------
    skin
        The sampled skin.
    worked
        The energy that was brought.
    removal
        What it removed.
    """

    skin: Skin
    worked: Worked
    removal: Removal


def moving(bench: Bench, passes: int) -> StrokePlan:
    """Return strokes whose speed and overlap nobody wrote down: each sample has its own.

    References
    ----------
    Rows ``abrasion.stroke.*``.
    """
    stroke = {name: bench.book.number(f"abrasion.stroke.{name}").value for name in _STROKE}
    return StrokePlan(
        ZONE_MM,
        ZONE_MM,
        passes=passes,
        speed_mm_s=stroke["speed_mm_s"],
        overlap_share=stroke["overlap_share"],
        wander_mm=stroke["wander_mm"],
        speed_spread_ratio=stroke["speed_spread_ratio"],
        speed_known=False,
        overlap_known=False,
    )


def standing(dwell_s: float, side_mm: float = 1.5) -> StrokePlan:
    """Return a tip that stands still over a square in the middle of its opening, where the jet is densest.

    Parameters
    ----------
    dwell_s
        Time on the place [s].
    side_mm
        Edge of the square that is looked at [mm].
    """
    return StrokePlan(side_mm, side_mm, passes=1, speed_mm_s=0, dwell_s=dwell_s)


def treated(
    bench: Bench, skin: Skin, settings: Settings, plan: StrokePlan, *, mask: Mask | None = None, pitch_um: float = 50.0
) -> Treated:
    """Return skin after one device was worked over it.

    Parameters
    ----------
    bench
        Samples.
    skin
        Skin of the same samples, at rest.
    settings, plan, mask
        Device and settings, path of the handpiece, mask or None.
    pitch_um
        Edge of a cell of the map [um].
    """
    worked = work(Application(settings, plan, mask), bench.draws, seed=bench.seed, pitch_um=pitch_um)
    return Treated(skin, worked, remove(worked, skin, bench.draws))


def ordinary(bench: Bench, skin: Skin) -> Treated:
    """Return skin after one ordinary crystal session: usual settings, usual passes."""
    return treated(bench, skin, bench.settings("crystal-venturi"), moving(bench, bench.usual_passes()))


def stripped(bench: Bench, skin: Skin, strips: int) -> Treated:
    """Return skin after a number of tape strips."""
    return treated(bench, skin, bench.settings("tape", count=f"{strips} strips"), StrokePlan(1, 1))


def at_energy(done: Treated, ratio: Samples, draws: Draws) -> Treated:
    """Return the same treatment with more or less energy: longer, or with other settings.

    Parameters
    ----------
    done
        The treatment.
    ratio
        Energy over that of ``done``, shape (n,), at least 0.
    draws
        The same samples.
    """
    worked = replace(done.worked, sample_ratio=done.worked.sample_ratio * ratio)
    return Treated(done.skin, worked, remove(worked, done.skin, draws))


def energy_ratio(done: Treated, settings: Settings, draws: Draws) -> Samples:
    """Return the energy per area with other settings over that of a treatment, shape (n,).

    Parameters
    ----------
    done
        The treatment.
    settings
        Other settings of a device of the same kind.
    draws
        The same samples.
    """
    application = done.worked.application
    other = mean_useful_j_m2(replace(application, settings=settings), draws)
    return np.asarray(other / mean_useful_j_m2(application, draws))


def treated_insult(done: Treated, draws: Draws) -> Insult:
    """Return what a treatment did, as the recovering skin sees it."""
    return insult_of(done.worked, done.removal, done.skin, draws)


def bare_insult(skin: Skin, kind: Kind) -> Insult:
    """Return the loss of the whole stratum corneum and of nothing else; its work counts as one ordinary session's."""
    everywhere = np.repeat(skin.corneum_um[:, None], CLASSES, axis=1)
    return Insult(everywhere, np.ones(skin.n), np.ones(skin.n), kind)


def just_after(done: Treated, draws: Draws) -> RecoveryState:
    """Return the skin just after a treatment of skin at rest."""
    return injure(at_rest(done.skin, draws), treated_insult(done, draws))


def bare(bench: Bench, skin: Skin, kind: Kind = "tape") -> RecoveryState:
    """Return the skin just after it lost the whole stratum corneum."""
    return injure(at_rest(skin, bench.draws), bare_insult(skin, kind))


def long_hours(last_h: float) -> Samples:
    """Return times from 0 to ``last_h`` [h], fine at first, shape (t,)."""
    return np.concatenate([[0.0], np.geomspace(1 / 60, last_h, 240)])


def first_below(at: Samples, curve: Samples, limit: NDArray[np.float64] | float) -> Samples:
    """Return where a curve first is at or below a limit, by straight lines between points.

    Parameters
    ----------
    at
        Places (times, counts), rising, shape (t,).
    curve
        Values there, shape (n, t).
    limit
        Shape (n,) or one number.

    Returns
    -------
    array
        Shape (n,): the first place if the curve starts there, the last one if it never gets there.
    """
    above = curve - np.broadcast_to(np.asarray(limit, dtype=np.float64), curve.shape[:1])[:, None]
    below = above <= 0
    index = np.where(below.any(axis=1), below.argmax(axis=1), at.size - 1)
    row, before = np.arange(curve.shape[0]), np.maximum(index - 1, 0)
    first, second = above[row, before], above[row, index]
    fall = np.where(first > second, first - second, 1.0)
    share = np.clip(np.where(index > before, first / fall, 0.0), 0.0, 1.0)
    return np.asarray(at[before] + share * (at[index] - at[before]))
