"""Lists of criteria: points, ranges, thresholds, and never a word that reassures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.lesions.dermoscopy import LOOK, NOT_REACHED, NOT_WHOLE, POINTS, STOLZ, CriteriaError, entered, readings

stolz = st.fixed_dictionaries({key: st.integers(low, high) for key, (_, low, high) in STOLZ.items()})


def stolz_of(**criteria):
    return entered({"stolz": criteria})


@given(stolz)
def test_stolz_stays_in_its_range_and_asks_from_its_limit_on(criteria):
    (one,) = stolz_of(**criteria)
    assert 1.0 <= one.points <= 8.9
    (said,) = readings([one])
    assert said.look == (one.points >= 4.75)
    assert (LOOK in said.text) == said.look
    assert said.look or NOT_REACHED in said.text


def test_the_limit_itself_counts():
    (one,) = stolz_of(asymmetry=1, border=7, colors=2, structures=3)
    assert one.points == 4.5
    (exact,) = stolz_of(asymmetry=2, border=1, colors=1, structures=3)
    assert exact.points == 4.7
    assert not readings([exact])[0].look


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("asymmetry", 3),
        ("asymmetry", 6),
        ("border", 9),
        ("border", -1),
        ("colors", 0),
        ("structures", 6),
        ("colors", True),
        ("border", 2.5),
    ],
)
def test_values_out_of_range_are_refused(key, value):
    with pytest.raises(CriteriaError, match=key):
        stolz_of(**{key: value})


def test_every_mistake_is_listed():
    with pytest.raises(CriteriaError) as caught:
        entered({"stolz": {"asymmetry": 7, "shape": 1}, "seven": {}, "glasgow": {"oozing": 1}, "three_point": 3})
    assert len(caught.value.mistakes) == 5


def test_the_two_lists_of_seven_points_are_kept_apart():
    assert not set(POINTS["argenziano"]) & set(POINTS["glasgow"])
    with pytest.raises(CriteriaError, match="atypical_network"):
        entered({"glasgow": {"atypical_network": True}})


@pytest.mark.parametrize("name", POINTS)
def test_a_missing_criterion_never_counts_as_no(name):
    criteria = dict.fromkeys(POINTS[name], False)
    assert NOT_REACHED in readings(entered({name: criteria}))[0].text
    criteria.popitem()
    said = readings(entered({name: criteria}))[0]
    assert NOT_WHOLE in said.text and not said.look


@pytest.mark.parametrize(("name", "enough"), [("argenziano", 1), ("glasgow", 3), ("three_point", 2)])
@given(st.data())
def test_points_lists_ask_from_their_limit_on(name, enough, data):
    criteria = data.draw(st.fixed_dictionaries({key: st.booleans() for key in POINTS[name]}))
    (one,) = entered({name: criteria})
    assert readings([one])[0].look == (one.points >= enough)


@pytest.mark.parametrize("site", ["face", "palm", "sole"])
def test_dermoscopic_lists_do_not_hold_on_some_sites(site):
    low = entered({"argenziano": dict.fromkeys(POINTS["argenziano"], False)})
    assert not readings(low, "upper_back")[0].look
    assert readings(low, site)[0].look and "MO-019" in readings(low, site)[0].rows
    clinical = entered({"glasgow": dict.fromkeys(POINTS["glasgow"], False)})
    assert not readings(clinical, site)[0].look


def test_urgency_is_told_where_the_list_tells_it():
    assert "without delay" in readings(stolz_of(asymmetry=2, border=8, colors=4, structures=4))[0].text
    assert "within 2 weeks" in readings(entered({"glasgow": {"change_in_size": True, "irregular_shape": True}}))[0].text
