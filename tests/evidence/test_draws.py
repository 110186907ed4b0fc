import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import Book, Draws, Number, UnknownKeyError
from corneum.evidence.draws import quantile
from tests.evidence.sample_rows import NUMBER

KEYS = [f"skin.layer{n}.depth_um" for n in range(5)]


def number(key=KEYS[0], **changes):
    return Number.model_validate({**NUMBER, "key": key, **changes})


BOOK = Book(
    [number(key, shape=shape) for key, shape in zip(KEYS, ["normal", "lognormal", "uniform"] * 2, strict=False)]
)
seeds = st.integers(min_value=-(2**70), max_value=2**70)


@st.composite
def any_number(draw, shapes=("normal", "lognormal", "uniform"), lowest=-1e3):
    shape = draw(st.sampled_from(shapes))
    low = draw(st.floats(min_value=1e-3 if shape == "lognormal" else lowest, max_value=1e3))
    below, above = (draw(st.floats(min_value=1e-3, max_value=1e3)) for _ in range(2))
    return number(low=low, value=low + below, high=low + below + above, shape=shape)


@given(seeds, st.integers(min_value=1, max_value=50))
def test_the_same_seed_gives_the_same_values(seed, n):
    one, other = Draws(BOOK, n, seed), Draws(BOOK, n, seed)
    for key in KEYS:
        assert np.array_equal(one[key], other[key])
        assert one[key].shape == (n,)


def test_two_seeds_and_two_rows_give_different_values():
    assert not np.array_equal(Draws(BOOK, 20, 1)[KEYS[0]], Draws(BOOK, 20, 2)[KEYS[0]])
    alike = Draws(Book([number("skin.a_um"), number("skin.b_um")]), 20, 1)
    assert not np.array_equal(alike["skin.a_um"], alike["skin.b_um"])


@given(st.permutations(KEYS), st.integers(min_value=0, max_value=4))
def test_no_row_moves_when_others_are_asked_for_first_or_left_out(order, leave_out):
    whole, part = Draws(BOOK, 16, 7), Draws(BOOK, 16, 7)
    for key in KEYS:
        _ = whole[key]
    for key in order[leave_out:]:
        assert np.array_equal(part[key], whole[key])


def test_a_row_added_to_the_book_moves_no_other():
    larger = Book([number("skin.new.depth_um"), *BOOK.numbers.values()])
    for key in KEYS:
        assert np.array_equal(Draws(larger, 30, 3)[key], Draws(BOOK, 30, 3)[key])


@given(any_number(), st.integers(min_value=1, max_value=64), seeds)
def test_samples_stay_within_the_rows_range(row, n, seed):
    values = Draws(Book([row]), n, seed)[row.key]
    assert np.isfinite(values).all()
    slack = 1e-9 * max(abs(row.low), abs(row.high))
    if row.shape == "uniform":
        low, high = row.low, row.high
    elif row.shape == "lognormal":
        low, high = row.value * (row.low / row.value) ** 1.5, row.value * (row.high / row.value) ** 1.5
        slack = 1e-9 * high
    else:
        low, high = row.value - 1.5 * (row.value - row.low), row.value + 1.5 * (row.high - row.value)
    assert (values >= low - slack).all() and (values <= high + slack).all()


@given(any_number(shapes=("normal",)), seeds)
def test_a_normal_row_never_changes_sign(row, seed):
    values = Draws(Book([row]), 64, seed)[row.key]
    if row.low >= 0:
        assert (values >= 0).all()
    if row.high <= 0:
        assert (values <= 0).all()


@given(any_number(), st.lists(st.floats(min_value=1e-12, max_value=1 - 1e-12), min_size=2, max_size=30))
def test_quantiles_never_fall_as_the_probability_rises(row, probabilities):
    values = quantile(row, np.sort(probabilities))
    assert (np.diff(values) >= -1e-9 * max(abs(row.low), abs(row.high))).all()


@given(any_number())
def test_the_median_is_the_value(row):
    assert quantile(row, np.array([0.5]))[0] == pytest.approx(row.value, rel=1e-9, abs=1e-9)


@given(any_number(shapes=("normal", "lognormal"), lowest=0.0))
def test_the_range_is_the_central_95_percent(row):
    low, high = quantile(row, np.array([0.025, 0.975]))
    assert low == pytest.approx(row.low, rel=1e-9, abs=1e-9)
    assert high == pytest.approx(row.high, rel=1e-9)


@given(any_number(shapes=("uniform",)))
def test_a_uniform_row_ends_hard_and_is_even_on_each_side(row):
    ends = quantile(row, np.array([1e-12, 0.25, 0.75, 1 - 1e-12]))
    wanted = [row.low, (row.low + row.value) / 2, (row.value + row.high) / 2, row.high]
    assert ends == pytest.approx(wanted, rel=1e-6, abs=1e-6)


@given(st.integers(min_value=1, max_value=300), seeds, st.text(max_size=8))
def test_uniforms_fill_every_stratum_once(n, seed, name):
    values = Draws(BOOK, n, seed).uniform(name)
    assert ((values > 0) & (values < 1)).all()
    strata = np.floor(np.sort(values) * n)
    assert np.abs(strata - np.arange(n)).max() <= 1e-6 or np.array_equal(strata, np.arange(n))


def test_200_samples_show_the_published_range():
    row = number(low=10.0, value=14.0, high=20.0)
    low, middle, high = np.quantile(Draws(Book([row]), 200, 5)[row.key], [0.025, 0.5, 0.975])
    assert (low, middle, high) == pytest.approx((10.0, 14.0, 20.0), abs=0.3)


@given(any_number(), seeds)
def test_a_central_run_stands_at_the_values(row, seed):
    draws = Draws(Book([row]), n=3, seed=seed, central=True)
    assert (draws[row.key] == row.value).all()
    assert (draws.uniform("anything") == 0.5).all()


def test_a_fixed_row_stands_at_its_value_in_every_sample():
    row = number(low=14.0, high=14.0, shape="fixed")
    assert (Draws(Book([row]), 5)[row.key] == 14.0).all()


def test_a_held_row_moves_no_other():
    held, free = Draws(BOOK, 10, 1, fixed={KEYS[1]: 3.0}), Draws(BOOK, 10, 1)
    assert (held[KEYS[1]] == 3.0).all()
    assert np.array_equal(held[KEYS[0]], free[KEYS[0]])
    assert (Draws(BOOK, 2, central=True, fixed={KEYS[1]: 3.0})[KEYS[1]] == 3.0).all()


def test_holding_a_row_that_does_not_exist_is_refused():
    with pytest.raises(UnknownKeyError, match="Did you mean"):
        Draws(BOOK, 10, fixed={"skin.layer1.dept_um": 3.0})


def test_used_names_what_was_asked_for_and_nothing_else():
    draws = Draws(BOOK, 2)
    assert draws.used == ()
    _ = draws[KEYS[2]], draws[KEYS[0]], draws[KEYS[2]]
    assert draws.used == (KEYS[0], KEYS[2])


def test_an_unknown_row_is_refused_and_not_recorded():
    draws = Draws(BOOK, 2)
    with pytest.raises(UnknownKeyError, match=r"skin\.layer0\.depth_um"):
        _ = draws["skin.layer0.dept_um"]
    assert draws.used == ()


def test_values_cannot_be_changed_by_a_reader():
    with pytest.raises(ValueError, match="read-only"):
        Draws(BOOK, 2)[KEYS[0]][0] = 1.0


@pytest.mark.parametrize("n", [0, -1])
def test_no_samples_are_refused(n):
    with pytest.raises(ValueError, match="at least 1"):
        Draws(BOOK, n)
