"""Skin of a body site: backdrop and hair are left out, in every tone. Cheek and neck stand in for a site."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from corneum.imaging.card import Scale
from corneum.imaging.faces import site_skin
from corneum.imaging.indices import INDICES
from corneum.imaging.pairs import prepare
from corneum.imaging.pairs.canvases import canvases
from corneum.imaging.photo import Photo
from tests.imaging.faces.faces_at_hand import PEOPLE, seen, skin_of
from tests.imaging.pairs.taken import Straight


@cache
def beside(person: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a square about the left cheek, the skin of the face in it, and the backdrop beyond the ear."""
    pixels, face = seen(person)
    column, row = face.points[280, :2].astype(int)
    reach = int(1.6 * face.eye_distance_px)
    part = (slice(max(0, row - reach), row + reach), slice(max(0, column - reach), column + reach))
    backdrop = np.zeros(pixels.shape[:2], bool)
    backdrop[:, int(face.points[:, 0].max() + 0.8 * face.eye_distance_px) :] = True
    backdrop[int(face.points[:, 1].max()) :] = False
    return np.ascontiguousarray(pixels[part]), skin_of(person).found[part], backdrop[part]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_backdrop_is_no_skin_and_skin_is_found(person):
    pixels, skin, backdrop = beside(person)
    found = site_skin(pixels)
    assert backdrop.mean() > 0.1
    assert found[skin].mean() > 0.9
    assert found[backdrop].mean() < 0.01


def test_even_skin_fills_the_frame_and_a_small_shine_stays_in_it():
    even = np.clip(np.random.default_rng(0).normal([180, 140, 120], 3, (200, 260, 3)), 0, 255).astype(np.uint8)
    even[90:100, 40:50] = 250
    found = site_skin(even)
    assert found.mean() > 0.97 and found[95, 45]


def test_a_site_with_little_skin_in_the_frame_is_told():
    pixels, skin, _ = beside("042")
    gates = {gate.key: gate for gate in prepare(Photo(pixels, "arm.png"), site="forearm", scale=SCALE).gates}
    assert gates["site"].result == "correct" and gates["site"].value == pytest.approx(100 * skin.mean(), abs=15)
    assert gates["site"].advice.startswith("Fill the frame with the site")


SCALE = Scale(3.5, 0.0, "given")


def test_shine_of_a_site_beside_a_backdrop_is_that_of_its_skin():
    pixels, _, backdrop = beside("042")
    one = prepare(Photo(pixels, "arm.png"), site="forearm", scale=SCALE)
    canvas, _ = canvases(one, one, Straight())
    layer = INDICES["shine"].layer(canvas)
    assert layer.min() >= 0 and layer.max() <= 100
    assert canvas.skin.mean() < 1 - backdrop.mean()
    everything = replace(canvas, skin=np.ones_like(canvas.skin))
    of_all = INDICES["shine"].value(INDICES["shine"].layer(everything), everything.zone("forearm"), everything)
    assert INDICES["shine"].value(layer, canvas.zone("forearm"), canvas) < 0.6 * of_all
