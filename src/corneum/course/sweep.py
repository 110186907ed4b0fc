"""What every setting of a device does to every sampled skin, from one map per tip and number of passes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion import Worked, mean_useful_j_m2, remove, work
from corneum.course.candidates import PITCH_UM, Candidate, candidates, step_of
from corneum.course.prediction import Prediction, predict
from corneum.course.request import ClinicDevice
from corneum.evidence import Book, Draws
from corneum.skin import Person, Site, Skin, sample_skin
from corneum.treatment import Step


@dataclass(frozen=True, eq=False)
class Tried:
    """One candidate, with what its first session does to the sampled skins.

    Parameters
    ----------
    candidate
        The settings.
    share
        Median share of the stratum corneum removed.
    beyond_area_share
        Share of the area beyond the stratum corneum, shape (n,).
    """

    candidate: Candidate
    share: float
    beyond_area_share: NDArray[np.float64]

    @property
    def beyond(self) -> float:
        """Mean share of the area beyond the stratum corneum."""
        return float(self.beyond_area_share.mean())


class Sweep:
    """The energies that devices bring at all their settings; they are the same on every zone, so they are kept.

    Parameters
    ----------
    book
        The evidence.
    samples, seed
        Of the sampled rows and of the maps.
    """

    def __init__(self, book: Book, *, samples: int, seed: int) -> None:
        self.book, self.seed = book, seed
        self.draws = Draws(book, samples, seed)
        self._maps: dict[tuple[int, str, int], tuple[Worked, NDArray[np.float64]]] = {}
        self._energies: dict[tuple[int, str, float], NDArray[np.float64]] = {}

    def worked(self, step: Step) -> Worked:
        """Return the energy of one session, by a map of its own."""
        self.draws.record("abrasion.stroke.wander_mm", "abrasion.stroke.speed_spread_ratio")
        return work(step.application, self.draws, seed=self.seed, pitch_um=PITCH_UM)

    def scaled(self, candidate: Candidate, site: Site) -> Worked:
        """Return the energy of one session from the map at the highest vacuum.

        Other vacuums differ from it by every sample's own ratio of energies, which needs no map.
        """
        device = candidate.device
        key = (id(device), str(candidate.grit), candidate.passes)
        if key not in self._maps:
            highest = replace(candidate, vacuum=device.vacuum.high)
            self._maps[key] = self.worked(step_of(highest, site, self.book)), self._energy_per_pass(highest, site)
        worked, at_map = self._maps[key]
        return replace(worked, sample_ratio=worked.sample_ratio * self._energy_per_pass(candidate, site) / at_map)

    def _energy_per_pass(self, candidate: Candidate, site: Site) -> NDArray[np.float64]:
        """Return the energy of one pass, shape (n,), J/m2: more passes bring as many times as much."""
        key = (id(candidate.device), str(candidate.grit), candidate.vacuum.value)
        if key not in self._energies:
            single = step_of(replace(candidate, passes=1), site, self.book)
            self._energies[key] = mean_useful_j_m2(single.application, self.draws)
        return self._energies[key]


@dataclass(frozen=True, eq=False)
class ZoneSkin:
    """The sampled skin of one zone.

    Parameters
    ----------
    site, skin
        The zone.
    sweep
        The energies that devices bring.
    """

    site: Site
    skin: Skin
    sweep: Sweep

    @classmethod
    def of(cls, site: Site, person: Person, sweep: Sweep) -> "ZoneSkin":
        """Return the sampled skin of a person's site."""
        return cls(site, sample_skin(person, site, sweep.draws), sweep)

    def predict(self, step: Step, *, sessions: int, interval_d: float) -> Prediction:
        """Return a course with one step, from a map of its own."""
        return self.course(self.sweep.worked(step), sessions=sessions, interval_d=interval_d)

    def course(self, worked: Worked, *, sessions: int, interval_d: float) -> Prediction:
        """Return a course with the energy of a session."""
        return predict(worked, self.skin, self.sweep.draws, sessions=sessions, interval_d=interval_d)

    def tried(self, devices: Iterable[ClinicDevice]) -> tuple[Tried, ...]:
        """Return every candidate of all devices with what its first session does."""
        return tuple(self._of(devices))

    def _of(self, devices: Iterable[ClinicDevice]) -> Iterator[Tried]:
        for device in devices:
            for candidate in candidates(device, self.site, self.sweep.book):
                removal = remove(self.sweep.scaled(candidate, self.site), self.skin, self.sweep.draws)
                yield Tried(candidate, float(np.median(removal.corneum_share)), removal.beyond_corneum_share)
