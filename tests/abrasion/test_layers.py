"""The layer stack: energy in, depth out, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion import LayerStack, stack_of
from corneum.abrasion.layers import DERMIS_SLICE_UM
from tests.abrasion.builders import central, samples, skin_of

positive = st.floats(0.1, 100)
stacks = st.builds(
    lambda **each: LayerStack(**{name: np.array([value]) for name, value in each.items()}),
    corneum_um=st.floats(0.5, 60),
    layer_um=st.floats(0.3, 2),
    living_um=st.floats(20, 150),
    surface_j_m2=st.floats(0.5, 10),
    gradient_ratio=st.one_of(st.just(1.0), st.floats(0.2, 30)),
    living_j_m2_um=positive,
    dermis_j_m2_um=positive,
    papillary_um=st.floats(20, 200),
)
energies = st.lists(st.floats(0, 3e4), min_size=1, max_size=20)


@given(stacks, energies)
def test_depth_and_energy_are_inverse_to_each_other(stack, energy):
    most = stack.energy_j_m2(stack.bottom_um[:, None])[0, 0]
    depth = stack.depth_um(np.array(energy))
    np.testing.assert_allclose(stack.energy_j_m2(depth)[0], np.minimum(energy, most), rtol=1e-9, atol=1e-12)


@given(stacks, st.lists(st.floats(0, 400), min_size=1, max_size=20))
def test_energy_and_depth_are_inverse_to_each_other(stack, depth):
    energy = stack.energy_j_m2(np.array(depth))
    expected = np.minimum(depth, stack.bottom_um[0])
    np.testing.assert_allclose(stack.depth_um(energy)[0], expected, rtol=1e-9, atol=1e-12)


@given(stacks, st.floats(0, 1e12))
def test_nothing_is_removed_below_the_papillary_dermis(stack, energy):
    assert stack.depth_um(np.array([energy]))[0, 0] <= stack.bottom_um[0] * (1 + 1e-12)
    assert stack.depth_um(np.array([1e12]))[0, 0] == pytest.approx(stack.bottom_um[0])


@given(stacks, energies)
def test_depth_rises_with_energy_from_zero(stack, energy):
    depth = stack.depth_um(np.sort(np.array([0.0, *energy])))[0]
    assert depth[0] == 0
    assert np.all(np.diff(depth) >= 0)
    assert np.all(np.isfinite(depth))


@given(stacks)
def test_layers_lie_in_their_order(stack):
    marks = np.stack([stack.corneum_um, stack.junction_um], axis=1)
    np.testing.assert_allclose(
        stack.energy_j_m2(marks)[0], [stack.corneum_energy_j_m2[0], stack.junction_energy_j_m2[0]], rtol=1e-9
    )
    assert 0 < stack.corneum_energy_j_m2[0] < stack.junction_energy_j_m2[0]


def stack(**changes):
    usual = {
        "corneum_um": 15.0,
        "layer_um": 1.0,
        "living_um": 60.0,
        "surface_j_m2": 2.0,
        "gradient_ratio": 1.0,
        "living_j_m2_um": 10.0,
        "dermis_j_m2_um": 20.0,
        "papillary_um": 100.0,
    }
    return LayerStack(**{name: np.array([value]) for name, value in (usual | changes).items()})


def test_without_a_gradient_every_layer_takes_the_adhesion_energy():
    np.testing.assert_allclose(stack().energy_j_m2(np.arange(16.0))[0], 2.0 * np.arange(16))


def test_below_the_corneum_depth_is_linear_in_energy():
    even = stack()
    np.testing.assert_allclose(even.depth_um(np.array([30.0, 130.0, 630.0, 730.0]))[0], [15, 25, 75, 80])


def test_with_a_gradient_deeper_layers_take_more():
    per_layer = np.diff(stack(gradient_ratio=4.0).energy_j_m2(np.arange(16.0))[0])
    assert np.all(np.diff(per_layer) > 0)
    np.testing.assert_allclose(per_layer[1:] / per_layer[:-1], 4 ** (1 / 15))


def test_every_sample_has_its_own_layers():
    two = LayerStack(*(np.array([value, 2 * value]) for value in (15.0, 1.0, 60.0, 2.0, 3.0, 10.0, 20.0, 100.0)))
    assert two.depth_um(np.array([1.0, 2.0, 3.0])).shape == (2, 3)
    assert np.all(two.depth_um(np.array([[5.0], [5.0]]))[0] != two.depth_um(np.array([[5.0], [5.0]]))[1])


def test_the_stack_of_a_skin_is_that_skin():
    draws = samples()
    skin = skin_of(draws)
    found = stack_of(skin, draws)
    np.testing.assert_array_equal(found.corneum_um, skin.corneum_um)
    np.testing.assert_array_equal(found.surface_j_m2, skin.adhesion_j_m2)
    np.testing.assert_allclose(found.gradient_ratio, skin.adhesion_gradient_ratio)
    resistance = draws["abrasion.living.resistance_ratio"]
    np.testing.assert_allclose(found.living_j_m2_um * skin.living_layer_um, skin.living_j_m2 * resistance)
    np.testing.assert_allclose(found.dermis_j_m2_um * DERMIS_SLICE_UM, skin.dermis_j_m2 * resistance)


@given(st.floats(0.05, 0.95), st.integers(0, 2**32))
def test_skin_that_lacks_its_outer_layers_is_the_rest_of_the_whole_one(share, seed):
    """Thin skin starts deeper in the gradient: what is left costs what it would have cost with the rest on top."""
    draws = samples(n=4, seed=seed)
    skin = skin_of(draws)
    whole, left = stack_of(skin, draws), stack_of(skin, draws, skin.corneum_um * share)
    lost = whole.energy_j_m2((skin.corneum_um * (1 - share))[:, None])[:, 0]
    np.testing.assert_allclose(left.corneum_energy_j_m2, whole.corneum_energy_j_m2 - lost, rtol=1e-9)
    np.testing.assert_allclose(left.surface_j_m2 * left.gradient_ratio, whole.surface_j_m2 * whole.gradient_ratio)


def test_bare_skin_gives_way_to_any_energy():
    draws = central()
    skin = skin_of(draws)
    bare = stack_of(skin, draws, np.zeros(1))
    depth = bare.depth_um(np.array([0.0, 1e-6, 1.0, 1e4]))[0]
    assert np.all(np.isfinite(depth)) and np.all(np.diff(depth) > 0)


def test_skin_that_lacks_living_epidermis_has_its_junction_nearer():
    draws = central()
    skin = skin_of(draws)
    found = stack_of(skin, draws, np.zeros(1), skin.living_um / 4)
    assert found.junction_um[0] == pytest.approx(skin.living_um[0] / 4, abs=1e-5)
    assert stack_of(skin, draws, np.zeros(1), skin.living_um * 2).living_um[0] == pytest.approx(skin.living_um[0])


def test_more_corneum_than_the_skin_has_is_cut_to_it():
    draws = central()
    skin = skin_of(draws)
    assert stack_of(skin, draws, skin.corneum_um * 2).corneum_um[0] == pytest.approx(skin.corneum_um[0])
