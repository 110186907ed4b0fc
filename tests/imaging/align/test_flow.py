import numpy as np

from corneum.imaging.align.flow import Motion, smoothed
from corneum.imaging.align.view import View

GRID = View(0, 0, 1200, 1200, 200, 200)
REACH = 24.0
X, Y = GRID.places()


def motion(across, down):
    ones = np.ones(GRID.shape, np.float32)
    return Motion(across.astype(np.float32), down.astype(np.float32), ones, 0 * ones)


def smooth(across, down, regard=None):
    return smoothed(motion(across, down), np.ones(GRID.shape, np.float32) if regard is None else regard, GRID, REACH)


def test_a_turn_of_the_skin_is_kept():
    out = smooth(0.01 * (Y - 600), -0.01 * (X - 600))
    inner = np.s_[30:-30, 30:-30]
    assert np.abs(out.across - 0.01 * (Y - 600))[inner].max() < 0.05
    assert np.abs(out.down + 0.01 * (X - 600))[inner].max() < 0.05


def test_the_edge_of_a_spot_that_grew_does_not_pull_its_skin():
    # A spot of 5 mm (48 px across) whose edge seems to move outward by 3.4 px.
    x, y = X - 600, Y - 600
    radius = np.hypot(x, y)
    outward = 3.4 * np.exp(-(((radius - 24) / 8) ** 2)) / np.maximum(radius, 1e-6)
    dice = np.random.default_rng(2)
    out = smooth(outward * x + dice.normal(0, 0.1, x.shape), outward * y + dice.normal(0, 0.1, x.shape))
    ring = np.abs(radius - 24) < 4
    pulled = ((out.across * x + out.down * y) / np.maximum(radius, 1))[ring].mean()
    assert abs(pulled) < 0.05 * 3.4


def test_held_out_skin_says_nothing():
    across = np.zeros(GRID.shape)
    across[90:110, 90:110] = 5
    regard = np.ones(GRID.shape, np.float32)
    regard[90:110, 90:110] = 0
    assert np.abs(smooth(across, 0 * across, regard).across).max() < 1e-6
