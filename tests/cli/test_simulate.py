"""The command line of a simulation and of the evidence: exit codes, JSON, messages, nothing half-written."""

import json
import sys

import pytest

from corneum.cli import main

PROTOCOL = """
title = "{title}"
[skin]
age = 40
[[step]]
zone = "cheek"
device = "{device}"
area = "1 cm2"
passes = 1
pitch = "200 um"
{more}
"""


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "240")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["corneum", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def written(tmp_path):
    def write(title="A test", device="diamond", more=""):
        path = tmp_path / "protocol.toml"
        path.write_text(PROTOCOL.format(title=title, device=device, more=more))
        return path

    return write


def test_json_is_one_strict_document(run, written):
    code, out, _ = run("simulate", written(), "-n", 20, "--json")
    found = json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert code == 0
    assert found["samples"] == 20 and found["zones"][0]["site"] == "cheek"


@pytest.mark.parametrize("title", ["abc [/bold] [red] x", "[link=x]y[/link]"])
def test_a_title_is_text_and_never_markup(run, written, title):
    code, out, _ = run("simulate", written(title=title), "-n", 20, "--no-report")
    assert code == 0
    assert title in out


def test_bad_input_ends_with_two_and_lists_every_mistake(run, written):
    code, out, err = run("simulate", written(device="dimond", more='speed = "3 kPa"\nhold = "1 um"'))
    assert (code, out) == (2, "")
    assert "speed" in err and "hold" in err and "did you mean 'diamond'?" in err
    assert "Traceback" not in err


def test_a_setting_outside_the_device_ends_with_three(run, written):
    code, _, err = run("simulate", written(more='settings = { grit = "900 um" }'))
    assert code == 3
    assert "30 to 250 um" in err


@pytest.mark.parametrize("more", ['mask_hole = "125 um"', 'material = "salt"'])
def test_what_means_nothing_for_the_device_is_told(run, written, more):
    code, _, err = run("simulate", written(more=more))
    assert code == 2
    assert "means nothing for a diamond step" in err


def test_a_setting_given_twice_is_told(run, written):
    code, _, err = run("simulate", written(more='settings = { vacuum = "30 mmHg", vacuum_kpa = "20 kPa" }'))
    assert code == 2
    assert "given twice" in err


def test_a_report_never_replaces_its_protocol(run, written):
    path = written()
    before = path.read_text()
    code, _, err = run("simulate", path, "-o", path)
    assert code == 2
    assert "is the protocol itself" in err
    assert path.read_text() == before


def test_a_missing_folder_is_told_before_the_work(run, written, tmp_path):
    code, out, err = run("simulate", written(), "-o", tmp_path / "nowhere" / "report.html")
    assert (code, out) == (2, "")
    assert "does not exist" in err


def test_a_doubtful_vacuum_is_shown_in_other_units(run, written):
    code, out, _ = run(
        "simulate", written(device="crystal-venturi", more='settings = { vacuum = "30 mmHg" }'), "-n", 20, "--no-report"
    )
    assert code == 0
    assert "30 mmHg as printed: 4.0 kPa" in out and "30 on a gauge in cmHg: 40.0 kPa" in out


def test_one_row_of_evidence_is_shown_with_its_source(run):
    code, out, _ = run("evidence", "recovery.corneum.regrowth_um_d")
    assert code == 0
    assert "2.3 (1.6 to 3.3) um/d" in out and "10.1111/exd.12053" in out


def test_a_key_that_nobody_knows_ends_with_two(run):
    code, _, err = run("evidence", "recovery.cornum.regrowth")
    assert code == 2
    assert "recovery.corneum.regrowth_um_d" in err


def test_rules_and_sources_are_not_mixed(run):
    assert run("evidence", "--rules", "--sources")[0] == 2


@pytest.mark.parametrize("option", ["--rules", "--sources"])
def test_lists_are_json_too(run, option):
    code, out, _ = run("evidence", option, "--json")
    assert code == 0
    assert len(json.loads(out)) > 30


def test_validation_of_one_row_is_json(run):
    code, out, _ = run("validate", "T01", "-n", 20, "--json")
    assert code == 0
    assert {case["key"] for case in json.loads(out)} == {"validation.t01_corneum_forearm"}


@pytest.mark.parametrize("command", ["simulate", "validate", "evidence", "screen", "questions", "course"])
def test_every_command_has_help_with_examples(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Examples" in out and f"corneum {command}" in out
