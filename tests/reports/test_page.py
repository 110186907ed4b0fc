import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from corneum.evidence import READ_CODES
from corneum.evidence.rows import MARKED
from corneum.reports import render_report
from corneum.reports.numbers import middle_and_range, row_value
from tests.reports.protocols import CRYSTAL, MASKED, NOTHING, TAPE, simulated

# What the software never says: the table of words in the design.
NEVER = re.compile(
    r"\b(?:safe(?:ly|r|st)?|optimal(?:ly)?|heal(?:s|ed|ing)?|improv\w*|recommend\w*|responded|benign|flawless"
    r"|cleared|low risk|will result in|induces? collagen|treats? acne|alternative to botox|skin age)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def result():
    return simulated(CRYSTAL)


@pytest.fixture(scope="module")
def page(result):
    return render_report(result)


@pytest.fixture(scope="module")
def tree(page):
    return parsed(page)


@pytest.fixture(scope="module")
def nothing():
    return render_report(simulated(NOTHING))


@pytest.fixture(scope="module")
def alone():
    result = simulated(MASKED, samples=1)
    return result, render_report(result)


def parsed(page: str) -> ET.Element:
    assert page.startswith("<!doctype html>")
    return ET.fromstring(page.removeprefix("<!doctype html>"))


def visible(tree: ET.Element) -> str:
    for style in tree.iter("style"):
        style.text = ""
    spoken = [element.get(name, "") for element in tree.iter() for name in ("aria-label", "title")]
    return " ".join(" ".join([*tree.itertext(), *spoken]).split())


def test_page_is_well_formed_and_says_its_title(tree):
    assert "Two zones & <b>three</b> sessions" in "".join(tree.find(".//h1").itertext())
    assert tree.get("lang") == "en"


def test_page_asks_for_nothing_from_outside(tree):
    assert list(tree.iter("script")) == list(tree.iter("link")) == list(tree.iter("iframe")) == []
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in ("src", "href", "action", "srcset", "data", "poster"):
                inside = value.startswith(("#", "data:image/png;base64,"))
                assert inside or (element.tag == "a" and value.startswith("https://")), (element.tag, name, value[:60])
    styles = " ".join(style.text or "" for style in tree.iter("style"))
    assert "@import" not in styles and "url(" not in styles and "http" not in styles


def test_ids_are_unique_and_every_reference_has_its_target(page, tree):
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', page))
    assert wanted <= set(ids) and wanted


def test_sections_stand_in_the_order_of_reading(tree):
    heads = ["".join(head.itertext()) for head in tree.iter("h2")]
    assert heads == [
        "What was simulated",
        "What the model expects of the first session",
        "Read this first",
        "What the model leaves out",
        "Cheek",
        "Chin",
        "Sources",
    ]


def test_every_zone_has_its_verdict_and_its_bands(result, tree):
    text = visible(tree)
    for zone in result.zones:
        first = zone.sessions[0]
        depth, share = middle_and_range(first.depth_um), middle_and_range(first.corneum_share, as_percent=True)
        assert (
            f"With these settings the model expects {depth} µm removed, {share} % of the stratum corneum; "
            "not validated on you." in text
        )
    assert "central 95 % of only 25 sampled skins" in text


def test_every_row_used_is_shown_with_value_source_and_mark(result, tree):
    book = result.draws.book
    shown = {}
    for line in tree.iterfind(".//table[@class='evidence']/tbody/tr"):
        shown[line.find("th/code").text] = " ".join("".join(line.itertext()).split())
    assert set(shown) == set(result.rows_used)
    for key, text in shown.items():
        row = book.number(key)
        assert row_value(row) in text
        assert " ".join(book.sources[row.source].citation.split()) in text
        assert text.endswith(f"{row.read} {row.grade}")
        assert all(id_ in text for id_ in row.rows)


def test_a_mark_stands_wherever_the_value_of_a_marked_row_does(result, tree):
    book = result.draws.book
    lines = [line for kind in ("spread", "evidence") for line in tree.iterfind(f".//table[@class='{kind}']/tbody/tr")]
    assert len(lines) > len(result.rows_used)
    for line in lines:
        row = book.number(line.find("th/code").text)
        badge = line.find(".//abbr")
        assert badge.text == row.read and badge.get("title") == READ_CODES[row.read]
        assert ("marked" in badge.get("class")) == (row.read in MARKED)
    drawn = [figure for figure in tree.iter("figure") if "Depth of a furrow" in "".join(figure.itertext())]
    assert len(drawn) == 2
    assert all(figure.find(".//abbr").text == book.number("skin.furrow.depth_um").read for figure in drawn)


def test_every_note_is_told_once(result, tree):
    text = visible(tree)
    notes = [*result.notes, *(note for zone in result.zones for note in zone.notes)]
    assert len(notes) > len(set(notes))
    for note in notes:
        bare = re.sub(r"^(?:cheek|chin): ", "", note)
        assert text.count(" ".join(bare[1:].split())) == 1, note


def test_figures_and_gauges_say_what_they_show(tree):
    figures = list(tree.iter("figure"))
    assert len(figures) > 30
    for drawn in [*(figure.find("svg") for figure in figures), *tree.iterfind(".//div[@role='img']")]:
        assert drawn.get("role") == "img"
        assert len(drawn.get("aria-label")) > 20


def test_every_table_head_has_a_scope(tree):
    for head in tree.iter("th"):
        assert head.get("scope") in ("row", "col")


def test_result_can_be_had_again(result, tree):
    text = visible(tree)
    assert result.digest in text
    assert "corneum simulate protocol.toml --samples 25 --seed 3" in text
    assert 'zone = "chin"' in text


@pytest.mark.parametrize("text", [CRYSTAL, NOTHING])
def test_page_keeps_to_the_words_that_the_software_may_use(text, page, nothing):
    said = visible(parsed(page if text == CRYSTAL else nothing))
    assert NEVER.findall(said) == []
    assert "Simulated, not measured. A named clinician decides." in said
    assert "Pigment change after treatment is not simulated." in said


def test_a_forbidden_word_would_be_found(result):
    protocol = replace(result.protocol, about="An optimal and safe plan that improves skin.")
    said = visible(parsed(render_report(replace(result, protocol=protocol, zones=()))))
    assert NEVER.findall(said) == ["optimal", "safe", "improves"]


def test_nothing_removed_reads_as_such(nothing):
    tree = parsed(nothing)
    text = visible(tree)
    assert "With these settings the model expects nothing to be removed; not validated on you." in text
    assert "No cell of the map lost anything" in text
    assert "there is no band to explain" in text
    assert "nan" not in text.lower().split()
    assert [figure.get("class") for figure in tree.iter("figure")] == ["section", "section"]


def test_one_sample_has_no_band(alone):
    text = visible(parsed(alone[1]))
    assert "a single sample, so no band" in text
    assert "one sample" in text
    assert "central 95 % of 1 " not in text and "central 95 % of only 1 " not in text


def test_a_mask_leaves_most_cells_out_of_the_spread(alone):
    text = visible(parsed(alone[1]))
    assert re.search(r"Cells that lost nothing, \d+ % of the area, are left out", text)
    assert "the tip stands still for 20 s" in text
    assert "holes of 125 µm, 500 µm from middle to middle" in text
    assert "Streaks show" not in text


def test_same_result_gives_the_same_page(alone):
    result, page = alone
    assert render_report(result) == page


def test_many_samples_of_one_typical_skin():
    text = visible(parsed(render_report(simulated(TAPE, samples=1200, typical=True))))
    assert "central 95 % of 1,200 samples of one typical skin" in text
    assert "--samples 1200 --seed 3 --typical" in text
