import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.treatment import band
from corneum.validation.wording import range_text, readable


@given(st.floats(1e-4, 1e7) | st.floats(-1e7, -1e-4))
def test_a_number_reads_without_exponent_and_within_rounding(value):
    text = readable(value)
    assert "e" not in text
    assert float(text) == pytest.approx(value, rel=0.051)


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (0.5, "0.50"), (12.34, "12"), (7000.4, "7000")])
def test_two_digits_are_enough(value, text):
    assert readable(value) == text


def test_a_band_is_told_with_its_unit():
    found = band(np.linspace(1, 3, 201))
    assert range_text(found, "um") == "2.0 (1.1 to 3.0) um"
    assert range_text(found, factor=100) == "200 (105 to 295)"
