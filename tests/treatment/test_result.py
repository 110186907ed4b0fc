"""What a simulation hands out: bands, words, plain numbers."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import load_evidence
from corneum.treatment import band, curve_arrays, simulate
from tests.treatment.builders import protocol

NEVER = ("safe", "optimal", "heal", "improve", "induces collagen", "recommended dose", "guarantee", "cleared")


@pytest.fixture(scope="module")
def result():
    steps = ({"settings": '{ vacuum = "30 mmHg" }'}, {"zone": '"forearm"', "device": '"diamond"'})
    return simulate(
        protocol(*steps, course={"sessions": 3, "interval": '"9 d"'}, skin={"phototype": '"V"'}), samples=30, seed=4
    )


def test_a_band_is_the_median_and_the_central_95_percent():
    found = band(np.arange(1001.0))
    assert (found.low, found.middle, found.high) == (25, 500, 975)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_a_band_is_in_order(values):
    found = band(np.array(values))
    assert found.low <= found.middle <= found.high


def test_a_band_of_curves_has_one_value_per_time():
    assert band(np.random.default_rng(1).random((40, 7))).middle.shape == (7,)


def test_a_band_is_written_with_its_range():
    assert band(np.array([1.234, 1.234])).text() == "1.2 (1.2 to 1.2)"
    assert band(np.array([0.1234] * 3)).text(100, 3) == "12.3 (12.3 to 12.3)"


def test_a_zone_is_found_by_its_site(result):
    assert result.zone("forearm").site == "forearm"


def test_a_site_that_was_not_treated_is_refused_with_those_that_were(result):
    with pytest.raises(KeyError, match="'nose' was not treated; treated: cheek, forearm"):
        result.zone("nose")


def test_the_summary_says_what_the_model_expects_with_a_range(result):
    lines = result.summary().splitlines()
    assert lines[0] == result.protocol.title
    assert len(lines) == 3
    for line in lines[1:]:
        assert "the model expects" in line and " to " in line and line.endswith("not validated on you")


def test_no_text_of_a_result_promises_anything(result):
    said = [result.summary(), *result.notes, *(note for zone in result.zones for note in zone.notes)]
    for text in said:
        assert not [word for word in NEVER if word in text.lower()], text


def numbers(value, path=""):
    """Yield every number in nested plain data with its place."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from numbers(each, f"{path}.{key}")
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from numbers(each, f"{path}[{at}]")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value
    else:
        assert value is None or isinstance(value, (str, bool)), f"{path} is no plain data: {type(value)}"


def test_a_result_is_plain_data_without_nan_or_negatives(result):
    found = list(numbers(result.to_dict()))
    assert len(found) > 1000
    assert [place for place, value in found if math.isnan(value) or value < 0] == []


def test_a_result_can_be_written_as_json(result):
    assert json.loads(json.dumps(result.to_dict()))["title"] == result.protocol.title


def test_a_result_knows_the_rows_it_rests_on(result):
    book = load_evidence()
    assert result.rows_used and set(result.rows_used) <= set(book.numbers)
    for key in (
        "abrasion.delamination_share",
        "skin.adhesion.surface_j_m2",
        "recovery.corneum.regrowth_um_d",
        "devices.crystal_venturi.flow_g_min",
        "abrasion.grit.cutting_share",
    ):
        assert key in result.rows_used
    assert not [key for key in result.rows_used if key.startswith("devices.home")], "rows of devices that were not used"
    assert result.digest == book.digest(result.rows_used)
    assert len(result.digest) == 64


def test_curves_have_a_value_per_sample_and_time(result):
    zone = result.zones[0]
    arrays = curve_arrays(zone.curves)
    assert {"corneum_um", "tewl_exponential_g_m2_h", "blood_flow_ratio", "permeability_ratio"} <= set(arrays)
    for name, values in arrays.items():
        assert values.shape == (30, zone.curves.hours.size), name
    assert np.all(np.diff(zone.curves.hours) >= 0)
    assert zone.curves.hours[-1] == pytest.approx((2 * 9 + 28) * 24)


def test_layers_of_the_first_session_go_from_the_outside(result):
    share = result.zones[0].layer_share
    assert share.shape[0] == 30
    assert np.all(np.diff(share, axis=1) <= 1e-12)


def test_layers_and_evenness_count_all_steps_of_a_session():
    weak = {"device": '"pad"'}
    one, two = (simulate(protocol(*steps), samples=8).zones[0] for steps in (({},), ({}, weak)))
    count = min(one.layer_share.shape[1], two.layer_share.shape[1])
    assert np.all(two.layer_share[:, :count].sum(axis=1) > one.layer_share[:, :count].sum(axis=1) * 0.999)
    assert np.all(two.sessions[0].total.mean_um >= one.sessions[0].total.mean_um * (1 - 1e-9))
    shown = two.to_dict()["first_session"]["variation_ratio"]["middle"]
    assert shown == pytest.approx(np.median(two.sessions[0].total.uniformity_ratio))
