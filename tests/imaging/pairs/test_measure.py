"""Real pairs in which nothing was treated, and pairs that are refused."""

import math
from dataclasses import replace

import numpy as np
import pytest

from corneum.course.wording import refused_words
from corneum.imaging.align import AlignmentRefused
from corneum.imaging.card import Scale
from corneum.imaging.faces import UnknownZone
from corneum.imaging.gates import UnknownView
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import PairRefused, ScaleUnknown, change_in_words, measure_pair, outcome_in_words, prepare
from corneum.imaging.photo import Photo
from tests.imaging.pairs.taken import FAR, NEAR, NEUTRAL, OTHER, SMILING, pair, photo, prepared, relit


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
            assert (change.verdict != "within_noise") == beyond or change.why


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


def test_the_same_file_twice_changes_nothing():
    """Registration leaves some hundredths of a pixel: the change is not nothing, but far within the noise."""
    same = pair(NEUTRAL, NEUTRAL)
    measured = [change for change in same.changes if change.verdict != "withheld"]
    assert {change.verdict for change in measured} == {"within_noise"}
    assert max(abs(change.change) / change.mdc95 for change in measured) < 0.5
    assert all(count.new == count.gone == count.changed == 0 for count in same.spots)
    assert same.quality.residual_px < 0.1 and same.quality.light_change_deg < 0.1


def test_two_people_are_refused():
    with pytest.raises(AlignmentRefused, match="the same person"):
        measure_pair(prepared(NEUTRAL), prepared(OTHER))


def test_another_light_is_refused_with_advice():
    moved = replace(photo(NEUTRAL), pixels=relit(photo(NEUTRAL).pixels, 1.1))
    with pytest.raises(PairRefused, match=r"Change of the main light: \d+ deg, at most 30. Put the light back"):
        measure_pair(prepared(NEUTRAL), prepare(moved))


def test_another_view_or_site_is_refused():
    one = prepared(NEUTRAL)
    with pytest.raises(PairRefused, match=r"front; left, 45 degrees.*Photograph the follow-up in the view"):
        measure_pair(one, replace(one, view="oblique_left"))
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
