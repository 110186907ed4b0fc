"""``corneum measure`` and ``corneum repeatability``: exit codes, JSON, files, and mistakes told clearly."""

import json
import sys

import cv2
import pytest

from corneum.cli import main
from tests.imaging.pairs.taken import NEUTRAL, OTHER, SMILING, pair, photo


@pytest.fixture(scope="module")
def faces(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faces")
    for name, kept in (("before", NEUTRAL), ("after", SMILING), ("other", OTHER)):
        cv2.imwrite(str(folder / f"{name}.png"), photo(kept).pixels[:, :, ::-1])
    head = 'title = "Our [bold]client[/bold]"\n'
    one = '[[photo]]\nfile = "{}.png"\nstate = "{}"\ntaken = 2026-0{}-12\n'
    photos = [
        one.format(*words) for words in (("before", "baseline", 1), ("after", "durable", 3), ("other", "durable", 4))
    ]
    (folder / "series.toml").write_text(head + "".join(photos))
    return folder


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words, command="measure"):
        monkeypatch.setattr(sys, "argv", ["corneum", command, *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, " ".join(said.err.replace("│", " ").split())

    return call


def test_a_pair_is_told_and_written(run, faces, tmp_path):
    code, out, _ = run(faces / "before.png", faces / "after.png")
    assert code == 0
    assert "after.png against before.png" in out and "Unevenness of pigment" in out
    assert "No color card in both photographs" in out
    assert "- Texture contrast: withheld; needs 8 px per mm of skin, here are 2.1." in out
    folder = tmp_path / "before-after"
    assert f"Wrote {folder.name}/report.html" in out
    assert {"report.html", "changes.json", "aligned-baseline.png"} <= {path.name for path in folder.iterdir()}
    page = (folder / "report.html").read_text()
    assert "<pre>corneum measure before.png after.png</pre>" in page and str(faces) not in page
    assert "± smallest change that the pair can show" in out and " ±" in out.split("Unevenness of pigment")[1][:60]


def test_json_is_one_strict_document_and_writes_nothing(run, faces, tmp_path, monkeypatch):
    monkeypatch.setattr("corneum.imaging.pairs.prepare_both", lambda *photos, **options: photos)
    monkeypatch.setattr("corneum.imaging.pairs.measure_pair", lambda *both, **options: pair())
    code, out, _ = run(faces / "before.png", faces / "after.png", "--json")
    found = json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert code == 0 and found["followup"] == "042_08.jpg" and found["outcome"] == "unknown"
    assert list(tmp_path.iterdir()) == []


def test_another_person_ends_with_three(run, faces, tmp_path):
    code, out, err = run(faces / "before.png", faces / "other.png")
    assert (code, out) == (3, "")
    assert err.startswith("Refused:") and "the same person" in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_course_goes_on_after_a_refusal(run, faces, tmp_path):
    code, out, _ = run(faces, "--output", tmp_path / "report")
    assert code == 0
    assert "other.png: not measured: only" in out and "after.png against before.png" in out
    assert "Our [bold]client[/bold]" in (tmp_path / "report" / "report.html").read_text()
    own = {path.name for path in (tmp_path / "report" / "1-after").iterdir()}
    assert {"report.html", "changes.json", "aligned-baseline.png", "aligned-followup.png"} <= own
    assert any(name.startswith("change-") for name in own)
    points = json.loads((tmp_path / "report" / "series.json").read_text())["points"]
    assert [point["pair"] is None for point in points] == [False, True]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("missing.png", "missing-too.png"), "missing.png: No such file"),
        (("missing",), "missing: there is no such file or folder"),
        (("before.png",), "give a baseline and a follow-up"),
        (("before.png", "after.png", "other.png"), "give a baseline and a follow-up"),
        (("before.png", "after.png", "--manifest", "series.toml"), "give the folder of the photographs only"),
        ((".", "--manifest", "course.toml"), "there is no list 'course.toml' in ."),
        ((".", "--site", "forearm"), "into the list of photographs"),
        (("before.png", "after.png", "--site", "forarm"), "did you mean 'forearm'?"),
        (("before.png", "after.png", "--scale", "-3"), "--scale"),
        (("before.png", "after.png", "--study", "series.toml"), "series.toml: photo"),
        (("before.png", "after.png", "--study", "away.toml"), "away.toml: No such file"),
        ((), "Missing argument"),
    ],
)
def test_wrong_arguments_end_with_two_and_say_what_to_give(run, faces, monkeypatch, words, why):
    monkeypatch.chdir(faces)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert why in err and "Traceback" not in err


def test_the_same_file_twice_ends_with_three(run, faces, tmp_path):
    (tmp_path / "copy.png").write_bytes((faces / "before.png").read_bytes())
    code, _, err = run(faces / "before.png", "copy.png")
    assert code == 3 and "before.png and copy.png: the same file twice (by SHA-256)" in err


def test_a_folder_without_a_list_is_told(run, tmp_path):
    (tmp_path / "photos").mkdir()
    code, _, err = run("photos")
    assert code == 2 and "there is no list 'series.toml' in photos" in err


def test_mistakes_of_the_list_end_with_two(run, tmp_path):
    (tmp_path / "series.toml").write_text('[[photo]]\nfile = "gone.jpg"\nstat = "baseline"\n')
    code, _, err = run(".")
    assert code == 2 and err.startswith("Bad input: series.toml: photo 1:") and "did you mean 'state'?" in err


def test_a_site_without_scale_ends_with_three_and_advice(run, faces):
    code, _, err = run(faces / "before.png", faces / "after.png", "--site", "forearm")
    assert code == 3 and "printed target beside it, or give the scale" in err


def test_what_is_no_photograph_ends_with_three(run, tmp_path):
    (tmp_path / "a.jpg").write_text("dear diary")
    code, _, err = run("a.jpg", "a.jpg")
    assert code == 3 and err.startswith("Refused: a.jpg: this is text")


@pytest.mark.parametrize("command", ["measure", "repeatability"])
def test_help_has_examples(run, command):
    code, out, _ = run("--help", command=command)
    assert code == 0 and "Examples" in out and f"corneum {command} " in out


def test_a_folder_that_is_no_study_ends_with_two(run, faces):
    code, _, err = run(faces, command="repeatability")
    assert code == 2 and "PERSON/SETUP/FILE" in err
    code, _, err = run("nowhere", command="repeatability")
    assert code == 2 and "nowhere" in err
