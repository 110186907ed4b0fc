"""``corneum lesion``: what it says, its exit codes, pictures and files."""

import json
import sys
from pathlib import Path

import pytest

from corneum.cli import main
from corneum.lesions.marks_file import parse_marks

EXAMPLES = Path(__file__).parents[2] / "examples" / "marks"
MAY, NOVEMBER = EXAMPLES / "may.jpg", EXAMPLES / "november.jpg"
SCALE = ("--scale", "10 px/mm")


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


def test_one_mark_is_followed_without_a_scale(run):
    code, out, _ = run("compare", MAY, NOVEMBER, "--at", "80,80")
    assert code == 0 and "Looks different from may.jpg" in out
    assert " mm" not in out.split("- No scale")[0]


def test_marks_of_a_body_site_are_not_written(run):
    assert run("compare", MAY, NOVEMBER, *SCALE, "--marks", "marks.toml")[0] == 2


def test_a_file_of_marks_without_marks_is_empty():
    assert parse_marks("") == ()
