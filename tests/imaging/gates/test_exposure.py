"""Exposure is judged on the person's own skin: a dark skin in a right exposure passes."""

import numpy as np
import pytest

from corneum.imaging.gates.exposure import exposure_of
from corneum.imaging.gates.limits import limit
from corneum.imaging.gates.picture import exposure_gates
from tests.imaging.gates.faces import NAMES, exposed, photo_of, skin_of


def results(name, stops=0.0, noise=0.0):
    pixels = exposed(photo_of(name).pixels, stops)
    if noise:
        dice = np.random.default_rng(2)
        pixels = np.clip(pixels + dice.normal(0, noise, pixels.shape), 0, 255).round().astype(np.uint8)
    seen = exposure_of(pixels, skin_of(name), limit("step_share"))
    return seen, {gate.key: gate.result for gate in exposure_gates(seen)}


@pytest.mark.parametrize("name", NAMES)
def test_every_tone_passes_as_it_was_taken(name):
    assert set(results(name)[1].values()) == {"good"}


@pytest.mark.parametrize("name", NAMES)
def test_one_stop_too_little_is_no_refusal_for_any_tone(name):
    assert "refuse" not in results(name, -1)[1].values()


def test_too_much_light_cuts_light_skin_off_and_too_little_loses_dark_skin():
    assert results("002", 1)[1]["cut"] == "refuse"
    assert results("042", -2.5)[1]["dark"] == "refuse"
    assert results("002", -2)[1]["dark"] == "good"


def test_noise_is_measured_over_the_skin_and_not_its_texture():
    dice_free, _ = results("005")
    noisy, told = results("005", noise=8)
    assert dice_free.noise_share < 0.02
    assert noisy.noise_share > 4 * dice_free.noise_share
    assert told["noise"] == "correct"


def test_unused_range_is_told_in_the_advice():
    seen, _ = results("042", -2.5)
    assert seen.unused_stops == pytest.approx(2.5, abs=0.2)
    assert any("stops unused" in gate.advice for gate in exposure_gates(seen) if gate.key == "dark")
