import math
from typing import Any

import pytest

from corneum.skin import Air, Person, SkinInputError, State


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"age_y": 0}, "age_y is 0; allowed are numbers from 1 to 110 .years."),
        ({"age_y": 111}, "age_y is 111; allowed"),
        ({"age_y": math.nan}, "age_y is nan; allowed"),
        ({"age_y": "40"}, "age_y is '40'; allowed"),
        ({"age_y": True}, "age_y is True; allowed"),
        ({"age_y": 40, "sex": "woman"}, "sex is 'woman'; allowed are female, male, unstated"),
        ({"age_y": 40, "phototype": "VII"}, "phototype is 'VII'; allowed are I, II, III, IV, V, VI"),
        ({"age_y": 40, "phototype": 3}, "phototype is 3; allowed are I"),
        ({"age_y": 40, "monk_tone": 11}, "monk_tone is 11; allowed are whole numbers from 1 to 10"),
        ({"age_y": 40, "monk_tone": 2.5}, "monk_tone is 2.5; allowed"),
        ({"age_y": 40, "monk_tone": True}, "monk_tone is True; allowed"),
    ],
)
def test_an_impossible_person_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(SkinInputError, match=message):
        Person(**fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"humidity_share": 45}, "humidity_share is 45; allowed are numbers from 0 to 1 .*write 0.45 for 45 %"),
        ({"humidity_share": -0.1}, "humidity_share is -0.1"),
        ({"temperature_degc": 72}, "temperature_degc is 72; allowed are numbers from 10 to 40 .degrees Celsius"),
        ({"temperature_degc": math.inf}, "temperature_degc is inf"),
    ],
)
def test_impossible_air_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(SkinInputError, match=message):
        Air(**fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"stripped_share": 1}, "stripped_share is 1; allowed are 0 to below 1"),
        ({"stripped_share": 20}, "stripped_share is 20; allowed are numbers from 0 to 1"),
        ({"irritated": "no"}, "irritated is 'no'; allowed are true and false"),
        ({"rest_days": -1}, "rest_days is -1; allowed are numbers from 0 up .days, or none"),
        ({"rest_days": math.inf}, "rest_days is inf"),
    ],
)
def test_an_impossible_state_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(SkinInputError, match=message):
        State(**fields)


def test_the_ends_of_what_is_allowed_are_allowed() -> None:
    assert [Person(age).age_y for age in (1, 110)] == [1, 110]
    assert Air(10, 0.0) != Air(40, 1.0)
    assert State(0.0, rest_days=0).rest_days == 0


def test_only_an_asked_phototype_flags_pigment_risk() -> None:
    assert Person(40).pigment_risk is None
    assert Person(40, monk_tone=9).pigment_risk is None
    assert [Person(40, phototype=step).pigment_risk for step in ("I", "II", "III", "IV", "V", "VI")] == [False] * 3 + [
        True
    ] * 3
