import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.evidence import Draws, load_evidence
from corneum.skin import SITES, Air, Person, Skin, State, UnknownSiteError, sample_skin

people = st.builds(
    Person,
    age_y=st.floats(1, 110),
    sex=st.sampled_from(["female", "male", "unstated"]),
    phototype=st.sampled_from([None, "I", "II", "III", "IV", "V", "VI"]),
    monk_tone=st.none() | st.integers(1, 10),
)
airs = st.builds(Air, temperature_degc=st.none() | st.floats(10, 40), humidity_share=st.none() | st.floats(0, 1))
states = st.builds(
    State,
    stripped_share=st.floats(0, 0.99),
    irritated=st.booleans(),
    rest_days=st.none() | st.floats(0, 400),
)
sites = st.sampled_from(sorted(SITES))


def many(person: Person, site: str, n: int = 400, seed: int = 0, **given_: object) -> Skin:
    return sample_skin(person, site, Draws(load_evidence(), n=n, seed=seed), **given_)


def middle(person: Person, site: str, **given_: object) -> Skin:
    return sample_skin(person, site, Draws(load_evidence(), central=True), **given_)


@settings(max_examples=150)
@given(people, sites, airs, states, st.integers(1, 40), st.integers(0, 2**32))
def test_any_skin_is_finite_and_positive(person: Person, site: str, air: Air, state: State, n: int, seed: int) -> None:
    skin = many(person, site, n, seed, air=air, state=state)
    assert skin.n == n
    for name, values in skin.arrays().items():
        assert values.shape == (n,), name
        assert values.dtype == np.float64, name
        assert np.isfinite(values).all(), name
        assert (values >= 0).all() if name == "humidity_share" else (values > 0).all(), name
    for name in ("humidity_share", "furrow_share", "furrow_reach_share"):
        assert (skin.arrays()[name] <= 1).all(), name
    assert (skin.adhesion_gradient_ratio >= 1).all()
    assert (skin.dermis_j_m2 > skin.living_j_m2).all()


def test_n_samples_of_a_body_stay_positive_in_the_far_tails() -> None:
    for site in SITES:
        for age_y in (1, 20, 40, 65, 110):
            skin = many(Person(age_y, "female"), site, n=4000)
            assert all((values > 0).all() for values in skin.arrays().values()), (site, age_y)


@given(people, sites, st.integers(0, 2**32))
def test_same_seed_same_skin(person: Person, site: str, seed: int) -> None:
    first, second = many(person, site, 8, seed), many(person, site, 8, seed)
    assert all(np.array_equal(values, second.arrays()[name]) for name, values in first.arrays().items())


def test_another_seed_is_another_skin() -> None:
    assert not np.array_equal(
        many(Person(40), "cheek", seed=1).corneum_um, many(Person(40), "cheek", seed=2).corneum_um
    )


@given(people, sites, st.sampled_from(["I", "VI"]), st.integers(1, 10))
def test_phototype_and_tone_change_nothing(person: Person, site: str, phototype: str, tone: int) -> None:
    other = Person(person.age_y, person.sex, phototype, tone)
    first, second = many(person, site, 5), many(other, site, 5)
    assert all(np.array_equal(values, second.arrays()[name]) for name, values in first.arrays().items())


@pytest.mark.parametrize(
    ("site", "field", "mean", "sd"),
    [
        ("forearm", "corneum_um", 18.3, 4.9),  # T01
        ("shoulder", "corneum_um", 11.0, 2.2),
        ("buttock", "corneum_um", 14.9, 3.4),
        ("forearm", "living_um", 56.6, 11.5),  # T02
        ("shoulder", "living_um", 70.3, 13.6),
        ("buttock", "living_um", 81.5, 15.7),
        ("cheek", "layers", 9, 2),  # T15
        ("forehead", "layers", 9, 2),
        ("periorbital", "layers", 9, 2),
        ("neck", "layers", 10, 2),
        ("chest", "layers", 13, 4),
        ("upper_back", "layers", 13, 4),
        ("abdomen", "layers", 13, 4),
        ("thigh_hip", "layers", 15, 4),
        ("hand", "layers", 15, 4),
        ("forearm", "layers", 15, 4),
        ("forearm", "tewl_g_m2_h", 9.69, 2.94),  # B32, at 30 y
    ],
)
def test_published_means_and_spreads_are_reproduced(site: str, field: str, mean: float, sd: float) -> None:
    values = many(Person(30 if field == "tewl_g_m2_h" else 45), site, n=2000).arrays()[field]
    assert abs(values.mean() - mean) < (0.75 if field == "layers" else 0.15) * sd
    assert 0.7 * sd < values.std() < 1.5 * sd


def test_raman_rows_stand_on_the_scale_of_histology() -> None:
    number = load_evidence().number
    assert number("skin.face.corneum_um").value == pytest.approx(16.8 * 18.3 / 22.6, abs=0.05)
    assert number("skin.hand.corneum_um").value == pytest.approx(29.3 * 18.3 / 22.6, abs=0.05)


@pytest.mark.parametrize(
    ("site", "layers"),
    [
        ("cheek", 9),
        ("neck", 10),
        ("abdomen", 13),
        ("shoulder", 13),
        ("buttock", 13),
        ("lower_leg", 15),
        ("hand", 15),
        ("upper_arm", 14.3),
        ("forearm", 17.0),
    ],
)
def test_layer_thickness_gives_the_published_number_of_layers(site: str, layers: float) -> None:
    assert middle(Person(45), site).layers[0] == pytest.approx(layers, rel=0.02)


@pytest.mark.parametrize("age_y", [20, 45, 80])
def test_sites_stand_in_the_published_order(age_y: float) -> None:
    def ordered(field: str, *names: str) -> bool:
        values = [float(middle(Person(age_y), name).arrays()[field][0]) for name in names]
        return values == sorted(values) and len(set(values)) == len(values)

    assert ordered("corneum_um", "periorbital", "cheek", "forearm", "hand")
    assert ordered("corneum_um", "shoulder", "cheek", "thigh_hip", "forearm")
    assert ordered("layers", "cheek", "neck", "chest", "thigh_hip")
    assert ordered("living_um", "forearm", "shoulder", "buttock")
    assert ordered("living_um", "periorbital", "cheek", "perioral")
    assert ordered("tewl_g_m2_h", "abdomen", "forearm", "cheek")


def test_a_thick_corneum_has_more_layers() -> None:
    for site in SITES:
        skin = many(Person(40), site)
        assert np.corrcoef(skin.layers, skin.corneum_um)[0, 1] > 0.5, site
        np.testing.assert_allclose(skin.layers * skin.layer_um, skin.corneum_um)


def test_age_thickens_the_forearm_but_not_the_cheek() -> None:
    young, old = (middle(Person(age), "forearm") for age in (30, 70))
    assert old.corneum_um[0] > young.corneum_um[0]
    assert old.layers[0] == young.layers[0]
    assert np.array_equal(many(Person(30), "cheek").corneum_um, many(Person(70), "cheek").corneum_um)


def test_age_leaves_the_living_epidermis_by_default_and_thins_it_within_the_band() -> None:
    young, old = (many(Person(age), "buttock").living_um for age in (30, 80))
    assert middle(Person(30), "buttock").living_um == middle(Person(80), "buttock").living_um
    assert (old <= young).all()
    assert 0.4 < np.mean(old == young) < 0.6
    assert (old / young).min() >= (1 - 0.072) ** 5


def test_men_have_the_thicker_living_epidermis() -> None:
    woman, nobody, man = (many(Person(40, sex), "cheek").living_um for sex in ("female", "unstated", "male"))
    assert (woman <= nobody).all() and (nobody <= man).all()
    assert woman.mean() < man.mean() <= 1.2 * woman.mean()


@given(people, sites, st.floats(0.01, 0.99))
def test_stripping_takes_layers_from_the_top(person: Person, site: str, share: float) -> None:
    whole, left = many(person, site, 6), many(person, site, 6, state=State(stripped_share=share))
    np.testing.assert_allclose(left.layers, whole.layers * (1 - share))
    np.testing.assert_allclose(left.corneum_um, whole.corneum_um * (1 - share))
    np.testing.assert_allclose(left.layer_um, whole.layer_um)
    np.testing.assert_array_equal(left.intact_layers, whole.layers)
    np.testing.assert_array_equal(left.intact_corneum_um, whole.corneum_um)
    np.testing.assert_array_equal(left.transit_d, whole.transit_d)
    np.testing.assert_array_equal(left.tewl_g_m2_h, whole.tewl_g_m2_h)
    np.testing.assert_allclose(left.adhesion_j_m2, whole.adhesion_at(share))
    np.testing.assert_allclose(left.adhesion_at(1), whole.adhesion_at(1))


def test_rest_days_are_recorded_only() -> None:
    first, second = many(Person(40), "cheek"), many(Person(40), "cheek", state=State(rest_days=3))
    assert second.state.rest_days == 3
    assert all(np.array_equal(values, second.arrays()[name]) for name, values in first.arrays().items())


def test_some_samples_of_a_skin_are_a_skin() -> None:
    skin = many(Person(40), "cheek", n=10)
    assert skin.at_samples(3).n == 1
    assert skin.at_samples(3).corneum_um[0] == skin.corneum_um[3]
    assert skin.at_samples(np.int64(3)).layers.shape == (1,)
    np.testing.assert_array_equal(skin.at_samples([4, 1]).tewl_g_m2_h, skin.tewl_g_m2_h[[4, 1]])
    np.testing.assert_array_equal(skin.at_samples(slice(2, 5)).layers, skin.layers[2:5])
    assert skin.at_samples(skin.layers > skin.layers.min()).n == 9
    assert skin.at_samples(0).person is skin.person
    with pytest.raises(IndexError):
        skin.at_samples(10)


def test_an_unknown_site_is_refused() -> None:
    with pytest.raises(UnknownSiteError, match="Did you mean cheek"):
        middle(Person(40), "cheak")


def test_only_rows_of_the_skin_room_are_used_and_every_one_is_used_somewhere() -> None:
    book = load_evidence()
    used: set[str] = set()
    for site in SITES:
        draws = Draws(book, n=2)
        sample_skin(Person(40), site, draws, state=State(irritated=True))
        used.update(draws.used)
    assert used == set(book.keys_under("skin"))


@pytest.mark.parametrize("site", sorted(SITES))
def test_held_rows_hold(site: str) -> None:
    draws = Draws(load_evidence(), n=5, fixed={"skin.adhesion.surface_j_m2": 5.0, "skin.air.temperature_degc": 22.0})
    skin = sample_skin(Person(40), site, draws, air=Air(humidity_share=0.45))
    np.testing.assert_allclose(skin.adhesion_j_m2, 5.0)
