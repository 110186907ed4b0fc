"""Every claim of the articles is answered by something that exists."""

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from corneum.course.claims import KINDS, Cover, known_refs, load_claims, load_contradictions, lost_cover
from corneum.course.wording import load_wording, refused_words

ROOT = Path(__file__).parents[2]
CLAIMS, CONTRADICTIONS = load_claims(), load_contradictions()
KNOWN = known_refs()


def test_the_ledger_is_whole():
    counted = Counter(claim.article for claim in CLAIMS)
    assert counted == {"000": 15, "001": 27, "002": 23, "003": 17, "004": 17}
    expected = [f"L{article}-{number}" for article, count in sorted(counted.items()) for number in range(1, count + 1)]
    assert [claim.id for claim in CLAIMS] == expected
    assert all(claim.id[1:4] == claim.article for claim in CLAIMS)
    assert [row.id for row in CONTRADICTIONS] == [f"XC-{number:02d}" for number in range(1, 21)]


@pytest.mark.parametrize("row", [*CLAIMS, *CONTRADICTIONS], ids=lambda row: row.id)
def test_no_claim_has_lost_its_cover(row):
    assert [f"{one.cover.kind} {one.cover.ref}{one.hint}" for one in lost_cover([row], KNOWN)] == []


def test_a_lost_cover_is_found_and_names_the_nearest():
    gone = CLAIMS[0].model_copy(update={"cover": (Cover(kind="rule", ref="isotretinoin.011"),)})
    (lost,) = lost_cover([gone], KNOWN)
    assert (lost.id, lost.cover.ref) == (CLAIMS[0].id, "isotretinoin.011") and "isotretinoin.010" in lost.hint


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_cover_is_used(kind):
    assert KNOWN[kind]
    assert any(cover.kind == kind for claim in CLAIMS for cover in claim.cover)


def test_no_cover_is_named_twice():
    every = [(row.id, row.cover) for row in CLAIMS] + [(row.id, row.applied) for row in CONTRADICTIONS]
    assert [name for name, covers in every if len(set(covers)) < len(covers)] == []


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_verdict_has_rows_behind_it(claim):
    assert claim.rows or claim.verdict == "no evidence"


@pytest.mark.parametrize("claim", [one for one in CLAIMS if one.verdict == "contradicted"], ids=lambda claim: claim.id)
def test_what_is_contradicted_is_refused_ruled_out_or_routed(claim):
    assert {cover.kind for cover in claim.cover} & {"rule", "refused_wording", "suitability", "model"}


@pytest.mark.parametrize("row", CONTRADICTIONS, ids=lambda row: row.id)
def test_a_contradiction_shows_its_sides(row):
    assert len(row.says) >= 2
    cited = {number for side in row.says for number in re.findall(r"\b00[0-4]\b", side)}
    assert cited <= set(row.articles)


def test_every_refused_wording_answers_a_claim_or_is_a_word_of_the_house():
    used = {cover.ref for claim in CLAIMS for cover in claim.cover if cover.kind == "refused_wording"}
    assert {row.id for row in load_wording() if row.id.startswith("claim.")} <= used


@pytest.mark.parametrize(
    "text",
    [
        "An alternative to Botox",
        "Instant facial tightening!",
        "flawless skin",
        "It removes scars",
        "Stimulates collagen",
        "suitable for all skin types",
        "completely safe",
        "optimal settings",
        "no downtime",
    ],
)
def test_what_sellers_say_is_refused(text):
    assert refused_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "A named clinician decides.",
        "The model expects 4 (2 to 7) um.",
        "No rule fired. A named clinician decides.",
        "Clinicians' scores had changed by session 3.",
        "The change is not permanent.",
        "Redness index 4 % lower than on 12 March.",
    ],
)
def test_what_the_house_says_is_not_refused(text):
    assert refused_words(text) == ()


def tool():
    folder = ROOT / "tools"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("make_claims_page", folder / "make_claims_page.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


def test_pages_hold_every_claim_and_its_cover():
    made = tool().pages()
    for claim in CLAIMS:
        page = made[f"article-{claim.article}.md"]
        assert f"* - {claim.id}\n" in page
        assert all(f"`{cover.ref}`" in page for cover in claim.cover)
    for row in CONTRADICTIONS:
        assert f"* - {row.id}\n" in made["contradictions.md"]


def test_a_stale_page_is_found(tmp_path):
    pages = tool()
    assert pages.main([str(tmp_path), "--check"]) == 1
    assert pages.main([str(tmp_path)]) == 0
    assert pages.main([str(tmp_path), "--check"]) == 0
    (tmp_path / "gone.md").write_text("a page of another time")
    (tmp_path / "wording.md").write_text("edited by hand")
    assert pages.stale(tmp_path) == ["gone.md", "wording.md"]
    pages.write(tmp_path)
    assert pages.stale(tmp_path) == []
