"""The tables of a request file: their keys, and what each may hold."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corneum.course.care import Prescription
from corneum.evidence import mistakes_in_words
from corneum.treatment.protocol_file import AsRead, Days, Share, Speed
from corneum.units import UnitError, parse_quantity

TABLES = ("person", "course", "clinic", "device", "goal", "answers", "mark", "marks")
"""Tables of a request file, beside the keys at its head."""


def _area_cm2(value: object) -> float:
    if not isinstance(value, str):
        raise UnitError(f'{value!r} has no unit; write for example "40 cm2"')
    return parse_quantity(value).to("cm2")


def _day(value: object) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"{value!r} is not a date; write year-month-day, such as 2026-12-04")


class _Base(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonTable(_Base):
    """Who."""

    age: float = Field(ge=1, le=110)
    sex: Literal["female", "male", "unstated"] = "unstated"
    phototype: Literal["I", "II", "III", "IV", "V", "VI"] | None = None


class GoalTable(_Base):
    """One goal."""

    concern: str
    zone: str
    severity: str | None = None


class CourseTable(_Base):
    """Sessions and interval."""

    sessions: int | None = Field(None, ge=1, le=16)
    interval: Days | None = Field(None, ge=1, le=366)
    maintenance_weeks: int | None = Field(None, ge=1, le=104)
    prescribed: list[Prescription] = []


class LimitsTable(_Base):
    """Limits of the clinic."""

    beyond_probability: Share | None = Field(None, gt=0, lt=1)
    tolerance_area: Share | None = Field(None, ge=0, lt=1)
    barrier_probability: Share | None = Field(None, gt=0, le=1)
    passes: int | None = Field(None, ge=1, le=100)


class PricesTable(_Base):
    """Prices of the clinic."""

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    session: float = Field(gt=0)


class ClinicTable(_Base):
    """The clinic."""

    name: str = Field(min_length=2)
    clinician: str = Field(min_length=2)
    doctor: str | None = None
    limits: LimitsTable = LimitsTable()
    prices: PricesTable | None = None


class DeviceTable(_Base):
    """One device."""

    name: str
    label: str = ""
    vacuum: list[AsRead] = Field(min_length=1, max_length=2)
    vacuum_step: AsRead | None = None
    settings: dict[str, AsRead] = {}
    grits: list[AsRead] = []
    speed: Speed | None = Field(None, gt=0)
    overlap: Share | None = Field(None, ge=0, lt=0.95)
    material: str = "alumina"


class HeadTable(_Base):
    """What stands above the tables."""

    title: str = Field(min_length=3)
    about: str = ""
    start: Annotated[date, BeforeValidator(_day)] | None = None
    areas: dict[str, Annotated[float, BeforeValidator(_area_cm2)]] = {}


def messages(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """Yield what is wrong with a table, each with its key."""
    return mistakes_in_words(error, model, TABLES if model is HeadTable else ())
