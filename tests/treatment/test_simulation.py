"""From a protocol to removal and curves."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from corneum.evidence import load_evidence
from corneum.treatment import ProtocolError, band, curve_arrays, simulate
from tests.treatment.builders import protocol
from tests.treatment.test_result import numbers

SERIES = {"sessions": 3, "interval": '"7 d"', "follow_up": '"14 d"'}
DEVICES = ("crystal-venturi", "crystal-pressure", "home-crystal", "diamond", "home-diamond", "vacuum", "tape", "pad")


def same(one, other):
    """Compare to the last bit; NaN would equal nothing."""
    assert one.to_dict() == other.to_dict()


@pytest.mark.parametrize("device", DEVICES)
def test_every_device_is_simulated_from_the_tip_to_the_weeks_after(device):
    found = simulate(protocol({"device": f'"{device}"'}, course=SERIES), samples=8)
    zone = found.zones[0]
    assert len(zone.sessions) == 3 and [session.day for session in zone.sessions] == [0, 7, 14]
    assert [place for place, value in numbers(found.to_dict()) if np.isnan(value) or value < 0] == []
    for values in curve_arrays(zone.curves).values():
        assert np.all(np.isfinite(values)) and np.all(values >= 0)
    for session in zone.sessions:
        assert np.all((session.corneum_share >= 0) & (session.corneum_share <= 1))
        assert np.all(session.depth_um >= session.living_um)


def test_the_result_does_not_depend_on_the_number_of_threads():
    asked = protocol({"area": '"4 cm2"'}, {"zone": '"chin"', "hold": '"2 s"'}, course=SERIES)
    same(simulate(asked, samples=10, seed=3, threads=1), simulate(asked, samples=10, seed=3, threads=3))


def test_the_same_seed_gives_the_same_result_and_another_seed_another():
    asked = protocol()
    same(simulate(asked, samples=10, seed=3), simulate(asked, samples=10, seed=3))
    assert (
        simulate(asked, samples=10, seed=4).to_dict()["zones"] != simulate(asked, samples=10, seed=3).to_dict()["zones"]
    )


def test_one_sample_is_enough_and_none_is_not():
    assert simulate(protocol(), samples=1).zones[0].sessions[0].depth_um.shape == (1,)
    with pytest.raises(ValueError, match="at least 1"):
        simulate(protocol(), samples=0)


def test_what_is_done_is_told():
    told = []
    simulate(
        protocol({}, {"zone": '"chin"', "device": '"diamond"'}), samples=2, progress=lambda *said: told.append(said)
    )
    assert [done for _, done, _ in told] == [0, 1, 2, 3, 4]
    assert {total for _, _, total in told} == {4}
    assert told[-1][0] == "done"


def test_one_typical_skin_has_a_narrower_band():
    asked = protocol()
    people, typical = (simulate(asked, samples=100, typical=each) for each in (False, True))
    wide, narrow = (band(np.log(each.zones[0].sessions[0].depth_um)) for each in (people, typical))
    assert narrow.high - narrow.low < wide.high - wide.low


def test_other_evidence_gives_another_result(tmp_path):
    table = tmp_path / "mine.toml"
    table.write_text(
        '[[number]]\nkey = "house.extra_ratio"\nvalue = 1\nlow = 1\nhigh = 1\nunit = "1"\nshape = "fixed"\n'
        'conditions = "test"\nsource = "project_assumption"\nread = "ASSUMED"\ngrade = "E"\n',
        encoding="utf-8",
    )
    asked = protocol()
    usual, extended = simulate(asked, samples=5), simulate(asked, samples=5, book=load_evidence(table))
    assert extended.digest == usual.digest, "a row that is not used changes nothing"
    same(usual, extended)


def test_steps_on_one_site_follow_one_another():
    once, twice = (simulate(protocol(*steps), samples=20).zones[0] for steps in (({},), ({}, {"device": '"diamond"'})))
    assert len(once.sessions[0].removals) == 1 and len(twice.sessions[0].removals) == 2
    assert np.all(twice.sessions[0].corneum_share >= once.sessions[0].corneum_share)
    assert np.all(twice.sessions[0].depth_um >= once.sessions[0].depth_um)
    np.testing.assert_allclose(
        twice.sessions[0].removals[1].stack.corneum_um,
        once.skin.corneum_um - once.sessions[0].corneum_share * once.skin.corneum_um,
        rtol=5e-3,  # depth travels in 24 classes of area
    )


def test_zones_know_nothing_of_one_another():
    both = simulate(protocol({"device": '"diamond"'}, {"zone": '"chin"', "device": '"pad"'}), samples=10)
    alone = simulate(protocol({"device": '"diamond"'}), samples=10)
    assert [zone.site for zone in both.zones] == ["cheek", "chin"]
    assert both.zone("cheek").to_dict() == alone.zone("cheek").to_dict()


def test_the_first_column_is_the_skin_before_the_first_session():
    zone = simulate(protocol(), samples=10).zones[0]
    np.testing.assert_array_equal(zone.curves.corneum_um[:, 0], zone.skin.corneum_um)
    np.testing.assert_array_equal(zone.curves.tewl_exponential_g_m2_h[:, 0], zone.skin.tewl_g_m2_h)
    assert zone.curves.hours[0] == zone.curves.hours[1] == 0
    after = zone.skin.corneum_um - zone.sessions[0].removals[0].corneum_removed_um
    np.testing.assert_allclose(zone.curves.corneum_um[:, 1], after, rtol=0.02)


def test_sessions_far_apart_are_alike():
    zone = simulate(protocol(course={"sessions": 3, "interval": '"200 d"'}), samples=10).zones[0]
    for later in zone.sessions[1:]:
        np.testing.assert_allclose(later.corneum_share, zone.sessions[0].corneum_share, rtol=1e-9)


def test_sessions_close_together_meet_thinner_skin():
    strong = {"passes": 4, "settings": '{ vacuum = "40 kPa", flow = "30 g/min" }'}
    course = {"sessions": 3, "interval": '"1 d"', "follow_up": '"3 d"'}
    zone = simulate(protocol(strong, course=course), samples=10).zones[0]
    first, second = zone.sessions[:2]
    assert np.all(second.removals[0].stack.corneum_um < first.removals[0].stack.corneum_um)
    assert np.all(second.depth_um > 0)


def test_stripped_skin_starts_thinner_and_leaky():
    whole, stripped = (simulate(protocol(skin={"stripped": share}), samples=10).zones[0] for share in (0.0, 0.4))
    np.testing.assert_allclose(stripped.curves.corneum_um[:, 0], 0.6 * whole.curves.corneum_um[:, 0])
    assert np.all(stripped.curves.tewl_exponential_g_m2_h[:, 0] > whole.curves.tewl_exponential_g_m2_h[:, 0])
    np.testing.assert_allclose(stripped.sessions[0].removals[0].stack.corneum_um, 0.6 * whole.skin.corneum_um)


def test_an_earlier_session_is_remembered():
    strong = {"passes": 4, "settings": '{ flow = "40 g/min", vacuum = "40 kPa" }'}
    never, lately, long_ago = (
        simulate(protocol(strong, skin=skin), samples=10).zones[0]
        for skin in ({}, {"last_session": '"1 d"'}, {"last_session": '"500 d"'})
    )
    assert np.all(lately.curves.corneum_um[:, 0] < never.curves.corneum_um[:, 0])
    np.testing.assert_allclose(long_ago.curves.corneum_um[:, 0], never.curves.corneum_um[:, 0])


def test_a_mask_is_taken_along():
    held = {"zone": '"abdomen"', "hold": '"5 s"', "area": '"4 mm2"', "pitch": '"10 um"'}
    zone = simulate(protocol(held | {"mask_hole": '"250 um"'}), samples=5).zones[0]
    assert np.all(np.isfinite(zone.sessions[0].depth_um)) and np.all(zone.sessions[0].depth_um > 0)
    assert np.all(zone.worked[0].blister_index < 1)


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (
            {"hold": '"3 s"', "mask_hole": '"20 um"', "mask_spacing": '"60 um"', "area": '"4 mm2"', "pitch": '"5 um"'},
            "no grain passes a mask",
        ),
        (
            {"hold": '"3 s"', "mask_hole": '"100 um"', "mask_spacing": '"5 mm"', "pitch": '"1000 um"'},
            "pitch is too coarse",
        ),
        ({"area": '"2000 cm2"', "pitch": '"2 um"'}, "choose a larger pitch or a smaller area"),
        ({"area": '"1 mm2"', "pitch": '"2 um"', "settings": '{ grain = "250 um" }'}, "pitch"),
        ({"hold": '"1 d"', "pitch": '"1000 um"'}, "grains"),
    ],
)
def test_a_map_that_cannot_be_made_is_told_with_its_step(step, says):
    asked = protocol({"device": '"diamond"'}, step)
    with pytest.raises(ProtocolError, match=r"step 2 \(cheek\): ") as caught:
        simulate(asked, samples=2)
    assert says in str(caught.value)


@run(max_examples=12)
@given(
    st.sampled_from(DEVICES),
    st.sampled_from(["cheek", "periorbital", "abdomen", "hand"]),
    st.integers(1, 110),
    st.integers(1, 10),
    st.integers(1, 4),
    st.floats(0.5, 40),
    st.floats(0, 0.95),
    st.integers(0, 2**32),
)
def test_whatever_is_asked_nothing_is_negative_or_nan(device, zone, age, passes, sessions, interval_d, stripped, seed):
    step = {"device": f'"{device}"', "zone": f'"{zone}"', "passes": passes}
    asked = protocol(
        step,
        course={"sessions": sessions, "interval": f'"{interval_d:.3f} d"', "follow_up": '"20 d"'},
        skin={"age": age, "stripped": f"{stripped:.6f}"},
    )
    found = simulate(asked, samples=4, seed=seed)
    assert [place for place, value in numbers(found.to_dict()) if np.isnan(value) or value < 0] == []
    depth = found.zones[0].depth_map.depth_um
    assert np.all(np.isfinite(depth)) and np.all(depth >= 0)


def test_more_passes_remove_no_less_in_every_session():
    asked = protocol({"passes": 1}, course=SERIES)
    step = asked.steps[0]
    plans = (replace(step.application.plan, passes=count) for count in (1, 2, 4))
    found = [
        simulate(replace(asked, steps=(replace(step, application=replace(step.application, plan=plan)),)), samples=20)
        for plan in plans
    ]
    for less, more in pairwise(found):
        for before, after in zip(less.zones[0].sessions, more.zones[0].sessions, strict=True):
            assert np.all(before.corneum_share <= after.corneum_share * (1 + 1e-3))
