"""What microdermabrasion is for: every concern, every severity, and the verdicts that the evidence fixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.course.alternatives import UnknownAlternativeError, alternative, alternatives_for, load_alternatives
from corneum.course.suitability import (
    NOT_GRADED,
    TREATED,
    VERDICTS,
    UnknownConcernError,
    UnknownSeverityError,
    load_suitability,
    read_suitability,
    suitability,
)
from corneum.course.tables import TableError
from corneum.evidence import load_evidence

TABLE = load_suitability()
EVERY = [(name, level.id) for name in TABLE.concerns for level in TABLE.levels(name)]


@pytest.mark.parametrize(("concern", "severity"), EVERY)
def test_every_level_of_every_concern_has_one_verdict(concern, severity):
    found = suitability(concern, severity)
    assert (found.concern, severity in found.severity) == (concern, True)


@pytest.mark.parametrize(
    ("concern", "severity", "verdict"),
    [
        ("dullness", "mild", "offer"),
        ("roughness", "severe", "offer"),
        ("photo_ageing", "i", "offer"),
        ("photo_ageing", "iii", "refer"),
        ("fine_lines", "i", "weak evidence"),
        ("deep_wrinkles", "present", "refer"),
        ("dynamic_wrinkles", "present", "refer"),
        ("enlarged_pores", "mild", "weak evidence"),
        ("acne_comedonal", "2", "adjunct only"),
        ("acne_comedonal", "3", "refer"),
        ("acne_inflammatory", "4", "exclude"),
        ("acne_pustular_flare", "present", "exclude"),
        ("lentigines", "mild", "weak evidence"),
        ("uneven_tone", "mild", "offer"),
        ("uneven_tone", "severe", "refer"),
        ("sun_damage", "severe", "refer"),
        ("melasma", "any", "adjunct only"),
        ("acne_scars_atrophic", "2", "weak evidence"),
        ("acne_scars_atrophic", "3", "refer"),
        ("acne_scars_ice_pick", "present", "refer"),
        ("raised_scars", "present", "exclude"),
        ("keloid", "present", "exclude"),
        ("striae_rubrae", "mild", "offer"),
        ("striae_albae", "mild", "weak evidence"),
        ("rosacea", "0", "refer"),
        ("rosacea", "2", "exclude"),
        ("wart", "present", "exclude"),
        ("mole", "present", "exclude"),
        ("birthmark", "present", "exclude"),
        ("burn_scar", "present", "exclude"),
        ("sunburn", "present", "exclude"),
    ],
)
def test_verdicts_that_the_survey_fixes(concern, severity, verdict):
    assert suitability(concern, severity).verdict == verdict


@pytest.mark.parametrize("concern", TABLE.concerns)
def test_what_nobody_graded_gets_the_strictest_verdict(concern):
    strictest = max(VERDICTS.index(suitability(concern, level.id).verdict) for level in TABLE.levels(concern))
    for severity in (None, NOT_GRADED):
        assert VERDICTS.index(suitability(concern, severity).verdict) == strictest


@pytest.mark.parametrize("concern", TABLE.concerns)
def test_a_more_severe_concern_is_never_judged_more_loosely(concern):
    verdicts = [VERDICTS.index(suitability(concern, level.id).verdict) for level in TABLE.levels(concern)]
    assert verdicts == sorted(verdicts)


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.id)
def test_every_verdict_can_be_checked(row):
    assert row.treated == (row.verdict in TREATED) == bool(row.target)
    assert not row.target or row.target in load_evidence().numbers
    assert row.verdict != "offer" or row.grade != "none"
    assert row.sessions_seen == () or row.sessions_seen[0] <= row.sessions_seen[1]
    assert all(name in load_alternatives() for name in row.alternatives)
    assert [other.id for other in alternatives_for(row)] == list(row.alternatives)
    assert row.alternatives, "the person is told of another way, if only a doctor's look"


def test_every_alternative_is_of_use_to_a_concern():
    used = {name for row in TABLE.rows for name in row.alternatives}
    assert set(load_alternatives()) - used <= {"home_device"}


def test_spots_are_looked_at_first():
    checked = {name for name, concern in TABLE.concerns.items() if concern.lesion_check}
    assert {"lentigines", "mole", "unexplained_mark", "uneven_tone"} <= checked


@given(st.sampled_from(sorted(TABLE.concerns)), st.sampled_from([str.upper, str.title, lambda t: t.replace("_", " ")]))
def test_names_are_forgiving(concern, write):
    assert TABLE.concern(write(concern)).id == concern


def test_aliases_name_one_concern_each():
    names = [alias.lower() for concern in TABLE.concerns.values() for alias in (*concern.aliases, concern.id)]
    assert len(set(names)) == len(names)


def test_unknown_names_are_told_with_the_nearest():
    with pytest.raises(UnknownConcernError, match=r"unknown concern 'melasmaa'\. Did you mean melasma"):
        suitability("melasmaa")
    with pytest.raises(UnknownSeverityError, match=r"rosacea: unknown severity '7'.*has: 0, 1, 2, 3, 4; or not_graded"):
        suitability("rosacea", "7")
    with pytest.raises(UnknownAlternativeError, match="Did you mean microneedling"):
        alternative("microneedlin")


SCALE = (
    '[[scale]]\nid = "word"\ntitle = "Word"\nlevels = [{ id = "mild", text = "mild" }, { id = "bad", text = "bad" }]\n'
    'source = "x"\nrows = ["SC-036"]\n'
)
CONCERN = '[[concern]]\nid = "lines"\ntitle = "Lines"\nplain = "Lines"\nscale = "word"\n'


def test_a_table_with_a_gap_is_refused(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(SCALE + CONCERN)
    with pytest.raises(TableError) as refused:
        read_suitability(path)
    assert refused.value.mistakes == (
        "own.toml: concern 'lines': no verdict for severity 'mild'",
        "own.toml: concern 'lines': no verdict for severity 'bad'",
    )
    path.write_text(SCALE + CONCERN.replace('scale = "word"', 'scale = "none"'))
    with pytest.raises(TableError, match="unknown scale 'none'"):
        read_suitability(path)
