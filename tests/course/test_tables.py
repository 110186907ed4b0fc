"""The tables of the course: how they are read, and what every shipped row keeps."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.course.alternatives import load_alternatives
from corneum.course.care import load_care, load_consent
from corneum.course.claims import load_claims, load_contradictions
from corneum.course.costs import load_fees
from corneum.course.responses import load_responses
from corneum.course.suitability import load_suitability
from corneum.course.tables import NamedRow, SourcedRow, TableError, read_table
from corneum.course.wording import load_wording
from corneum.evidence import load_evidence

BOOK = load_evidence()
RESPONSES, FINDINGS = load_responses()
SOURCED = [
    *load_suitability().scales.values(),
    *load_suitability().rows,
    *load_alternatives().values(),
    *load_fees().values(),
    *load_care(),
    *load_consent(),
    *RESPONSES.values(),
    *FINDINGS.values(),
]


class Leaf(NamedRow):
    color: str


def written(tmp_path, text):
    path = tmp_path / "leaves.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes_of(tmp_path, text):
    with pytest.raises(TableError) as refused:
        read_table(written(tmp_path, text), {"leaf": Leaf})
    return refused.value.mistakes


def test_rows_come_in_order(tmp_path):
    text = '[[leaf]]\nid = "b"\ncolor = "red"\n[[leaf]]\nid = "a"\ncolor = "green"\n'
    assert [row.id for row in read_table(written(tmp_path, text), {"leaf": Leaf})["leaf"]] == ["b", "a"]


def test_a_kind_without_rows_is_empty(tmp_path):
    assert read_table(written(tmp_path, ""), {"leaf": Leaf}) == {"leaf": ()}


def test_every_mistake_is_told_at_its_line(tmp_path):
    text = '[[leaf]]\nid = "a"\ncolour = "red"\n\n[[leaf]]\nid = "Not an id"\ncolor = "red"\n\n[[leef]]\nid = "c"\n'
    told = mistakes_of(tmp_path, text)
    assert "leaves.toml:1: a: unknown field 'colour'; did you mean 'color'?" in told
    assert "leaves.toml:1: a: 'color' is missing" in told
    assert any(line.startswith("leaves.toml:5: Not an id: id:") for line in told)
    assert "leaves.toml: [[leef]] is not a kind of row here; write one of leaf" in told


def test_an_id_is_given_once(tmp_path):
    row = '[[leaf]]\nid = "a"\ncolor = "red"\n'
    assert mistakes_of(tmp_path, row + row) == ("leaves.toml: the leaf 'a' is given twice",)


def test_a_row_id_must_look_like_one(tmp_path):
    class Sourced(SourcedRow):
        pass

    text = '[[leaf]]\nid = "a"\nsource = "x"\nrows = ["IN-1"]\n'
    with pytest.raises(TableError, match="'IN-1' does not look like a row id"):
        read_table(written(tmp_path, text), {"leaf": Sourced})


def test_a_file_that_is_no_toml_or_is_missing(tmp_path):
    assert "cannot be read" in mistakes_of(tmp_path, "[[leaf")[0]
    with pytest.raises(TableError, match="cannot be read"):
        read_table(tmp_path / "none.toml", {"leaf": Leaf})


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("tables") / "leaves.toml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass" if text.isascii() else "replace")
    try:
        assert isinstance(read_table(path, {"leaf": Leaf}), dict)
    except TableError as refused:
        assert refused.mistakes


@pytest.mark.parametrize("row", SOURCED, ids=lambda row: row.id)
def test_every_source_is_described(row):
    assert row.source in BOOK.sources


def test_an_assumption_of_the_project_never_poses_as_read():
    own = [row for row in SOURCED if hasattr(row, "read") and row.source == "project_assumption"]
    assert {row.read for row in own} <= {"ASSUMED", "DERIVED"}


def test_an_assumption_of_the_project_is_an_inference_or_an_opinion():
    own = [row for row in SOURCED if getattr(row, "strength", "") and row.source == "project_assumption"]
    assert {row.strength for row in own} <= {"inference", "expert opinion", "clinic page"}


def test_no_row_id_is_written_twice_in_a_row():
    every = [*SOURCED, *load_claims(), *load_contradictions(), *load_wording()]
    assert [row.id for row in every if len(set(row.rows)) < len(row.rows)] == []


def test_row_ids_in_sentences_look_like_row_ids():
    said = " ".join(str(row.model_dump()) for row in SOURCED)
    near = re.findall(r"\b(?:CI|IN|CO|RM|SC|PR|HS|CA|AE|CN|MO|PH)-\d+\b", said)
    assert near and [name for name in near if not re.fullmatch(r"[A-Z]{2}-\d{3}|RM-\d{2}", name)] == []
