"""Counts of trials with exact intervals, and the cost of a course."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from corneum.course.costs import CostError, Price, course_cost, load_fees
from corneum.course.responses import CountError, exact_interval, expected_response, load_responses, read_responses
from corneum.course.suitability import UnknownConcernError, load_suitability
from corneum.course.tables import TableError

RESPONSES, FINDINGS = load_responses()
COUNTS = st.integers(1, 200).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))


@given(COUNTS, st.floats(0.5, 0.999))
def test_interval_is_that_of_another_implementation(counts, level):
    expected = binomtest(*counts).proportion_ci(level, method="exact")
    assert exact_interval(*counts, level) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(COUNTS)
def test_interval_holds_the_share_and_mirrors(counts):
    count, people = counts
    low, high = exact_interval(count, people)
    assert 0 <= low <= count / people <= high <= 1
    assert exact_interval(people - count, people) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(COUNTS)
def test_more_people_with_the_same_share_narrow_it(counts):
    count, people = counts
    few, many = exact_interval(count, people), exact_interval(4 * count, 4 * people)
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize("counts", [(1, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(CountError, match="cannot be"):
        exact_interval(*counts)


def test_an_impossible_level_is_refused():
    with pytest.raises(CountError, match="between 0 and 1"):
        exact_interval(1, 2, 95)


@pytest.mark.parametrize(
    ("name", "people", "counts"),
    [
        ("lloyd_acne", 24, [17, 9, 3]),
        ("arora_scars", 25, [22, 1, 3]),
        ("cotellessa_pigment", 20, [8, 18, 2]),
        ("abdel_latif_striae", 20, [10]),
        ("kauvar_melasma", 27, [22, 11]),
        ("tan_photo_ageing", 10, [7]),
        ("alam_preference", 10, [1, 7, 2]),
    ],
)
def test_counts_stand_as_printed(name, people, counts):
    row = RESPONSES[name]
    assert (row.people, [one.count for one in row.outcomes]) == (people, counts)


@pytest.mark.parametrize("concern", load_suitability().concerns)
def test_every_concern_has_an_answer(concern):
    found = expected_response(concern, 6)
    assert found.concern == concern and found.statement.endswith((".", "control."))
    if not found.trials and not found.findings:
        assert "no trial of microdermabrasion was read" in found.statement
    for one in found.trials:
        assert all(share.low <= share.share <= share.high for share in one.shares)


def test_trials_are_never_pooled():
    found = expected_response("striae_rubrae", 5)
    assert [one.trial.people for one in found.trials] == [20]
    both = expected_response("uneven_tone", 8)
    assert sorted(one.trial.people for one in both.trials) == [10, 20]


def test_counts_for_pigment_of_an_untold_kind_are_not_shown_for_marks_of_inflammation():
    assert "cotellessa_pigment" in {one.trial.id for one in expected_response("uneven_tone", 8).trials}
    assert expected_response("post_inflammatory_pigment", 8).trials == ()
    rows = [row for row in load_suitability().rows if row.concern == "post_inflammatory_pigment"]
    assert rows and not any("C12" in row.rows or row.sessions_seen for row in rows)


def test_a_combination_says_so_and_stands_last():
    found = expected_response("melasma", 3)
    assert "together with low-fluence Q-switched laser" in found.statement
    assert any("belongs to the combination" in text for text in found.trials[0].warnings)
    for concern in load_suitability().concerns:
        alone = [one.trial.alone for one in expected_response(concern, 6).trials]
        assert alone == sorted(alone, reverse=True)


def test_a_shorter_course_than_the_trial_is_told():
    assert any("plan has 3" in text for text in expected_response("acne_scars_atrophic", 3).trials[0].warnings)
    assert not any("plan has" in text for text in expected_response("acne_scars_atrophic", 10).trials[0].warnings)


def test_bad_questions_are_refused():
    with pytest.raises(UnknownConcernError):
        expected_response("beauty", 6)
    with pytest.raises(CountError, match="at least 1 session"):
        expected_response("dullness", 0)


def test_a_table_with_too_many_people_is_refused(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        '[[response]]\nid = "x"\nconcerns = ["dulness"]\npeople = 5\nschedule = "weekly"\ngrader = "we"\n'
        'control = true\nalone = false\noutcomes = [{ text = "better", count = 6 }]\ncounts = "printed"\n'
        'read = "ABS"\nsource = "x"\nrows = ["C01"]\n'
    )
    with pytest.raises(TableError) as refused:
        read_responses(path)
    assert refused.value.mistakes == (
        "own.toml: x: unknown concern 'dulness'. Did you mean dullness, oiliness, roughness?",
        "own.toml: x: 6 of 5 people: better",
        "own.toml: x: 'with' goes with alone = false, and only with it",
    )


@given(st.integers(1, 20), st.integers(1, 1000))
def test_a_course_costs_its_sessions(sessions, amount):
    own, quoted = course_cost(sessions, Price(amount, "EUR")), course_cost(sessions)
    assert own.low == own.high == sessions * amount and (own.origin, own.currency) == ("clinic", "EUR")
    assert (quoted.low, quoted.high) == (sessions * 100, sessions * 300) and quoted.origin == "quoted"
    assert "US fees" in quoted.text and quoted.rows == ("CO-003",)


@pytest.mark.parametrize("price", [(0, "EUR"), (-5, "EUR"), (float("nan"), "EUR"), (5, "euro"), (5, "eur")])
def test_what_is_no_price_is_refused(price):
    with pytest.raises(CostError):
        Price(*price)


def test_a_course_has_sessions():
    with pytest.raises(CostError, match="at least 1"):
        course_cost(0)


def test_fees_are_quoted_in_the_currency_of_their_source():
    assert {fee.currency for fee in load_fees().values()} == {"USD"}
