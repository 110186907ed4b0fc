import numpy as np
import pytest

from corneum.imaging.faces import ZONE_NAMES, Face, UnknownZone, site_of, zone_map
from corneum.imaging.faces.zones import mirrored
from corneum.skin import SITES
from tests.faces.reference import landmarks
from tests.imaging.faces.faces_at_hand import PEOPLE, seen


def at(board, names, point):
    number = int(board[round(point[1]), round(point[0])])
    return names[number - 1] if number else ""


@pytest.mark.parametrize("person", PEOPLE)
def test_what_people_marked_lies_where_it_belongs(person):
    pixels, face = seen(person)
    board, names = zone_map(face, pixels.shape)
    marked = landmarks(person)
    assert names == ZONE_NAMES
    # Pupils, middle of the brows and of the lips are in no zone.
    assert {at(board, names, marked[point]) for point in (0, 1, 90, 99)} == {""}
    # Cheek rows of the landmark file, the person's right first (left in the picture).
    assert at(board, names, marked[159]) in {"cheek_right", "perioral"}
    assert at(board, names, marked[165]) == "cheek_right"
    assert at(board, names, marked[168]) == "cheek_left"
    assert at(board, names, marked[53]) == "nose"
    assert at(board, names, marked[175]) == "chin"
    between_brows = (marked[75] + marked[78]) / 2
    assert at(board, names, between_brows) == "forehead"


@pytest.mark.parametrize("person", PEOPLE)
def test_every_zone_is_there_and_sides_are_alike(person):
    pixels, face = seen(person)
    board, names = zone_map(face, pixels.shape)
    area = {name: np.count_nonzero(board == number) for number, name in enumerate(names, start=1)}
    assert min(area.values()) > 0.05 * face.eye_distance_px**2
    for site in ("temple", "periorbital", "cheek"):
        assert 0.5 < area[f"{site}_left"] / area[f"{site}_right"] < 2


def test_zones_move_with_the_face_and_scale():
    pixels, face = seen("006")
    board, _ = zone_map(face, pixels.shape)
    twice = face.points * 2
    twice[:, :2] += 0.5  # pixel centers
    large, _ = zone_map(Face(twice, 1.0), (2 * pixels.shape[0], 2 * pixels.shape[1]))
    assert np.mean(large[::2, ::2] == board) > 0.995
    moved, _ = zone_map(Face(face.points + np.array([20, -10, 0]), 1.0), pixels.shape)
    assert np.mean(moved[100:-100, 100:-100] == board[110:-90, 80:-120]) > 0.999


def test_a_mirrored_face_has_mirrored_zones():
    pixels, face = seen("025")
    board, names = zone_map(face, pixels.shape)
    points = face.points[list(mirrored(range(468)))] * [-1, 1, 1] + [pixels.shape[1] - 1, 0, 0]
    other, _ = zone_map(Face(points, 1.0), pixels.shape)
    swap = {"left": "right", "right": "left"}
    numbers = [0] + [1 + names.index("_".join(swap.get(word, word) for word in name.split("_"))) for name in names]
    assert np.mean(np.array(numbers)[other][:, ::-1] == board) > 0.995


def test_a_face_outside_the_picture_does_not_matter():
    _, face = seen("002")
    board, _ = zone_map(face, (300, 300))
    assert board.shape == (300, 300)


def test_every_zone_is_a_site_of_the_skin():
    assert {site_of(zone) for zone in ZONE_NAMES} <= set(SITES)
    with pytest.raises(UnknownZone, match="ear_left"):
        site_of("ear_left")
