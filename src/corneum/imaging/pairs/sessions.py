"""A clinic's own repeatability from its photographs: PERSON/SETUP/capture, three captures in each of two set-ups."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corneum.imaging.door import read_photo
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs.measure import Progress, measure_pair, require_new
from corneum.imaging.pairs.prepared import Prepared, prepare
from corneum.imaging.pairs.result import Pair
from corneum.imaging.photo import PhotoRefused
from corneum.imaging.repeatability import Reading, Study, make_study

_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif"})


class SessionsError(ValueError):
    """A folder is no repeatability study; the message says how to lay it out."""


@dataclass(frozen=True)
class Capture:
    """One photograph of a study.

    Parameters
    ----------
    person, setup, number
        Whose, in which set-up (from 1), which one in it (from 1).
    path
        The file.
    """

    person: str
    setup: int
    number: int
    path: Path


@dataclass(frozen=True)
class Studied:
    """A study, and what could not be used for it.

    Parameters
    ----------
    study
        The clinic's error of every index.
    refused
        File and reason.
    """

    study: Study
    refused: tuple[tuple[str, str], ...]


def captures_in(folder: Path) -> tuple[Capture, ...]:
    """Return the photographs of a study, by person, set-up and name.

    Parameters
    ----------
    folder
        Holds a folder per person; each of these a folder per set-up; each of these the captures.

    Raises
    ------
    SessionsError
        If there are not at least two set-ups with two captures for some person.
    """
    found = tuple(_captures(folder))
    setups = {(one.person, one.setup) for one in found if one.number == 2}
    if not any((person, 2) in setups and (person, 1) in setups for person, _ in setups):
        raise SessionsError(
            f"{folder}: lay the photographs out as PERSON/SETUP/FILE, for example anna/1/a.jpg, with at least two "
            "set-ups of two captures (better three) for every person, who stands up and is placed again between set-ups"
        )
    return found


def _captures(folder: Path) -> Iterator[Capture]:
    for person in _folders_in(folder):
        setups = [files for files in map(_photographs_in, _folders_in(person)) if files]
        for setup, files in enumerate(setups, 1):
            for number, path in enumerate(files, 1):
                yield Capture(person.name, setup, number, path)


def _folders_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _photographs_in(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and not path.name.startswith(".")
    )


def study_of(captures: tuple[Capture, ...], *, title: str = "", site: str = "", progress: Progress) -> Studied:
    """Return the repeatability of the clinic that took these photographs.

    Every capture is laid over the person's first usable one and read there; a value that it does not give is not used.

    Parameters
    ----------
    captures
        From `captures_in`.
    title
        Camera, room, date.
    site
        Zone name of a body site; empty for faces.
    progress
        Called with a file name, captures done, and captures in all.

    Raises
    ------
    TooFewReadings
        If nothing was measured twice.
    """
    readings: list[Reading] = []
    refused: list[tuple[str, str]] = []
    finest: list[float] = []
    carded = True
    seen: dict[str, str] = {}
    first: tuple[Capture, Prepared] | None = None
    level: dict[tuple[str, str], float] = {}
    for done, one in enumerate(captures):
        progress(one.path.name, done, len(captures))
        try:
            photo = read_photo(one.path)
            require_new(photo, seen)
            taken = prepare(photo, site=site)
            if first is None or first[0].person != one.person:
                first, level = (one, taken), {}
                continue
            pair = measure_pair(first[1], taken)
        except PhotoRefused as why:
            refused.append((str(one.path), str(why)))
            continue
        if not level:
            level = {(change.zone, change.index): change.before for change in pair.changes}
            readings += _readings(pair, first[0], level, first=True)
        readings += _readings(pair, one, level, first=False)
        finest.append(pair.quality.resolution_px_per_mm)
        carded = carded and pair.canvases[0].carded
    progress("working out the errors", len(captures), len(captures))
    resolution = min(finest) if finest else math.nan
    study = make_study(readings, INDICES, title=title, resolution_px_per_mm=resolution, carded=carded and bool(finest))
    return Studied(study, tuple(refused))


def _readings(pair: Pair, capture: Capture, level: dict[tuple[str, str], float], *, first: bool) -> Iterator[Reading]:
    """Yield the readings of a capture; the mask of each pair differs a little, so changes are added to one level."""
    for change in pair.changes:
        before = level.get((change.zone, change.index), math.nan)
        value = before if first else before + change.change
        if math.isfinite(value):
            yield Reading(capture.person, capture.setup, capture.number, change.zone, change.index, value)
