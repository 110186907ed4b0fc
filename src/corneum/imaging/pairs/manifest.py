"""The list of a course's photographs, as a person or a program writes it (TOML)."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corneum.evidence import load_evidence, mistakes_in_words
from corneum.imaging.gates import VIEWS
from corneum.imaging.pairs.prepared import require_site

State = Literal["baseline", "immediate", "durable"]
Model = TypeVar("Model", bound=BaseModel)


class ManifestError(ValueError):
    """The list of photographs cannot be used; the message names every mistake."""


class _Photo(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[str, Field(min_length=1)]
    state: State
    taken: date | datetime | None = None
    session: Annotated[int, Field(ge=0, le=100)] = 0
    view: str = "front"
    scale_px_per_mm: Annotated[float, Field(gt=0, le=500)] | None = None

    @field_validator("view")
    @classmethod
    def _known_view(cls, view: str) -> str:
        if view not in VIEWS:
            near = get_close_matches(view, VIEWS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(VIEWS)}"
            raise ValueError(f"no view is called {view!r}: {hint}")
        return view


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = ""
    site: str = ""
    first_session: date | None = None

    @field_validator("site")
    @classmethod
    def _known_site(cls, site: str) -> str:
        return require_site(site)


@dataclass(frozen=True)
class Listed:
    """One photograph of a course.

    Parameters
    ----------
    path
        The file.
    state
        ``baseline`` before the first session, ``immediate`` on a session's day, ``durable`` at least 14 days after one.
    taken
        When; where the list says nothing, the camera's own note is used.
    session
        The last session before the photograph; 0 before the first one.
    view
        As in clinical photography, for example ``front``.
    scale_px_per_mm
        Known scale; None to find it in the picture.
    """

    path: Path
    state: State
    taken: datetime | None
    session: int
    view: str
    scale_px_per_mm: float | None


@dataclass(frozen=True)
class Manifest:
    """The photographs of one person's course, baseline first, then by date.

    Parameters
    ----------
    title
        Of the report.
    site
        Zone name of a body site; empty for a face.
    baseline
        The photograph before the first session.
    followups
        The others, by date.
    first_session
        Day of the first session; None where it is not written.
    """

    title: str
    site: str
    baseline: Listed
    followups: tuple[Listed, ...]
    first_session: date | None


def read_manifest(path: Path) -> Manifest:
    """Return the list of photographs in a TOML file; file names are read beside it.

    Raises
    ------
    ManifestError
        If the file is not TOML, a key is unknown, there is not exactly one baseline, a photograph is missing, listed
        twice or not in the list's folder, a follow-up is dated before the baseline, or one that is called durable too
        soon after a session.
    OSError
        If the file cannot be read.
    """
    try:
        raw = tomllib.loads(path.read_bytes().decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path.name}: not a TOML file: {error}") from None
    tables = raw.pop("photo", [])
    if not isinstance(tables, list):
        raise ManifestError(f"{path.name}: write each photograph as a table of its own: [[photo]]")
    mistakes: list[str] = []
    head = _parsed(_Head, raw, "at the head", mistakes, ("photo",))
    photos = [_parsed(_Photo, table, f"photo {i}", mistakes) for i, table in enumerate(tables, 1)]
    mistakes += [
        mistake for photo in photos if photo is not None for mistake in _mistakes_of_file(path.parent, photo.file)
    ]
    listed = [_listed(photo, path.parent) for photo in photos if photo is not None]
    if not mistakes:
        # A photograph that could not be read may be the one that seems to be missing.
        mistakes += _mistakes_of_course(listed)
        mistakes += _mistakes_of_states(listed, head.first_session if head else None)
    if mistakes or head is None:
        raise ManifestError("\n".join(f"{path.name}: {mistake}" for mistake in mistakes))
    baseline = next(one for one in listed if one.state == "baseline")
    others = sorted((one for one in listed if one.state != "baseline"), key=_when)
    return Manifest(head.title, head.site, baseline, tuple(others), head.first_session)


def _parsed(
    model: type[Model], table: object, where: str, mistakes: list[str], beside: tuple[str, ...] = ()
) -> Model | None:
    if not isinstance(table, dict):
        mistakes.append(f"{where}: write it as a table of its own: [[photo]]")
        return None
    try:
        return model.model_validate(table)
    except ValidationError as error:
        mistakes += [f"{where}: {mistake}" for mistake in mistakes_in_words(error, model, beside)]
        return None


def _mistakes_of_course(listed: list[Listed]) -> list[str]:
    """Return what is wrong with the photographs together."""
    baselines = [one for one in listed if one.state == "baseline"]
    if len(baselines) != 1:
        return [f'exactly one photograph has state = "baseline", not {len(baselines)}']
    if len(listed) < 2:
        return ["a course needs a baseline and at least one more photograph"]
    names = [str(one.path) for one in listed]
    if twice := sorted({one.path.name for one in listed if names.count(str(one.path)) > 1}):
        return [f"{name!r} is listed twice" for name in twice]
    start = baselines[0].taken
    return [
        f"{one.path.name!r} is dated {one.taken:%Y-%m-%d}, before the baseline on {start:%Y-%m-%d}"
        for one in listed
        if start is not None and one.taken is not None and one.taken.date() < start.date()
    ]


def _mistakes_of_file(folder: Path, name: str) -> list[str]:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return [f"{name!r} lies outside the folder of the list: put the photographs beside it"]
    return [] if path.is_file() else [f"there is no file {name!r} beside the list"]


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _mistakes_of_states(listed: list[Listed], first_session: date | None) -> list[str]:
    """Return which photographs are called durable though a session was too near, as far as the list tells its days."""
    known = [one.taken.date() for one in listed if one.state == "immediate" and one.taken is not None]
    days = sorted({*known, *([first_session] if first_session else [])})
    least = load_evidence().number("imaging.durable_after_d").value
    found = []
    for one in listed:
        before = [day for day in days if one.taken is not None and day <= one.taken.date()]
        if one.state == "durable" and one.taken is not None and before:
            after = (one.taken.date() - before[-1]).days
            if after < least:
                found.append(
                    f"{one.path.name!r} of {one.taken:%Y-%m-%d} is called durable, {_days(after)} after the session of "
                    f"{before[-1]:%Y-%m-%d}: durable is {least:.0f} days or more; on a session's day write "
                    '"immediate", between them leave it out'
                )
    return found


def _listed(photo: _Photo, folder: Path) -> Listed:
    taken = photo.taken
    if isinstance(taken, datetime):
        # The clock on the wall, as a camera writes it: times with and without a zone could not be put in order.
        taken = taken.replace(tzinfo=None)
    elif taken is not None:
        taken = datetime(taken.year, taken.month, taken.day)
    return Listed(folder / photo.file, photo.state, taken, photo.session, photo.view, photo.scale_px_per_mm)


def _when(one: Listed) -> tuple[datetime, int, str]:
    return (one.taken or datetime.max, one.session, one.path.name)
