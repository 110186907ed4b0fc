"""Read a protocol from TOML; every mistake is listed at once, and nothing half-read is returned."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corneum.abrasion import Application, Mask, MaskError, StrokeError, StrokePlan
from corneum.devices import DEVICES, SettingError, UnknownDeviceError, configure, find_device
from corneum.evidence import Book, load_evidence
from corneum.evidence.mistakes import mistakes_in_words
from corneum.skin import Air, Person, SkinInputError, UnknownSiteError, find_site
from corneum.treatment.protocol import Protocol, ProtocolError, RefusedError, Step
from corneum.units import Quantity, UnitError, parse_quantity

_MOST = 10**12  # larger whole numbers need not fit into a float
_T = TypeVar("_T")
_M = TypeVar("_M", bound=BaseModel)


def _in(unit: str, *, plain: bool = False) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if isinstance(value, int) and abs(value) > _MOST:
                raise UnitError("the number is too large")
            if plain:
                return float(value)
            raise UnitError(f'{value:g} has no unit; write for example "{value:g} {unit}"')
        return _written(value, unit).to(unit)

    return read


def _written(value: object, usual: str = "kPa") -> Quantity:
    if not isinstance(value, str):
        raise UnitError(f'{value!r} has no unit; write it as text, for example "30 {usual}"')
    if value.strip().replace(".", "", 1).isdigit():
        raise UnitError(f'{value!r} has no unit; write for example "{value.strip()} {usual}"')
    return parse_quantity(value)


Millimeters = Annotated[float, BeforeValidator(_in("mm"))]
Seconds = Annotated[float, BeforeValidator(_in("s"))]
Days = Annotated[float, BeforeValidator(_in("d"))]
Share = Annotated[float, BeforeValidator(_in("1", plain=True))]
Micrometers = Annotated[float, BeforeValidator(_in("um"))]
Speed = Annotated[float, BeforeValidator(_in("mm/s"))]
Area = Annotated[float, BeforeValidator(_in("mm2"))]
AsRead = Annotated[Quantity, BeforeValidator(_written)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Skin(_Table):
    age: Annotated[float, BeforeValidator(_in("y", plain=True))] = Field(40.0, ge=1, le=110)
    sex: Literal["female", "male", "unstated"] = "unstated"
    phototype: Literal["I", "II", "III", "IV", "V", "VI"] | None = None
    monk_tone: int | None = Field(None, ge=1, le=10)
    stripped: Share = Field(0.0, ge=0, lt=1)
    irritated: bool = False
    last_session: Days | None = Field(None, ge=0)


class _Room(_Table):
    temperature: Annotated[float, BeforeValidator(_in("degC"))] | None = None
    humidity: Share | None = None


class _Course(_Table):
    sessions: int = Field(1, ge=1, le=60)
    interval: Days = Field(14.0, gt=0, le=366)
    follow_up: Days = Field(28.0, gt=0, le=732)


class _Step(_Table):
    zone: str
    device: str
    area: Area = Field(2500.0, gt=0, le=200_000)
    passes: int = Field(1, ge=1, le=100)
    speed: Speed | None = Field(None, gt=0)
    hold: Seconds | None = Field(None, gt=0)
    overlap: Share | None = None
    crossed: bool = True
    mask_hole: Micrometers | None = Field(None, gt=0)
    mask_spacing: Micrometers | None = Field(None, gt=0)
    pitch: Micrometers = Field(50.0, ge=2, le=1000)
    material: str = "alumina"
    settings: dict[str, AsRead] = {}


class _Head(_Table):
    title: str = Field(min_length=3)
    about: str = ""
    cite: list[str] = []


_PARTS: dict[str, type[_Table]] = {"skin": _Skin, "room": _Room, "course": _Course}


def read_protocol(path: str | Path, *, book: Book | None = None) -> Protocol:
    """Return the protocol that a TOML file describes.

    Parameters
    ----------
    path
        The file.
    book
        Evidence to check settings and sources against; the shipped one if None.

    Raises
    ------
    ProtocolError
        If the file cannot be read or has mistakes; every mistake is listed with its place.
    RefusedError
        If the file is well written, but a setting lies outside what its device can do.
    """
    name = Path(path).name
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ProtocolError([f"{path}: cannot be read: {reason}"]) from error
    return parse_protocol(text, name=name, book=book)


def parse_protocol(text: str, *, name: str = "protocol", book: Book | None = None) -> Protocol:
    """Return the protocol that a TOML text describes; see `read_protocol`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProtocolError([f"{name}: not valid TOML: {error}"]) from error
    book = book or load_evidence()
    mistakes: list[str] = []
    refusals: list[str] = []
    head = _checked(_Head, {key: raw[key] for key in raw if key not in _PARTS and key != "step"}, name, mistakes)
    skin = _checked(_Skin, raw.get("skin", {}), f"{name}: skin", mistakes)
    room = _checked(_Room, raw.get("room", {}), f"{name}: room", mistakes)
    course = _checked(_Course, raw.get("course", {}), f"{name}: course", mistakes)
    steps = _steps(raw.get("step", []), name, book, mistakes, refusals)
    if head is not None:
        mistakes += [
            f"{name}: cite: no evidence source has the key {key!r}" for key in head.cite if key not in book.sources
        ]
    person = air = None
    if skin is not None:
        person = _attempt(mistakes, f"{name}: skin", lambda: Person(skin.age, skin.sex, skin.phototype, skin.monk_tone))
    if room is not None:
        air = _attempt(mistakes, f"{name}: room", lambda: Air(room.temperature, room.humidity))
    if mistakes or head is None or skin is None or course is None or person is None or air is None:
        raise ProtocolError(mistakes + refusals)
    if refusals:
        raise RefusedError(refusals)
    return Protocol(
        title=head.title,
        steps=tuple(steps),
        person=person,
        air=air,
        sessions=course.sessions,
        interval_d=course.interval,
        follow_up_d=course.follow_up,
        stripped_share=skin.stripped,
        irritated=skin.irritated,
        rest_d=skin.last_session,
        about=head.about,
        cites=tuple(head.cite),
        text=text,
        defaults=tuple(_defaults(skin, course, raw["step"])),
    )


def _defaults(skin: _Skin, course: _Course, steps: list[dict[str, object]]) -> Iterator[str]:
    """Yield what was not given and changes what is expected."""
    if "age" not in skin.model_fields_set:
        yield f"age {skin.age:g} y"
    if course.sessions > 1 and "interval" not in course.model_fields_set:
        yield f"interval {course.interval:g} d"
    for step in steps:
        if "passes" not in step and step["device"] != "tape":
            yield f"1 pass ({step['zone']})"
        if "area" not in step:
            yield f"area 25 cm2 ({step['zone']})"
        if "mask_hole" in step and "mask_spacing" not in step:
            yield f"mask spacing twice the hole ({step['zone']})"


def _checked(model: type[_M], raw: object, at: str, mistakes: list[str]) -> _M | None:
    if not isinstance(raw, dict):
        mistakes.append(f"{at}: must be a table")
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        mistakes.extend(
            f"{at}: {message}" for message in mistakes_in_words(error, model, _PARTS if model is _Head else ())
        )
        return None


def _steps(raw: object, name: str, book: Book, mistakes: list[str], refusals: list[str]) -> list[Step]:
    if not isinstance(raw, list) or not raw:
        mistakes.append(f"{name}: at least one [[step]] is needed")
        return []
    built = []
    for number, entry in enumerate(raw, 1):
        zone = f" ({entry['zone']})" if isinstance(entry, dict) and "zone" in entry else ""
        at = f"{name}: step {number}{zone}"
        checked = _checked(_Step, entry, at, mistakes)
        if checked is None:
            mistakes += [f"{at}: {told}" for told in _names_mistakes(entry)]
            continue
        step = _step(checked, at, book, mistakes, refusals)
        if step is not None:
            built.append(step)
    return built


def _names_mistakes(entry: object) -> Iterator[str]:
    """Yield what is wrong with the names of a step whose other fields are wrong already."""
    finders: dict[str, Callable[[str], object]] = {"zone": find_site, "device": find_device}
    for key, find in finders.items():
        written = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(written, str):
            try:
                find(written)
            except ValueError as error:
                yield str(error)


def _unused_mistakes(step: _Step, kind: str) -> Iterator[str]:
    """Yield the fields of a step that its kind of device has no use for."""
    unused = {"mask_hole", "mask_spacing", "material"} if kind != "crystal" else set()
    if kind in ("tape", "pad"):
        unused |= {"hold", "speed", "overlap", "crossed"}
    for name in sorted(unused & step.model_fields_set):
        yield f"{name}: means nothing for a {kind} step; leave it out"


def _step(step: _Step, at: str, book: Book, mistakes: list[str], refusals: list[str]) -> Step | None:
    site = _attempt(mistakes, at, lambda: find_site(step.zone))
    plan = _attempt(mistakes, at, lambda: _plan(step, book))
    mask = _attempt(mistakes, at, lambda: _mask(step))
    settings = None
    if step.device in DEVICES:
        mistakes += [f"{at}: {told}" for told in _unused_mistakes(step, DEVICES[step.device].kind)]
    try:
        settings = configure(step.device, step.settings, book, material=step.material)
    except UnknownDeviceError as error:
        mistakes.append(f"{at}: {error}")
    except SettingError as error:
        for mistake in error.mistakes:
            (refusals if " is outside what " in mistake else mistakes).append(f"{at}: {mistake}")
    if site is None or plan is None or settings is None:
        return None
    return Step(site, Application(settings, plan, mask), step.pitch)


def _plan(step: _Step, book: Book) -> StrokePlan:
    if step.hold is not None and step.speed is not None:
        raise StrokeError("give speed or hold, not both")
    side = step.area**0.5
    speed = step.speed if step.speed is not None else book.number("abrasion.stroke.speed_mm_s").value
    return StrokePlan(
        width_mm=side,
        height_mm=side,
        passes=step.passes,
        speed_mm_s=0.0 if step.hold is not None else speed,
        overlap_share=step.overlap if step.overlap is not None else book.number("abrasion.stroke.overlap_share").value,
        crossed=step.crossed,
        dwell_s=step.hold or 0.0,
        wander_mm=book.number("abrasion.stroke.wander_mm").value,
        speed_spread_ratio=book.number("abrasion.stroke.speed_spread_ratio").value,
        speed_known=step.speed is not None,
        overlap_known=step.overlap is not None,
    )


def _mask(step: _Step) -> Mask | None:
    if step.mask_hole is None:
        if step.mask_spacing is not None:
            raise MaskError("mask_spacing needs mask_hole beside it")
        return None
    return Mask(step.mask_hole, step.mask_spacing if step.mask_spacing is not None else 2 * step.mask_hole)


def _attempt(mistakes: list[str], at: str, make: Callable[[], _T]) -> _T | None:
    try:
        return make()
    except (SkinInputError, UnknownSiteError, StrokeError, ValueError) as error:
        mistakes.append(f"{at}: {error}")
        return None
