import importlib.util
from pathlib import Path

import pytest

from corneum.screening import load_cases, load_rules

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def manual():
    spec = importlib.util.spec_from_file_location("make_screening_manual", ROOT / "tools" / "make_screening_manual.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_manual_holds_every_rule_question_case_and_conflict(manual):
    book = load_rules()
    made = manual.pages(book, load_cases())
    assert made == manual.pages(book, load_cases())
    assert "{{" not in "".join(made.values())
    for rule in book.rules.values():
        page = made[f"{book.topics[rule.id]}.md"]
        assert f"({manual.anchor(rule)})=" in page
        assert f"(#{manual.anchor(rule)})" in made["README.md"]
        assert manual.prose(rule.reason) in page
        for conflict in rule.conflicts:
            assert manual.prose(conflict.says) in page
    for question in book.questions.values():
        if f"{book.topics[question.id]}.md" in made:
            assert f"`{question.id}`" in made[f"{book.topics[question.id]}.md"]
    for case in load_cases():
        assert manual.prose(case.title) in made[f"{book.topics[case.rule]}.md"]


def test_a_stale_page_is_found(manual, tmp_path):
    assert manual.main([str(tmp_path), "--check"]) == 1
    assert manual.main([str(tmp_path)]) == 0
    assert manual.main([str(tmp_path), "--check"]) == 0
    (tmp_path / "gone.md").write_text("a page of a table that is gone")
    assert manual.stale(tmp_path) == ["gone.md"]
    manual.write(tmp_path)
    assert manual.stale(tmp_path) == []
