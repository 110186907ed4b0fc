import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.imaging.card import Scale, find_card, placed, scale_by_eyes, sized
from corneum.imaging.card.layout import layout_of
from corneum.imaging.card.sampling import facing_px_per_mm
from corneum.imaging.faces.face import Face
from tests.imaging.card.scenes import PLACES, scene

EYES_MM = {33: (-45, 0, 5), 133: (-18, 0, 0), 362: (18, 0, 0), 263: (45, 0, 5)}
"""Corners of two eyes whose middles are 63 mm apart."""


def face_of(px_per_mm, yaw_deg=0.0):
    points = np.zeros((468, 3))
    for place, corner in EYES_MM.items():
        points[place] = np.array(corner) * px_per_mm
    yaw = np.radians(yaw_deg)
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    return Face(points @ turn.T + [500, 500, 0], 1.0)


@pytest.mark.parametrize("yaw", [0, 20, -45])
def test_eyes_give_the_scale_of_a_turned_head_too(yaw):
    scale = scale_by_eyes(face_of(7.0, yaw))
    assert scale.px_per_mm == pytest.approx(7.0, rel=1e-6)
    assert scale.source == "eyes"


def test_error_of_the_eyes_is_the_spread_between_people():
    row = load_evidence().number("imaging.eyes.distance_mm")
    spread = (row.high - row.low) / 3.92 / row.value
    assert spread < scale_by_eyes(face_of(7.0)).error_share < 1.2 * spread


@pytest.mark.parametrize("tilt", [0, 25, -40])
def test_a_tilted_card_keeps_its_scale(tilt):
    layout = layout_of("passport")
    to_px = placed("passport", (400, 300), 6.0, tilt_deg=tilt, turn_deg=30)
    assert facing_px_per_mm(layout, to_px) == pytest.approx(6.0, rel=0.02)


@pytest.mark.parametrize("kind", ["classic", "passport", "nano"])
@pytest.mark.parametrize("off", [0.88, 1.12])
def test_a_rough_scale_tells_the_size_of_the_card(kind, off):
    card = find_card(scene(kind)[0])
    assert card.kind == "colorchecker" and card.scale is None
    told = sized(card, Scale(PLACES[kind] * off, 0.06, "eyes"))
    assert told.kind == kind
    assert told.scale.px_per_mm == pytest.approx(PLACES[kind], rel=0.01)


def test_a_size_that_fits_no_card_is_not_told():
    card = find_card(scene("classic")[0])
    assert sized(card, Scale(0.5, 0.06, "eyes")) is card


def test_a_measured_pitch_gives_a_better_scale():
    pixels, _ = scene("passport")
    pitch = load_evidence().number("imaging.card.passport_pitch_mm").value
    by_kind, by_hand = find_card(pixels, "passport").scale, find_card(pixels, pitch_mm=pitch).scale
    assert by_hand.px_per_mm == pytest.approx(by_kind.px_per_mm)
    assert by_hand.error_share < by_kind.error_share
