"""The generated page: complete, plain about misses, and the same each time."""

import re

import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.validation import NotSimulated, Ordered, Predicted, judged
from tools import make_validation_page as maker

BOOK = load_evidence()
FORBIDDEN = re.compile(
    r"\b(safe|safely|safety|optimal|heal(s|ed|ing)?|improve[sd]?|improving|recommended|harmless|induces collagen)\b",
    re.IGNORECASE,
)


def made(key, finding):
    return judged(BOOK.measurement(f"validation.{key}"), finding, ("skin.forearm.corneum_um",))


@pytest.fixture(scope="module")
def cases():
    return (
        made("in032_corneum_share", Predicted(np.linspace(0.1, 0.5, 60))),
        made("r04_flow", Ordered(np.zeros(60, bool), "nothing happens")),
        made("r24_home_depth", Predicted(np.linspace(0, 1, 60), remark="A remark with_underscores.")),
        made("b26_ceiling", Predicted(np.linspace(1, 500, 60), "one law")),
        made("b26_ceiling", Predicted(np.linspace(100, 5000, 60), "other law")),
        made("t21_epidermal_turnover", NotSimulated("The model has no such thing.")),
    )


@pytest.fixture(scope="module")
def page(cases):
    return maker.page_text(cases, BOOK)


@pytest.fixture(scope="module")
def figure(cases):
    return maker.figure_text(cases)


def test_every_case_is_on_the_page_with_its_published_value(cases, page):
    for case in cases:
        assert f"`{case.key}`" in page
        assert maker._plain(case.title) in page and maker._plain(case.published) in page


def test_misses_are_spelled_out_with_what_was_predicted(cases, page):
    misses = page.split("## Misses")[1].split("## Predicted bands")[0]
    for case in cases:
        assert (maker._plain(case.title) in misses) == (case.missed or case.verdict == "not simulated")
    assert "The model has no such thing." in misses


def test_calibration_stands_apart(page):
    blocks = {title: page.split(f"## {title}\n")[1].split("\n## ")[0] for title, _ in maker.GROUPS.values()}
    assert "IN-032" in blocks["Used for calibration"] and "IN-032" not in blocks["Not used for the model"]
    assert "R24" in blocks["Not used for the model"]


def test_tables_have_as_many_cells_in_every_row(page):
    for block in re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE):
        rows = [len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()]
        assert len(set(rows)) == 1, block


def test_marks_of_markdown_in_texts_are_shown_as_they_are(page):
    assert "A remark with\\_underscores." in page


def test_reasons_are_given_for_measurements_that_exist():
    assert set(maker.WHY) <= set(BOOK.measurements)


def test_the_figure_is_the_same_each_time_and_carries_no_date(cases, figure):
    assert figure == maker.figure_text(cases)
    assert figure.rstrip().endswith("</svg>") and not re.search(r"\b20\d\d-\d\d-\d\d", figure)
    assert "R24 Depth of a home crystal kit" in figure


def test_page_and_figure_keep_to_the_words_the_software_may_use(page, figure):
    assert FORBIDDEN.findall(page + figure) == []


def test_check_fails_where_the_files_differ_and_writes_nothing(cases, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(maker, "validate", lambda **_: cases)
    monkeypatch.setattr(maker, "ROOT", tmp_path)
    monkeypatch.setattr(maker, "PAGE", tmp_path / "docs" / "validation.md")
    monkeypatch.setattr(maker, "FIGURE", tmp_path / "docs" / "_static" / "validation.svg")
    assert maker.main(["--check"]) == 1
    assert list(tmp_path.iterdir()) == []
    assert maker.main([]) == 0
    assert maker.main(["--check"]) == 0
    maker.PAGE.write_text("an old page")
    assert maker.main(["--check"]) == 1
    assert "docs/validation.md differs" in capsys.readouterr().err
    assert maker.PAGE.read_text() == "an old page"
