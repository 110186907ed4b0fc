"""The comparison as a whole: nothing forgotten, nothing hidden, the same each time."""

import numpy as np
import pytest

from corneum.evidence import Book, load_evidence
from corneum.validation import PredictionError, UnknownCaseError, validate
from corneum.validation import comparison as comparison_module
from corneum.validation.findings import Predicted
from corneum.validation.registry import SETUP_OF, SETUPS
from corneum.validation.setup import Setup, one

BOOK = load_evidence()


@pytest.fixture(scope="module")
def cases():
    return validate(samples=30)


def book_with(**changed):
    """Return the book with other fields in the row of the forearm's stratum corneum."""
    rows = [*BOOK.sources.values(), *BOOK.numbers.values(), *BOOK.rules.values()]
    measurements = [
        row.model_copy(update=changed) if row.key == "validation.t01_corneum_forearm" else row
        for row in BOOK.measurements.values()
    ]
    return Book([*rows, *measurements])


def test_every_measurement_has_a_set_up_and_every_set_up_a_measurement():
    assert set(SETUP_OF) == set(BOOK.measurements)


def test_no_measurement_has_two_set_ups():
    assert len(SETUP_OF) == sum(len(setup.keys) for setup in SETUPS)


def test_every_measurement_is_shown_in_the_order_of_the_tables(cases):
    assert list(dict.fromkeys(case.key for case in cases)) == list(BOOK.measurements)


def test_several_predictions_of_one_measurement_are_told_apart(cases):
    assert len({(case.key, case.variant) for case in cases}) == len(cases)


def test_most_measurements_are_predicted(cases):
    silent = [case for case in cases if case.verdict == "not simulated"]
    assert len({case.key for case in cases} - {case.key for case in silent}) >= 40
    assert all(len(case.remark) > 20 for case in silent)


def test_both_laws_of_water_loss_are_compared_and_never_averaged(cases):
    for key in ("validation.b22_strips_10", "validation.b26_ceiling", "validation.b17_recovery_24h"):
        assert [case.variant for case in cases if case.key == key] == ["exponential law", "reciprocal law"]


def test_every_number_shown_is_finite(cases):
    for case in cases:
        if case.predicted is not None:
            assert np.all(np.isfinite([case.predicted.low, case.predicted.middle, case.predicted.high])), case.key


def test_every_prediction_names_evidence_rows(cases):
    for case in cases:
        assert (case.verdict == "not simulated") == (case.rests_on == ()), case.key
        assert set(case.rests_on) <= set(BOOK.numbers)


def test_use_for_the_model_is_what_the_table_says(cases):
    assert all(case.used == BOOK.measurement(case.key).used for case in cases)
    (changed,) = validate(samples=10, only=["t01_corneum_forearm"], book=book_with(used="calibration"))
    assert changed.used == "calibration"


def test_the_published_range_comes_from_the_table():
    (moved,) = validate(samples=10, only=["t01_corneum_forearm"], book=book_with(low=100.0, high=101.0))
    assert moved.verdict == "outside"


def test_same_seed_same_cases_and_a_part_equals_the_whole(cases):
    again = validate(samples=30, only=["R01", "validation.b22_strips_10", "e01_erythema"])
    keys = {case.key for case in again}
    assert {"validation.r01_corneum_share", "validation.r01_living_um", "validation.e01_erythema"} <= keys
    assert again == tuple(case for case in cases if case.key in keys)


def test_another_seed_gives_other_numbers():
    first, second = (validate(samples=20, seed=seed, only=["t07_corneum_mean"])[0].predicted for seed in (0, 1))
    assert first != second


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("validation.r01_corneum_shar", "validation.r01_corneum_share"),
        ("t01_corneum_foream", "validation.t01_corneum_forearm"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(wrong, meant):
    with pytest.raises(UnknownCaseError, match=f"Did you mean .*{meant}"):
        validate(samples=10, only=[wrong])


def test_a_name_like_no_other_is_refused_without_a_guess():
    with pytest.raises(UnknownCaseError) as refused:
        validate(samples=10, only=["xyzzy"])
    assert "Did you mean" not in str(refused.value)


def test_one_sample_makes_no_band():
    with pytest.raises(ValueError, match="at least 2"):
        validate(samples=1)


def test_progress_is_told_up_to_the_end():
    told = []
    validate(samples=5, only=["t01_corneum_forearm", "T07"], progress=lambda *step: told.append(step))
    assert told[0][1:] == (0, 2)
    assert told[-1] == ("done", 2, 2)


def test_a_measurement_without_a_set_up_is_not_passed_over(monkeypatch):
    monkeypatch.delitem(SETUP_OF, "validation.t21_epidermal_turnover")
    (case,) = validate(samples=5, only=["T21"])
    assert case.verdict == "not simulated" and "No set-up" in case.remark


def test_a_set_up_that_gives_no_number_does_not_pass(monkeypatch):
    def broken(bench):
        return (Predicted(np.full(bench.draws.n, np.nan)),)

    monkeypatch.setitem(
        comparison_module.SETUP_OF, "validation.t07_corneum_mean", one("validation.t07_corneum_mean", broken)
    )
    with pytest.raises(PredictionError, match="not finite"):
        validate(samples=5, only=["T07"])


def test_a_set_up_must_predict_what_it_promises(monkeypatch):
    empty = Setup(("validation.t07_corneum_mean",), lambda bench: {})
    monkeypatch.setitem(comparison_module.SETUP_OF, "validation.t07_corneum_mean", empty)
    with pytest.raises(PredictionError, match="promises"):
        validate(samples=5, only=["T07"])
