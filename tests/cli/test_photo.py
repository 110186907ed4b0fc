"""``corneum photo``: exit codes, words and JSON."""

import json
import sys
from pathlib import Path

import pytest

from corneum.cli import main

FACES = Path(__file__).parents[1] / "faces"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["corneum", "photo", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return call


def test_a_photograph_that_can_be_measured(run):
    code, out, _ = run("check", FACES / "neutral" / "042_03.jpg")
    assert code == 0
    assert "can be measured" in out
    assert "Detail on the skin" in out
    assert "none in the frame" in out


def test_json_holds_every_gate_and_no_nan(run):
    code, out, _ = run("check", FACES / "neutral" / "006_03.jpg", "--json")
    (told,) = json.loads(out)
    assert code == 0
    assert told["usable"] is True
    gates = {gate["key"]: gate for gate in told["gates"]}
    assert gates["distance"]["value"] is None
    assert gates["focus"]["sources"] == ["imaging.gates.edge_number", "imaging.gates.blur_mm"]


def test_a_file_that_is_no_photograph_does_not_hide_the_others(run, tmp_path):
    (tmp_path / "notes.jpg").write_text("dear diary")
    code, out, _ = run("check", tmp_path / "notes.jpg", FACES / "neutral" / "002_03.jpg")
    assert code == 3
    assert "Refused: notes.jpg: this is text" in out
    assert "002_03.jpg: can be measured" in out


def test_missing_files_and_unknown_views_are_bad_input(run):
    assert run("check", "missing.jpg")[0] == 2
    code, _, err = run("check", FACES / "neutral" / "002_03.jpg", "--view", "left")
    assert code == 2
    assert "oblique_left" in err


def test_a_smile_is_compared_for_color_and_spots_only(run):
    code, out, _ = run("compare", FACES / "neutral" / "004_03.jpg", FACES / "smiling" / "004_08.jpg")
    assert code == 0
    assert "These two may be compared for color and spots only" in out
    assert "at rest" in out


def test_help_has_examples(run):
    for words in (("check", "--help"), ("compare", "--help")):
        code, out, _ = run(*words)
        assert code == 0
        assert "Examples" in out
