"""Alignment against known truth, and on real people against pieces of skin found one by one."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from corneum.imaging.align import AlignmentRefused, align
from corneum.imaging.faces import find_face
from corneum.imaging.retakes import (
    BASELINE,
    Mark,
    Retake,
    drawn_retake,
    inject_redness,
    inject_spots,
    patch,
    retake,
)

CARELESS = replace(drawn_retake(4, size_px=1414), yaw_deg=2.0, pitch_deg=-2.0, roll_deg=2.0, nearer_ratio=1.03)
CAMERA_ONLY = Retake(shot_share=0.008, read_share=0.0015, jpeg_quality=90)


def inside(face, count=60):
    outline = cv2.convexHull(face.points[:, :2].astype(np.float32))
    low, high = outline.min(axis=(0, 1)), outline.max(axis=(0, 1))
    x, y = np.meshgrid(np.linspace(low[0], high[0], count), np.linspace(low[1], high[1], count))
    kept = [
        cv2.pointPolygonTest(outline, p, False) > 0 for p in zip(x.ravel().tolist(), y.ravel().tolist(), strict=True)
    ]
    return x.ravel()[kept], y.ravel()[kept]


def taken(portrait, light, truth, seed=2):
    return retake(light, truth, seed, portrait.face)


def faces_of(*photos):
    return tuple(find_face(pixels) for pixels in photos)


def off(alignment, retaken, places):
    true, said = retaken.positions(*places), alignment.positions(*places)
    return np.hypot(said[0] - true[0], said[1] - true[1])


@pytest.fixture(scope="module")
def baseline(portrait):
    return taken(portrait, portrait.light, BASELINE, 1).pixels


@pytest.fixture(scope="module")
def careless(portrait, baseline):
    again = taken(portrait, portrait.light, CARELESS)
    return again, align(baseline, again.pixels, faces_of(baseline, again.pixels))


def test_a_careless_retake_is_laid_over_to_a_quarter_of_a_pixel(portrait, careless):
    again, alignment = careless
    error = off(alignment, again, inside(portrait.face))
    assert np.median(error) < 0.25
    assert np.percentile(error, 95) < 1.0


def test_the_residual_tells_the_true_error(portrait, careless):
    again, alignment = careless
    true = np.median(off(alignment, again, inside(portrait.face)))
    assert 0.6 < alignment.residual_px / true < 1.7
    assert alignment.residual_px < alignment.residual_p95_px < 1.0
    assert alignment.patches > 60 and alignment.found_share > 0.9
    assert alignment.forward_backward_px < 0.5
    assert alignment.notes == ()


def test_the_face_is_trusted_and_the_wall_is_not(portrait, careless):
    _, alignment = careless
    assert alignment.trusted(*inside(portrait.face)).mean() > 0.98
    assert not alignment.trusted(np.array([5.0]), np.array([5.0])).any()


@pytest.fixture(scope="module")
def grown(portrait):
    """Spots of 3 to 8 mm that grew by 30 % in area, in a careless retake."""
    places = [portrait.face.points[i, :2] for i in (50, 280, 151, 425)]
    marks = [Mark(float(x), float(y), size, 0.3) for (x, y), size in zip(places, (3.0, 5.0, 5.0, 8.0), strict=True)]
    larger = [replace(mark, diameter_mm=mark.diameter_mm * 1.3**0.5) for mark in marks]
    first = taken(portrait, inject_spots(portrait.light, marks, portrait.px_per_mm).light, BASELINE, 1).pixels
    again = taken(portrait, inject_spots(portrait.light, larger, portrait.px_per_mm).light, CARELESS)
    return larger, again, align(first, again.pixels, faces_of(first, again.pixels))


def test_a_spot_that_grew_is_not_swallowed(portrait, grown):
    marks, again, alignment = grown
    for mark in marks:
        radius = mark.diameter_mm * portrait.px_per_mm / 2
        side = np.linspace(-1.5 * radius, 1.5 * radius, 151)
        x, y = np.meshgrid(mark.column + side, mark.row + side)
        back = again.warp.sources(*(np.asarray(part, float) for part in alignment.positions(x, y)))
        area = np.count_nonzero(np.hypot(back[0] - mark.column, back[1] - mark.row) < radius) * (side[1] - side[0]) ** 2
        assert area / (np.pi * radius**2) == pytest.approx(1.0, abs=0.05)


def test_a_spot_that_came_stays_trusted(portrait, grown):
    marks, _, alignment = grown
    assert all(alignment.trusted(np.array([mark.column]), np.array([mark.row]))[0] for mark in marks)


def test_redness_and_light_do_not_move_the_skin(portrait, baseline):
    region = np.zeros(portrait.light.shape[:2], np.float32)
    for point in (50, 151):
        region = np.maximum(
            region, patch(region.shape, tuple(portrait.face.points[point, :2]), 12 * portrait.px_per_mm)
        )
    red = inject_redness(portrait.light, region, 0.02).light
    lit = replace(CAMERA_ONLY, light_right_deg=20.0, exposure_stops=0.3, warm_share=0.08)
    again = taken(portrait, red, lit)
    alignment = align(baseline, again.pixels, faces_of(baseline, again.pixels))
    error = off(alignment, again, inside(portrait.face))
    assert np.median(error) < 0.1
    y, x = np.nonzero(region > 0.01)
    assert np.percentile(off(alignment, again, (x[::7].astype(float), y[::7].astype(float))), 95) < 0.5


@pytest.mark.parametrize(("number", "turned"), [("002", False), ("004", False), ("025", True)])
def test_a_real_smile_is_laid_over_within_a_third_of_a_percent(real, number, turned):
    first, face = real(number)
    second, other = real(number, "smiling")
    alignment = align(first, second, (face, other))
    assert alignment.residual_share < 0.0035
    assert alignment.residual_px == pytest.approx(alignment.residual_share * face.eye_distance_px)
    assert alignment.patches > 50
    assert any("turned" in note for note in alignment.notes) == turned


@pytest.mark.parametrize(("one", "two"), [("002", "006"), ("004", "042")])
def test_two_people_are_refused(real, one, two):
    first, face = real(one)
    second, other = real(two)
    with pytest.raises(AlignmentRefused, match="found again"):
        align(first, second, (face, other))


@pytest.fixture(scope="module")
def cheek(portrait, baseline, careless):
    """A close-up without a whole face in it, its retake, its alignment, and the corners of both."""
    again, _ = careless
    column, row = (int(part) for part in portrait.face.points[50, :2])
    near = np.s_[row - 170 : row + 130, column - 90 : column + 230]
    far = np.s_[row - 190 : row + 140, column - 100 : column + 250]
    first, second = baseline[near], again.pixels[far]
    return first, second, align(first, second), (column - 90, row - 170), (column - 100, row - 190)


def test_a_close_up_without_a_face_aligns_by_its_skin(cheek, careless):
    _, _, alignment, near, far = cheek
    again, _ = careless
    x, y = (part.ravel() for part in np.meshgrid(np.arange(40.0, 280, 9), np.arange(40.0, 260, 9)))
    true = again.positions(x + near[0], y + near[1])
    said = alignment.positions(x, y)
    error = np.hypot(said[0] + far[0] - true[0], said[1] + far[1] - true[1])
    assert np.median(error) < 0.25
    assert np.percentile(error, 95) < 1.0
    assert alignment.residual_px < 0.25


def test_a_close_up_that_was_turned_around_still_aligns(cheek):
    first, second, plain, *_ = cheek
    turned = align(first, np.ascontiguousarray(np.rot90(second)))
    x, y = np.meshgrid(np.arange(40.0, 280, 20), np.arange(40.0, 260, 20))
    before, after = plain.positions(x, y), turned.positions(x, y)
    assert np.median(np.hypot(after[0] - before[1], after[1] - (second.shape[1] - 1 - before[0]))) < 0.1


@pytest.mark.parametrize("other", ["flat", "elsewhere", "mirrored"])
def test_a_close_up_of_something_else_is_refused(cheek, baseline, portrait, other):
    first, second, *_ = cheek
    column, row = (int(part) for part in portrait.face.points[151, :2])
    instead = {
        "flat": np.full_like(first, 120),
        "elsewhere": baseline[row - 150 : row + 20, column - 150 : column + 150],
        "mirrored": second[:, ::-1],
    }[other]
    with pytest.raises(AlignmentRefused):
        align(first, np.ascontiguousarray(instead))


def test_a_face_that_left_the_picture_is_refused(baseline):
    face = find_face(baseline)
    gone = replace(face, points=face.points + np.array([baseline.shape[1] * 0.8, 0.0, 0.0]))
    with pytest.raises(AlignmentRefused, match="shows only"):
        align(baseline, baseline, (face, gone))


def test_a_face_of_another_size_is_refused(baseline):
    face = find_face(baseline)
    with pytest.raises(AlignmentRefused, match="times larger"):
        align(baseline, baseline, (face, replace(face, points=face.points * 0.2)))


def test_the_same_photograph_lies_on_itself(baseline):
    face = find_face(baseline)
    alignment = align(baseline, baseline, (face, face))
    x, y = inside(face)
    there = alignment.positions(x, y)
    # Motion below a thirtieth of a pixel is not seen.
    away = np.hypot(there[0] - x, there[1] - y)
    assert np.median(away) < 0.05
    assert away.max() < 0.15
    assert alignment.residual_px < 0.05


def test_a_smaller_copy_is_aligned_in_its_own_pixels(baseline):
    small = cv2.resize(baseline, (640, 848), interpolation=cv2.INTER_AREA)
    alignment = align(baseline, small, faces_of(baseline, small))
    x, y = inside(find_face(baseline))
    there = alignment.positions(x, y)
    ratio = small.shape[1] / baseline.shape[1], small.shape[0] / baseline.shape[0]
    error = np.hypot(there[0] - ((x + 0.5) * ratio[0] - 0.5), there[1] - ((y + 0.5) * ratio[1] - 0.5))
    assert np.median(error) < 0.1
    assert np.percentile(error, 95) < 0.5


def test_a_mask_of_skin_is_where_the_patches_lie(baseline, careless):
    face = find_face(baseline)
    skin = np.zeros(baseline.shape[:2], bool)
    skin[int(face.points[:, 1].mean()) :] = True
    _, whole = careless
    assert 0 < align(baseline, baseline, (face, face), skin).patches < 0.8 * whole.patches
