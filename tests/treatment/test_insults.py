"""A removal as the recovering skin sees it."""

import numpy as np
import pytest

from corneum.abrasion import CLASSES, Mask, remove, work
from corneum.evidence import Draws, load_evidence
from corneum.skin import Person, sample_skin
from corneum.treatment.insults import at_rest, insult_of
from tests.treatment.builders import protocol

DRAWS = Draws(load_evidence(), n=8, seed=2)
SKIN = sample_skin(Person(40), "cheek", DRAWS)


def done(step, corneum_um=None):
    worked = work(protocol(step).steps[0].application, DRAWS, pitch_um=200)
    removal = remove(worked, SKIN, DRAWS, corneum_um=corneum_um)
    return removal, insult_of(worked, removal, SKIN, DRAWS)


def test_skin_before_any_session_lacks_nothing():
    state = at_rest(SKIN, DRAWS)
    assert state.missing_um.shape == (8, CLASSES) and not state.missing_um.any()
    np.testing.assert_array_equal(state.baseline.corneum_um, SKIN.corneum_um)
    np.testing.assert_array_equal(state.baseline.tewl_g_m2_h, SKIN.tewl_g_m2_h)
    assert state.baseline.age_y == 40


@pytest.mark.parametrize("device", ["crystal-venturi", "diamond", "tape", "pad", "vacuum"])
def test_depth_and_work_are_handed_on(device):
    removal, insult = done({"device": f'"{device}"'})
    assert insult.kind == {"crystal-venturi": "crystal"}.get(device, device)
    np.testing.assert_allclose(insult.removed_um.mean(axis=1), removal.mean_um, rtol=1e-9, atol=1e-15)
    np.testing.assert_array_equal(insult.work_ratio, removal.work_ratio)
    assert np.all((insult.removed_share >= 0) & (insult.removed_share <= 1))
    assert not insult.stationary


def test_the_share_is_of_the_whole_corneum_even_where_some_was_missing():
    whole, of_whole = done({"device": '"diamond"'})
    thin, of_thin = done({"device": '"diamond"'}, SKIN.corneum_um / 2)
    np.testing.assert_allclose(of_whole.removed_share, whole.corneum_share, rtol=1e-9)
    np.testing.assert_allclose(of_thin.removed_share, thin.corneum_share / 2, rtol=1e-9)


def test_only_a_diamond_has_a_grit():
    assert done({"device": '"diamond"', "settings": '{ grit = "125 um" }'})[1].grit_um == pytest.approx(125)
    assert done({"device": '"diamond"'})[1].grit_um == pytest.approx(np.median(DRAWS["devices.diamond.grit_um"]))
    assert done({})[1].grit_um is None


def test_a_tip_stands_still_only_without_a_mask():
    assert done({"hold": '"1 s"'})[1].stationary
    application = protocol({"hold": '"1 s"', "mask_hole": '"300 um"', "area": '"4 mm2"'}).steps[0].application
    assert application.mask == Mask(300, 600)
    worked = work(application, DRAWS, pitch_um=50)
    assert not insult_of(worked, remove(worked, SKIN, DRAWS), SKIN, DRAWS).stationary
