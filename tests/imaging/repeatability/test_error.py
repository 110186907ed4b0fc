"""The error of a change: from the pair's own tiles, the shipped table and a clinic's study."""

import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.imaging.canvas import Canvas
from corneum.imaging.indices import INDICES
from corneum.imaging.indices.kinds import Index
from corneum.imaging.repeatability import Study, StudyRow, error_of
from corneum.imaging.repeatability.shipped import shipped_error
from corneum.imaging.repeatability.tiles import Tiles, noise_in, zone_tiles

SIDE, PX_PER_MM = 400, 5.0
UNEVEN = np.array([0, 0.1, 0, -0.1, 0])
ZONES = ("forehead", "cheek_left")


def canvas(noise=0.0, seed=0, level=0.3):
    dice = np.random.default_rng(seed)
    linear = np.full((SIDE, 2 * SIDE, 3), level, np.float32)
    linear += noise * dice.standard_normal(linear.shape).astype(np.float32)
    zones = np.ones((SIDE, 2 * SIDE), np.uint8)
    zones[:, SIDE:] = 2
    return Canvas(linear, np.ones(zones.shape, bool), zones, ZONES, PX_PER_MM, PX_PER_MM, False)


def mean_of(layer, region, canvas):
    return float(layer[region].mean())


INDEX = Index(
    "evenness_melanin",
    "x",
    "index units",
    0.0,
    False,
    True,
    "",
    "",
    lambda one: 10 * one.linear[..., 0].copy(),
    mean_of,
)


def error(noise, study=None, zone="forehead", index=INDEX):
    both = canvas(noise, 1), canvas(noise, 2)
    layers = index.layer(both[0]), index.layer(both[1])
    inside = both[0].zone(zone)
    values = [index.value(layer, inside, one) for layer, one in zip(layers, both, strict=True)]
    return error_of(index, zone, *values, both, layers, study)


def study(sd):
    row = StudyRow("evenness_melanin", True, sd, sd, 16.0, 4.0, 3.0, sd, 0.9, 0.9, 1.0)
    return Study("clinic", 4, 8, 24, 5.0, False, {"evenness_melanin": row})


def test_a_noisier_pair_has_a_larger_error():
    quiet, loud = error(0.001), error(2.0)
    assert loud.se > 2 * quiet.se > 0
    assert quiet.mdc95 == pytest.approx(1.96 * quiet.se, rel=1e-3) and quiet.source == "simulation"


def test_white_noise_is_told_by_its_tiles():
    both = canvas(0.2, 1), canvas(0.2, 2)
    layers = INDEX.layer(both[0]), INDEX.layer(both[1])
    tiles = zone_tiles(INDEX, both, layers)
    squares = []
    for seed in range(6):
        both = canvas(0.2, 2 * seed), canvas(0.2, 2 * seed + 1)
        made = zone_tiles(INDEX, both, (INDEX.layer(both[0]), INDEX.layer(both[1])))
        squares.append(sum(one.spread for one in made.values()) / sum(one.many - 1 for one in made.values()))
    # 10 mm tiles of 50 x 50 independent pixels, two photographs.
    assert np.sqrt(np.mean(squares)) == pytest.approx(10 * 0.2 * np.sqrt(2) / 50, rel=0.2)
    assert tiles["forehead"].places == 64 and tiles["forehead"].many <= 8


def test_a_clinics_own_error_is_taken_where_the_pair_is_not_noisier():
    found = error(0.001, study(0.05))
    assert (found.source, round(found.df, 1)) == ("clinic", round(study(0.05).row("evenness_melanin").components.df, 1))
    assert found.se == pytest.approx(np.sqrt(2) * np.hypot(0.05, 0.05) * 3, rel=0.02)
    assert found.mdc95 > 2.1 * found.se


def test_a_pair_noisier_than_the_study_keeps_its_own_error():
    assert error(0.4, study(1e-4)) == error(0.4)


def test_an_index_that_was_not_studied_falls_back():
    other = Study("clinic", 1, 2, 6, 5.0, False, {})
    assert error(0.01, other) == error(0.01)


def test_too_few_tiles_tell_nothing():
    one = Tiles(np.array([1.0, 2.0]), np.array([1.1, 2.3]), 2)
    assert np.isnan(noise_in(one, (one,)))
    many = tuple(Tiles(np.arange(5.0), np.arange(5.0) + UNEVEN, 9) for _ in range(3))
    assert 0 < noise_in(many[0], many) < 0.1


def test_a_zone_without_tiles_borrows_the_whole_pictures_noise():
    many = tuple(Tiles(np.arange(5.0), np.arange(5.0) + UNEVEN, 9) for _ in range(3))
    empty = Tiles(np.array([]), np.array([]), 0)
    assert noise_in(empty, (*many, empty)) > noise_in(many[0], (*many, empty))


@pytest.mark.parametrize("key", list(INDICES))
def test_every_index_has_a_shipped_error(key):
    assert f"imaging.repeatability.{key}.tile_ratio" in load_evidence().keys_under("imaging.repeatability")
    for carded in (True, False):
        found = shipped_error(key, INDICES[key].is_ratio, carded)
        assert found.alone > 0 and found.tile_ratio > 0 and found.common >= 0


def test_an_unknown_index_is_given_the_largest_errors():
    strange = shipped_error("nonesuch", True, False)
    assert strange.alone >= max(shipped_error(k, True, False).alone for k, one in INDICES.items() if one.is_ratio)
