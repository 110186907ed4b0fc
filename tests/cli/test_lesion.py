"""``corneum lesion``: what it says, its exit codes, pictures and files."""

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from corneum.cli import main
from corneum.cli.lesion_marks import kept_marks, write_marks
from corneum.imaging.door import read_photo
from corneum.imaging.faces import find_face
from corneum.lesions.marks_file import parse_marks

EXAMPLES = Path(__file__).parents[2] / "examples" / "marks"
MAY, NOVEMBER = EXAMPLES / "may.jpg", EXAMPLES / "november.jpg"
SCALE = ("--scale", "10 px/mm")
FACE = Path(__file__).parents[1] / "faces" / "neutral" / "004_03.jpg"


def _never(*_: object) -> None:
    raise AssertionError("nothing is aligned before the words are checked")


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["corneum", "lesion", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return call


def test_one_photograph_measures_no_change(run, tmp_path):
    code, out, _ = run("check", MAY, "--at", "300,90", *SCALE, "-o", "pictures")
    assert code == 0
    assert "one photograph cannot" in out and "does not rule anything out" in out
    assert (tmp_path / "pictures" / "may-outline.png").read_bytes().startswith(b"\x89PNG")


def test_criteria_of_a_clinician_are_read(run, tmp_path):
    (tmp_path / "criteria.toml").write_text("[stolz]\nasymmetry = 2\nborder = 5\ncolors = 3\nstructures = 3\n")
    code, out, _ = run("check", MAY, "--at", "300,90", "--criteria", "criteria.toml", "--json")
    told = json.loads(out)
    assert code == 0 and told["look"] and "Stolz" in told["text"]
    assert told["mark"]["longest_mm"] is None


@pytest.mark.parametrize("text", ["[stolz]\nborder = 9\n", "[stolz\n"])
def test_bad_criteria_end_with_2(run, tmp_path, text):
    (tmp_path / "criteria.toml").write_text(text)
    code, _, err = run("check", MAY, "--criteria", "criteria.toml")
    assert code == 2 and "Bad input" in err


def test_a_face_is_no_mark(run):
    face = next((Path(__file__).parents[1] / "faces" / "neutral").glob("*.jpg"))
    code, _, err = run("check", face)
    assert code == 3 and "--at" in err


def test_a_place_outside_ends_with_3(run):
    code, _, err = run("check", MAY, "--at", "900,90")
    assert code == 3 and "outside" in err


@pytest.mark.parametrize("scale", ["ten", "0 px/mm", "-4"])
def test_a_scale_that_cannot_be_ends_with_2(run, scale):
    assert run("check", MAY, "--scale", scale)[0] == 2


def test_marks_are_followed(run):
    code, out, _ = run("compare", MAY, NOVEMBER, *SCALE, "--json")
    told = json.loads(out)
    states = sorted(one["state"] for one in told["marks"])
    assert code == 0
    assert states == ["changed", "new", "unchanged", "unchanged", "unchanged", "unchanged"]
    assert all("oes not rule anything out" in one["text"] for one in told["marks"] if one["state"] == "unchanged")


def test_all_marks_need_a_scale_and_it_is_said_before_the_work(run, monkeypatch):
    monkeypatch.setattr("corneum.imaging.align.registration.align", _never)
    code, _, err = run("compare", MAY, NOVEMBER)
    assert code == 2 and "--scale" in err and "--at" in err


def test_one_mark_is_followed_without_a_scale(run):
    code, out, _ = run("compare", MAY, NOVEMBER, "--at", "80,80")
    assert code == 0 and "Looks different from may.jpg" in out
    assert " mm" not in out.split("- No scale")[0]


def test_marks_of_a_body_site_are_refused_before_the_work(run, monkeypatch):
    monkeypatch.setattr("corneum.imaging.align.registration.align", _never)
    code, _, err = run("compare", MAY, NOVEMBER, *SCALE, "--marks", "marks.toml")
    assert code == 2 and "--marks" in err


@pytest.mark.parametrize("content", [b"[[mark]]\nzone = 'chin'\n", b"mark = 3", b"[[mark]", b"\xff\xfe"])
def test_a_bad_file_of_marks_is_refused_before_anything_is_read(run, tmp_path, content):
    (tmp_path / "marks.toml").write_bytes(content)
    code, _, err = run("compare", "nowhere.jpg", "nowhere.jpg", "--marks", "marks.toml")
    assert code == 2 and "marks.toml" in err and "nowhere" not in err
    assert (tmp_path / "marks.toml").read_bytes() == content


def test_a_missing_folder_for_the_marks_is_told_before_anything_is_read(run):
    code, _, err = run("compare", "nowhere.jpg", "nowhere.jpg", "--marks", "none/marks.toml")
    assert code == 2 and "no such folder" in err


def test_a_kept_file_of_marks_is_added_to(tmp_path):
    kept = tmp_path / "marks.toml"
    kept.write_text(
        '[[mark]]\nzone = "chin"\ndiameter = "4 mm"\ncenter = [0.5, 0.5]\nnote = "brown"\nlooked_at = 2026-11-10\n'
    )
    later = read_photo(FACE)
    write_marks(kept, kept_marks(kept), (), later, find_face(later.pixels))
    (one,) = parse_marks(kept.read_text())
    assert (one.note, one.looked_at, one.center) == ("brown", date(2026, 11, 10), (0.5, 0.5))


@pytest.mark.parametrize("words", [("check", "nowhere.jpg"), ("compare", MAY, "nowhere.jpg", *SCALE)])
def test_a_missing_photograph_ends_with_2(run, words):
    code, _, err = run(*words)
    assert code == 2 and "nowhere.jpg" in err


def test_a_file_that_is_no_photograph_ends_with_3(run, tmp_path):
    (tmp_path / "mark.jpg").write_text("no picture")
    assert run("check", "mark.jpg")[0] == 3


@pytest.mark.parametrize("command", [("check", MAY), ("compare", MAY, NOVEMBER)])
def test_a_place_that_is_none_ends_with_2(run, command):
    code, _, err = run(*command, "--at", "here")
    assert code == 2 and "no place" in err


def test_a_missing_file_of_criteria_ends_with_2(run):
    code, _, err = run("check", MAY, "--criteria", "nowhere.toml")
    assert code == 2 and "nowhere.toml" in err


def test_photographs_of_different_skin_end_with_3(run, tmp_path):
    noise = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "other.png")
    assert run("compare", MAY, "other.png", *SCALE)[0] == 3


def test_plain_skin_of_a_face_is_no_mark(run):
    code, _, err = run("check", FACE, "--at", "693,429")
    assert code == 3 and "no mark stands out at this place" in err


def test_a_sentence_that_three_lists_share_is_said_once(run, tmp_path):
    (tmp_path / "criteria.toml").write_text(
        "[stolz]\nasymmetry = 1\n[argenziano]\natypical_network = true\n[three_point]\nasymmetry = true\n"
    )
    told = json.loads(run("check", MAY, "--at", "300,90", "--criteria", "criteria.toml", "--site", "face", "--json")[1])
    assert told["text"].count("the lists of dermoscopy do not hold") == 1


def test_a_file_of_marks_without_marks_is_empty():
    assert parse_marks("") == ()
