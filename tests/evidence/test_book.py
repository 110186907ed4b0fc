import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import Book, Measurement, Number, Rule, Source, UnknownKeyError
from tests.evidence.sample_rows import MEASUREMENT, NUMBER, RULE, SOURCE

NUMBERS = [Number.model_validate({**NUMBER, "key": f"skin.layer{n}.depth_um"}) for n in range(6)]
ROWS = [
    Source.model_validate(SOURCE),
    *NUMBERS,
    Rule.model_validate(RULE),
    Measurement.model_validate(MEASUREMENT),
]


def test_each_kind_is_found_by_its_key():
    book = Book(ROWS)
    assert book.number("skin.layer0.depth_um") is NUMBERS[0]
    assert book.rule("treatment.passes.cap").value == 4
    assert book.measurement("validation.r01_share").high == 0.3
    assert all(book.row(row.key) is row for row in ROWS)


@pytest.mark.parametrize(
    ("look_up", "wrong", "meant"),
    [
        (Book.number, "skin.layer0.dept_um", "skin.layer0.depth_um"),
        (Book.rule, "treatment.pass.cap", "treatment.passes.cap"),
        (Book.measurement, "validation.r1_share", "validation.r01_share"),
        (Book.row, "lab_2021", "lab_2020"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(look_up, wrong, meant):
    with pytest.raises(UnknownKeyError) as refused:
        look_up(Book(ROWS), wrong)
    assert str(refused.value).startswith(f"no evidence row has the key '{wrong}'. Did you mean ")
    assert meant in str(refused.value)


def test_an_unknown_key_like_no_other_is_refused_without_a_guess():
    with pytest.raises(UnknownKeyError, match=r"'zz'\.$"):
        Book(ROWS).number("zz")


def test_a_rule_is_not_a_number():
    with pytest.raises(UnknownKeyError):
        Book(ROWS).number("treatment.passes.cap")


def test_keys_under_a_prefix_stop_at_the_dot():
    rows = [Number.model_validate({**NUMBER, "key": key}) for key in ("skin.a_um", "skin.b.c_um", "skins.d_um")]
    assert Book(rows).keys_under("skin") == ["skin.a_um", "skin.b.c_um"]


@given(st.randoms(use_true_random=False))
def test_the_digest_does_not_depend_on_order(shuffler: random.Random):
    shuffled = list(ROWS)
    shuffler.shuffle(shuffled)
    keys = [row.key for row in shuffled]
    assert Book(shuffled).digest() == Book(ROWS).digest()
    assert Book(shuffled).digest(keys) == Book(ROWS).digest([row.key for row in ROWS])
    assert Book(ROWS).digest([*keys, *keys]) == Book(ROWS).digest(keys)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 14.000001},
        {"low": 9.0},
        {"high": 21.0},
        {"unit": "mm", "key": "skin.layer0.depth_mm"},
        {"shape": "uniform"},
        {"read": "SPUN"},
        {"grade": "C"},
        {"note": "new"},
        {"rows": ("T02",)},
        {"conditions": "cheek, histology"},
    ],
)
def test_the_digest_changes_with_any_field_of_any_row(change):
    changed = Number.model_validate({**NUMBERS[0].model_dump(), **change})
    assert Book([changed, *NUMBERS[1:]]).digest() != Book(NUMBERS).digest()


def test_the_digest_changes_when_a_rule_changes():
    assert Book([Rule.model_validate({**RULE, "value": 5})]).digest() != Book([Rule.model_validate(RULE)]).digest()


def test_the_digest_of_chosen_rows_ignores_the_others():
    changed = Number.model_validate({**NUMBERS[1].model_dump(), "value": 15.0})
    one, other = Book(NUMBERS), Book([NUMBERS[0], changed, *NUMBERS[2:]])
    assert one.digest(["skin.layer0.depth_um"]) == other.digest(["skin.layer0.depth_um"])
    assert one.digest(["skin.layer1.depth_um"]) != other.digest(["skin.layer1.depth_um"])


def test_the_digest_is_sha256_in_hex():
    digest = Book(ROWS).digest()
    assert len(digest) == 64 and set(digest) <= set("0123456789abcdef")


def test_the_digest_of_an_unknown_key_is_refused():
    with pytest.raises(UnknownKeyError):
        Book(ROWS).digest(["skin.none_um"])
