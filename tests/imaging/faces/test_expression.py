from dataclasses import astuple

import numpy as np
import pytest

from corneum.evidence import load_evidence
from corneum.imaging.faces import Face, expression_of
from corneum.imaging.faces.mean_face import mean_face, to_space
from tests.imaging.faces.faces_at_hand import PEOPLE, seen


@pytest.mark.parametrize("person", PEOPLE)
def test_a_smile_is_more_than_its_repeat(person):
    neutral, smiling = (expression_of(seen(person, folder)[1]) for folder in ("neutral", "smiling"))
    repeat = load_evidence().number("imaging.expression.repeat_share").value
    assert smiling.smile - neutral.smile > 2 * repeat


def test_mouth_eyes_and_brows_are_told_apart():
    at = mean_face().points
    first = expression_of(Face(to_space(at) * 200, 1.0))

    def moved(landmarks, up):
        points = at.copy()
        points[landmarks, 1] += up
        return expression_of(Face(to_space(points) * 200, 1.0))

    assert moved([14, 17], -0.1).mouth_open == pytest.approx(first.mouth_open + 0.1, abs=1e-3)
    assert moved([159, 386], -0.05).eyes_closed == pytest.approx(first.eyes_closed + 0.05, abs=1e-3)
    assert moved([105, 66, 334, 296], 0.04).brows_raised == pytest.approx(first.brows_raised + 0.04, abs=1e-3)
    assert moved([61, 291], 0.03).smile == pytest.approx(first.smile + 0.03, abs=1e-3)


def test_size_and_tilt_do_not_matter():
    _, face = seen("006")
    turn = np.radians(12)
    spin = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    first, other = expression_of(face), expression_of(Face(face.points @ spin.T * 1.7 + 30, 1.0))
    assert np.allclose(astuple(first), astuple(other), atol=1e-6)
