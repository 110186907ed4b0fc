import cv2
import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from corneum.evidence import load_evidence
from corneum.imaging.faces import Face, find_face, pose_of
from corneum.imaging.faces.mean_face import mean_face, to_space
from tests.imaging.faces.faces_at_hand import PEOPLE, seen


def turned(face: Face, yaw=0.0, pitch=0.0, roll=0.0) -> Face:
    turn = Rotation.from_euler("ZYX", [-roll, yaw, -pitch], degrees=True).as_matrix()
    return Face(to_space(to_space(face.points) @ turn.T), 1.0)


MEAN = Face(to_space(mean_face().points) * 200, 1.0)


def test_the_mean_face_is_symmetric_and_straight():
    mean = mean_face()
    assert np.array_equal(mean.mirror[mean.mirror], np.arange(468))
    assert np.allclose(mean.points[mean.mirror] * [-1, 1, 1], mean.points, atol=2e-4)
    pose = pose_of(MEAN)
    assert np.allclose([pose.yaw_deg, pose.pitch_deg, pose.roll_deg], 0, atol=0.01)


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(20, 0, 0), (-35, 0, 0), (0, 15, 0), (0, 0, 30), (10, -8, 5)])
def test_a_turned_mean_face_is_told_exactly(yaw, pitch, roll):
    pose = pose_of(turned(MEAN, yaw, pitch, roll))
    assert np.allclose([pose.yaw_deg, pose.pitch_deg, pose.roll_deg], [yaw, pitch, roll], atol=0.1)


def test_position_and_size_do_not_matter():
    moved = Face(turned(MEAN, 12, -7, 3).points * 2.5 + [700, 400, 50], 1.0)
    pose = pose_of(moved)
    assert np.allclose([pose.yaw_deg, pose.pitch_deg, pose.roll_deg], [12, -7, 3], atol=0.1)


@pytest.mark.parametrize("person", ["002", "042"])
def test_a_turned_photograph_has_its_roll_and_no_other_turn(person):
    pixels, face = seen(person)
    height, width = pixels.shape[:2]
    for degrees in (-15, 6):
        warp = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
        other = pose_of(find_face(cv2.warpAffine(pixels, warp, (width, height), borderMode=cv2.BORDER_REPLICATE)))
        first = pose_of(face)
        assert other.roll_deg - first.roll_deg == pytest.approx(degrees, abs=0.5)
        assert other.yaw_deg == pytest.approx(first.yaw_deg, abs=1)
        assert other.pitch_deg == pytest.approx(first.pitch_deg, abs=1)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_mirrored_photograph_has_the_opposite_yaw(person):
    pixels, face = seen(person)
    first, other = pose_of(face), pose_of(find_face(pixels[:, ::-1].copy()))
    assert other.yaw_deg == pytest.approx(-first.yaw_deg, abs=3)
    assert other.pitch_deg == pytest.approx(first.pitch_deg, abs=3)
    assert other.roll_deg == pytest.approx(-first.roll_deg, abs=1)


def test_people_who_look_straight_ahead_are_told_so():
    spread = load_evidence().number("imaging.pose.pitch_zero_deg").value
    poses = [pose_of(seen(person)[1]) for person in PEOPLE]
    assert max(abs(pose.yaw_deg) for pose in poses) < 6
    assert max(abs(pose.pitch_deg) for pose in poses) < 2.5 * spread
