import cv2
import numpy as np
import pytest

from corneum.imaging.align.field import Field
from corneum.imaging.align.light import evened
from corneum.imaging.align.patches import find_again, pick
from corneum.imaging.align.view import View

WHOLE = View(0, 0, 400, 300, 400, 300)
STAY = Field(np.eye(2, 3), WHOLE, np.zeros(WHOLE.shape, np.float32), np.zeros(WHOLE.shape, np.float32))


def skin(seed=0):
    noise = np.random.default_rng(seed).standard_normal((300, 400)).astype(np.float32)
    gray = 130 + 12 * cv2.GaussianBlur(noise, (0, 0), 1.5) / 0.19
    return np.repeat(gray[..., None], 3, axis=2)


def pixels(light, seed=1):
    noisy = light + 2 * np.random.default_rng(seed).standard_normal(light.shape)
    return np.clip(np.round(noisy), 0, 255).astype(np.uint8)


def picked(photo, inside=None):
    inside = np.ones(WHOLE.shape, np.float32) if inside is None else inside
    return pick(WHOLE, evened(WHOLE.gray(photo)), inside, 14, 50)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.3, -0.45), (2.6, 1.25), (-4.5, 3.5)])
def test_a_known_shift_is_found_to_a_twentieth_of_a_pixel(shift):
    light = skin()
    moved = cv2.warpAffine(
        light, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (400, 300), flags=cv2.INTER_LANCZOS4
    )
    brighter = moved * np.linspace(0.9, 1.15, 400, dtype=np.float32)[None, :, None]
    patches = picked(pixels(light))
    found = find_again(pixels(light), pixels(brighter, 2), STAY, patches, 6)
    assert found.sure.mean() > 0.95
    # Shifts of the sampling grid between whole pixels are themselves exact to a few hundredths only.
    assert np.median(np.abs(found.across[found.sure] - shift[0])) < 0.05
    assert np.median(np.abs(found.down[found.sure] - shift[1])) < 0.05


def test_other_skin_is_not_found():
    light = skin()
    found = find_again(pixels(light), pixels(skin(9)), STAY, picked(pixels(light)), 6)
    assert found.sure.mean() < 0.05


def test_a_flat_picture_gives_no_patch_found():
    flat = np.full((300, 400, 3), 128, np.uint8)
    found = find_again(flat, flat, STAY, picked(pixels(skin())), 6)
    assert not found.sure.any()


def test_patches_lie_inside_and_apart():
    inside = np.zeros(WHOLE.shape, np.float32)
    inside[60:240, 100:300] = 1
    patches = picked(pixels(skin()), inside)
    assert patches.columns.size >= 8
    assert patches.columns.min() >= 114 and patches.columns.max() <= 285
    assert patches.rows.min() >= 74 and patches.rows.max() <= 225
    apart = np.maximum(
        np.abs(np.subtract.outer(patches.columns, patches.columns)),
        np.abs(np.subtract.outer(patches.rows, patches.rows)),
    )
    assert apart[~np.eye(len(apart), dtype=bool)].min() >= 28


def test_held_out_patches_are_silent():
    patches = picked(pixels(skin()))
    grid = WHOLE.coarser(4)
    silent = patches.keep_off(grid, 0.0)
    x, y = grid.from_photo(patches.columns.astype(np.float32), patches.rows.astype(np.float32))
    assert (silent[np.round(y).astype(int), np.round(x).astype(int)] == 0).all()
    assert 0.3 < silent.mean() < 0.8
