"""Outlines of drawn marks: near their truth, in every tone, and doubted where they are wrong."""

import contextlib

import numpy as np
import pytest

from corneum.lesions.outlining import OutlineRefused, outline, overlap
from tests.lesions.dermoscopy import TONES, close_up, dermoscopic

SMALL = (300, 400)


@pytest.mark.parametrize("tone", TONES)
def test_a_plain_mark_is_outlined_in_every_tone(tone):
    drawn = dermoscopic(1, tone=tone, kind="plain", shape=SMALL)
    found = outline(drawn.pixels)
    assert overlap(found.whole(drawn.truth.shape), drawn.truth) > 0.93
    assert found.confidence > 0.9


@pytest.mark.parametrize("seed", [4, 20])
def test_a_pale_rim_belongs_to_its_mark(seed):
    drawn = dermoscopic(seed, tone="light", kind="two tones", shape=SMALL)
    found = outline(drawn.pixels)
    assert overlap(found.whole(drawn.truth.shape), drawn.truth) > 0.85


@pytest.mark.parametrize("seed", [6, 11])
def test_the_mark_that_is_pointed_at_is_outlined(seed):
    drawn = close_up(seed, tone="tan", kind="plain", shape=(450, 600))
    found = outline(drawn.pixels, drawn.center)
    assert overlap(found.whole(drawn.truth.shape), drawn.truth) > 0.85
    assert found.mask.shape[0] < 450


def test_even_skin_has_no_mark_that_can_be_believed():
    rng = np.random.default_rng(1)
    skin = np.clip(np.array([200, 160, 140]) + rng.normal(0, 3, (240, 320, 1)), 0, 255).astype(np.uint8)
    with contextlib.suppress(OutlineRefused):
        assert outline(skin).confidence < 0.7


def test_a_polygon_runs_around_the_mask():
    drawn = dermoscopic(1, tone="light", kind="plain", shape=SMALL)
    found = outline(drawn.pixels)
    columns, rows = np.round(found.polygon).astype(int).T
    assert found.whole(drawn.truth.shape)[rows, columns].all()
    assert abs(found.center[0] - drawn.truth.nonzero()[1].mean()) < 8


def test_the_same_picture_gives_the_same_outline():
    drawn = dermoscopic(7, shape=SMALL)
    assert np.array_equal(outline(drawn.pixels).mask, outline(drawn.pixels).mask)


@pytest.mark.parametrize("near", [(-1.0, 5.0), (5.0, 900.0)])
def test_a_place_outside_the_picture_is_refused(near):
    with pytest.raises(OutlineRefused, match="outside"):
        outline(np.full((60, 80, 3), 150, np.uint8), near)


def test_a_stamp_is_refused():
    with pytest.raises(OutlineRefused, match="20 x 10"):
        outline(np.full((10, 20, 3), 150, np.uint8))
