from dataclasses import replace

import pytest

from corneum.reports.links import linked
from corneum.reports.notices import limits_of, warnings_of
from corneum.reports.spread import gauge_of, meanings_of, spread_of
from corneum.reports.words import course_words, join_words, person_words, step_words
from corneum.treatment import parse_protocol
from tests.reports.protocols import CRYSTAL, DIAMOND, MASKED, NOTHING, simulated


@pytest.fixture(scope="module")
def result():
    return simulated(CRYSTAL)


def test_steps_read_like_a_methods_section():
    cheek, chin = (step_words(step) for step in parse_protocol(CRYSTAL).steps)
    assert cheek.settings == "vacuum 30 mmHg (4.0 kPa)"
    assert cheek.path == "1 cm², 2 passes, every second at right angles"
    assert "speed of the handpiece" in cheek.open and "crystal flow" in cheek.open
    assert chin.settings == "vacuum 30 kPa, crystal flow 20 g/min"
    assert "12 mm/s" in chin.path
    assert "speed" not in chin.open and "crystal flow" not in chin.open
    assert step_words(parse_protocol(DIAMOND).steps[0]).settings == "vacuum 25 kPa, grit 125 µm"
    assert step_words(parse_protocol(MASKED).steps[0]).settings == "vacuum -30 kPa"


def test_course_and_person_in_words():
    protocol = parse_protocol(CRYSTAL)
    assert course_words(protocol) == (
        "Treated: cheek and chin. 3 sessions, 7 days apart, followed for 9 days after the last one."
    )
    assert person_words(protocol) == "61 years, sex not stated, phototype V"
    assert "irritated today" in person_words(replace(protocol, irritated=True))
    assert "30 % of the stratum corneum already gone" in person_words(replace(protocol, stripped_share=0.3))


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_words_are_joined(words, text):
    assert join_words(list(words)) == text


def test_a_note_of_every_zone_names_none_and_a_note_of_one_names_it(result):
    bare = replace(result, notes=("cheek: the same.", "chin: the same.", "chin: only here.", "For all."))
    told = {note.text: note.zones for note in warnings_of(bare)}
    assert told["The same."] == () and told["For all."] == ()
    assert told["Only here."] == ("Chin",)
    limits = [note.text for note in limits_of(result)]
    assert limits and len(limits) == len(set(limits))
    assert not set(limits) & set(told)


@pytest.mark.parametrize(
    ("where", "address"),
    [
        ("PMID 12030870", "https://pubmed.ncbi.nlm.nih.gov/12030870"),
        ("10.1111/srt.12580", "https://doi.org/10.1111/srt.12580"),
        ("PMC3596453 (figure legend 5 read)", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3596453"),
        ("NCT00355485", "https://clinicaltrials.gov/study/NCT00355485"),
        ("arXiv 1203.2060", "https://arxiv.org/abs/1203.2060"),
        ("10.1016/j.asj.2003.12.007; PMID 19336147", "https://doi.org/10.1016/j.asj.2003.12.007"),
    ],
)
def test_identifiers_become_links_that_keep_their_text(where, address):
    text = linked(where)
    assert f'href="{address}"' in text
    assert text.striptags() == where


def test_what_is_no_identifier_stays_text():
    assert linked("a <b> & scanned page 10") == "a &lt;b&gt; &amp; scanned page 10"


def test_spread_names_the_rows_and_never_more_than_all_of_it():
    result = simulated(CRYSTAL, samples=120)
    spread = spread_of(result, result.zones[0])
    assert spread.rows and len(spread.outcomes) == 3
    for row in spread.rows:
        assert row.key in result.rows_used
        shares = [share.percent for share in row.shares if share.percent is not None]
        assert shares and all(0 < share <= 100 for share in shares)
    strongest = [max(share.percent or 0 for share in row.shares) for row in spread.rows]
    assert strongest == sorted(strongest, reverse=True)


def test_nothing_removed_has_no_spread():
    result = simulated(NOTHING)
    assert spread_of(result, result.zones[0]).rows == ()


def test_readings_in_doubt_are_shown_where_there_are_several(result):
    doubted, plain = (meanings_of(zone) for zone in result.zones)
    assert plain == ()
    assert len(doubted) > 1
    assert doubted[0].share == gauge_of(result.zones[0].readings[0].corneum_share)
    for meaning in doubted:
        assert 0 <= meaning.share.low <= meaning.share.middle <= meaning.share.high <= 100
        assert meaning.vacuum.endswith(" kPa")
