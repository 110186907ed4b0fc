import math
from dataclasses import replace

import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.imaging.indices import INDICES
from corneum.imaging.indices.structure_rows import structure_rows
from tests.imaging.indices.drawn_skin import canvas_of, everywhere, noise, texture

ROWS = structure_rows()
HOLES = np.ones((300, 300), bool)
HOLES[:40] = HOLES[120:160, 120:170] = False


@pytest.fixture(scope="module")
def canvas():
    return canvas_of(texture(300) + noise(300, sd=0.004), HOLES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_row_gives_a_finite_map_on_the_skin_only(row, canvas):
    layer = row.layer(canvas)
    assert layer.shape == canvas.skin.shape and layer.dtype == np.float32
    assert np.isfinite(layer).all()
    assert not layer[~canvas.skin].any()
    value = row.value(layer, everywhere(canvas), canvas)
    assert math.isfinite(value) and value >= 0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_speck_gives_no_number(row, canvas):
    speck = np.zeros_like(canvas.skin)
    speck[200:210, 200:210] = True
    assert math.isnan(row.value(row.layer(canvas), speck, canvas))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_exposure_does_not_change_a_value(row, canvas):
    brighter = replace(canvas, linear=canvas.linear * np.float32(1.6))
    one, other = (row.value(row.layer(taken), everywhere(taken), taken) for taken in (canvas, brighter))
    assert other == pytest.approx(one, rel=0.01, abs=0.01)


def test_rows_are_in_the_catalogue_with_known_sources():
    book = load_evidence()
    for row in ROWS:
        assert INDICES[row.key] is not None
        assert book.number(row.source)
        assert row.needs_px_per_mm > 1 and not row.needs_card


def test_finer_structure_needs_finer_pixels():
    needs = {row.key: row.needs_px_per_mm for row in ROWS}
    assert needs["scar_shading"] < needs["coarse_texture"] < needs["line_strength"] < needs["texture"]
    assert needs["texture"] < needs["pore_strength"] < needs["pore_count"]
