"""A clinic's study: from readings to errors, to a file and back."""

from collections.abc import Callable

import numpy as np
import pytest

import corneum.imaging.indices as catalog
from corneum.imaging.indices.kinds import Index
from corneum.imaging.repeatability import (
    Reading,
    StudyFileError,
    TooFewReadings,
    make_study,
    parse_study,
    read_study,
    study_text,
    write_study,
)


def index(key: str, is_ratio: bool) -> Index:
    nothing: Callable = lambda *_: None  # noqa: E731
    return Index(key, key, "index units", 0.0, False, is_ratio, "", "", nothing, nothing)


INDICES = {"texture": index("texture", True), "ita": index("ita", False)}


def readings(persons=4, seed=1, indices=("texture", "ita")):
    dice = np.random.default_rng(seed)
    for person in range(persons):
        for zone in ("forehead", "cheek_left"):
            own = dice.uniform(5, 15)
            for setup in range(2):
                shift = dice.normal(0, 0.02)
                for capture in range(3):
                    share = shift + dice.normal(0, 0.01)
                    for key in indices:
                        value = own * (1 + share) if key == "texture" else own + 100 * share
                        yield Reading(f"p{person}", setup, capture, zone, key, value)


@pytest.fixture(scope="module")
def study():
    return make_study(readings(), INDICES, title='Room "1", camera', resolution_px_per_mm=11.5, carded=True)


def test_counts_and_errors(study):
    assert (study.persons, study.setups, study.captures) == (4, 8, 24)
    row = study.row("texture")
    assert row.share and 0.006 < row.repeat_sd < 0.014 and 0.008 < row.setup_sd < 0.04
    assert row.cv_share == pytest.approx(np.hypot(row.repeat_sd, row.setup_sd))
    assert not study.row("ita").share and study.row("ita").repeat_sd == pytest.approx(1.0, rel=0.4)
    assert study.row("shine") is None


def test_zones_of_one_person_are_not_counted_as_people(study):
    assert study.row("texture").setup_df == 4 and study.row("texture").repeat_df == 16


def test_icc_needs_several_people(study):
    assert study.row("texture").icc_absolute > 0.95
    assert np.isnan(make_study(readings(1), INDICES).row("texture").icc_absolute)


def test_a_file_keeps_everything(study, tmp_path):
    path = write_study(study, tmp_path / "clinic.toml")
    assert repr(read_study(path)) == repr(study)
    assert [one.name for one in tmp_path.iterdir()] == ["clinic.toml"]
    assert repr(parse_study(study_text(make_study(readings(1), INDICES)))).count("nan")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[", "not a TOML file"),
        ("version = 9\npersons = 1\nsetups = 2\ncaptures = 6\ncarded = true\nindex = []", "version 9"),
        ("version = 1\npersons = 0\nsetups = 2\ncaptures = 6\ncarded = true\nindex = []", "persons"),
        ("version = 1\npersons = 1\nsetups = 2\ncaptures = 6\ncarded = true\nindex = []\nmore = 1", "more"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(text, told):
    with pytest.raises(StudyFileError, match=told):
        parse_study(text)


def test_a_picture_is_no_study(tmp_path):
    (tmp_path / "x.toml").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(StudyFileError, match="not a text file"):
        read_study(tmp_path / "x.toml")


def test_nothing_repeated_is_refused():
    with pytest.raises(TooFewReadings):
        make_study([], INDICES)
    with pytest.raises(TooFewReadings):
        make_study([Reading("p", 0, n, "forehead", "ita", 1.0 + n) for n in range(3)], INDICES)


def test_an_index_without_a_true_zero_has_no_coefficient_of_variation():
    dice = np.random.default_rng(1)
    readings = [
        Reading(person, setup, capture, "nose", key, 2 + dice.normal(0, 0.1))
        for key in ("melanin_relative", "shine")
        for person in ("a", "b")
        for setup in (1, 2)
        for capture in (1, 2, 3)
    ]
    study = make_study(readings, catalog.INDICES)
    assert np.isnan(study.rows["melanin_relative"].cv_share) and study.rows["melanin_relative"].mdc95 > 0
    assert study.rows["shine"].cv_share > 0
