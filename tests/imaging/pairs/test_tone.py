"""Another tone curve of the camera is told, and no longer passes for a change of the skin."""

from dataclasses import replace

import numpy as np
import pytest

from corneum.imaging.pairs import measure_pair, prepare
from corneum.imaging.pairs.tone import tone_exponent
from tests.imaging.pairs.taken import NEUTRAL, pair, photo, prepared


def scene(seed=0):
    """Linear light of smooth tones from dark to bright, shape (200, 240, 3)."""
    across, along = np.meshgrid(np.linspace(0, 9, 240), np.linspace(0, 7, 200))
    tone = np.exp(0.7 * np.sin(across) * np.cos(along) - 1.5)
    rng = np.random.default_rng(seed)
    return (tone[..., None] * [1.2, 1.0, 0.8] * rng.normal(1, 0.02, (200, 240, 1))).astype(np.float32)


SEEN = np.ones((200, 240), bool)


@pytest.mark.parametrize("exponent", [0.8, 1.0, 1.15])
def test_the_exponent_is_told_whatever_the_exposure(exponent):
    second = 0.7 * scene(1) ** exponent
    assert tone_exponent(scene(), second.astype(np.float32), SEEN, 2.0) == pytest.approx(exponent, abs=0.01)
    assert tone_exponent(second.astype(np.float32), scene(), SEEN, 2.0) == pytest.approx(1 / exponent, abs=0.01)


def test_what_moved_or_changed_does_not_tell_a_tone_curve():
    second = scene(1)
    second[:60, :70] *= 0.4
    assert tone_exponent(scene(), second, SEEN, 2.0) == pytest.approx(1, abs=0.02)


def test_nothing_is_told_of_a_picture_without_tones():
    even = np.full((200, 240, 3), 0.3, np.float32)
    assert tone_exponent(even, even, SEEN, 2.0) == 1.0
    assert tone_exponent(scene(), scene(1) ** 0.8, np.zeros_like(SEEN), 2.0) == 1.0


def beyond(found):
    return sum(change.verdict in ("higher", "lower") for change in found.changes)


def test_a_gamma_over_one_file_is_no_change_of_the_skin():
    curve = np.round(255 * (np.arange(256) / 255) ** 0.9).astype(np.uint8)
    drawn = replace(photo(NEUTRAL), name="drawn.jpg", sha256="", pixels=curve[photo(NEUTRAL).pixels])
    found = measure_pair(prepared(NEUTRAL), prepare(drawn))
    assert found.canvases[1].tone_exponent == pytest.approx(0.9, abs=0.02)
    assert beyond(found) <= 2
    assert any("go with the power 0.91 of the baseline's" in note for note in found.quality.notes)


def test_two_photographs_of_one_session_have_one_tone_curve():
    assert pair().canvases[1].tone_exponent == pytest.approx(1, abs=0.05)
    assert pair().canvases[0].tone_exponent == 1
    assert not any("go with the power" in note for note in pair().quality.notes)
