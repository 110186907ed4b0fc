"""Retakes: the truth is exact, the light and the camera do what they say, and the same seed gives the same picture."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from corneum.imaging.card import plain_linear
from corneum.imaging.retakes import BASELINE, Retake, detailed_face, drawn_retake, retake

COMPOSITE = Path(__file__).parents[3] / "examples" / "faces" / "f_african.jpg"
STILL = Retake()


@pytest.fixture(scope="module")
def portrait():
    return detailed_face(np.asarray(Image.open(COMPOSITE).convert("RGB")), megapixels=1.5, seed=1)


@pytest.fixture(scope="module")
def grid(portrait):
    height, width = portrait.light.shape[:2]
    return np.meshgrid(np.arange(60, width - 60, 13.0), np.arange(60, height - 60, 17.0))


@pytest.mark.parametrize("seed", range(4))
def test_the_truth_inverts_to_a_hundredth_of_a_pixel(portrait, grid, seed):
    truth = drawn_retake(seed, 1.5, portrait.light.shape[0])
    warp = retake(portrait.light, truth, face=portrait.face).warp
    there = warp.positions(*grid)
    back = warp.sources(*there)
    assert np.hypot(back[0] - grid[0], back[1] - grid[1]).max() < 1e-6


def test_the_maps_agree_with_the_truth(portrait):
    truth = drawn_retake(2, 1.5, portrait.light.shape[0])
    warp = retake(portrait.light, truth, face=portrait.face).warp
    across, down = warp.maps()
    rows, columns = np.mgrid[40:1200:37, 40:900:31]
    exact = warp.sources(columns.astype(float), rows.astype(float))
    assert np.hypot(across[rows, columns] - exact[0], down[rows, columns] - exact[1]).max() < 0.02


def test_painted_dots_are_where_the_truth_says(portrait):
    light = np.full(portrait.light.shape, 0.5, np.float32)
    columns, rows = np.array([300.0, 500.0, 620.0, 400.0]), np.array([400.0, 700.0, 900.0, 1100.0])
    grid = np.indices(light.shape[:2])
    for x, y in zip(columns, rows, strict=True):
        light -= 0.4 * np.exp(-0.5 * ((grid[1] - x) ** 2 + (grid[0] - y) ** 2) / 9)[..., None].astype(np.float32)
    truth = replace(STILL, yaw_deg=3, pitch_deg=-2, roll_deg=1.5, nearer_ratio=1.03, right_px=11, down_px=-7)
    taken = retake(light, truth, face=portrait.face)
    seen = 1 - plain_linear(taken.pixels)[..., 1]
    for x, y in zip(*taken.positions(columns, rows), strict=True):
        top, left = round(y) - 12, round(x) - 12
        spot = np.maximum(seen[top : top + 25, left : left + 25] - 0.53, 0)
        local = np.indices(spot.shape)
        center = [(axis * spot).sum() / spot.sum() for axis in local]
        assert center == pytest.approx([y - top, x - left], abs=0.05)


def test_nothing_changed_is_the_same_picture(portrait):
    taken = retake(portrait.light, STILL, face=portrait.face)
    assert np.array_equal(taken.pixels, portrait.pixels)
    assert taken.positions(np.array([7.0]), np.array([9.0]))[0] == pytest.approx([7.0], abs=1e-9)


def test_one_stop_doubles_the_light(portrait):
    darker = retake(portrait.light, replace(STILL, exposure_stops=-1), face=portrait.face)
    inside = portrait.skin > 0.9
    ratio = plain_linear(darker.pixels)[inside].mean() / plain_linear(portrait.pixels)[inside].mean()
    assert ratio == pytest.approx(0.5, abs=0.005)


def test_a_lamp_from_the_right_lights_the_right_half(portrait):
    lit = plain_linear(retake(portrait.light, replace(STILL, light_right_deg=25), face=portrait.face).pixels)
    ratio = lit[..., 1] / np.maximum(plain_linear(portrait.pixels)[..., 1], 1e-3)
    right, left = (portrait.face.points[point, :2].astype(int) for point in (280, 50))
    assert ratio[right[1], right[0]] > 1.05 > 0.97 > ratio[left[1], left[0]]


def test_noise_has_the_size_asked_for():
    grey = np.full((200, 200, 3), 0.25, np.float32)
    seen = plain_linear(retake(grey, replace(STILL, shot_share=0.02, read_share=0.005), seed=3).pixels)
    assert seen.std() == pytest.approx(np.hypot(0.02 * 0.5, 0.005), rel=0.05)


def test_the_same_seed_gives_the_same_picture(portrait):
    small = portrait.light[300:500, 300:500]
    first, second, other = (retake(small, drawn_retake(1), seed, portrait.face).pixels for seed in (5, 5, 6))
    assert np.array_equal(first, second) and not np.array_equal(first, other)


def test_a_picture_without_a_face_is_flat_and_moves_as_one():
    grey = np.full((300, 400, 3), 0.3, np.float32)
    taken = retake(grey, replace(STILL, right_px=5.0, down_px=-3.0))
    x, y = taken.positions(np.array([100.0, 200.0]), np.array([80.0, 160.0]))
    assert x == pytest.approx([105.0, 205.0]) and y == pytest.approx([77.0, 157.0])


def test_detail_holds_nothing_that_resampling_would_fold(portrait):
    rows, columns = np.nonzero(portrait.skin > 0.95)
    top, left = int(np.median(rows)), int(np.median(columns)) + 40
    tile = portrait.light[top : top + 64, left : left + 64, 1]
    window = np.hanning(64)[:, None] * np.hanning(64)
    power = np.abs(np.fft.rfft2((tile - cv2.GaussianBlur(tile, (0, 0), 8)) * window)) ** 2
    high = np.hypot(np.fft.fftfreq(64)[:, None], np.fft.rfftfreq(64)) > 0.45
    assert power[high].sum() < 0.01 * power.sum()


def test_detail_is_synthetic_and_repeats_by_its_seed(portrait):
    composite = np.asarray(Image.open(COMPOSITE).convert("RGB"))
    again, other = (detailed_face(composite, megapixels=0.3, seed=seed) for seed in (1, 2))
    same = detailed_face(composite, megapixels=0.3, seed=1)
    assert np.array_equal(again.light, same.light) and not np.array_equal(again.light, other.light)
    assert again.px_per_mm == pytest.approx(portrait.px_per_mm * np.sqrt(0.3 / 1.5), rel=0.01)


def test_the_baseline_is_taken_by_a_camera():
    assert BASELINE.jpeg_quality and BASELINE.shot_share and not BASELINE.yaw_deg
