"""Whose skin, in which air, in which state today: the validated inputs."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

Sex = Literal["female", "male", "unstated"]
Phototype = Literal["I", "II", "III", "IV", "V", "VI"]


class SkinInputError(ValueError):
    """A person, air or state that cannot be; the message says what is allowed."""


@dataclass(frozen=True)
class Person:
    """The person whose skin is treated.

    Phototype comes from the questionnaire and is never inferred, least of all from a picture. It changes no
    quantity of `Skin`: no source gives an effect of pigment on abrasion. It only flags pigment risk.

    Parameters
    ----------
    age_y
        Age [y], 1 to 110.
    sex
        ``female``, ``male`` or ``unstated``.
    phototype
        Fitzpatrick phototype ``I`` to ``VI`` by questionnaire, or None if not asked.
    monk_tone
        Monk skin tone 1 to 10 as the person chose it, or None. Noted; nothing is computed from it.

    Raises
    ------
    SkinInputError
        If a value is outside what is allowed.
    """

    age_y: float
    sex: Sex = "unstated"
    phototype: Phototype | None = None
    monk_tone: int | None = None

    def __post_init__(self) -> None:
        _check_between("age_y", self.age_y, 1, 110, "years")
        if self.sex not in get_args(Sex):
            raise SkinInputError(f"sex is {self.sex!r}; allowed are {', '.join(get_args(Sex))}")
        if self.phototype is not None and self.phototype not in get_args(Phototype):
            allowed = ", ".join(get_args(Phototype))
            raise SkinInputError(f"phototype is {self.phototype!r}; allowed are {allowed} (Fitzpatrick) or none")
        if self.monk_tone is not None and (type(self.monk_tone) is not int or not 1 <= self.monk_tone <= 10):
            raise SkinInputError(f"monk_tone is {self.monk_tone!r}; allowed are whole numbers from 1 to 10, or none")

    @property
    def pigment_risk(self) -> bool | None:
        """Whether the phototype is one in which pigment change is watched for (IV to VI); None if not asked.

        References
        ----------
        Clinical rows CI-074, CI-076. A flag, without a number: pigment change is not simulated.
        """
        return None if self.phototype is None else self.phototype in ("IV", "V", "VI")


@dataclass(frozen=True)
class Air:
    """The air of the room. What is None is not known, and is sampled from the rows under ``skin.air``.

    Parameters
    ----------
    temperature_degc
        Air temperature [degC], 10 to 40.
    humidity_share
        Relative humidity as a share, 0 to 1 (0.45 is 45 %).

    Raises
    ------
    SkinInputError
        If a value is outside what is allowed.
    """

    temperature_degc: float | None = None
    humidity_share: float | None = None

    def __post_init__(self) -> None:
        if self.temperature_degc is not None:
            _check_between("temperature_degc", self.temperature_degc, 10, 40, "degrees Celsius")
        if self.humidity_share is not None:
            _check_between("humidity_share", self.humidity_share, 0, 1, "a share: write 0.45 for 45 %")


@dataclass(frozen=True)
class State:
    """The skin's state today.

    Parameters
    ----------
    stripped_share
        Share of the stratum corneum already gone from the top, at least 0 and below 1.
    irritated
        Whether the skin is irritated today.
    rest_days
        Days since the last session, or None if there was none. Recorded only; recovery uses it.

    Raises
    ------
    SkinInputError
        If a value is outside what is allowed.
    """

    stripped_share: float = 0.0
    irritated: bool = False
    rest_days: float | None = None

    def __post_init__(self) -> None:
        _check_between("stripped_share", self.stripped_share, 0, 1, "a share")
        if self.stripped_share == 1:
            raise SkinInputError("stripped_share is 1; allowed are 0 to below 1: skin without a corneum is a wound")
        if not isinstance(self.irritated, bool):
            raise SkinInputError(f"irritated is {self.irritated!r}; allowed are true and false")
        if self.rest_days is not None:
            _check_between("rest_days", self.rest_days, 0, math.inf, "days, or none")


def _check_between(name: str, value: object, low: float, high: float, what: str) -> None:
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and math.isfinite(value)
        and low <= value <= high
    ):
        return
    limit = f"numbers from {low:g} to {high:g}" if math.isfinite(high) else f"numbers from {low:g} up"
    raise SkinInputError(f"{name} is {value!r}; allowed are {limit} ({what})")
