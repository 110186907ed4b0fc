"""Rows of the clinic as what the core asks and returns, kept in this process's memory while it is looked at."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from corneum.clinic.consent.queries import age_on
from corneum.clinic.intake import queries as intake
from corneum.clinic.intake.reading import book_with
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.rules import queries as rules
from corneum.clinic.rules.books import stricter_limits
from corneum.clinic.stock import queries as stock
from corneum.course import Look, Looks, OtherSettings, Plan, PlanFileError
from corneum.screening import Override, RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PLANS = 12
_MOST_LOOKS = 24
_PERSON = ("age", "sex", "phototype")


class Desk:
    """A plan that is being looked at: its sampled skins, and the last looks at it.

    Looks at one plan wait for one another; those at other plans do not.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._looks = Looks(plan)
        self._seen: OrderedDict[tuple[str, OtherSettings], Look] = OrderedDict()
        self._alone = Lock()

    def at(self, zone: str, other: OtherSettings | None = None) -> Look:
        """Return a zone with other settings; see `corneum.course.Looks.at`."""
        key = (zone, other or OtherSettings())
        with self._alone:
            if key not in self._seen:
                self._seen[key] = self._looks.at(*key)
                while len(self._seen) > _MOST_LOOKS:
                    self._seen.popitem(last=False)
            self._seen.move_to_end(key)
            return self._seen[key]


_desks: OrderedDict[UUID, Desk] = OrderedDict()
_lock = Lock()


def plan_of(version: PlanVersion) -> Plan:
    """Return what a version planned.

    Raises
    ------
    PlanFileError
        If another version of the program wrote what this one cannot read.
    """
    return desk_of(version).plan


def is_readable(version: PlanVersion) -> bool:
    """Return whether there is a plan that this version of the program can read."""
    try:
        return version.plan is not None and bool(plan_of(version))
    except PlanFileError:
        return False


def desk_of(version: PlanVersion) -> Desk:
    """Return a version's plan for looking at; a version never changes, so it is read once in a process."""
    with _kept() as desks:
        found = desks.get(version.pk)
        if found is not None:
            desks.move_to_end(version.pk)
            return found
    made = Desk(Plan.from_dict(version.plan or {}))
    with _kept() as desks:
        desks[version.pk] = made
        while len(desks) > _MOST_PLANS:
            desks.popitem(last=False)
    return made


@contextmanager
def _kept() -> "Iterator[OrderedDict[UUID, Desk]]":
    with _lock:
        yield _desks


def answers_of(client_id: UUID) -> dict[str, Any]:
    """Return the client's latest answers as a request writes them; empty where the client answered nothing."""
    sheet = intake.answers_of(client_id)
    if sheet is None:
        return {}
    return {name: _plain(value) for name, value in sheet.answers.items()}


def concerns_of(client_id: UUID) -> list[dict[str, str]]:
    """Return what bothers the client and where, as the intake keeps it; empty where it keeps nothing."""
    found = intake.concerns_of(client_id)
    return [{"concern": one.concern, "zone": one.zone, "severity": one.severity} for one in found]


def stopped_by(version: PlanVersion, today: date) -> list[str]:
    """Return the rules that stop a planned zone by the newest answers; a deferral may be over by the first session."""
    found = intake.against(version.client_id, [zone.zone for zone in version.zones()], today)
    return [one.rule.id for one in found if one.verdict == "stop"]


def standing_overrides(client_id: UUID, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what stands in the place of rules for a client: the clinic's stricter ones, and a clinician's decisions.

    As JSON can hold it.
    """
    book = book_with((one for one in intake.overrides_of(client_id) if one.ended is None), answers)
    found = (book.standing(name).override for name in book.rules)
    return [one.model_dump(mode="json") for one in found if one is not None]


def rules_with(overrides: Iterable[Mapping[str, Any]]) -> RuleBook:
    """Return the rules with what stood in their place when a version was asked for, and who signed them."""
    book = rules.book()
    standings = {name: replace(one, override=None) for name, one in book.standings.items()}
    for raw in overrides:
        one = Override.model_validate(raw)
        if one.rule in book.rules:
            standings[one.rule] = replace(book.standing(one.rule), override=one)
    return replace(book, standings=standings)


def person_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the answers say of the person: sex and phototype, where they are known."""
    found = {key: answers.get(f"person.{key}") for key in _PERSON}
    return {key: value for key, value in found.items() if value not in (None, "", "don't know")}


def request_tables(fields: Mapping[str, Any], *, born: date, today: date, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a course's request, as `corneum.course.request_file` reads them and JSON can hold them.

    Parameters
    ----------
    fields
        What the form said.
    born, today
        For the age on the day of planning.
    answers
        Of the intake.
    """
    person = {"age": float(age_on(born, today)), "sex": fields["sex"], "phototype": fields["phototype"]}
    asked = {name: _share(fields.get(name)) for name in ("beyond_probability", "tolerance_area", "barrier_probability")}
    limits = stricter_limits({**asked, "passes": fields.get("passes")}, rules.limits())
    clinic = {
        "name": fields["clinic_name"],
        "clinician": fields["clinician"],
        "doctor": fields.get("doctor"),
        "limits": limits | ({"passes": int(limits["passes"])} if "passes" in limits else {}),
        "prices": stock.prices(),
    }
    course = {
        "sessions": fields.get("sessions"),
        "interval": None if fields.get("interval_d") is None else f"{fields['interval_d']} d",
        "maintenance_weeks": fields.get("maintenance_weeks"),
        "prescribed": list(fields.get("prescribed") or ()),
    }
    start = fields.get("start")
    return _given(
        {
            "title": fields["title"],
            "about": fields.get("about"),
            "start": None if start is None else start.isoformat(),
            "person": _given(person),
            "answers": {key: value for key, value in answers.items() if key.removeprefix("person.") not in _PERSON},
            "goal": [_given(goal) for goal in fields["goals"]],
            "clinic": _given(clinic),
            "course": _given(course),
            "device": [one for one in stock.clinic_devices() if one["label"] in fields["devices"]],
            "mark": list(fields.get("marks", ())),
        }
    )


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _given(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value not in (None, "", [], {})}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
