import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corneum.cli.app import app, main

ROOT = Path(__file__).parents[2]
DAY = ("--date", "2026-12-01")


def _case(name: str) -> str:
    return str(next((ROOT / "tests" / "golden_course" / "cases").glob(f"{name}*.toml")))


def test_a_plan_is_printed_as_json_and_computed_again(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["course", _case("03"), *DAY, "-n", "100", "--json"])
    assert found.exit_code == 0, found.output
    plan = json.loads(found.stdout)
    assert plan["origin"]["samples"] == 100
    path = tmp_path / "plan.json"
    path.write_text(found.stdout, encoding="utf-8")
    again = CliRunner().invoke(app, ["course", "--replay", str(path)])
    assert (again.exit_code, again.stdout.strip()) == (0, "The same plan.")
    path.write_text(json.dumps({**plan, "interval_d": 3}), encoding="utf-8")
    edited = CliRunner().invoke(app, ["course", "--replay", str(path)])
    assert edited.exit_code == 3
    assert "interval_d: 3 -> 14" in edited.stdout


def test_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoReports:
        pass

    monkeypatch.setattr("corneum.reports.course.write_course_reports", lambda plan, folder, series: NoReports())
    found = CliRunner().invoke(app, ["course", _case("03"), *DAY, "-n", "100", "-o", str(tmp_path / "out")])
    assert found.exit_code == 0, found.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"plan.json", "calendar-client.ics", "calendar-practitioner.ics"}
    assert "A named clinician decides" in found.stdout


@pytest.mark.parametrize(("case", "said"), [("14", "acne.030"), ("31", "treatment.interval.refuse")])
def test_a_refusal_ends_with_3_and_its_reasons(
    case: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["corneum", "course", _case(case), *DAY, "-n", "100"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    shown = capsys.readouterr()
    assert "Refused:" in shown.err
    assert said in shown.err


def test_bad_input_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text("title = 3\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["corneum", "course", str(tmp_path / "bad.toml")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Bad input" in capsys.readouterr().err


def test_a_request_or_a_plan_is_needed() -> None:
    assert CliRunner().invoke(app, ["course"]).exit_code == 2


def test_a_refusal_is_printed_as_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["corneum", "course", _case("14"), *DAY, "-n", "100", "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    said = json.loads(capsys.readouterr().out)
    assert said["refused"] is True
    assert "acne.030" in said["reasons"][0]
    assert said["verdicts"]
    assert set(said) == {"refused", "reasons", "verdicts", "until"}
