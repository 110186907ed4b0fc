import os

import pytest

from corneum.reports import ReportPathError, write_report
from corneum.reports import page as page_module

OLD = "the report of yesterday"


@pytest.fixture(autouse=True)
def short_page(monkeypatch):
    monkeypatch.setattr(page_module, "render_report", lambda result: f"<p>{result}</p> µ")


def test_report_replaces_an_older_one_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(OLD)
    assert write_report("new", path) == path
    assert path.read_text(encoding="utf-8") == "<p>new</p> µ"
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("step", ["replace", "write"])
def test_failure_leaves_the_old_report_and_nothing_beside(tmp_path, monkeypatch, step):
    path = tmp_path / "report.html"
    path.write_text(OLD)

    def fail(*_args, **_options):
        raise OSError(28, "No space left on device")

    if step == "replace":
        monkeypatch.setattr(os, "replace", fail)
    else:
        monkeypatch.setattr(type(path), "write_bytes", fail)
    with pytest.raises(ReportPathError, match="No space left"):
        write_report("new", path)
    monkeypatch.undo()
    assert path.read_text() == OLD
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_failure_while_drawing_touches_no_file(tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    path.write_text(OLD)
    monkeypatch.setattr(page_module, "render_report", lambda result: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report("new", path)
    assert path.read_text() == OLD


def test_missing_folder_is_told_with_its_name(tmp_path):
    path = tmp_path / "none" / "report.html"
    with pytest.raises(ReportPathError, match="cannot be written") as caught:
        write_report("new", path)
    assert caught.value.filename == str(path)
    assert isinstance(caught.value, ValueError)


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(ReportPathError, match="cannot be written"):
        write_report("new", tmp_path / "report.html")
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
