import json
import sys
from pathlib import Path

import pytest

from corneum.cli import main
from corneum.screening import load_rules

ANSWERS = Path(__file__).parents[2] / "examples" / "answers.toml"


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["corneum", *map(str, words)])
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr()
    return left.value.code or 0, told.out, told.err


def changed(tmp_path, old, new):
    path = tmp_path / "answers.toml"
    path.write_text(ANSWERS.read_text().replace(old, new))
    return path


def test_the_example_is_screened_zone_by_zone(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "screen", ANSWERS)
    assert code == 0
    for said in ("coldsore.010", "defer until 22 November 2026", "stop", "Source: ", "Not signed off", "CI-019"):
        assert said in out, said
    assert "keloid.family (the answer is not known)" in out


def test_json_has_iso_dates(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "screen", ANSWERS, "--json")
    told = json.loads(out)
    assert code == 0 and told["zones"]["perioral"]["verdict"] == "stop"
    assert told["zones"]["cheek"] | {"rules": []} == {"verdict": "defer", "until": "2026-11-22", "rules": []}


def test_another_day_gives_another_verdict(monkeypatch, capsys):
    _, out, _ = run(monkeypatch, capsys, "screen", ANSWERS, "--json", "--date", "2026-11-22")
    assert json.loads(out)["zones"]["cheek"]["verdict"] == "ask"


def test_a_stop_everywhere_is_a_refusal(monkeypatch, capsys, tmp_path):
    path = changed(tmp_path, 'zones = ["forehead", "cheek", "perioral", "hand"]', 'zones = ["perioral"]')
    code, out, _ = run(monkeypatch, capsys, "screen", path)
    assert code == 3 and "stop" in out


def test_mistakes_are_bad_input(monkeypatch, capsys, tmp_path):
    path = changed(tmp_path, 'smoking.now = "no"', 'smoking.never = "no"')
    code, out, err = run(monkeypatch, capsys, "screen", path)
    assert (code, out) == (2, "") and "smoking.never: no such question; did you mean" in err
    code, _, err = run(monkeypatch, capsys, "screen", tmp_path / "none.toml")
    assert code == 2 and "cannot be read" in err


def test_a_clinic_signs_and_overrides(monkeypatch, capsys, tmp_path):
    own = tmp_path / "clinic.toml"
    head = 'who = "Dr A. Example"\nwhen = 2026-11-01\n'
    own.write_text(
        f'[[sign_off]]\nrule = "coldsore.010"\n{head}'
        f'[[override]]\nrule = "retinoid.010"\nwait_days = 7\nwhy = "We wait longer here."\n{head}'
    )
    code, out, _ = run(monkeypatch, capsys, "screen", ANSWERS, "--rules", own)
    assert code == 0 and "1 signed off by a dermatologist" in out
    assert "defer until 26 November 2026" in out
    assert "Overridden by Dr A. Example on 1 November 2026: defer for 7 days. As shipped: defer for 3 days." in out
    own.write_text(own.read_text().replace("retinoid.010", "retinoid.011"))
    code, _, err = run(monkeypatch, capsys, "screen", ANSWERS, "--rules", own)
    assert code == 2 and "clinic.toml:5: unknown rule 'retinoid.011'; did you mean 'retinoid.010'?" in err


def test_questions_are_text_or_json(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "questions")
    assert code == 0 and "isotretinoin.last_dose: " in out and "only if isotretinoin.ever is yes" in out
    _, out, _ = run(monkeypatch, capsys, "questions", "--json")
    told = {one["id"]: one for one in json.loads(out)}
    assert told["isotretinoin.last_dose"]["only_if"]["is"] == ["yes"]
    assert told.keys() <= load_rules().questions.keys()


def test_nothing_that_is_printed_promises(monkeypatch, capsys):
    printed = "".join(run(monkeypatch, capsys, *words)[1] for words in (["screen", ANSWERS], ["questions"])).lower()
    for word in ("cleared", "safe to", "optimal", "recommended dose"):
        assert word not in printed
