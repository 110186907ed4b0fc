"""Read what is asked of a course from TOML; every mistake is listed at once, and nothing half-read is returned."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from corneum.course.care import load_care
from corneum.course.request import (
    Answer,
    Clinic,
    CourseRequest,
    Goal,
    Limits,
    Prices,
    RequestError,
)
from corneum.course.request_devices import device_of
from corneum.course.request_reader import Reader
from corneum.course.request_tables import (
    TABLES,
    ClinicTable,
    CourseTable,
    DeviceTable,
    GoalTable,
    HeadTable,
    PersonTable,
)
from corneum.course.suitability import UnknownConcernError, UnknownSeverityError, load_suitability
from corneum.evidence import Book, load_evidence
from corneum.lesions.exclusions import Exclusion
from corneum.lesions.marks_file import MarksError, marks_of, parse_marks
from corneum.screening import AnswersError, RuleBook, load_rules
from corneum.screening.answers import checked_answers, flat
from corneum.skin import Person, SkinInputError, UnknownSiteError, find_site


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
    reader = Reader(name, book or load_evidence())
    above = {key: value for key, value in raw.items() if key not in TABLES}
    head, _ = reader.partly(HeadTable, above, "", title="not read")
    course = reader.checked(CourseTable, raw.get("course", {}), "course")
    person = _person(reader, raw.get("person", {}))
    clinic = _clinic(reader, raw)
    goals = _goals(reader, raw.get("goal"))
    answers = _answers(reader, raw, folder, today, rules or load_rules())
    areas = _areas(reader, head.areas if head is not None else {})
    marks = _marks(reader, raw, folder, today)
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
        interval_d=course.interval,
        areas_cm2=areas,
        maintenance_weeks=course.maintenance_weeks,
        prescribed=tuple(course.prescribed),
        about=head.about.strip(),
        marks=marks,
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


def _person(reader: Reader, raw: object) -> Person | None:
    found = reader.checked(PersonTable, raw, "person")
    if found is None:
        return None
    try:
        return Person(found.age, found.sex, found.phototype)
    except SkinInputError as error:
        reader.say("person", error)
        return None


def _goals(reader: Reader, raw: object) -> tuple[Goal, ...]:
    goals = []
    for number, entry in reader.tables(raw, "goal"):
        at = f"goal {number}"
        found, whole = reader.partly(GoalTable, entry, at, concern="", zone="")
        if found is None:
            continue
        site = _site(reader, found.zone, at) if found.zone or whole else None
        concern = _concern(reader, found, at) if found.concern or whole else None
        if site is not None and concern is not None and whole:
            goals.append(Goal(concern, site, found.severity))
    for goal in {
        goal for goal in goals if [(one.concern, one.zone) for one in goals].count((goal.concern, goal.zone)) > 1
    }:
        reader.say("goal", f"{goal.concern} on {goal.zone} is given twice")
    return tuple(goals)


def _concern(reader: Reader, goal: GoalTable, at: str) -> str | None:
    table = load_suitability()
    try:
        concern = table.concern(goal.concern)
        table.of(concern.id, goal.severity)
    except (UnknownConcernError, UnknownSeverityError) as error:
        reader.say(at, error)
        return None
    return concern.id


def _site(reader: Reader, zone: str, at: str) -> str | None:
    try:
        return find_site(zone).name
    except UnknownSiteError as error:
        reader.say(at, error)
        return None


def _areas(reader: Reader, raw: Mapping[str, float]) -> dict[str, float]:
    found = {}
    for zone, area in raw.items():
        site = _site(reader, zone, "areas")
        if not 0 < area <= 5000:
            reader.say("areas", f"{zone}: {area:g} cm2 is not an area of a zone: above 0 up to 5000 cm2")
        elif site is not None:
            found[site] = area
    return found


def _marks(reader: Reader, raw: Mapping[str, Any], folder: Path | None, today: date) -> tuple[Exclusion, ...]:
    """Return the marks of the file and of the file of marks that it names."""
    found: list[Exclusion] = []
    try:
        found += marks_of(raw.get("mark", []), today=today)
    except MarksError as error:
        reader.mistakes.extend(f"{reader.name}: {said}" for said in error.mistakes)
    beside = raw.get("marks")
    if beside is None:
        return tuple(found)
    if not isinstance(beside, str):
        reader.say("marks", "must be the name of a file of marks; marks in this file stand in [[mark]] tables")
        return ()
    try:
        found += parse_marks(_text((folder or Path()) / beside), name=beside, today=today)
    except (MarksError, RequestError) as error:
        reader.mistakes.extend(error.mistakes)
    return tuple(found)


def _clinic(reader: Reader, raw: Mapping[str, Any]) -> Clinic | None:
    stand_in = {"name": "not read", "clinician": "not read"}
    found, whole = reader.partly(ClinicTable, raw.get("clinic", {}), "clinic", **stand_in)
    devices = []
    for number, entry in reader.tables(raw.get("device"), "device"):
        called = (entry.get("label") or entry.get("name")) if isinstance(entry, dict) else None
        at = f"device {number}" + (f" ({called})" if called else "")
        table, read = reader.partly(DeviceTable, entry, at)
        device = None if table is None else device_of(reader, table, at)
        if device is not None and read:
            devices.append(device)
    labels = [device.label for device in devices]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        reader.say("device", f"two devices are called {label!r}; give each its own label")
    if found is None:
        return None
    limits, prices = found.limits, found.prices
    cap = reader.book.rule("treatment.passes.cap")
    if limits.passes is not None and cap.value is not None and limits.passes > cap.value:
        reader.say("clinic", f"limits.passes: {limits.passes} is above the {cap.value:g} of rule {cap.key}")
    if not whole:
        return None
    return Clinic(
        name=found.name,
        clinician=found.clinician,
        doctor=found.doctor or None,
        devices=tuple(devices),
        limits=Limits(limits.beyond_probability, limits.tolerance_area, limits.barrier_probability, limits.passes),
        prices=None if prices is None else Prices(prices.currency, prices.session),
    )


def _answers(
    reader: Reader, raw: Mapping[str, Any], folder: Path | None, today: date, rules: RuleBook
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
