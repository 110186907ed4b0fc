"""More flow, time, passes, vacuum or coarser diamond grit never removes less.

Every pair of runs has the same seeds and the same draws. Where the energy per area is known without a map
(`mean_useful_j_m2`) the order is exact. Maps of crystals are a matter of chance: another dose draws other grains, so
a mean may differ by the chance of their number, for which `_slack` allows five standard deviations.

Coarser *crystals* at the same mass flow are left out on purpose: they are fewer, heavier and slower, and may remove
less or more. Of them it is only asked that nothing is negative.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from corneum.abrasion import StrokePlan, mean_useful_j_m2, remove, work
from tests.abrasion.builders import PATCH, application, samples, skin_of

some = run(max_examples=10)
seeds = st.integers(0, 2**32)
CRYSTAL = st.sampled_from(["crystal-venturi", "crystal-pressure", "home-crystal"])
DIAMOND = st.sampled_from(["diamond", "home-diamond"])
more = st.floats(1.0, 3.0)
PITCH_UM = 200.0


def _slack(done):
    return 5 / (done.impacts + 1) ** 0.5 if done.impacts else 1e-6


def check(less, greater, seed):
    """Assert that the second of two applications never removes less than the first, on the same skins."""
    draws = samples(n=4, seed=seed)
    assert np.all(mean_useful_j_m2(less, draws) <= mean_useful_j_m2(greater, draws) * (1 + 1e-12))
    skin = skin_of(draws)
    done = [work(each, draws, seed=seed, pitch_um=PITCH_UM) for each in (less, greater)]
    fewer, further = (remove(each, skin, draws) for each in done)
    allowed = 1 + _slack(done[0]) + 1e-9
    assert np.all(fewer.mean_um <= further.mean_um * allowed)
    assert np.all(fewer.corneum_share <= further.corneum_share * allowed)
    assert np.all(fewer.work_ratio <= further.work_ratio * allowed)
    return fewer, further


@some
@given(CRYSTAL, st.floats(3, 14), more, seeds)
def test_more_flow(device, flow, factor, seed):
    check(*(application(device, flow=f"{each} g/min") for each in (flow, min(15.0, flow * factor))), seed)


@some
@given(CRYSTAL, st.floats(5, 29), more, seeds)
def test_higher_vacuum_of_a_crystal_jet(device, vacuum, factor, seed):
    check(*(application(device, vacuum=f"{each} kPa") for each in (vacuum, min(30.0, vacuum * factor))), seed)


@some
@given(DIAMOND, st.floats(5, 39), more, seeds)
def test_higher_vacuum_of_a_diamond_tip(device, vacuum, factor, seed):
    check(*(application(device, vacuum=f"{each} kPa") for each in (vacuum, min(40.0, vacuum * factor))), seed)


@some
@given(st.sampled_from(["crystal-venturi", "home-crystal", "diamond"]), st.floats(5, 60), more, seeds)
def test_a_slower_hand(device, speed_mm_s, factor, seed):
    plans = (replace(PATCH, speed_mm_s=each) for each in (speed_mm_s * factor, speed_mm_s))
    check(*(application(device, plan) for plan in plans), seed)


@some
@given(CRYSTAL, st.floats(0.2, 5), more, seeds)
def test_a_longer_dwell(device, dwell_s, factor, seed):
    plans = (StrokePlan(8, 8, speed_mm_s=0, dwell_s=each) for each in (dwell_s, dwell_s * factor))
    check(*(application(device, plan) for plan in plans), seed)


@some
@given(st.sampled_from(["crystal-venturi", "diamond", "pad", "tape"]), st.integers(0, 5), st.integers(1, 5), seeds)
def test_more_passes(device, passes, extra, seed):
    plans = (replace(PATCH, passes=each, wander_mm=0.4, speed_spread_ratio=0.15) for each in (passes, passes + extra))
    check(*(application(device, plan) for plan in plans), seed)


@some
@given(DIAMOND, st.floats(30, 149), more, seeds)
def test_coarser_diamond_grit(device, grit, factor, seed):
    check(*(application(device, grit=f"{each} um") for each in (grit, min(150.0, grit * factor))), seed)


@some
@given(DIAMOND, st.floats(0, 4), st.floats(0, 1), seeds)
def test_a_heavier_hand_on_a_diamond_tip(device, load, extra, seed):
    check(*(application(device, load=f"{each} N") for each in (load, load + extra)), seed)


@some
@given(st.floats(1, 60), st.floats(0, 20), seeds)
def test_more_tape_strips(strips, extra, seed):
    check(*(application("tape", count=f"{each} strips") for each in (strips, strips + extra)), seed)


@some
@given(st.sampled_from(["crystal-venturi", "diamond"]), st.floats(0, 0.8), st.floats(0, 0.1), seeds)
def test_more_overlap_of_the_strokes(device, overlap, extra, seed):
    """Closer strokes are more strokes; the zone must not hold a gap by chance, so the mean over skins is compared."""
    draws = samples(n=4, seed=seed)
    less, greater = (
        mean_useful_j_m2(application(device, replace(PATCH, overlap_share=each)), draws)
        for each in (overlap, overlap + extra)
    )
    assert np.all(less <= greater * (1 + 1e-12))


@pytest.mark.parametrize(
    ("device", "less", "greater"),
    [
        ("crystal-venturi", {"flow": "10 g/min"}, {"flow": "20 g/min"}),
        ("crystal-venturi", {"vacuum": "20 kPa"}, {"vacuum": "40 kPa"}),
        ("crystal-pressure", {"vacuum": "10 kPa"}, {"vacuum": "70 kPa"}),
        ("diamond", {"grit": "100 um"}, {"grit": "125 um"}),
        ("diamond", {"load": "0.1 N"}, {"load": "1 N"}),
    ],
)
def test_a_clear_difference_shows(device, less, greater):
    """What never falls could also stand still: these must rise, in every sampled skin that is not bare."""
    fewer, further = check(application(device, **less), application(device, **greater), 1)
    assert np.all(further.mean_um > fewer.mean_um)


@some
@given(CRYSTAL, st.floats(20, 200), seeds)
def test_crystals_of_any_size_remove_nothing_negative(device, grain, seed):
    """Coarser crystals at the same mass flow are fewer and slower: no order is asked of them, see the module."""
    draws = samples(n=4, seed=seed)
    done = work(application(device, grain=f"{grain} um"), draws, seed=seed, pitch_um=PITCH_UM)
    found = remove(done, skin_of(draws), draws)
    assert np.all(np.isfinite(found.mean_um)) and np.all(found.mean_um >= 0)
    assert np.all((found.corneum_share >= 0) & (found.corneum_share <= 1 + 1e-12))
