import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.evidence import EvidenceError, load_evidence
from corneum.evidence.tables import read_tables, shipped_tables
from tests.evidence.sample_rows import KINDS, row, write


def mistakes_of(folder, *rows):
    with pytest.raises(EvidenceError) as refused:
        read_tables([write(folder, *rows)])
    assert str(refused.value) == "\n".join(refused.value.mistakes)
    return refused.value.mistakes


def line_of(text, wanted):
    return text[: text.index(wanted)].count("\n") + 1


def test_good_rows_of_every_kind_are_read(tmp_path):
    path = write(tmp_path, *(row(kind) for kind in KINDS))
    assert [read.key for read in read_tables([path])] == [fields["key"] for fields in KINDS.values()]


@pytest.mark.parametrize(
    ("kind", "field"),
    [("number", name) for name in ("value", "low", "high", "unit", "source", "read", "grade", "conditions")]
    + [("rule", name) for name in ("text", "action", "source", "read", "grade")]
    + [("measurement", name) for name in ("title", "published", "used", "source", "read", "grade", "conditions")]
    + [("source", "citation")],
)
def test_a_missing_field_is_named_with_file_line_and_key(tmp_path, kind, field):
    first = "" if kind == "source" else row("source")
    spoiled = row(kind, leave_out=field)
    line = line_of("\n".join([first, spoiled]), f"[[{kind}]]")
    assert mistakes_of(tmp_path, first, spoiled)[0] == f"bad.toml:{line}: {KINDS[kind]['key']}: '{field}' is missing"


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_without_key_is_still_pointed_at(tmp_path, kind):
    mistakes = mistakes_of(tmp_path, row(kind, leave_out="key"))
    assert f"bad.toml:1: a {kind} without key: 'key' is missing" in mistakes


@pytest.mark.parametrize(
    ("field", "meant"),
    [("vlaue", "value"), ("grades", "grade"), ("condition", "conditions"), ("row", "rows"), ("s_d", "sd")],
)
def test_an_unknown_field_is_refused_with_a_hint(tmp_path, field, meant):
    (mistake,) = mistakes_of(tmp_path, row("source"), row("number", **{field: 1}))
    assert mistake == f"bad.toml:6: skin.corneum.depth_um: unknown field '{field}'; did you mean '{meant}'?"


def test_an_unknown_field_like_no_other_is_refused_without_a_guess(tmp_path):
    (mistake,) = mistakes_of(tmp_path, row("source"), row("number", zzz=1))
    assert mistake.endswith("unknown field 'zzz'")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "mm"}, "'skin.corneum.depth_um' promises um, but its unit is mm"),
        ({"unit": "micron"}, "unknown unit 'micron'"),
        ({"key": "skin.corneum.depth"}, "names no unit"),
        ({"value": 99.0}, "value 99 is outside its own range 10 to 20"),
        ({"value": float("nan")}, "must be finite numbers"),
        ({"value": "much"}, "value: Input should be a valid number"),
        ({"grade": "Z"}, "grade: Input should be"),
        ({"read": "GUESS"}, "read: Input should be"),
    ],
)
def test_a_spoiled_number_is_refused_at_its_line(tmp_path, changes, said):
    (mistake,) = mistakes_of(tmp_path, row("source"), row("number", **changes))
    assert mistake.startswith("bad.toml:6: skin.corneum.depth")
    assert said in mistake


@given(st.integers(min_value=0, max_value=6), st.integers(min_value=0, max_value=5))
def test_the_line_is_right_wherever_the_row_stands(tmp_path_factory, before, blank):
    good = [row("number", key=f"skin.corneum.layer{n}_um") for n in range(before)]
    text = "\n".join(["# a comment", row("source"), *good, "\n" * blank, row("number", value=99.0)])
    mistakes = mistakes_of(tmp_path_factory.mktemp("tables"), text)
    line = next(n for n, written in enumerate(text.splitlines(), 1) if written == "value = 99.0")
    assert mistakes[0].startswith(f"bad.toml:{line - 2}: ")


def test_every_mistake_is_listed_not_the_first_alone(tmp_path):
    mistakes = mistakes_of(
        tmp_path, row("source"), row("number", value=99.0), row("rule", leave_out="text"), row("measurement", grade="Z")
    )
    assert len(mistakes) == 3
    assert [mistake.split(": ")[1] for mistake in mistakes] == [
        "skin.corneum.depth_um",
        "treatment.passes.cap",
        "validation.r01_share",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_given_twice_is_refused(tmp_path, kind):
    first = "" if kind == "source" else row("source")
    mistakes = mistakes_of(tmp_path, first, row(kind), row(kind))
    assert f"{KINDS[kind]['key']}: given twice" in [mistake.split("toml: ")[-1] for mistake in mistakes]


def test_a_key_given_in_two_files_is_refused(tmp_path):
    one = write(tmp_path, row("source"), row("number"), name="one.toml")
    two = write(tmp_path, row("number", value=15.0), name="two.toml")
    with pytest.raises(EvidenceError, match=r"skin\.corneum\.depth_um: given twice"):
        read_tables([one, two])


def test_a_number_may_not_shadow_a_rule(tmp_path):
    number = row("number", key="skin.depth_um")
    rule = row("rule", key="skin.depth_um")
    assert "skin.depth_um: given twice" in mistakes_of(tmp_path, row("source"), number, rule)


def test_an_unknown_source_is_refused_with_a_hint(tmp_path):
    mistakes = mistakes_of(tmp_path, row("source"), row("number", source="lab_2002"))
    assert mistakes == ("skin.corneum.depth_um: unknown source 'lab_2002'; did you mean 'lab_2020'?",)


def test_a_source_may_stand_in_another_file(tmp_path):
    rows = write(tmp_path, row("number"), name="a.toml")
    sources = write(tmp_path, row("source"), name="b.toml")
    assert len(read_tables([rows, sources])) == 2


@pytest.mark.parametrize(
    "text", ["[[number]\nkey = 1", "[[number]]\nkey = \n", "[[number]]\nvalue = 1\nvalue = 2\nunit = 3", "\x00"]
)
def test_broken_toml_is_refused_with_file_and_line(tmp_path, text):
    (mistake,) = mistakes_of(tmp_path, text)
    assert mistake.startswith("bad.toml: cannot be read: ")
    assert "line" in mistake


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_bytes(b"\xff\xfe\x00key")
    with pytest.raises(EvidenceError, match=r"bad\.toml: cannot be read"):
        read_tables([path])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(EvidenceError, match=r"none\.toml: cannot be read"):
        read_tables([tmp_path / "none.toml"])


def test_one_broken_file_does_not_hide_the_mistakes_of_another(tmp_path):
    broken = write(tmp_path, "[[", name="broken.toml")
    spoiled = write(tmp_path, row("source"), row("number", value=99.0), name="spoiled.toml")
    with pytest.raises(EvidenceError) as refused:
        read_tables([broken, spoiled])
    assert [mistake.split(":")[0] for mistake in refused.value.mistakes] == ["broken.toml", "spoiled.toml"]


@pytest.mark.parametrize(
    "text",
    ["[[numbers]]\nkey = 'a'", "[number]\nkey = 'a'", "title = 'rows'", "number = 3", "number = [3]", 'number = ["a"]'],
)
def test_what_is_not_a_table_of_rows_is_refused(tmp_path, text):
    assert "bad.toml" in mistakes_of(tmp_path, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        'number = [{key = "skin.depth_um", value = 99.0}]',
        'note = """\n[[number]]\n"""\n' + row("number", value=99.0),
        row("source", where="x").replace('"x"', '"""\n[[number]]\n"""') + row("number", value=99.0),
        row("number", value=99.0).replace("[[number]]", "[[ number ]]"),
    ],
)
def test_odd_but_legal_toml_is_refused_in_words(tmp_path, text):
    assert any(re.match(r"bad\.toml(:\d+)?: skin\.\S+: ", mistake) for mistake in mistakes_of(tmp_path, text))


def test_heads_with_spaces_are_lines_too(tmp_path):
    (mistake,) = mistakes_of(tmp_path, row("source"), row("number", value=99.0).replace("[[number]]", " [[ number ]]"))
    assert mistake.startswith("bad.toml:6: ")


def test_an_extra_table_is_added_to_the_shipped_ones(tmp_path):
    extra = write(tmp_path, row("source"), row("number", key="extra.corneum.depth_um"))
    book = load_evidence(extra)
    assert book.number("extra.corneum.depth_um").value == 14.0
    assert set(load_evidence().numbers) < set(book.numbers)


def test_an_extra_table_may_not_overwrite_a_shipped_row(tmp_path):
    key = next(iter(load_evidence().sources))
    with pytest.raises(EvidenceError, match=f"{key}: given twice"):
        load_evidence(write(tmp_path, row("source", key=key)))


def test_the_shipped_tables_are_read_in_name_order():
    names = [table.name for table in shipped_tables()]
    assert names == sorted(names) and {"sources.toml", "rules.toml", "measurements.toml"} <= set(names)
