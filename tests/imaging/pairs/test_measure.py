"""Real pairs in which nothing was treated, and pairs that are refused."""

import math
from dataclasses import replace

import numpy as np
import pytest

from corneum.course.wording import refused_words
from corneum.imaging.align import AlignmentRefused
from corneum.imaging.card import Scale
from corneum.imaging.faces import UnknownZone, expression_of
from corneum.imaging.gates import UnknownView, compare_checks
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import (
    Change,
    PairRefused,
    ScaleUnknown,
    SpotCount,
    change_in_words,
    measure_pair,
    outcome_in_words,
    prepare,
)
from corneum.imaging.pairs.withheld import refusal, with_matches
from corneum.imaging.pairs.words import told
from corneum.imaging.photo import Photo
from tests.imaging.pairs.taken import FAR, NEAR, NEUTRAL, OTHER, SMILING, copy_of, pair, photo, prepared, relit


@pytest.fixture(scope="module", params=[(NEUTRAL, SMILING), (NEAR, FAR)], ids=["smile", "distance"])
def real(request):
    return pair(*request.param)


def verdicts(found):
    return {(change.zone, change.index): change for change in found.changes}


def test_every_zone_and_index_has_a_change_or_a_reason(real):
    zones = real.canvases[0].zone_names
    assert list(verdicts(real)) == [(zone, key) for zone in zones for key in INDICES]
    for change in real.changes:
        values = (change.before, change.after, change.change, change.se, change.mdc95)
        if change.verdict == "withheld":
            assert change.why and all(map(math.isnan, values))
        else:
            assert all(map(math.isfinite, values)) and change.mdc95 > 0
            assert change.change == pytest.approx(change.after - change.before)
            assert change.error_from == "simulation"
            beyond = abs(change.change) > change.mdc95
            assert (change.verdict != "within_noise") == beyond


def test_what_the_pixels_cannot_carry_is_withheld_with_its_reason(real):
    for change in real.changes:
        index = INDICES[change.index]
        if real.canvases[0].resolution_px_per_mm < index.needs_px_per_mm:
            assert change.why.startswith(f"needs {index.needs_px_per_mm:g} px per mm of skin, here are ")
        elif index.needs_absolute or index.needs_card:
            assert change.why.startswith("needs a ") and change.why.endswith(" in both photographs")
    assert {"texture", "pore_count", "line_length"}.isdisjoint(real.layers)
    assert {"redness", "melanin", "ita"}.isdisjoint(real.layers)


def test_most_of_what_did_not_change_is_within_noise(real):
    measured = [change for change in real.changes if change.verdict != "withheld"]
    assert len(measured) > 30
    assert sum(change.verdict != "within_noise" for change in measured) <= 0.15 * len(measured)


def test_no_sentence_of_a_pair_holds_a_refused_word(real):
    said = [*map(change_in_words, real.changes), *real.quality.notes, outcome_in_words(real)]
    assert [found.words for text in said for found in refused_words(text)] == []


def test_quality_is_told(real):
    quality = real.quality
    assert 0 < quality.residual_px < 1 and quality.residual_px < quality.residual_p95_px
    assert quality.residual_mm == pytest.approx(quality.residual_px / prepared(real_baseline(real)).scale.px_per_mm)
    assert quality.scale_from == "eyes" and quality.light_change_deg < 30
    assert all(map(math.isnan, quality.card_residual_de))
    assert any("No color card" in note for note in quality.notes)


def real_baseline(real):
    return NEUTRAL if real.names[0] in NEUTRAL else NEAR


def test_the_same_picture_twice_changes_nothing():
    """Registration leaves some hundredths of a pixel: the change is not nothing, but far within the noise."""
    same = pair(NEUTRAL, NEUTRAL)
    measured = [change for change in same.changes if change.verdict != "withheld"]
    assert {change.verdict for change in measured} == {"within_noise"}
    assert max(abs(change.change) / change.mdc95 for change in measured) < 0.5
    assert all(count.new == count.gone == count.changed == 0 for count in same.spots)
    assert same.quality.residual_px < 0.1 and same.quality.light_change_deg < 0.1


def test_the_same_file_twice_is_refused():
    with pytest.raises(PairRefused, match=r"042_03\.jpg: the same file twice \(by SHA-256\)"):
        measure_pair(prepared(NEUTRAL), replace(prepared(NEUTRAL), site=""))


def test_a_photograph_that_lost_the_skin_in_the_dark_is_refused_with_advice():
    dark = replace(photo(NEUTRAL), name="dark.jpg", sha256="", pixels=(photo(NEUTRAL).pixels * 0.2).astype(np.uint8))
    for both in ((prepared(NEUTRAL), prepare(dark)), (prepare(dark), prepared(NEUTRAL))):
        with pytest.raises(PairRefused, match=r"dark.jpg: Skin too dark: 99 %, at most 5. Expose longer"):
            measure_pair(*both)


def test_what_is_merely_worse_than_it_should_be_is_told_with_the_photograph_s_name(real):
    told = [note for note in real.quality.notes if note.startswith("In 042_03.jpg: ")]
    assert (real.names[0] != "042_03.jpg") or any("Shine: 11 % of the skin, at most 10. Blot" in note for note in told)


def test_an_expression_that_differs_withholds_form_and_is_told_first():
    one, other = prepared(NEUTRAL), prepared(SMILING)
    smile = replace(expression_of(other.face), smile=expression_of(one.face).smile + 0.3)
    check = compare_checks(one.held(), replace(other.held(), expression=smile))
    assert check.comparable and "Change of expression: 0.3 eye distances" in told(check)[0]
    canvas = replace(pair().canvases[0], resolution_px_per_mm=20.0)
    withheld = {key for key, index in INDICES.items() if "expression" in refusal(index, canvas, check)}
    assert withheld == {
        "evenness_melanin", "evenness_redness", "shine", "texture", "coarse_texture", "line_strength", "line_length",
        "pore_strength", "pore_count", "scar_shading",
    }  # fmt: skip
    alike = compare_checks(one.held(), one.held())
    assert all("expression" not in refusal(index, canvas, alike) for index in INDICES.values())


def test_a_single_site_has_no_rest_to_be_compared_with():
    check = compare_checks(prepared(NEUTRAL).held(), prepared(NEUTRAL).held())
    canvas = replace(pair().canvases[0], zone_names=("forearm",))
    for key in ("redness_relative", "melanin_relative"):
        assert refusal(INDICES[key], canvas, check) == "a single site has no rest"
        assert refusal(INDICES[key], pair().canvases[0], check) == ""


def test_a_figure_of_spots_without_a_matched_spot_is_withheld():
    def change(verdict):
        return Change("nose", "spot_contrast", "index units", 40.0, 1.7, -38.3, 3.6, 7.07, "simulation", verdict)

    def found(verdict, new):
        return with_matches([change(verdict)], [SpotCount("nose", 3, 1, new, 0, 0)])[0]

    assert found("lower", 1) == change("lower") and found("within_noise", 0) == change("within_noise")
    gone = found("lower", 0)
    assert gone.verdict == "withheld" and math.isnan(gone.change)
    assert "no matched spot" in change_in_words(gone) and "38" not in change_in_words(gone)


def test_two_people_are_refused():
    with pytest.raises(AlignmentRefused, match="the same person"):
        measure_pair(prepared(NEUTRAL), prepared(OTHER))


def test_another_light_is_refused_with_advice():
    moved = replace(photo(NEUTRAL), sha256="", pixels=relit(photo(NEUTRAL).pixels, 1.1))
    with pytest.raises(PairRefused, match=r"Change of the main light: \d+ deg, at most 30. Put the light back"):
        measure_pair(prepared(NEUTRAL), prepare(moved))


def test_another_view_or_site_is_refused():
    one = prepared(NEUTRAL)
    with pytest.raises(PairRefused, match=r"front; left, 45 degrees.*Photograph the follow-up in the view"):
        measure_pair(one, replace(copy_of(NEUTRAL), view="oblique_left"))
    with pytest.raises(PairRefused, match="one photograph shows a face, the other forearm"):
        measure_pair(one, replace(one, site="forearm"))


@pytest.fixture(scope="module")
def arm():
    return Photo(np.full((200, 240, 3), 150, np.uint8), "arm.jpg")


def test_a_site_without_anything_of_known_size_is_refused_with_advice(arm):
    with pytest.raises(ScaleUnknown, match=r"arm.jpg: .*printed target beside it, or give the scale"):
        prepare(arm, site="forearm")
    found = prepare(arm, site="forearm", scale=Scale(9.5, 0.0, "given"))
    assert (found.face, found.light, found.scale.px_per_mm) == (None, None, 9.5)


def test_unknown_sites_and_views_are_told_with_the_nearest_name(arm):
    with pytest.raises(UnknownZone, match="no body site is called 'forarm': did you mean 'forearm'"):
        prepare(arm, site="forarm")
    with pytest.raises(UnknownView, match="oblique_left"):
        prepare(arm, site="forearm", view="left")
