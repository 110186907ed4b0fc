"""The layer stack's closed form against direct numerical integration of the energy per depth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from scipy.integrate import quad

from corneum.abrasion import stack_of
from corneum.evidence import Draws, load_evidence
from corneum.skin import Person, State, sample_skin

N = 3


def energy_per_um(skin, draws, sample, depth_um, lost_um):
    """Return the energy per area and depth at ``depth_um`` below a surface that lacks ``lost_um``, J/m2 per um."""
    corneum_um = skin.corneum_um[sample]
    at_um = depth_um + lost_um
    resistance = draws["abrasion.living.resistance_ratio"][sample]
    if at_um < corneum_um:
        return float(skin.adhesion_at([at_um / corneum_um])[sample, 0] / skin.layer_um[sample])
    if at_um < corneum_um + skin.living_um[sample]:
        return float(skin.living_j_m2[sample] * resistance / skin.living_layer_um[sample])
    return float(skin.dermis_j_m2[sample] * resistance / 10)


def integrated(skin, draws, sample, depth_um, lost_um=0.0):
    edges = [skin.corneum_um[sample] - lost_um, skin.corneum_um[sample] + skin.living_um[sample] - lost_um]
    bends = [0.0, *(edge for edge in edges if edge < depth_um), depth_um]
    return sum(
        quad(lambda z: energy_per_um(skin, draws, sample, z, lost_um), low, high, epsabs=0, epsrel=1e-9)[0]
        for low, high in pairwise(bends)
    )


def drawn(seed, site="cheek", stripped_share=0.0):
    draws = Draws(load_evidence(), n=N, seed=seed)
    return draws, sample_skin(Person(45), site, draws, state=State(stripped_share=stripped_share))


@run(max_examples=20)
@given(st.integers(0, 2**32), st.floats(0.1, 250), st.sampled_from(["cheek", "abdomen", "periorbital"]))
def test_energy_to_a_depth(seed, depth_um, site):
    draws, skin = drawn(seed, site)
    found = stack_of(skin, draws).energy_j_m2(np.array([depth_um]))[:, 0]
    bottom = skin.corneum_um + skin.living_um + skin.papillary_um
    expected = [integrated(skin, draws, sample, min(depth_um, float(bottom[sample]))) for sample in range(N)]
    np.testing.assert_allclose(found, expected, rtol=1e-7)


@run(max_examples=20)
@given(st.integers(0, 2**32), st.floats(0.1, 100), st.floats(0.05, 0.9))
def test_energy_to_a_depth_of_skin_that_has_not_grown_back(seed, depth_um, missing_share):
    draws, skin = drawn(seed)
    lost_um = skin.corneum_um * missing_share
    stack = stack_of(skin, draws, skin.corneum_um - lost_um)
    found = stack.energy_j_m2(np.array([depth_um]))[:, 0]
    at_most = np.minimum(depth_um, stack.bottom_um)
    expected = [integrated(skin, draws, sample, float(at_most[sample]), lost_um[sample]) for sample in range(N)]
    np.testing.assert_allclose(found, expected, rtol=1e-7)


@run(max_examples=20)
@given(st.integers(0, 2**32), st.floats(0.0, 0.9))
def test_skin_stripped_by_its_state_is_skin_that_lacks_as_much(seed, share):
    """Two ways lead to a thinner corneum; the layers that are left hold equally firm in both."""
    draws, whole = drawn(seed)
    _, stripped = drawn(seed, stripped_share=share)
    one = stack_of(stripped, draws)
    other = stack_of(whole, draws, whole.corneum_um * (1 - share))
    depth = np.linspace(0, 150, 40)
    np.testing.assert_allclose(one.energy_j_m2(depth), other.energy_j_m2(depth), rtol=1e-9)


def test_the_whole_corneum():
    draws, skin = drawn(1)
    stack = stack_of(skin, draws)
    for sample in range(N):
        expected = integrated(skin, draws, sample, float(skin.corneum_um[sample]))
        assert stack.corneum_energy_j_m2[sample] == pytest.approx(expected, rel=1e-8)
