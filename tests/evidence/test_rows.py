import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corneum.evidence import GRADES, READ_CODES, Measurement, Number, Rule
from corneum.evidence.rows import MARKED
from tests.evidence.sample_rows import MEASUREMENT, NUMBER, RULE

finite = st.floats(min_value=-1e6, max_value=1e6)


def number(leave_out=(), **changes):
    return Number.model_validate({k: v for k, v in {**NUMBER, **changes}.items() if k not in leave_out})


def test_a_good_row_is_kept_as_written():
    row = number()
    assert (row.value, row.low, row.high, row.unit, row.rows) == (14.0, 10.0, 20.0, "um", ("T01",))
    assert row.shape == "normal" and row.varies == "knowledge" and row.range_from == "assumed"


@given(finite, finite, finite)
def test_a_row_is_taken_exactly_when_its_value_lies_in_its_range(low, value, high):
    fits = low <= value <= high and low < high
    try:
        number(low=low, value=value, high=high)
    except ValidationError:
        assert not fits
    else:
        assert fits


@given(st.floats(min_value=0.1, max_value=1e3), st.floats(min_value=1e-3, max_value=1e3))
def test_a_standard_deviation_gives_the_central_95_percent(value, sd):
    row = number(leave_out=("low", "high"), value=value, sd=sd)
    assert (row.high - row.low) / 2 == pytest.approx(1.96 * sd)
    assert (row.high + row.low) / 2 == pytest.approx(value, abs=1e-9 * sd)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sd": 2.0}, "give sd, or low and high, not both"),
        ({"low": 15.0}, "value 14 is outside its own range 15 to 20"),
        ({"high": 13.0}, "value 14 is outside its own range 10 to 13"),
        ({"value": float("nan")}, "must be finite"),
        ({"high": float("inf")}, "must be finite"),
        ({"low": float("-inf")}, "must be finite"),
        ({"low": 0.0, "shape": "lognormal"}, "a lognormal row needs low above 0"),
        ({"low": 14.0, "high": 14.0}, "say shape = 'fixed'"),
        ({"unit": "mm"}, "promises um, but its unit is mm"),
        ({"unit": "microns"}, "unknown unit 'microns'"),
        ({"key": "skin.corneum.depth"}, "names no unit"),
        ({"key": "depth_um"}, "pattern"),
        ({"key": "Skin.depth_um"}, "pattern"),
        ({"conditions": ""}, "at least 3 characters"),
        ({"read": "READ"}, "Input should be"),
        ({"grade": "F"}, "Input should be"),
        ({"shape": "gamma"}, "Input should be"),
        ({"varies": "weather"}, "Input should be"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValidationError, match=message):
        number(**changes)


@pytest.mark.parametrize("sd", [-1.0, "wide", None])
def test_a_standard_deviation_that_is_none_is_refused(sd):
    with pytest.raises(ValidationError):
        number(leave_out=("low", "high"), sd=sd)


def test_a_row_that_does_not_vary_says_so():
    assert number(low=14.0, high=14.0, shape="fixed").shape == "fixed"


def test_a_row_cannot_be_changed_after_loading():
    with pytest.raises(ValidationError, match="frozen"):
        number().value = 3.0


@pytest.mark.parametrize("read", READ_CODES)
def test_a_reading_that_must_be_shown_is_its_own_mark(read):
    assert number(read=read).mark == (read if read in MARKED else "")


@pytest.mark.parametrize("read", ["MEMORY", "SPUN", "SEC"])
def test_what_was_not_read_at_the_source_is_always_marked(read):
    assert read in MARKED


def test_codes_and_grades_say_what_they_mean():
    assert set(GRADES) == set("ABCDE")
    assert all(len(meaning) > 8 for meaning in [*READ_CODES.values(), *GRADES.values()])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"action": "allow"}, "Input should be"),
        ({"text": "No."}, "at least 8"),
        ({"unit": "pass"}, "Did you mean passes"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValidationError, match=message):
        Rule.model_validate({**RULE, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"low": None}, "give both low and high, or neither"),
        ({"high": None}, "give both low and high, or neither"),
        ({"low": 0.4}, "low is above high"),
        ({"used": "yes"}, "Input should be"),
        ({"unit": "percent"}, "unknown unit"),
        ({"published": ""}, "at least 1"),
    ],
)
def test_a_measurement_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValidationError, match=message):
        Measurement.model_validate({**MEASUREMENT, **changes})


def test_a_finding_without_size_has_no_range():
    row = Measurement.model_validate({**MEASUREMENT, "low": None, "high": None})
    assert row.low is None and row.high is None
