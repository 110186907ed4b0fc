"""What an application removes from each sampled skin."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from corneum.abrasion import CLASSES, combined, remove, work
from corneum.skin import Person, sample_skin
from tests.abrasion.builders import BOOK, PATCH, application, central, samples, skin_of

DRAWS = samples(n=12)
SKIN = skin_of(DRAWS)


def removal(device="crystal-venturi", draws=DRAWS, skin=SKIN, plan=PATCH, corneum_um=None, **given_):
    return remove(work(application(device, plan, **given_), draws, pitch_um=200), skin, draws, corneum_um=corneum_um)


EACH = {
    "crystal-venturi": removal(),
    "strong crystal": removal(flow="60 g/min", vacuum="80 kPa"),
    "diamond": removal("diamond"),
    "pad": removal("pad", plan=replace(PATCH, passes=10)),
    "tape": removal("tape", plan=replace(PATCH, passes=1), count="20 strips"),
    "vacuum": removal("vacuum"),
}


@pytest.mark.parametrize("found", EACH.values(), ids=EACH.keys())
def test_shares_are_shares_and_depths_add_up(found):
    np.testing.assert_allclose(found.area_share.sum(axis=1), 1)
    assert found.depth_um.shape == found.area_share.shape
    np.testing.assert_allclose(found.mean_um, found.corneum_removed_um + found.living_um, rtol=1e-9, atol=1e-15)
    for share in (found.corneum_share, found.beyond_corneum_share, found.beyond_junction_share):
        assert share.shape == (DRAWS.n,)
        assert np.all((share >= 0) & (share <= 1))
    assert np.all(found.beyond_junction_share <= found.beyond_corneum_share)
    assert np.all(found.beyond_corneum_share <= found.corneum_share + 1e-9)
    assert np.all(found.work_ratio >= 0) and np.all(found.uniformity_ratio >= 0)


@pytest.mark.parametrize("found", EACH.values(), ids=EACH.keys())
def test_outer_layers_go_before_inner_ones(found):
    layers = found.layer_share(12)
    assert layers.shape == (DRAWS.n, 12)
    assert np.all((layers >= 0) & (layers <= 1))
    assert np.all(np.diff(layers, axis=1) <= 1e-12)


@pytest.mark.parametrize("found", EACH.values(), ids=EACH.keys())
def test_equal_area_classes_keep_the_mean_depth(found):
    classes = found.classes_um()
    assert classes.shape == (DRAWS.n, CLASSES)
    np.testing.assert_allclose(classes.mean(axis=1), found.mean_um, rtol=1e-9, atol=1e-15)
    assert np.all(np.diff(classes, axis=1) >= 0)


def test_layers_that_are_gone_add_up_to_the_depth():
    found = EACH["crystal-venturi"]
    most = int(np.ceil((found.depth_um / found.stack.layer_um[:, None]).max())) + 1
    np.testing.assert_allclose(found.layer_share(most).sum(axis=1) * found.stack.layer_um, found.mean_um, rtol=1e-9)


def test_vacuum_alone_removes_exactly_nothing():
    found = EACH["vacuum"]
    for value in (found.mean_um, found.corneum_share, found.beyond_corneum_share, found.work_ratio, found.classes_um()):
        assert not value.any()


def test_furrows_are_shielded():
    found = removal()
    half = found.depth_um.shape[1] // 2
    assert np.all(found.depth_um[:, half:] <= found.depth_um[:, :half])
    np.testing.assert_allclose(found.area_share[:, half:].sum(axis=1), SKIN.furrow_share)


def test_skin_without_furrows_loses_more():
    bare = replace(SKIN, furrow_share=np.zeros(DRAWS.n))
    assert np.all(removal(skin=bare).mean_um > removal().mean_um)


def test_thinner_skin_loses_a_larger_share_at_first_layers_that_hold_firmer():
    thin = removal("diamond", corneum_um=SKIN.corneum_um / 2)
    whole = EACH["diamond"]
    np.testing.assert_allclose(thin.stack.corneum_um, SKIN.corneum_um / 2)
    assert np.all(thin.corneum_share >= whole.corneum_share)
    assert np.all(thin.corneum_removed_um <= whole.corneum_removed_um)


def test_the_work_ratio_is_one_where_the_energy_is_that_of_an_ordinary_session():
    """On skin without furrows and with even energy, a session of ratio 1 removes the ordinary share."""
    draws = central()
    skin = replace(skin_of(draws), furrow_share=np.zeros(1))
    done = work(application("pad"), draws, pitch_um=200)
    usual = remove(done, skin, draws)
    ordinary = remove(replace(done, sample_ratio=1 / usual.work_ratio), skin, draws)
    assert ordinary.work_ratio[0] == pytest.approx(1)
    assert ordinary.corneum_share[0] == pytest.approx(BOOK.number("treatment.ordinary.corneum_share").value, rel=1e-6)


def test_tape_takes_its_first_strip_as_stated_and_less_with_depth():
    draws = samples(n=8)
    skin = replace(skin_of(draws), furrow_share=np.zeros(8))
    layers = {
        count: removal("tape", draws, skin, replace(PATCH, passes=1), count=f"{count} strips").mean_um / skin.layer_um
        for count in (1, 5, 10, 20)
    }
    np.testing.assert_allclose(layers[1], draws["abrasion.tape.first_strip_layers"], rtol=0.15)
    assert np.all(layers[1] <= draws["abrasion.tape.first_strip_layers"] * (1 + 1e-9))
    per_strip = [layers[1], (layers[5] - layers[1]) / 4, (layers[10] - layers[5]) / 5, (layers[20] - layers[10]) / 10]
    for earlier, later in pairwise(per_strip):
        assert np.all(later <= earlier * (1 + 1e-9))


def test_removal_does_not_depend_on_pigment():
    dark, light = (sample_skin(Person(40, phototype=name), "cheek", DRAWS) for name in ("VI", "I"))
    np.testing.assert_array_equal(removal(skin=dark).mean_um, removal(skin=light).mean_um)


@run(max_examples=30)
@given(st.floats(0, 1e4), st.integers(0, 2**32))
def test_any_energy_gives_finite_depths(level, seed):
    draws = samples(n=5, seed=seed)
    done = work(application("vacuum"), draws, pitch_um=2000)
    done = replace(done, class_j_m2=np.array([level]), class_share=np.ones(1))
    found = remove(done, skin_of(draws), draws)
    assert np.all(np.isfinite(found.depth_um)) and np.all(found.depth_um >= 0)
    np.testing.assert_allclose(found.corneum_removed_um + found.living_um, found.mean_um, rtol=1e-9, atol=1e-12)


def test_one_application_combined_is_itself():
    assert combined([EACH["diamond"]]) is EACH["diamond"]


def test_applications_combined_add_up():
    one, two = EACH["crystal-venturi"], EACH["tape"]
    both = combined([one, two])
    np.testing.assert_allclose(both.mean_um, one.mean_um + two.mean_um, rtol=1e-6)
    np.testing.assert_allclose(both.work_ratio, one.work_ratio + two.work_ratio)
    np.testing.assert_allclose(both.area_share.sum(axis=1), 1)
    assert np.all(both.layer_share(20) >= np.maximum(one.layer_share(20), two.layer_share(20)) - 0.03)


def test_what_lies_below_the_stack_is_not_removed_twice():
    rough = removal(flow="60 g/min", vacuum="80 kPa", plan=replace(PATCH, passes=100))
    both = combined([rough, rough])
    assert np.all(both.depth_um <= rough.stack.bottom_um[:, None])
