"""A course of photographs against one baseline, and a clinic's study of its own error."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

import corneum.imaging.pairs.series as series_room
import corneum.imaging.pairs.sessions as sessions_room
from corneum.imaging.align import AlignmentRefused
from corneum.imaging.pairs import outcome_of
from corneum.imaging.pairs.manifest import Listed, Manifest
from corneum.imaging.pairs.series import measure_series
from corneum.imaging.pairs.sessions import SessionsError, captures_in, study_of
from corneum.imaging.photo import Photo, PhotoRefused
from corneum.imaging.repeatability import TooFewReadings
from tests.imaging.pairs.taken import FACES, NEUTRAL, OTHER, SMILING, pair, photo, prepared

SAME: dict[str, str] = {}


def silent(what, done, total):
    return None


def reduced_photo(path):
    name = path.relative_to(FACES).as_posix()
    return replace(photo(name), sha256=SAME.get(name, name))


def measured_once(first, second, study=None):
    """Measure as ever, but each two files once for all tests; the dates are those of the list."""
    files = {Path(name).name: name for name in (NEUTRAL, SMILING, OTHER)}
    taken = (first.photo.taken, second.photo.taken)
    found = pair(files[first.photo.name], files[second.photo.name])
    return replace(found, taken=taken, outcome=outcome_of(*taken))


def listed(name, state="durable", taken=None, session=3):
    return Listed(FACES / name, state, taken, session, "front", None)


@pytest.fixture(scope="module")
def course():
    """A smile at a session, somebody else, and the baseline once more, out of order."""
    told = []
    followups = (
        listed(SMILING, "immediate", datetime(2026, 3, 1)),
        listed(OTHER, taken=datetime(2026, 2, 20)),
        listed(NEUTRAL, taken=datetime(2026, 2, 1)),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(series_room, "read_photo", reduced_photo)
        patch.setattr(series_room, "measure_pair", measured_once)
        baseline = listed(NEUTRAL, "baseline", datetime(2026, 1, 12), 0)
        found = measure_series(
            Manifest("A course", "", baseline, followups, None), progress=lambda *words: told.append(words)
        )
    return found, told


def test_a_refused_follow_up_tells_why_and_the_rest_goes_on(course):
    points = course[0].points
    assert [point.pair is None for point in points] == [False, True, False]
    assert "the same person" in points[1].refused
    assert points[0].refused == points[2].refused == ""


def test_follow_ups_stand_by_date(course):
    assert [point.taken for point in course[0].points] == [
        datetime(2026, 2, 1),
        datetime(2026, 2, 20),
        datetime(2026, 3, 1),
    ]


def test_a_photograph_of_a_session_s_day_is_never_durable(course):
    """The baseline is seven weeks old, but the session was today."""
    assert [point.pair.outcome for point in course[0].points if point.pair] == ["durable", "immediate"]


def test_trends_hold_measured_changes_only(course):
    trend = course[0].trend("cheek_left", "evenness_melanin")
    assert [point.taken.month for point, _ in trend] == [2, 3]
    assert course[0].trend("cheek_left", "ita") == ()


def test_progress_counts_every_photograph(course):
    assert [words[1:] for words in course[1]] == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_maps_are_not_kept(course):
    assert all(point.pair.layers == {} for point in course[0].points if point.pair)


def test_a_file_that_is_listed_under_two_names_is_refused(monkeypatch):
    monkeypatch.setattr(series_room, "read_photo", reduced_photo)
    monkeypatch.setattr(series_room, "measure_pair", measured_once)
    monkeypatch.setitem(SAME, SMILING, "one file")
    monkeypatch.setitem(SAME, OTHER, "one file")
    followups = (listed(SMILING, taken=datetime(2026, 3, 1)), listed(OTHER, taken=datetime(2026, 4, 1)))
    points = measure_series(Manifest("", "", listed(NEUTRAL, "baseline"), followups, None)).points
    assert [point.pair is None for point in points] == [False, True]
    assert points[1].refused.startswith("042_08.jpg and 002_03.jpg: the same file twice")


def test_a_baseline_without_a_face_is_refused(tmp_path):
    blank = tmp_path / "blank.png"
    blank.write_bytes(b"not a picture")
    with pytest.raises(PhotoRefused, match=r"blank\.png"):
        measure_series(Manifest("", "", replace(listed(NEUTRAL), path=blank), (), None))


def laid_out(folder, *places):
    for place in places:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(b"x")
    return folder


def test_captures_are_numbered_by_person_and_setup(tmp_path):
    names = "anna/1/b.jpg", "anna/1/a.JPG", "anna/2/c.png", "anna/2/d.heic", "ben/x/e.jpg", "ben/y/f.jpg"
    laid_out(tmp_path, *names, "anna/2/notes.txt", "anna/2/._c.png", ".trash/1/z.jpg", "ben/a-empty/readme.md")
    found = captures_in(tmp_path)
    assert [(one.person, one.setup, one.number, one.path.name) for one in found] == [
        ("anna", 1, 1, "a.JPG"),
        ("anna", 1, 2, "b.jpg"),
        ("anna", 2, 1, "c.png"),
        ("anna", 2, 2, "d.heic"),
        ("ben", 1, 1, "e.jpg"),
        ("ben", 2, 1, "f.jpg"),
    ]


@pytest.mark.parametrize(
    "names",
    [(), ("a.jpg", "b.jpg"), ("anna/1/a.jpg", "anna/1/b.jpg"), ("anna/1/a.jpg", "anna/2/b.jpg")],
    ids=["empty", "flat", "one set-up", "one capture each"],
)
def test_a_folder_that_is_no_study_says_how_to_lay_it_out(tmp_path, names):
    with pytest.raises(SessionsError, match=r"PERSON/SETUP/FILE, for example anna/1/a\.jpg"):
        captures_in(laid_out(tmp_path, *names))


@pytest.fixture
def studied(tmp_path, monkeypatch):
    """Measure captures whose pairs are known: by file name, what each shows."""
    shows = {"n": NEUTRAL, "s": SMILING, "o": OTHER}

    def measured(first, second):
        if OTHER.endswith(second.photo.name):
            raise AlignmentRefused("somebody else")
        return pair(*(NEUTRAL if one.photo.name in NEUTRAL else SMILING for one in (first, second)))

    def read(path):
        if path.name.startswith("bad"):
            raise PhotoRefused("bad.jpg: too dark")
        return Photo(np.zeros((1, 1, 3), np.uint8), path.name, path.stem.removesuffix("-again"))

    monkeypatch.setattr(sessions_room, "read_photo", read)
    monkeypatch.setattr(sessions_room, "prepare", lambda photo, site: prepared(shows[photo.name[0]]))
    monkeypatch.setattr(sessions_room, "measure_pair", measured)

    def study(*names):
        return study_of(captures_in(laid_out(tmp_path, *names)), title="Room 2", progress=silent)

    return study


def test_a_small_study(studied):
    found = studied("anna/1/n1.jpg", "anna/1/s2.jpg", "anna/2/n3.jpg", "anna/2/s4.jpg")
    study = found.study
    assert found.refused == ()
    assert (study.persons, study.setups, study.captures, study.carded) == (1, 2, 4, False)
    assert study.resolution_px_per_mm == pytest.approx(pair().quality.resolution_px_per_mm)
    assert "redness_relative" in study.rows and "ita" not in study.rows
    assert study.rows["evenness_melanin"].mdc95 > 0


def test_a_first_capture_that_cannot_be_used_costs_only_itself(studied):
    """Nor is the next person laid over the one before."""
    found = studied(
        "anna/1/n1.jpg", "anna/1/s2.jpg", "anna/2/n3.jpg", "anna/2/s4.jpg",
        "ben/1/bad1.jpg", "ben/1/n2.jpg", "ben/2/s1.jpg", "ben/2/o2.jpg",
    )  # fmt: skip
    assert [(Path(name).name, why) for name, why in found.refused] == [
        ("bad1.jpg", "bad.jpg: too dark"),
        ("o2.jpg", "somebody else"),
    ]
    assert (found.study.persons, found.study.captures) == (2, 6)


def test_a_capture_that_is_a_copy_of_another_is_not_used(studied):
    found = studied("anna/1/n1.jpg", "anna/1/s2.jpg", "anna/2/n3.jpg", "anna/2/s4.jpg", "anna/2/s4-again.jpg")
    assert [(Path(name).name, why.split(" (")[0]) for name, why in found.refused] == [
        ("s4.jpg", "s4-again.jpg and s4.jpg: the same file twice")
    ]
    assert found.study.captures == 4


def test_nothing_usable_is_told(studied):
    with pytest.raises(TooFewReadings):
        studied("ben/1/n1.jpg", "ben/1/o2.jpg", "ben/2/o3.jpg", "ben/2/bad4.jpg")
