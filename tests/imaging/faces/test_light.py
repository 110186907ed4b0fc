import cv2
import numpy as np
import pytest
from scipy.spatial import Delaunay

from corneum.evidence import load_evidence
from corneum.imaging.faces import Light, angle_between, light_of
from corneum.imaging.faces.light import LightNotFound, normals_of, shape_map
from corneum.imaging.faces.mean_face import mean_face
from corneum.imaging.faces.tones import reduced
from tests.imaging.faces.faces_at_hand import small

EYES_PX = 30.0


def toward(azimuth, elevation):
    side, up = np.radians([azimuth, elevation])
    return np.array([np.sin(side) * np.cos(up), np.sin(up), np.cos(side) * np.cos(up)])


def lit(person, azimuth, elevation, ambient=0.35):
    """Return a photograph with a light of its own: even skin under ambient light and one direction.

    The shape that is lit differs from the one that is fitted: bumps of 12 %, and 15 % flatter or steeper.
    """
    pixels, face, skin = small(person)
    scale = EYES_PX / face.eye_distance_px
    normals = shape_map(face, reduced(pixels, scale).shape, scale).astype(float)
    dice = np.random.default_rng(int(person))
    bumps = cv2.GaussianBlur(dice.normal(size=(*normals.shape[:2], 2)), (0, 0), 5)
    normals[..., :2] = normals[..., :2] * (1.15 if int(person) % 2 else 0.87) + 0.12 * bumps / bumps.std()
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    shade = ambient + (1 - ambient) * np.maximum(normals @ toward(azimuth, elevation), 0)
    shade = np.where(np.isfinite(shade), shade, ambient).astype(np.float32)
    shade = cv2.resize(shade, (pixels.shape[1], pixels.shape[0]))
    tone = np.median(pixels[skin], axis=0)
    grain = 1 + 0.03 * dice.normal(size=shade.shape)
    return np.clip(tone * (shade * grain / 0.8)[..., None] ** (1 / 2.4), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("person", ["002", "005", "006", "042"])
def test_a_known_change_of_the_light_is_found(person):
    _, face, skin = small(person)
    worst = load_evidence().number("imaging.light.change_error_deg").high
    first = light_of(lit(person, -10, 20), face, skin)
    assert first.has_direction
    assert first.azimuth_deg == pytest.approx(-10, abs=8)
    for change in (10, 30, 60):
        other = light_of(lit(person, change - 10, 20), face, skin)
        true = np.degrees(np.arccos(toward(-10, 20) @ toward(change - 10, 20)))
        assert angle_between(first, other) == pytest.approx(true, abs=min(worst, 4 + true / 5))


def test_diffuse_light_has_no_direction():
    _, face, skin = small("002")
    light = light_of(lit("002", 40, 10, ambient=0.97), face, skin)
    assert not light.has_direction


def test_left_is_not_right_and_up_is_not_down():
    _, face, skin = small("006")
    assert light_of(lit("006", 45, 0), face, skin).azimuth_deg > 25
    assert light_of(lit("006", -45, 0), face, skin).azimuth_deg < -25
    assert light_of(lit("006", 0, 45), face, skin).elevation_deg > 25


def test_the_strength_of_the_light_does_not_matter():
    pixels, face, skin = small("042")
    brighter = np.clip(pixels * 1.25, 0, 255).astype(np.uint8)
    assert angle_between(light_of(pixels, face, skin), light_of(brighter, face, skin)) < 6


def test_the_shape_is_that_of_a_face():
    _, face, _ = small("005")
    normals = normals_of(face)
    assert normals[205][0] < -0.1 < 0.1 < normals[425][0]  # cheeks look outward
    assert normals[10][1] > 0.1  # the top of the forehead looks up
    assert normals[[205, 425, 10, 4], 2].min() > 0.3


def test_angles_between_lights():
    def light(azimuth, elevation):
        return Light(azimuth, elevation, 0.8, toward(azimuth, elevation), 3.0)

    assert angle_between(light(0, 0), light(40, 0)) == pytest.approx(40)
    assert angle_between(light(0, 10), light(0, -20)) == pytest.approx(30)
    assert angle_between(light(7, 7), light(7, 7)) == pytest.approx(0, abs=1e-4)


def test_too_little_skin_is_refused():
    pixels, face, _ = small("002")
    with pytest.raises(LightNotFound, match="uncover"):
        light_of(pixels, face, np.zeros(pixels.shape[:2], bool))


def test_the_shipped_triangles_are_those_between_the_landmarks():
    made = Delaunay(mean_face().points[:, :2]).simplices
    assert {frozenset(one) for one in mean_face().triangles.tolist()} == {frozenset(one) for one in made.tolist()}
