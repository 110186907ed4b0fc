import gc
import weakref

import make_indices_page
import numpy as np
import pytest

from corneum.course.wording import refused_words
from corneum.evidence import load_evidence
from corneum.imaging.indices import INDICES, UnknownIndex, index_of
from corneum.imaging.indices.densities import densities, unmixing
from corneum.imaging.indices.limits import CANNOT_SAY, NOT_MEASURED
from corneum.imaging.indices.remembered import remembered
from tests.imaging.indices.skins import skin


def test_every_index_is_under_its_own_key_and_tells_its_source_and_limits():
    book = load_evidence()
    for key, index in INDICES.items():
        assert index.key == key
        assert book.row(index.source)
        assert CANNOT_SAY[key]
    assert set(CANNOT_SAY) == set(INDICES)


def test_the_page_on_the_indices_is_what_its_tool_writes():
    assert make_indices_page.PAGE.read_text(encoding="utf-8") == make_indices_page.page()


def test_texts_hold_no_refused_words():
    texts = [*CANNOT_SAY.values(), *NOT_MEASURED.values(), *NOT_MEASURED]
    texts += [text for index in INDICES.values() for text in (index.title, index.formula, index.unit)]
    assert [said for text in texts for said in refused_words(text)] == []


def test_formulas_print_the_weights_that_are_used():
    weights = unmixing()
    red, green, blue = weights.pigment
    assert f"100 ({red:g} D_red + {green:g} D_green + {blue:.1f} D_blue)" in index_of("spot_strength").formula
    assert f"D_green - {-weights.redness[0]:g} D_red - {-weights.redness[2]:g} D_blue" in index_of("redness").formula
    assert f"+ {-100 * weights.bloodless:g}" in index_of("redness").formula
    red, green, blue = weights.melanin
    assert (green, f"100 ({red:g} D_red - D_green + {blue:g} D_blue)" in index_of("melanin").formula) == (-1, True)


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(UnknownIndex, match="did you mean 'melanin"):
        index_of("melanine")


@pytest.mark.parametrize("key", list(INDICES))
def test_layers_are_maps_of_the_canvas_without_nan(key):
    canvas = skin()
    layer = INDICES[key].layer(canvas)
    assert layer.shape == canvas.skin.shape
    assert layer.dtype == np.float32
    assert np.isfinite(layer).all()


@pytest.mark.parametrize("key", list(INDICES))
def test_an_empty_mask_breaks_nothing(key):
    canvas = skin()
    canvas.skin[:] = False
    index = INDICES[key]
    assert np.isnan(index.value(index.layer(canvas), canvas.zone("cheek_right"), canvas))


def test_results_are_kept_with_their_picture_and_dropped_with_it():
    asked = []

    @remembered
    def once(canvas, share):
        asked.append(share)
        return share

    canvas = skin()
    assert [once(canvas, 1), once(canvas, 1), once(canvas, 2)] == [1, 1, 2]
    assert asked == [1, 2]
    first = densities(canvas)
    assert densities(canvas) is first
    gone = weakref.ref(first)
    del first, canvas
    gc.collect()
    assert gone() is None
