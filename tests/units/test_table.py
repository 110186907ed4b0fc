import math

import pytest

from corneum.units import UNITS, UnitError, unit


@pytest.mark.parametrize("symbol", UNITS)
def test_every_unit_is_found_by_its_own_symbol_and_has_a_size(symbol):
    row = unit(symbol)
    assert row.symbol == symbol
    assert math.isfinite(row.factor) and row.factor > 0


def test_no_two_units_share_a_suffix():
    suffixes = [row.suffix for row in UNITS.values() if row.suffix]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("symbol", "pascal"),
    [
        ("mmHg", 133.322387415),
        ("cmHg", 1333.22387415),
        ("inHg", 3386.389),
        ("kPa", 1000.0),
        ("bar", 1e5),
        ("psi", 6894.757),
    ],
)
def test_pressure_units_have_their_published_size(symbol, pascal):
    assert unit(symbol).factor == pytest.approx(pascal, rel=1e-6)


@pytest.mark.parametrize(
    ("wrong", "meant"), [("kpa", "kPa"), ("MMHG", "mmHg"), ("inhg", "inHg"), ("g/m2/hr", "g/m2/h"), ("degc", "degC")]
)
def test_an_unknown_unit_is_refused_with_the_nearest_name(wrong, meant):
    with pytest.raises(UnitError) as refused:
        unit(wrong)
    message = str(refused.value)
    assert repr(wrong) in message
    assert "Did you mean" in message and meant in message


def test_an_unknown_unit_with_no_near_name_is_refused_without_a_guess():
    with pytest.raises(UnitError, match=r"unknown unit 'furlong\?\?'\.$"):
        unit("furlong??")
