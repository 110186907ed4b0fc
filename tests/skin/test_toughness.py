import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import Draws, load_evidence
from corneum.skin import Air, Person, Skin, sample_skin

warmth = st.floats(10, 40)
damp = st.floats(0, 1)


def in_air(air: Air, n: int = 20, seed: int = 0) -> Skin:
    return sample_skin(Person(40), "cheek", Draws(load_evidence(), n=n, seed=seed), air=air)


@given(warmth, damp, damp, st.integers(0, 99))
def test_adhesion_falls_with_humidity(temperature_degc: float, one: float, other: float, seed: int) -> None:
    dry, wet = (in_air(Air(temperature_degc, share), seed=seed).adhesion_j_m2 for share in sorted((one, other)))
    assert (wet <= dry).all()
    assert abs(other - one) < 0.01 or (wet < dry).all()


@given(damp, warmth, warmth, st.integers(0, 99))
def test_adhesion_falls_with_temperature(humidity_share: float, one: float, other: float, seed: int) -> None:
    cool, warm = (in_air(Air(degc, humidity_share), seed=seed).adhesion_j_m2 for degc in sorted((one, other)))
    assert (warm <= cool).all()
    assert abs(other - one) < 0.1 or (warm < cool).all()


def test_air_changes_nothing_but_adhesion() -> None:
    cold, warm = in_air(Air(15, 0.2)).arrays(), in_air(Air(35, 0.9)).arrays()
    changed = {name for name, values in cold.items() if not np.array_equal(values, warm[name])}
    assert changed == {"temperature_degc", "humidity_share", "adhesion_j_m2"}


def test_adhesion_stands_at_its_row_in_the_assumed_room() -> None:
    draws = Draws(load_evidence(), n=50)
    skin = sample_skin(Person(40), "cheek", draws, air=Air(22, 0.45))
    np.testing.assert_allclose(skin.adhesion_j_m2, draws["skin.adhesion.surface_j_m2"])


def test_unknown_air_is_sampled_and_known_air_is_not() -> None:
    unknown, known = in_air(Air()), in_air(Air(24, 0.5))
    assert np.ptp(unknown.temperature_degc) > 1 and np.ptp(unknown.humidity_share) > 0.05
    assert (known.temperature_degc == 24).all() and (known.humidity_share == 0.5).all()


def test_the_middle_stays_within_the_published_span_in_any_room() -> None:
    for temperature_degc in (10, 22, 40):
        for humidity_share in (0, 0.45, 1):
            draws = Draws(load_evidence(), central=True)
            skin = sample_skin(Person(40), "cheek", draws, air=Air(temperature_degc, humidity_share))
            assert 1 <= skin.adhesion_j_m2[0] <= 8  # M01


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_adhesion_grows_with_depth(depths: list[float]) -> None:
    skin = in_air(Air())
    profile = skin.adhesion_at(sorted(depths))
    assert profile.shape == (20, len(depths))
    assert (np.diff(profile, axis=1) >= 0).all()
    np.testing.assert_allclose(skin.adhesion_at(0), skin.adhesion_j_m2)
    np.testing.assert_allclose(skin.adhesion_at(1) / skin.adhesion_at(0), skin.adhesion_gradient_ratio)
