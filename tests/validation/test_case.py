"""The verdict: what counts as inside, outside, reproduced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import Measurement
from corneum.validation import ORDER_HOLDS_SHARE, NotSimulated, Ordered, Predicted, PredictionError, judged

SPREAD = np.linspace(0.0, 10.0, 1001)
"""Its median is 5, its central 95 % 0.25 to 9.75."""


def measured(low=None, high=None, **more):
    row = {
        "key": "validation.made_up",
        "title": "A made-up depth",
        "published": "some um",
        "low": low,
        "high": high,
        "unit": "um",
        "used": "no",
        "conditions": "made up",
        "source": "made_up",
        "rows": ("R01",),
        "read": "ABS",
        "grade": "B",
        "note": "of no source",
    }
    return Measurement.model_validate({**row, **more})


@pytest.mark.parametrize(
    ("value", "verdict"), [(5, "inside"), (0.26, "inside"), (9.74, "inside"), (0.24, "outside"), (9.76, "outside")]
)
def test_one_published_value_must_lie_in_the_band(value, verdict):
    case = judged(measured(value, value), Predicted(SPREAD))
    assert case.verdict == verdict
    assert case.median_inside is None and case.agreeing_share is None


@pytest.mark.parametrize(
    ("low", "high", "verdict", "median_inside"),
    [
        (4, 6, "inside", True),
        (8, 9, "inside", False),
        (9, 12, "outside", False),  # it overlaps the band, but its middle does not lie there
        (4, 40, "inside", True),  # its middle lies far away, but it holds the median
        (-3, 0, "outside", False),
    ],
)
def test_a_published_range_needs_its_middle_in_the_band_or_the_median_in_itself(low, high, verdict, median_inside):
    case = judged(measured(low, high), Predicted(SPREAD))
    assert (case.verdict, case.median_inside) == (verdict, median_inside)


@pytest.mark.parametrize(("low", "high", "verdict"), [(0, 5, "inside"), (0, 4.9, "outside"), (4.9, 20, "inside")])
def test_a_published_limit_binds_the_median(low, high, verdict):
    assert judged(measured(low, high), Predicted(SPREAD, bound=True)).verdict == verdict


def test_a_case_tells_the_share_of_samples_in_the_published_range():
    assert judged(measured(0, 2.5), Predicted(SPREAD)).agreeing_share == pytest.approx(0.25, abs=0.001)


@given(holding=st.integers(0, 100))
def test_an_order_is_reproduced_if_enough_samples_show_it(holding):
    finding = Ordered(np.arange(100) < holding, "more is more")
    case = judged(measured(), finding)
    assert (case.verdict == "order reproduced") == (holding >= 100 * ORDER_HOLDS_SHARE)
    assert case.agreeing_share == holding / 100
    assert case.predicted is None and f"{holding} % of the samples" in case.predicted_text


def test_what_is_not_simulated_says_why_and_claims_no_rows():
    case = judged(measured(1, 2), NotSimulated("The model has no such thing."), ("skin.face.corneum_um",))
    assert case.verdict == "not simulated" and not case.missed
    assert case.remark == "The model has no such thing." and case.rests_on == ()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_never_passes(bad):
    values = SPREAD.copy()
    values[3] = bad
    with pytest.raises(PredictionError, match=r"validation\.made_up \(one law\): 1 of 1001"):
        judged(measured(5, 5), Predicted(values, "one law"))


@pytest.mark.parametrize("values", [np.zeros(0), np.zeros((3, 2))])
def test_values_must_be_one_per_sample(values):
    with pytest.raises(PredictionError):
        judged(measured(5, 5), Predicted(values))


def test_a_number_is_not_compared_with_a_sign():
    with pytest.raises(PredictionError, match="no range"):
        judged(measured(), Predicted(SPREAD))


@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40),
    ends=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    bound=st.booleans(),
)
def test_every_verdict_follows_from_the_numbers_that_are_shown(values, ends, bound):
    low, high = sorted(ends)
    case = judged(measured(low, high), Predicted(np.array(values), bound=bound))
    found = case.predicted
    assert found.low <= found.middle <= found.high
    holds_middle = found.low <= (low + high) / 2 <= found.high
    within = low <= found.middle <= high
    assert case.missed == (case.verdict == "outside")
    if bound:
        assert (case.verdict == "inside") == within
    else:
        assert (case.verdict == "inside") == (holds_middle or (within and low < high))


def test_the_width_of_a_band_is_told():
    assert judged(measured(5, 5), Predicted(SPREAD + 1)).band_fold == pytest.approx(10.75 / 1.25)
    assert judged(measured(5, 5), Predicted(SPREAD - 1)).band_fold is None
    assert judged(measured(), Ordered(np.ones(3, bool), "so it is")).band_fold is None


def test_a_case_keeps_what_its_evidence_row_says():
    row = measured(5, 5, used="input", read="SPUN", grade="D", rows=("B22", "B25"))
    case = judged(row, Predicted(SPREAD, "one law", "a remark"), ("a.b_um",))
    kept = (case.used, case.read, case.grade, case.rows, case.note, case.published, case.conditions, case.source)
    assert kept == ("input", "SPUN", "D", ("B22", "B25"), row.note, row.published, row.conditions, row.source)
    assert (case.variant, case.remark, case.rests_on) == ("one law", "a remark", ("a.b_um",))
