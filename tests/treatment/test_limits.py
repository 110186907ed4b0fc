"""Where the simulation ends, and the waits that it withholds."""

import json
from math import inf

import numpy as np
import pytest

from corneum.treatment import simulate
from corneum.treatment.limits import within_reach
from tests.treatment.builders import protocol

ROUGH = {"passes": 10, "settings": '{ vacuum = "80 kPa", flow = "60 g/min" }'}


@pytest.fixture(scope="module")
def wounded():
    return simulate(protocol(ROUGH, skin={"irritated": "true"}), samples=10).zones[0]


def test_removal_stops_below_the_papillary_dermis(wounded):
    skin = wounded.skin
    bottom = skin.corneum_um + skin.living_um + skin.papillary_um
    assert np.all(wounded.sessions[0].removals[0].depth_um <= bottom[:, None] * (1 + 1e-9))


def test_times_of_recovery_are_withheld_beyond_the_junction(wounded):
    assert (wounded.sessions[0].beyond_junction_share > 0).mean() > 0.05
    assert set(wounded.barrier_back_d.values()) == {inf}
    assert (wounded.redness_gone_h, wounded.actives_half_h, wounded.actives_wait_h) == (inf, inf, inf)
    assert any("below the dermo-epidermal junction is not simulated" in note for note in wounded.notes)


def test_times_that_are_withheld_are_null_in_json(wounded):
    plain = json.loads(json.dumps(wounded.to_dict(), allow_nan=False))
    assert plain["barrier_back_d"] == {"exponential": None, "reciprocal": None}
    assert plain["redness_gone_h"] is plain["actives_half_h"] is plain["actives_wait_h"] is None


def test_an_ordinary_session_keeps_its_times():
    zone = simulate(protocol({"device": '"pad"'}), samples=10).zones[0]
    assert np.isfinite([*zone.barrier_back_d.values(), zone.redness_gone_h, zone.actives_wait_h]).all()
    assert within_reach(3.0, zone.sessions) == 3.0
    assert not [note for note in zone.notes if "not simulated: a wound" in note or "comes irritated" in note]


def test_irritated_skin_is_told_to_stay_so(wounded):
    assert any("comes irritated" in note for note in wounded.notes)


def test_daily_removal_reaches_the_junction_and_says_so():
    """Living epidermis that has not grown back is not there to be removed again."""
    strong = {"passes": 6, "settings": '{ vacuum = "40 kPa", flow = "30 g/min" }'}
    course = {"sessions": 10, "interval": '"0.5 d"', "follow_up": '"3 d"'}
    zone = simulate(protocol(strong, course=course), samples=20).zones[0]
    first, last = zone.sessions[0], zone.sessions[-1]
    thinner = last.removals[0].stack.living_um < first.removals[0].stack.living_um
    assert thinner.mean() > 0.2
    assert (last.beyond_junction_share > 0).mean() > (first.beyond_junction_share > 0).mean()
    assert any("pinpoint bleeding" in note for note in zone.notes)
