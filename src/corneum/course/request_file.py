"""Read what is asked of a course from TOML; every mistake is listed at once, and nothing half-read is returned."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from corneum.course.care import load_care
from corneum.course.request import (
    Answer,
    Clinic,
    ClinicDevice,
    CourseRequest,
    Goal,
    Limits,
    Prices,
    RequestError,
    SettingRange,
)
from corneum.course.request_tables import (
    TABLES,
    ClinicTable,
    CourseTable,
    DeviceTable,
    GoalTable,
    HeadTable,
    PersonTable,
    messages,
)
from corneum.course.suitability import UnknownConcernError, UnknownSeverityError, load_suitability
from corneum.devices import SettingError, UnknownDeviceError, configure, find_device
from corneum.evidence import Book, load_evidence
from corneum.screening import AnswersError, RuleBook, load_rules
from corneum.screening.answers import checked_answers, flat
from corneum.skin import Person, SkinInputError, UnknownSiteError, find_site
from corneum.units import Quantity, UnitError

PLANNED_KINDS = ("crystal-venturi", "crystal-pressure", "diamond")
"""Devices that a clinic works with."""
_M = TypeVar("_M", bound=BaseModel)


class _Reader:
    """One file: its name, and the mistakes found so far."""

    def __init__(self, name: str, book: Book) -> None:
        self.name, self.book = name, book
        self.mistakes: list[str] = []

    def say(self, at: str, message: object) -> None:
        self.mistakes.append(f"{self.name}: {at}: {message}" if at else f"{self.name}: {message}")

    def checked(self, model: type[_M], raw: object, at: str) -> _M | None:
        if not isinstance(raw, dict):
            self.say(at, "must be a table")
            return None
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for message in messages(error, model):
                self.say(at, message)
            return None

    def each(self, model: type[_M], raw: object, at: str) -> list[tuple[int, _M]]:
        if not isinstance(raw, list) or not raw:
            self.say("", f"at least one [[{at}]] is needed")
            return []
        found = [(number, self.checked(model, entry, f"{at} {number}")) for number, entry in enumerate(raw, 1)]
        return [(number, entry) for number, entry in found if entry is not None]


def read_request(
    path: str | Path, *, today: date, book: Book | None = None, rules: RuleBook | None = None
) -> CourseRequest:
    """Return what a TOML file asks of a course.

    Parameters
    ----------
    path
        The file; an answers file that it names is looked for beside it.
    today
        The day of planning: no answered date may lie after it, and no course starts before it.
    book, rules
        Evidence and screening rules; the shipped ones if None.

    Raises
    ------
    RequestError
        If the file cannot be read or has mistakes; every mistake is listed with its place.
    """
    text = _text(Path(path))
    return parse_request(text, name=Path(path).name, folder=Path(path).parent, today=today, book=book, rules=rules)


def parse_request(
    text: str,
    *,
    today: date,
    name: str = "course",
    folder: Path | None = None,
    book: Book | None = None,
    rules: RuleBook | None = None,
) -> CourseRequest:
    """Return what a TOML text asks of a course; see `read_request`."""
    raw = _toml(text, name)
    return request_of(raw, today=today, name=name, folder=folder, book=book, rules=rules)


def request_of(
    raw: Mapping[str, Any],
    *,
    today: date,
    name: str = "course",
    folder: Path | None = None,
    book: Book | None = None,
    rules: RuleBook | None = None,
) -> CourseRequest:
    """Return what the tables of a request, already parsed, ask of a course; see `read_request`."""
    reader = _Reader(name, book or load_evidence())
    head = reader.checked(HeadTable, {key: value for key, value in raw.items() if key not in TABLES}, "")
    course = reader.checked(CourseTable, raw.get("course", {}), "course")
    person = _person(reader, raw.get("person", {}))
    clinic = _clinic(reader, raw)
    goals = _goals(reader, raw.get("goal"))
    answers = _answers(reader, raw, folder, today, rules or load_rules())
    areas = _areas(reader, head.areas if head is not None else {})
    start = _first_day(today) if head is None or head.start is None else head.start
    if head is not None and start < today:
        reader.say("start", f"{start.isoformat()} lies before the day of planning, {today.isoformat()}")
    if reader.mistakes or head is None or course is None or person is None or clinic is None:
        raise RequestError(reader.mistakes)
    return CourseRequest(
        title=head.title,
        person=person,
        answers=answers,
        goals=goals,
        clinic=clinic,
        start=start,
        sessions=course.sessions,
        interval_d=None if course.interval is None else max(1, round(course.interval)),
        areas_cm2=areas,
        maintenance_weeks=course.maintenance_weeks,
        prescribed=tuple(course.prescribed),
        about=head.about.strip(),
    )


def _first_day(today: date) -> date:
    """Return the earliest day on which all that comes before a session can still be done."""
    before = [-row.from_day for row in load_care() if row.phase == "before" and row.span == "session"]
    return today + timedelta(days=max(before, default=0))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise RequestError([f"{path.name}: cannot be read: {reason}"]) from error


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RequestError([f"{name}: not valid TOML: {error}"]) from error


def _person(reader: _Reader, raw: object) -> Person | None:
    found = reader.checked(PersonTable, raw, "person")
    if found is None:
        return None
    try:
        return Person(found.age, found.sex, found.phototype)
    except SkinInputError as error:
        reader.say("person", error)
        return None


def _goals(reader: _Reader, raw: object) -> tuple[Goal, ...]:
    goals = []
    table = load_suitability()
    for number, entry in reader.each(GoalTable, raw, "goal"):
        at = f"goal {number}"
        site = _site(reader, entry.zone, at)
        try:
            concern = table.concern(entry.concern)
            table.of(concern.id, entry.severity)
        except (UnknownConcernError, UnknownSeverityError) as error:
            reader.say(at, error)
            continue
        if site is not None:
            goals.append(Goal(concern.id, site, entry.severity))
    for goal in {
        goal for goal in goals if [(one.concern, one.zone) for one in goals].count((goal.concern, goal.zone)) > 1
    }:
        reader.say("goal", f"{goal.concern} on {goal.zone} is given twice")
    return tuple(goals)


def _site(reader: _Reader, zone: str, at: str) -> str | None:
    try:
        return find_site(zone).name
    except UnknownSiteError as error:
        reader.say(at, error)
        return None


def _areas(reader: _Reader, raw: Mapping[str, float]) -> dict[str, float]:
    found = {}
    for zone, area in raw.items():
        site = _site(reader, zone, "areas")
        if not 0 < area <= 5000:
            reader.say("areas", f"{zone}: {area:g} cm2 is not an area of a zone: above 0 up to 5000 cm2")
        elif site is not None:
            found[site] = area
    return found


def _clinic(reader: _Reader, raw: Mapping[str, Any]) -> Clinic | None:
    found = reader.checked(ClinicTable, raw.get("clinic", {}), "clinic")
    devices = [
        device
        for number, entry in reader.each(DeviceTable, raw.get("device"), "device")
        if (device := _device(reader, entry, f"device {number} ({entry.label or entry.name})")) is not None
    ]
    labels = [device.label for device in devices]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        reader.say("device", f"two devices are called {label!r}; give each its own label")
    if found is None:
        return None
    limits, prices = found.limits, found.prices
    return Clinic(
        name=found.name,
        clinician=found.clinician,
        doctor=found.doctor or None,
        devices=tuple(devices),
        limits=Limits(limits.beyond_probability, limits.tolerance_area, limits.barrier_probability, limits.passes),
        prices=None if prices is None else Prices(prices.currency, prices.session),
    )


def _device(reader: _Reader, raw: DeviceTable, at: str) -> ClinicDevice | None:
    before = len(reader.mistakes)
    try:
        title = find_device(raw.name).title
    except UnknownDeviceError as error:
        reader.say(at, error)
        return None
    if raw.name not in PLANNED_KINDS:
        reader.say(at, f"courses are planned with {', '.join(PLANNED_KINDS)}; {raw.name!r} is none of them")
        return None
    low, high = raw.vacuum[0], raw.vacuum[-1]
    step = raw.vacuum_step or Quantity(1.0, low.unit)
    _check_vacuum(reader, at, low, high, step)
    if raw.grits and raw.name != "diamond":
        reader.say(at, f"grits: {raw.name} has no diamond tips")
    if raw.grits and any(name.startswith("grit") for name in raw.settings):
        reader.say(at, "give grits, or a grit among the settings, not both")
    settings: dict[str, Quantity] = {}
    tips = [{"grit": grit} for grit in raw.grits] if raw.name == "diamond" else []
    for given in ({**raw.settings, "vacuum": low}, {**raw.settings, "vacuum": high}, *tips):
        try:
            made = configure(raw.name, given, reader.book, material=raw.material)
            settings = settings or {name: reading.quantity for name, reading in made.given.items()}
        except (SettingError, UnitError) as error:
            for mistake in getattr(error, "mistakes", (str(error),)):
                if f"{reader.name}: {at}: {mistake}" not in reader.mistakes:
                    reader.say(at, mistake)
    if any(name.startswith("vacuum") for name in raw.settings):
        reader.say(at, "settings: vacuum is searched; give its range as vacuum = [lowest, highest]")
    if len(reader.mistakes) > before:
        return None
    settings.pop("vacuum_kpa", None)
    return ClinicDevice(
        raw.name,
        raw.label or title,
        SettingRange(low, high, step),
        settings,
        tuple(raw.grits),
        raw.speed,
        raw.overlap,
        raw.material,
    )


def _check_vacuum(reader: _Reader, at: str, low: Quantity, high: Quantity, step: Quantity) -> None:
    try:
        ends = [abs(part.to("kPa")) for part in (low, high, step)]
    except UnitError as error:
        reader.say(at, f"vacuum: {error}")
        return
    if ends[0] > ends[1]:
        reader.say(at, f"vacuum: the lowest, {low}, is above the highest, {high}")
    if not ends[2] > 0:
        reader.say(at, f"vacuum_step: must be above 0, not {step}")


def _answers(
    reader: _Reader, raw: Mapping[str, Any], folder: Path | None, today: date, rules: RuleBook
) -> dict[str, Answer]:
    given = raw.get("answers", {})
    if isinstance(given, str):
        try:
            beside = _toml(_text((folder or Path()) / given), given)
        except RequestError as error:
            reader.mistakes.extend(error.mistakes)
            return {}
        given = {
            **beside.get("answers", {}),
            **{f"person.{key}": value for key, value in beside.get("person", {}).items()},
        }
    if not isinstance(given, dict):
        reader.say("answers", "must be a table of answers, or the name of an answers file")
        return {}
    person = raw.get("person")
    known = {
        f"person.{key}": value
        for key, value in (person.items() if isinstance(person, dict) else ())
        if f"person.{key}" in rules.questions
    }
    told = dict(flat(given, rules))
    for name in known.keys() & told.keys():
        if str(known[name]) != str(told[name]):
            reader.say("answers", f"{name}: {told[name]!r} here, but {known[name]!r} under [person]")
    try:
        found = checked_answers({**told, **known}, today, rules)
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
    except AnswersError as error:
        for mistake in error.mistakes:
            reader.say("answers", mistake)
        return {}
