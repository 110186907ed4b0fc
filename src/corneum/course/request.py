"""What is asked of a course: who, what bothers them and where, and what the clinic has and allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field

from corneum.lesions.exclusions import Exclusion
from corneum.skin import Person
from corneum.units import Quantity

Answer = str | float | tuple[str, ...]
"""The answer to one question of the intake: a word, a date in ISO form, a number or a list of sites."""


class RequestError(ValueError):
    """A request that cannot be read; ``mistakes`` lists every one, with its place."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class Goal:
    """One thing that bothers the person, at one place.

    Parameters
    ----------
    concern
        A concern of the suitability table, for example ``photo_ageing``.
    zone
        Body site by its name in `corneum.skin.SITES`.
    severity
        A level of the concern's own scale, or None if nobody graded it.
    """

    concern: str
    zone: str
    severity: str | None = None


@dataclass(frozen=True)
class SettingRange:
    """What a setting of a device of the clinic can be set to.

    Parameters
    ----------
    low, high
        Ends of the range, in the unit in which the device is read.
    step
        The smallest change that its gauge shows, same unit.
    """

    low: Quantity
    high: Quantity
    step: Quantity


@dataclass(frozen=True)
class ClinicDevice:
    """One device as the clinic has it.

    Parameters
    ----------
    name
        A device of `corneum.devices.DEVICES`.
    label
        What the clinic calls it.
    vacuum
        What its vacuum can be set to.
    settings
        What the clinic measured, weighed or read from a label: setting -> quantity. What is absent is sampled.
    grits
        Diamond tips at hand; empty if the grit is among ``settings`` or the device has none.
    speed_mm_s
        Speed of the handpiece as the clinic measured it, mm/s, or None: then it is sampled.
    overlap_share
        Overlap of neighboring strokes, or None: then it is sampled.
    material
        Grain material.
    """

    name: str
    label: str
    vacuum: SettingRange
    settings: Mapping[str, Quantity] = field(default_factory=dict)
    grits: tuple[Quantity, ...] = ()
    speed_mm_s: float | None = None
    overlap_share: float | None = None
    material: str = "alumina"


@dataclass(frozen=True)
class Limits:
    """What the clinic allows; what is None stands at its evidence row.

    Parameters
    ----------
    beyond_probability
        Most probability, over the sampled skins, that more than ``tolerance_area_share`` of a zone goes beyond the
        stratum corneum in any session. Row ``course.limit.beyond_probability``.
    tolerance_area_share
        Share of the area that may. Row ``course.limit.tolerance_area_share``.
    barrier_probability
        Probability wanted that the barrier is back before the next session. Row ``course.limit.barrier_probability``.
    passes
        Most passes; never above rule ``treatment.passes.cap``.
    """

    beyond_probability: float | None = None
    tolerance_area_share: float | None = None
    barrier_probability: float | None = None
    passes: int | None = None


@dataclass(frozen=True)
class Prices:
    """The clinic's own prices.

    Parameters
    ----------
    currency
        As the clinic writes it.
    session
        Price of a session.
    """

    currency: str
    session: float


@dataclass(frozen=True)
class Clinic:
    """Who treats, with what.

    Parameters
    ----------
    name
        Of the clinic.
    clinician
        Who decides; named on every plan.
    doctor
        A named doctor, or None: coarse diamond tips and intervals under 7 days need one.
    devices
        What is at hand.
    limits
        What the clinic allows.
    prices
        Own prices, or None.
    """

    name: str
    clinician: str
    devices: tuple[ClinicDevice, ...]
    doctor: str | None = None
    limits: Limits = Limits()
    prices: Prices | None = None


@dataclass(frozen=True)
class CourseRequest:
    """What is asked of a course.

    Parameters
    ----------
    title
        One line.
    person
        Whose skin.
    answers
        Question id -> answer of the intake.
    goals
        What is wished for.
    clinic
        Who treats, with what, within which limits.
    start
        Earliest day of the first session.
    sessions, interval_d
        Wanted number of sessions and days between them, or None: then the rules' own.
    areas_cm2
        Zone -> area, cm2, where it was measured.
    maintenance_weeks
        Weeks between sessions after the course, if the clinician chooses any.
    about
        What else the reader should know of the person.
    marks
        Marks on the skin, which are never treated over.
    prescribed
        What a prescriber added, some of `corneum.course.care.PRESCRIPTIONS`.
    """

    title: str
    person: Person
    answers: Mapping[str, Answer]
    goals: tuple[Goal, ...]
    clinic: Clinic
    start: date
    sessions: Annotated[int, Field(ge=1, le=16)] | None = None
    interval_d: Annotated[float, Field(ge=1, le=366)] | None = None
    areas_cm2: Mapping[str, float] = field(default_factory=dict)
    maintenance_weeks: Annotated[int, Field(ge=1, le=104)] | None = None
    prescribed: tuple[str, ...] = ()
    about: str = ""
    marks: tuple[Exclusion, ...] = ()

    @property
    def zones(self) -> tuple[str, ...]:
        """Zones of the goals, each once, in order."""
        return tuple(dict.fromkeys(goal.zone for goal in self.goals))
