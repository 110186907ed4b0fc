"""A mark that is pointed at on a face: outlined where there is one, refused on plain skin."""

from pathlib import Path

import numpy as np
import pytest

from corneum.imaging.card import plain_linear, scale_by_eyes
from corneum.imaging.door import read_photo
from corneum.imaging.faces import find_face, skin_mask
from corneum.imaging.retakes import Mark, inject_spots
from corneum.imaging.retakes.light import to_pixels
from corneum.lesions.checking import check, measured
from corneum.lesions.outlining import OutlineRefused
from corneum.lesions.rows import value

FACES = Path(__file__).parents[1] / "faces" / "neutral"
CHEEK, FOREHEAD = 50, 151


@pytest.fixture(scope="module")
def face():
    pixels = read_photo(FACES / "004_03.jpg").pixels
    found = find_face(pixels)
    places = [tuple(map(float, found.points[number, :2])) for number in (CHEEK, FOREHEAD)]
    return pixels, found, scale_by_eyes(found), places


def test_plain_skin_is_no_mark(face):
    pixels, found, scale, (_, forehead) = face
    with pytest.raises(OutlineRefused, match="no mark stands out at this place"):
        check(pixels, forehead, scale, skin=skin_mask(pixels, found))


def test_a_drawn_mark_on_it_is(face):
    pixels, landmarks, scale, ((column, row), _) = face
    spot = (Mark(column, row, 4.0, 0.4),)
    marked = to_pixels(inject_spots(plain_linear(pixels), spot, scale.px_per_mm).light)
    found = measured(marked, (column + 2, row - 2), scale, skin=skin_mask(marked, landmarks))
    assert found.size.diameter_mm == pytest.approx(4.0, abs=0.8)
    assert found.size.longest_mm < value("face.extent_mm") and found.outline.confidence > 0.8
    assert np.hypot(*np.subtract(found.outline.center, (column, row))) < scale.px_per_mm
