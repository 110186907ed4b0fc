import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import load_evidence
from corneum.reports.numbers import (
    count,
    duration,
    middle_and_range,
    percent,
    plain_number,
    range_text,
    row_value,
    two_digits,
)


def read_back(text):
    return text.replace(",", "").replace(" × 10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))


@given(st.floats(1e-3, 1e9))
def test_two_digits_are_within_five_percent_and_plain(value):
    text = two_digits(value)
    assert re.fullmatch(r"[\d,]+(?:\.\d+)?", text)
    assert float(text.replace(",", "")) == pytest.approx(value, rel=0.051)
    assert len(text.replace(",", "").replace(".", "").strip("0")) <= 2


@given(st.floats(1e-3, 1e6), st.floats(1, 2))
def test_two_digits_never_turn_the_order_around(value, factor):
    low, high = (float(two_digits(one).replace(",", "")) for one in (value, value * factor))
    assert low <= high


@given(st.floats(0, 1))
def test_percent_claims_neither_nothing_nor_everything_unless_it_is_so(share):
    text = percent(share)
    assert (text == "0") == (share == 0)
    assert (text == "100") == (share == 1)
    assert "e" not in text


@given(st.floats(0, 1e5))
def test_durations_are_never_told_as_nothing_once_they_take_a_minute(hours):
    assert (duration(hours) == "at once") == (hours * 60 < 0.5)


@given(st.integers(0, 10**12))
def test_counts_keep_their_size(number):
    text = count(number)
    size = {"million": 1e6, "billion": 1e9}.get(text.split()[-1], 1)
    assert float(text.split()[0].replace(",", "")) * size == pytest.approx(number, rel=0.051)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(2, 7.3, "2.0–7.3"), (-1, 3, "-1.0 to 3.0"), (0, 0, "0"), (0.0001, 2, "<0.001 to 2.0"), (2.0, 2.001, "2.0")],
)
def test_ranges_are_not_misread(low, high, text):
    assert range_text(low, high) == text


def test_band_of_one_sample_is_its_value():
    assert middle_and_range(np.array([3.21])) == "3.2"
    assert middle_and_range(np.array([0.5]), as_percent=True) == "50"


def test_the_value_of_every_row_is_shown_as_the_row_has_it():
    for row in load_evidence().numbers.values():
        text = row_value(row)
        assert float(re.match(r"-?[\d.]+(?:e-?\d+)?", read_back(text.split(" (")[0]))[0]) == pytest.approx(
            row.value, rel=1e-3
        )
        assert (" (" in text) == (row.shape != "fixed"), row.key


@given(st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-12))
def test_plain_numbers_can_be_read_back(value):
    assert float(read_back(plain_number(value))) == pytest.approx(value, rel=1e-3)
