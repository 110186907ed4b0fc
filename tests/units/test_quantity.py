import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.units import UNITS, Quantity, UnitError, convert, parse_quantity

SAME = [(a, b) for a, b in itertools.product(UNITS, UNITS) if UNITS[a].dimension == UNITS[b].dimension]
DIFFERENT = [(a, b) for a, b in itertools.product(UNITS, UNITS) if UNITS[a].dimension != UNITS[b].dimension]
values = st.floats(min_value=-1e12, max_value=1e12)
sizes = st.floats(min_value=1e-9, max_value=1e9)


@given(st.sampled_from(SAME), values)
def test_a_conversion_and_its_way_back_return_the_value(pair, value):
    there, back = pair
    assert convert(convert(value, there, back), back, there) == pytest.approx(value, rel=1e-12)


@given(st.sampled_from(SAME), sizes, sizes)
def test_a_conversion_keeps_ratios(pair, one, other):
    from_unit, to_unit = pair
    assert convert(one, from_unit, to_unit) / convert(other, from_unit, to_unit) == pytest.approx(
        one / other, rel=1e-12
    )


@given(st.sampled_from([pair for pair in SAME if pair[0] != pair[1]]), sizes)
def test_a_conversion_over_a_third_unit_is_the_direct_one(pair, value):
    from_unit, to_unit = pair
    for middle in (s for s in UNITS if UNITS[s].dimension == UNITS[from_unit].dimension):
        over = convert(convert(value, from_unit, middle), middle, to_unit)
        assert over == pytest.approx(convert(value, from_unit, to_unit), rel=1e-12)


@given(st.sampled_from(list(UNITS)), values)
def test_a_unit_converts_to_itself_exactly(symbol, value):
    assert convert(value, symbol, symbol) == value


@pytest.mark.parametrize(
    ("value", "from_unit", "to_unit", "published"),
    [
        (-30, "kPa", "mmHg", -225.0),
        (30, "mmHg", "kPa", 4.0),
        (70, "mmHg", "kPa", 9.33),
        (200, "mmHg", "kPa", 26.7),
        (8, "inHg", "kPa", 27.1),
        (12, "inHg", "kPa", 40.6),
        (30, "cmHg", "kPa", 40.0),
        (0.1, "mg/cm2/h", "g/m2/h", 1.0),
        (1, "g/cm3", "kg/m3", 1000.0),
        (60, "g/min", "g/s", 1.0),
        (2, "wk", "d", 14.0),
        (23, "%", "1", 0.23),
    ],
)
def test_conversions_agree_with_published_pairs(value, from_unit, to_unit, published):
    assert convert(value, from_unit, to_unit) == pytest.approx(published, rel=3e-3)


@given(st.sampled_from(DIFFERENT), values)
def test_units_of_two_dimensions_never_convert(pair, value):
    with pytest.raises(UnitError, match="do not convert"):
        convert(value, *pair)


def test_a_wrong_dimension_is_named():
    with pytest.raises(UnitError, match="kPa is a pressure, um is a length"):
        convert(30, "kPa", "um")


@given(st.sampled_from(list(UNITS)), values)
def test_what_a_person_writes_is_read_back_exactly(symbol, value):
    assert parse_quantity(f"  {value!r} {symbol} ") == Quantity(value, symbol)


@pytest.mark.parametrize("text", ["30kPa", "+30 kPa", "3.0e1 kPa", "30. kPa", "  30   kPa"])
def test_ways_to_write_a_quantity(text):
    assert parse_quantity(text) == Quantity(30.0, "kPa")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a number with a unit"),
        ("kPa", "not a number with a unit"),
        ("nan kPa", "not a number with a unit"),
        ("inf kPa", "not a number with a unit"),
        ("1e999 kPa", "not a finite number"),
        ("-1e999 kPa", "not a finite number"),
        ("30", "has no unit; write for example '30 kPa'"),
        ("30 kpa", "Did you mean kPa"),
        ("3,5 kPa", "unknown unit"),
        ("30 40 kPa", "unknown unit"),
    ],
)
def test_what_is_not_a_quantity_is_refused(text, message):
    with pytest.raises(UnitError, match=message):
        parse_quantity(text)


@given(st.text(max_size=12))
def test_any_text_is_a_finite_quantity_of_a_known_unit_or_refused(text):
    try:
        read = parse_quantity(text)
    except UnitError:
        return
    assert math.isfinite(read.value)
    assert read.unit in UNITS


def test_a_quantity_shows_its_unit_unless_it_is_a_plain_number():
    assert str(Quantity(30.0, "mmHg")) == "30 mmHg"
    assert str(Quantity(0.23, "1")) == "0.23"
    assert Quantity(30.0, "kPa").to("Pa") == 30_000.0
