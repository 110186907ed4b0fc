import cv2
import numpy as np

from corneum.imaging.align.light import as_bytes, evened


def skin():
    noise = np.random.default_rng(5).standard_normal((240, 320)).astype(np.float32)
    return 120 + 9 * cv2.GaussianBlur(noise, (0, 0), 2) / 0.14


def test_light_and_gain_leave_the_contrast_of_skin_alone():
    gray = skin()
    light = (
        np.linspace(0.7, 1.25, 320, dtype=np.float32)[None, :] * np.linspace(1.1, 0.9, 240, dtype=np.float32)[:, None]
    )
    before, after = evened(gray), evened(gray * light)
    inner = np.s_[30:-30, 30:-30]
    assert np.corrcoef(before[inner].ravel(), after[inner].ravel())[0, 1] > 0.995
    assert np.abs(before - after)[inner].mean() < 0.08


def test_noise_of_a_flat_wall_is_not_blown_up():
    wall = 200 + np.random.default_rng(1).standard_normal((200, 200)).astype(np.float32)
    assert np.abs(evened(wall)).mean() < 0.4


def test_bytes_keep_the_middle():
    assert as_bytes(np.float32([[-9, 0, 9]])).tolist() == [[2, 128, 254]]
