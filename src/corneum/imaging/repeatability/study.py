"""A clinic's own repeatability: three captures in each of two set-ups, measured, and its error per index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.imaging.indices.kinds import Index
from corneum.imaging.repeatability.components import Components, TooFewReadings, agreement, components

_NO_ZERO = frozenset({"redness_relative", "melanin_relative", "ita"})
"""Differences and angles: a value of 0 is not none of it, so a share of the mean has no meaning."""


@dataclass(frozen=True)
class Reading:
    """One value of one index in one zone, from one capture.

    Parameters
    ----------
    person
        Any name that is the same for all captures of one person; it is not kept.
    setup
        Number of the set-up: the person stood up and was placed again between two of them.
    capture
        Number within the set-up.
    zone, index
        Names.
    value
        In the index's unit.
    """

    person: str
    setup: int
    capture: int
    zone: str
    index: str
    value: float


@dataclass(frozen=True)
class StudyRow:
    """The error of one index in one clinic.

    Parameters
    ----------
    index
        Key.
    share
        True where the standard deviations are shares of the value, False in the index's unit.
    repeat_sd, setup_sd
        Of a single reading: within and between set-ups.
    repeat_df, setup_df
        Degrees of freedom.
    captures
        Mean number of captures in a set-up.
    cv_share
        Within-subject standard deviation over the mean; NaN where the mean is near nothing or 0 is not none of it.
    icc_one_way, icc_absolute
        ICC(1,1) and ICC(A,1); NaN with one person.
    mdc95
        Of a change between two set-ups, one capture each; a share or in the index's unit.
    """

    index: str
    share: bool
    repeat_sd: float
    setup_sd: float
    repeat_df: float
    setup_df: float
    captures: float
    cv_share: float
    icc_one_way: float
    icc_absolute: float
    mdc95: float

    @property
    def components(self) -> Components:
        """The same as `Components`."""
        return Components(self.repeat_sd, self.setup_sd, self.repeat_df, self.setup_df, self.captures)


@dataclass(frozen=True)
class Study:
    """A clinic's own repeatability study.

    Parameters
    ----------
    title
        Camera, room, date; as the clinic names it.
    persons, setups, captures
        How many people, set-ups in all, and captures in all.
    resolution_px_per_mm
        Skin resolution of its photographs.
    carded
        Whether a color card was in every photograph.
    rows
        By index key.
    """

    title: str
    persons: int
    setups: int
    captures: int
    resolution_px_per_mm: float
    carded: bool
    rows: Mapping[str, StudyRow]

    def row(self, key: str) -> StudyRow | None:
        """Return the error of an index, or None where it was not studied."""
        return self.rows.get(key)


def make_study(
    readings: Iterable[Reading],
    indices: Mapping[str, Index],
    *,
    title: str = "",
    resolution_px_per_mm: float = float("nan"),
    carded: bool = False,
) -> Study:
    """Return a clinic's repeatability from its measured captures.

    A zone of a person is one subject. Zones of one person share their light and their pose, so the degrees of freedom
    are those of the persons, not of the zones.

    Parameters
    ----------
    readings
        All values of all captures. Values of an index in a zone must be on the same common frame.
    indices
        The catalog, by key.
    title, resolution_px_per_mm, carded
        As in `Study`.

    Raises
    ------
    TooFewReadings
        If there is nothing repeated.
    """
    known = [reading for reading in readings if reading.index in indices and np.isfinite(reading.value)]
    if not known:
        raise TooFewReadings("no index could be measured in these photographs")
    rows: dict[str, StudyRow] = {}
    for key in dict.fromkeys(reading.index for reading in known):
        try:
            rows[key] = _row(indices[key], [reading for reading in known if reading.index == key])
        except TooFewReadings:
            if len({(reading.person, reading.setup) for reading in known}) < 2:
                raise
    if not rows:
        raise TooFewReadings("no index was measured twice in each of two set-ups")
    return Study(
        title,
        len({reading.person for reading in known}),
        len({(reading.person, reading.setup) for reading in known}),
        len({(reading.person, reading.setup, reading.capture) for reading in known}),
        resolution_px_per_mm,
        carded,
        rows,
    )


def _row(index: Index, readings: Sequence[Reading]) -> StudyRow:
    subjects: dict[tuple[str, str], dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for reading in readings:
        subjects[reading.person, reading.zone][reading.setup][reading.capture] = reading.value
    nested = [[list(setup.values()) for setup in subject.values()] for subject in subjects.values()]
    means = [float(np.mean([value for setup in subject for value in setup])) for subject in nested]
    scaled = [
        [[value / mean for value in setup] for setup in subject] if index.is_ratio else subject
        for subject, mean in zip(nested, means, strict=True)
        if mean or not index.is_ratio
    ]
    found = components(scaled)
    # Zones of one person are no more people than one.
    zones = len(subjects) / len({person for person, _ in subjects})
    found = Components(found.repeat_sd, found.setup_sd, found.repeat_df / zones, found.setup_df / zones, found.captures)
    mean = float(np.mean(means))
    cv = found.within_sd if index.is_ratio else found.within_sd / abs(mean) if mean else float("nan")
    if index.key in _NO_ZERO:
        cv = float("nan")
    several = len({person for person, _ in subjects}) > 1
    both = agreement(_table(nested)) if several else agreement(np.empty((0, 0)))
    return StudyRow(
        index.key,
        index.is_ratio,
        found.repeat_sd,
        found.setup_sd,
        found.repeat_df,
        found.setup_df,
        found.captures,
        cv,
        both.one_way,
        both.absolute,
        found.mdc95,
    )


def _table(nested: Sequence[Sequence[Sequence[float]]]) -> NDArray[np.float64]:
    """Return subjects by readings, as many readings as every subject has."""
    flat = [[value for setup in subject for value in setup] for subject in nested]
    shared = min(map(len, flat))
    return np.array([values[:shared] for values in flat])
