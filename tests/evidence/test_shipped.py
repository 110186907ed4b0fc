"""What every row that ships must keep, whoever wrote it."""

import re

import numpy as np
import pytest

from corneum.evidence import Draws, Number, load_evidence

BOOK = load_evidence()
READ_ROWS = [*BOOK.numbers.values(), *BOOK.rules.values(), *BOOK.measurements.values()]
ROW_ID = re.compile(r"[RBETDCMPX]\d{2}|[A-Z]{2}-\d{2,3}")
FORBIDDEN = re.compile(
    r"\b(safe|safely|safety|optimal|heal(s|ed|ing)?|improve[sd]?|improving|improvement|recommended|harmless|flawless|benign"
    r"|induces collagen)\b",
    re.IGNORECASE,
)


def keys_where(condition):
    return sorted(row.key for row in READ_ROWS if condition(row))


def test_there_is_something_of_every_kind():
    assert BOOK.sources and BOOK.numbers and BOOK.rules
    assert len(BOOK.measurements) >= 40


def test_every_number_draws_finite_values_around_its_own():
    draws = Draws(BOOK, n=41, seed=3)
    for key, row in BOOK.numbers.items():
        values = draws[key]
        assert np.isfinite(values).all(), key
        assert values.min() <= row.value <= values.max(), key


def test_row_ids_look_like_row_ids():
    assert [(row.key, name) for row in READ_ROWS for name in row.rows if not ROW_ID.fullmatch(name)] == []


def test_an_assumption_of_the_project_never_poses_as_read():
    own = {"ASSUMED", "CALIBRATED"}
    assert keys_where(lambda row: row.source == "project_assumption" and row.read not in own) == []


def test_what_is_assumed_has_the_lowest_grade_and_says_why():
    assert keys_where(lambda row: row.read == "ASSUMED" and row.grade != "E") == []
    assert keys_where(lambda row: row.read == "ASSUMED" and len(row.note) < 12) == []


def test_an_assumed_number_does_not_claim_that_a_source_gave_its_range():
    numbers = BOOK.numbers.values()
    assert [row.key for row in numbers if row.read == "ASSUMED" and row.range_from == "source"] == []


def test_what_was_not_read_at_the_source_has_a_low_grade():
    second_hand = {"SEC", "VEND", "SPUN"}
    assert keys_where(lambda row: row.read in second_hand and row.grade not in "DE") == []
    assert keys_where(lambda row: row.read == "MEMORY" and row.grade in "AB") == []


def test_what_rests_on_memory_alone_says_so():
    memory = keys_where(
        lambda row: row.rows and all(name.startswith("X") for name in row.rows) and row.read != "MEMORY"
    )
    assert memory == []


def test_first_principles_are_derived():
    assert keys_where(lambda row: row.source == "first_principles" and row.read not in {"DERIVED", "CALIBRATED"}) == []


def test_a_calibrated_row_names_what_it_was_fitted_to():
    assert keys_where(lambda row: row.read == "CALIBRATED" and not row.rows) == []


def test_measurements_have_their_own_prefix():
    assert all(key.startswith("validation.") for key in BOOK.measurements)
    assert not any(key.startswith("validation.") for key in [*BOOK.numbers, *BOOK.rules])


def test_a_finding_without_size_is_never_graded_as_a_measurement():
    assert [row.key for row in BOOK.measurements.values() if row.low is None and row.grade not in "DE"] == []


def test_only_the_named_rows_were_used_for_calibration():
    fitted = [key.removeprefix("validation.") for key, row in BOOK.measurements.items() if row.used == "calibration"]
    assert fitted and all(re.match(r"(r01|r03|r04|in032|r06|r07)_", key) for key in fitted)


def test_a_measurement_from_which_a_number_was_read_is_not_called_independent():
    read = {(row.source, name) for row in BOOK.numbers.values() for name in row.rows if row.read != "ASSUMED"}
    independent = [row for row in BOOK.measurements.values() if row.used == "no"]
    assert [row.key for row in independent if any((row.source, name) in read for name in row.rows)] == []


@pytest.mark.parametrize("kind", ["numbers", "rules", "measurements"])
def test_rows_keep_to_the_words_the_software_may_use(kind):
    found = []
    for key, row in getattr(BOOK, kind).items():
        words = " ".join(str(getattr(row, field, "")) for field in ("text", "title", "note", "conditions"))
        found += [(key, match.group()) for match in FORBIDDEN.finditer(words)]
    assert found == []


@pytest.mark.parametrize(
    ("key", "value", "unit", "action"),
    [
        ("treatment.passes.default", 2, "passes", "default"),
        ("treatment.passes.cap", 4, "passes", "refuse"),
        ("treatment.interval.default", 14, "d", "default"),
        ("treatment.interval.warn", 10, "d", "warn"),
        ("treatment.interval.refuse", 7, "d", "refuse"),
        ("treatment.direction", 90, "deg", "default"),
        ("treatment.actives.earliest", 24, "h", "refuse"),
        ("treatment.actives.default", 72, "h", "default"),
        ("treatment.course.sessions", 6, "sessions", "default"),
        ("treatment.course.review", 3, "sessions", "advise"),
        ("treatment.stationary", None, "1", "refuse"),
        ("treatment.end_point", None, "1", "stop"),
    ],
)
def test_the_limits_of_the_protocol_stand_as_read(key, value, unit, action):
    rule = BOOK.rule(key)
    assert (rule.value, rule.unit, rule.action) == (value, unit, action)


def test_limits_stand_in_order():
    value = {key: rule.value for key, rule in BOOK.rules.items()}
    assert value["treatment.passes.default"] <= value["treatment.passes.cap"]
    assert value["treatment.interval.refuse"] < value["treatment.interval.warn"] < value["treatment.interval.default"]
    assert value["treatment.actives.earliest"] < value["treatment.actives.default"]
    assert value["treatment.course.review"] < value["treatment.course.sessions"] < value["treatment.course.most"]


def test_the_book_is_read_once():
    assert load_evidence() is load_evidence()


def test_a_number_row_is_what_the_loader_says_it_is():
    assert all(isinstance(row, Number) for row in BOOK.numbers.values())
