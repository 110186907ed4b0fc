"""A whole course of photographs: every follow-up against the same baseline."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from corneum.imaging.card import Scale
from corneum.imaging.door import read_photo
from corneum.imaging.pairs.manifest import Listed, Manifest
from corneum.imaging.pairs.measure import Progress, measure_pair, require_new
from corneum.imaging.pairs.prepared import Prepared, prepare
from corneum.imaging.pairs.result import Change, Pair
from corneum.imaging.photo import Photo, PhotoRefused
from corneum.imaging.repeatability import Study

_GIVEN_ERROR_SHARE = 0.0
"""Nobody said how well a given scale is known."""


@dataclass(frozen=True)
class Point:
    """One follow-up of a series.

    Parameters
    ----------
    listed
        The photograph as listed.
    pair
        Its comparison with the baseline; None where it was refused.
    refused
        Why; empty where it was measured.
    """

    listed: Listed
    pair: Pair | None
    refused: str = ""

    @property
    def taken(self) -> datetime | None:
        """When the photograph was taken, by the list or else by the camera."""
        return self.listed.taken or (self.pair.taken[1] if self.pair else None)


@dataclass(frozen=True)
class Series:
    """A measured course.

    Parameters
    ----------
    title
        Of the report.
    baseline
        As listed.
    points
        The follow-ups, by date.
    first_session
        Day of the first session; None where it is not known.
    """

    title: str
    baseline: Listed
    points: tuple[Point, ...]
    first_session: date | None

    def trend(self, zone: str, index: str) -> tuple[tuple[Point, Change], ...]:
        """Return the measured changes of one index in one zone, by date, without the withheld ones."""
        found = []
        for point in self.points:
            for change in point.pair.changes if point.pair else ():
                if (change.zone, change.index) == (zone, index) and change.verdict != "withheld":
                    found.append((point, change))
        return tuple(found)


def measure_series(
    manifest: Manifest,
    *,
    study: Study | None = None,
    progress: Progress | None = None,
    keep: Callable[[int, Pair], None] = lambda number, pair: None,
) -> Series:
    """Return every follow-up of a course measured against its baseline, by date; one that is refused says why.

    The maps of the indices are not kept: those of a long course would fill the memory.

    Parameters
    ----------
    manifest
        The list of photographs.
    study
        The clinic's own repeatability study.
    progress
        Called with what is being done, photographs done, and photographs in all.
    keep
        Called with the number of a follow-up in the list, from 1, and its pair with all maps, before these are dropped.

    Raises
    ------
    PhotoRefused
        If the baseline itself cannot be used.
    """
    tell = progress or (lambda what, done, total: None)
    everything = len(manifest.followups) + 1
    tell(manifest.baseline.path.name, 0, everything)
    baseline = _prepared(_read(manifest.baseline), manifest.baseline, manifest.site)
    points: list[Point] = []
    seen: dict[str, str] = {}
    for done, listed in enumerate(manifest.followups, 1):
        tell(listed.path.name, done, everything)
        try:
            photo = _read(listed)
            require_new(photo, seen)
            pair = measure_pair(baseline, _prepared(photo, listed, manifest.site), study=study)
            dated = _on_its_day(pair, listed)
            keep(done, dated)
            points.append(Point(listed, replace(dated, layers={})))
        except PhotoRefused as refused:
            points.append(Point(listed, None, str(refused)))
    tell("done", everything, everything)
    # The list may hold no dates: the cameras' own are known only now.
    points.sort(key=lambda point: point.taken or datetime.max)
    return Series(manifest.title, manifest.baseline, tuple(points), manifest.first_session)


def _on_its_day(pair: Pair, listed: Listed) -> Pair:
    """Return a pair, immediate if its follow-up was taken on a session's day however old the baseline."""
    return replace(pair, outcome="immediate" if listed.state == "immediate" else pair.outcome)


def _read(listed: Listed) -> Photo:
    photo = read_photo(listed.path)
    return replace(photo, taken=listed.taken or photo.taken)


def _prepared(photo: Photo, listed: Listed, site: str) -> Prepared:
    scale = None if listed.scale_px_per_mm is None else Scale(listed.scale_px_per_mm, _GIVEN_ERROR_SHARE, "given")
    return prepare(photo, site=site, view=listed.view, scale=scale)
