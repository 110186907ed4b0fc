import re
import struct
import threading
import zlib
from base64 import b64decode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from corneum.abrasion import DepthMap
from corneum.reports.figures.evenness import evenness_drawings
from corneum.reports.figures.maps import map_drawings
from corneum.reports.figures.style import LEVELS, Raster, axes_at, draw, levels
from corneum.reports.figures.windows import MOST_CELLS, coarsened, is_sparse, usual_window, zoom_slices


def made_map(depth, pitch_um=50.0, furrow=None):
    depth = np.asarray(depth, np.float32)
    if furrow is None:
        furrow = np.zeros(depth.shape, np.bool_)
    return DepthMap(depth, furrow, pitch_um, 13.0, 70.0, np.ones(depth.shape, bool), False)


@st.composite
def maps(draw_from):
    shape = draw_from(st.tuples(st.integers(1, 90), st.integers(1, 90)))
    depth = draw_from(arrays.arrays(np.float32, shape, elements=st.floats(0, 80, width=32), fill=st.just(0)))
    return made_map(depth, draw_from(st.sampled_from([5.0, 50.0, 400.0])))


@given(maps())
def test_window_and_square_lie_inside_the_map_around_one_another(found):
    ny, nx = found.depth_um.shape
    window = usual_window(found)
    assert 0 <= window.row < ny and 0 <= window.start < window.stop <= nx
    rows, columns = zoom_slices(found, window)
    assert 0 <= rows.start <= window.row < rows.stop <= ny
    assert 0 <= columns.start < columns.stop <= nx
    if columns.stop - columns.start >= window.stop - window.start:
        assert columns.start <= window.start and window.stop <= columns.stop


def test_window_finds_the_worked_part_of_an_idle_map():
    depth = np.zeros((200, 200))
    depth[150:160, 20:70] = 4.0
    window = usual_window(made_map(depth))
    assert 150 <= window.row < 160
    assert depth[window.row, window.start : window.stop].mean() > 0


@given(st.integers(1, 1500), st.integers(1, 60))
def test_coarse_maps_fit_the_screen_and_keep_the_mean(nx, ny):
    values = np.random.default_rng(nx).gamma(2.0, 1.0, (ny, nx)).astype(np.float32)
    block, factor = coarsened(values)
    assert max(block.shape) <= MOST_CELLS
    high, wide = block.shape[0] * min(factor, ny), block.shape[1] * min(factor, nx)
    assert float(block.mean()) == pytest.approx(float(values[:high, :wide].mean()), rel=1e-4)


def test_sparse_means_that_most_cells_lost_nothing():
    assert is_sparse(made_map(np.eye(10)))
    assert not is_sparse(made_map(np.ones((10, 10))))


@given(st.floats(1e-6, 1e3), st.floats(0, 2e3))
def test_levels_stay_in_the_palette_and_rise_with_depth(top, value):
    level = levels(np.array([0.0, value, top]), top)
    assert level[0] == 0 and level[2] == LEVELS - 1 and level.max() < LEVELS
    assert (level[1] == LEVELS - 1) or value < top


def test_raster_is_a_png_of_the_given_levels():
    level = np.arange(48, dtype=np.uint8).reshape(6, 8)

    def paint(figure):
        axes_at(figure, 10, 10, 80, 60)
        return [Raster(0, level)]

    svg = draw(120, 90, "x", "a map", paint)
    data = b64decode(re.search(r"base64,([^\"]+)", svg)[1])
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        chunks[kind], at = body, at + 12 + size
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (8, 6)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(6, 9)
    assert (lines[:, 0] == 0).all() and (lines[:, 1:] == level).all()


def test_drawings_carry_no_fonts_addresses_or_free_ids():
    def paint(figure):
        axes = axes_at(figure, 40, 20, 140, 60)
        axes.plot([0, 1], [0, 1])
        axes.set_title("t")

    one, two = (draw(200, 120, name, 'says "x" & y', paint) for name in ("one", "two"))
    assert "http" not in one and "DejaVu" not in one and "<metadata" not in one and "<style" not in one
    assert 'aria-label="says &quot;x&quot; &amp; y"' in one
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, two)]
    assert ids[0] and not ids[0] & ids[1]


def test_drawings_of_many_threads_are_those_of_one():
    def paint(figure):
        axes_at(figure, 40, 20, 140, 60).plot([0, 1, 2], [3, 1, 2])

    alone = draw(200, 120, "x", "line", paint)
    found = []
    threads = [threading.Thread(target=lambda: found.append(draw(200, 120, "x", "line", paint))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 6


@pytest.mark.parametrize(
    "depth",
    [
        np.full((1, 1), 3.0),
        np.full((40, 40), 3.0),
        np.eye(60),
        np.linspace(0, 9, 30 * 90).reshape(30, 90),
        np.full((70, 5), 1e-7),
    ],
)
def test_maps_of_any_shape_are_drawn(depth):
    found = made_map(depth)
    drawn = (*map_drawings(found, usual_window(found), "m"), *evenness_drawings(found, "m"))
    assert [one.name for one in drawn] == ["map", "zoom", "spread", "streaks"]
    assert all("nan" not in one.caption and "inf" not in one.caption for one in drawn)


def test_even_skin_with_furrows_shows_neither_streaks_nor_hot_spots():
    furrow = np.random.default_rng(1).random((120, 120)) < 0.2
    found = made_map(np.where(furrow, 1.0, 5.0), furrow=furrow)
    whole, _ = map_drawings(found, usual_window(found), "m")
    _, streaks = evenness_drawings(found, "m")
    assert "by 0 % from left to right and by 0 % from top to bottom" in streaks.caption
    assert "stroke: #d55e00" not in whole.svg and "Orange" not in whole.caption


def test_a_hot_stripe_is_outlined():
    depth = np.full((200, 200), 2.0)
    depth[:, 90:94] = 6.0
    found = made_map(depth)
    whole, _ = map_drawings(found, usual_window(found), "m")
    assert "stroke: #d55e00" in whole.svg
