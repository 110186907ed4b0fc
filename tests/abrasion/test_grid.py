from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corneum.abrasion.footprint import make_stencil
from corneum.abrasion.grid import GridError, strike
from tests.abrasion.jobs import EQUAL, empty_stencil, point_stencil, random_stencil, varied_grains

FLAT = np.ones((70, 40), np.float32)
WRONG_SUM = point_stencil() * np.float32(1.01)


def wavy(ny: int, nx: int) -> np.ndarray:
    y, x = np.mgrid[:ny, :nx]
    return (0.5 + np.sin(y / 9) * np.cos(x / 13) / 3).astype(np.float32)


def same(a, b):
    return a.energy_j_m2.tobytes() == b.energy_j_m2.tobytes() and (a.impacts, a.brought_j, a.spilled_j) == (
        b.impacts,
        b.brought_j,
        b.spilled_j,
    )


@pytest.mark.parametrize("threads", [2, 3, 5, None])
def test_any_number_of_threads_gives_the_same_bits(threads):
    job = (wavy(330, 470), varied_grains(), random_stencil(9, 1))
    alone = strike(*job, pitch_um=10.0, seed=5, threads=1)
    assert same(strike(*job, pitch_um=10.0, seed=5, threads=threads), alone)


def test_callers_in_several_threads_do_not_disturb_each_other():
    job = (wavy(200, 190), varied_grains(), random_stencil(5, 1))
    alone = [strike(*job, pitch_um=10.0, seed=seed, threads=1) for seed in range(6)]
    with ThreadPoolExecutor(6) as callers:
        together = list(callers.map(lambda seed: strike(*job, pitch_um=10.0, seed=seed, threads=2), range(6)))
    assert all(same(a, b) for a, b in zip(alone, together, strict=True))


@pytest.mark.parametrize("rows", [61, 63])
def test_the_widest_footprints_of_neighbor_tiles_do_not_collide(rows):
    job = (np.full((64 * 5, 64 * 6), 0.05, np.float32), varied_grains(), random_stencil(rows, 1))
    alone = strike(*job, pitch_um=2.0, seed=5, threads=1)
    for _ in range(3):
        assert same(strike(*job, pitch_um=2.0, seed=5, threads=5), alone)


def test_the_seed_decides_the_map_by_its_lower_64_bits():
    job = (FLAT, varied_grains(), point_stencil())
    first = strike(*job, pitch_um=50.0, seed=1)
    assert same(strike(*job, pitch_um=50.0, seed=1), first)
    assert same(strike(*job, pitch_um=50.0, seed=1 + 2**64), first)
    assert same(strike(*job, pitch_um=50.0, seed=1 - 2**64), first)
    for other in (0, 2, 1 + 2**32, 1 + 2**63):
        assert not np.array_equal(strike(*job, pitch_um=50.0, seed=other).energy_j_m2, first.energy_j_m2)


def test_the_layout_of_the_dose_in_memory_does_not_matter():
    dose = wavy(90, 77)
    job = (varied_grains(), point_stencil())
    first = strike(dose, *job, pitch_um=50.0, seed=1)
    locked = dose.copy()
    locked.flags.writeable = False
    for other in (locked, np.asfortranarray(dose), dose.astype(np.float64), np.repeat(dose, 2, axis=1)[:, ::2]):
        assert same(strike(other, *job, pitch_um=50.0, seed=1), first)


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 3), (63, 65), (64, 64), (128, 192)])
def test_a_zone_of_any_size_keeps_its_shape(shape):
    dose = np.full(shape, 3.0, np.float32)
    struck = strike(dose, EQUAL, point_stencil(), pitch_um=1000.0, seed=2)
    assert struck.energy_j_m2.shape == shape
    assert struck.energy_j_m2.sum(dtype=np.float64) == pytest.approx(struck.impacts, rel=1e-6)
    assert abs(struck.impacts - dose.sum()) < 5 * np.sqrt(dose.sum())


def test_no_grains_no_energy():
    struck = strike(np.zeros((70, 130), np.float32), EQUAL, point_stencil(), pitch_um=50.0, seed=1)
    assert (struck.impacts, struck.brought_j, struck.spilled_j) == (0, 0.0, 0.0)
    assert not struck.energy_j_m2.any()


def test_cells_without_dose_are_not_struck():
    dose = wavy(100, 100)
    dose[20:80, 30:60] = 0
    struck = strike(dose, EQUAL, point_stencil(), pitch_um=50.0, seed=1)
    assert not struck.energy_j_m2[20:80, 30:60].any()


def test_a_huge_dose_arrives_whole():
    struck = strike(np.full((2, 3), 5e3, np.float32), EQUAL, point_stencil(), pitch_um=1000.0, seed=1)
    assert struck.impacts == pytest.approx(3e4, abs=5 * np.sqrt(3e4))
    assert struck.energy_j_m2.sum() == pytest.approx(struck.impacts, rel=1e-5)


def test_grains_at_the_edge_spill_what_falls_beyond():
    dose = np.zeros((10, 10), np.float32)
    dose[0] = 200.0
    up = empty_stencil(3)
    up[..., 0, 1] = 0.25  # a quarter of the energy goes one cell up, off the map
    up[..., 1, 1] = 0.75
    struck = strike(dose, EQUAL, up, pitch_um=50.0, seed=1)
    assert struck.spilled_j == pytest.approx(0.25 * struck.brought_j, rel=1e-5)


def test_energy_per_area_follows_from_the_pitch():
    coarse, fine = (strike(FLAT, EQUAL, point_stencil(), pitch_um=p, seed=4) for p in (100.0, 50.0))
    np.testing.assert_allclose(fine.energy_j_m2, 4 * coarse.energy_j_m2, rtol=1e-6)
    assert fine.brought_j == pytest.approx(coarse.brought_j, rel=1e-6)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"dose": -FLAT}, "from 0 to"),
        ({"dose": FLAT * np.nan}, "from 0 to"),
        ({"dose": FLAT * np.inf}, "from 0 to"),
        ({"dose": FLAT * 1.1e6}, "finer pitch"),
        ({"dose": FLAT.ravel()}, "rows and columns"),
        ({"dose": FLAT[:0]}, "rows and columns"),
        ({"grain_energy_j": EQUAL[:-1]}, "32768 grains"),
        ({"grain_energy_j": -EQUAL}, "32768 grains"),
        ({"grain_energy_j": EQUAL * np.nan}, "32768 grains"),
        ({"grain_energy_j": EQUAL * np.inf}, "32768 grains"),
        ({"stencil": point_stencil()[0]}, "do not come from"),
        ({"stencil": np.zeros((8, 8, 8, 4, 8), np.float32)}, "do not come from"),
        ({"stencil": np.zeros((8, 8, 8, 9, 8), np.float32)}, "do not come from"),
        ({"stencil": empty_stencil(65)}, "31 cells"),
        ({"stencil": -point_stencil()}, "sum to 1"),
        ({"stencil": WRONG_SUM}, "sum to 1"),
        ({"stencil": point_stencil() * np.nan}, "sum to 1"),
        ({"pitch_um": 0.0}, "pitch"),
        ({"pitch_um": -1.0}, "pitch"),
        ({"pitch_um": np.inf}, "pitch"),
        ({"threads": 0}, "threads"),
    ],
)
def test_impossible_jobs_are_refused(change, told):
    job = {"dose": FLAT, "grain_energy_j": EQUAL, "stencil": point_stencil(), "pitch_um": 50.0, "seed": 1}
    with pytest.raises(GridError, match=told):
        strike(**(job | change))


def test_what_make_stencil_makes_is_taken():
    for pitch_um in (100.0, 20.0, 5.0):
        stencil = make_stencil(np.linspace(15.0, 40.0, 8), pitch_um)
        assert strike(FLAT[:9, :9], EQUAL, stencil, pitch_um=pitch_um, seed=1).impacts > 0
