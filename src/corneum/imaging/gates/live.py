"""What a small frame of a running camera tells: enough to bring a person into a view, in a tenth of a second.

Fine detail, noise and shine wait for the photograph itself; a frame of this size cannot tell them.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from corneum.imaging.door.writing import smaller
from corneum.imaging.faces import (
    Face,
    NoFaceFound,
    Pose,
    Skin,
    SkinNotFound,
    angle_between,
    expression_of,
    find_face,
    find_skin,
    light_of,
    pose_of,
)
from corneum.imaging.faces.light import LightNotFound
from corneum.imaging.gates.blur import blur_of
from corneum.imaging.gates.exposure import exposure_of
from corneum.imaging.gates.gate import Gate, PhotoCheck, Result
from corneum.imaging.gates.limits import full_key, limit
from corneum.imaging.gates.views import View, nearest_view, view_of
from corneum.imaging.photo import Pixels

_SIDE_PX = 480
"""Longer side of the copy that is looked at: landmarks move by less than their own error."""
_BROAD_PX = 320
_HALF_UNSEEN_DEG = 60.0
"""Beyond this turn half of the mesh is unseen, and its angle means little: told, never asked to be corrected."""
_EYES_SHARE = 0.1
"""Eye distance over the longer side from which a face fills the frame enough where there is no baseline to match."""
_LIGHT = "imaging.light.change_most_deg"
_BLUR_SHARE = 0.05
"""Blur in eye distances from which even so small a frame is out of focus; a sharp one shows less than 0.02."""

Hint = Literal[
    "",
    "no_face",
    "whole_face",
    "turn_left",
    "turn_right",
    "chin_up",
    "chin_down",
    "tilt_left",
    "tilt_right",
    "closer",
    "back",
    "light_moved",
    "light_side",
    "rest",
    "brighter",
    "darker",
    "focus",
]
"""What to do, as seen by the person before the camera; empty where nothing is to be done."""


@dataclass(frozen=True)
class Look:
    """What one frame tells.

    Parameters
    ----------
    gates
        Each with its number, the most pressing first; ``hints`` holds what each asks for, in the same order.
    hints
        One for each gate; empty where it is within its limits.
    check
        What a comparison needs of the frame.
    box
        Left, top, width and height of the face in shares of the frame; None without a face.
    nearest
        Key of the view that the head is nearest to; empty without a face.
    """

    gates: tuple[Gate, ...]
    hints: tuple[Hint, ...]
    check: PhotoCheck
    box: tuple[float, float, float, float] | None
    nearest: str

    @property
    def hint(self) -> Hint:
        """What to do first; empty where the photograph can be taken."""
        return next((hint for hint in self.hints if hint), "")


def look(pixels: Pixels, view: str, baseline: PhotoCheck | None = None) -> Look:
    """Return what one frame of a camera tells about a view, against its baseline where there is one.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB, not mirrored.
    view
        A key of `corneum.imaging.gates.VIEWS`.
    baseline
        Check of the photograph that this one shall be compared with.

    Raises
    ------
    UnknownView
        If no view has this name.

    References
    ----------
    ``imaging.gates.pair_turn_deg``, ``imaging.gates.turn_deg``, ``imaging.gates.far_turn_deg``,
    ``imaging.gates.distance_fold``, ``imaging.light.change_most_deg``, ``imaging.gates.side_light_deg``,
    ``imaging.gates.expression_share``, ``imaging.gates.cut_share``, ``imaging.gates.dark_share``.
    """
    shown, small = view_of(view), smaller(pixels, _SIDE_PX)
    face = None
    if shown.turn != "none":
        try:
            face = find_face(small)
        except NoFaceFound:
            face = None
    if face is None:
        return _without_face(small, shown)
    # Shading is broad and skin is large: for them a still smaller copy tells the same in half the time.
    broad = smaller(small, _BROAD_PX)
    near = Face(face.points * (broad.shape[1] / small.shape[1]), face.score)
    skin, pose = _skin(broad, near), pose_of(face)
    light = None
    if skin is not None:
        try:
            light = light_of(broad, near, skin.usable)
        except LightNotFound:
            light = None
    share = face.eye_distance_px / max(small.shape[:2])
    check = PhotoCheck("", view, (), (), pose, expression_of(face), light, None, share)
    told = [_framed(small, face), *_turns(shown, pose, baseline), _size(share, baseline, shown)]
    told += [_light(check, baseline), _rest(check, baseline)]
    told.append(_focus(small, face))
    if skin is not None:
        told += _exposure(broad, skin)
    return Look(*_apart(told), check, _box(small, face), nearest_view(pose.yaw_deg, pose.pitch_deg).key)


_Told = tuple[Gate, Hint]


def _told(
    key: str,
    title: str,
    value: float,
    unit: str,
    limits: tuple[float | None, float | None],
    hint: Hint,
    rows: Iterable[str],
) -> _Told:
    low, high = limits
    off = (high is not None and value > high) or (low is not None and value < low)
    result: Result = "unknown" if math.isnan(value) else "correct" if off else "good"
    sources = tuple(full_key(row) for row in rows)
    return Gate(key, title, value, unit, low, high, result, "", "", sources), hint if result == "correct" else ""


def _without_face(small: Pixels, view: View) -> Look:
    check = PhotoCheck("", view.key, ())
    height, width = small.shape[:2]
    middle = np.zeros((height, width), bool)
    middle[height // 4 : -height // 4, width // 4 : -width // 4] = True
    exposure = exposure_of(small, middle, limit("step_share"))
    found: list[_Told] = []
    if view.face or view.turn != "none":
        result: Result = "correct" if view.face else "unknown"
        found.append((Gate("face", "Face", 0.0, "", None, None, result), "no_face" if view.face else ""))
    found += _bright(exposure.cut_share, exposure.dark_share)
    return Look(*_apart(found), check, None, "")


def _apart(told: list[_Told]) -> tuple[tuple[Gate, ...], tuple[Hint, ...]]:
    return tuple(gate for gate, _ in told), tuple(hint for _, hint in told)


def _skin(small: Pixels, face: Face) -> Skin | None:
    try:
        return find_skin(small, face)
    except SkinNotFound:
        return None


def _framed(small: Pixels, face: Face) -> _Told:
    points, size = face.points[:, :2], small.shape[1::-1]
    whole = bool(((points >= 0) & (points < size)).all())
    result: Result = "good" if whole else "correct"
    return Gate("face", "Face", 1.0, "", None, None, result), "" if whole else "whole_face"


def _turns(view: View, pose: Pose, baseline: PhotoCheck | None) -> list[_Told]:
    """Return how far the head is off: the person's own left is the picture's right."""
    held = None if baseline is None else baseline.pose
    rows = ("pair_turn_deg",) if held else ("turn_deg",) if view.turn == "near" else ("far_turn_deg",)
    most = limit(rows[0])
    yaw, pitch = (held.yaw_deg, held.pitch_deg) if held else (view.yaw_deg or 0.0, view.pitch_deg or 0.0)
    turn, chin, tilt = pose.yaw_deg - yaw, pose.pitch_deg - pitch, pose.roll_deg - (held.roll_deg if held else 0.0)
    told = [
        _told("yaw", "Head turned", abs(turn), "deg", (None, most), "turn_right" if turn > 0 else "turn_left", rows),
        _told("pitch", "Chin", abs(chin), "deg", (None, most), "chin_down" if chin > 0 else "chin_up", rows),
        _told("roll", "Head tilted", abs(tilt), "deg", (None, most), "tilt_right" if tilt > 0 else "tilt_left", rows),
    ]
    if abs(view.yaw_deg or 0.0) <= _HALF_UNSEEN_DEG:
        return told
    return [(Gate(gate.key, gate.title, gate.value, gate.unit, None, None, "unknown"), "") for gate, _ in told]


def _size(share: float, baseline: PhotoCheck | None, view: View) -> _Told:
    """Return the gate for the size of the face: against the baseline's, else large enough to see detail."""
    if baseline is None or math.isnan(baseline.eye_share):
        # Turned away, the eyes stand nearer to each other.
        least = _EYES_SHARE * max(0.3, math.cos(math.radians(view.yaw_deg or 0.0)))
        return _told("distance", "Eye distance in the frame", share, "", (least, None), "closer", ())
    fold = share / baseline.eye_share
    most = limit("distance_fold")
    hint: Hint = "back" if fold > 1 else "closer"
    return _told("distance", "Size of the face", fold, "x", (1 / most, most), hint, ("distance_fold",))


def _light(check: PhotoCheck, baseline: PhotoCheck | None) -> _Told:
    light, before = check.light, None if baseline is None else baseline.light
    if light is None or not light.has_direction:
        return _told("light", "Main light", math.nan, "deg", (None, None), "", ())
    if before is not None and before.has_direction:
        value = angle_between(before, light)
        return _told("light", "Light moved by", value, "deg", (None, limit(_LIGHT)), "light_moved", (_LIGHT,))
    value = float(np.degrees(np.arccos(np.clip(light.direction[2], -1, 1))))
    return _told(
        "light", "Main light", value, "deg", (None, limit("side_light_deg")), "light_side", ("side_light_deg",)
    )


def _rest(check: PhotoCheck, baseline: PhotoCheck | None) -> _Told:
    now, before = check.expression, None if baseline is None else baseline.expression
    if now is None:
        return _told("expression", "Expression", math.nan, "", (None, None), "", ())
    if before is None:
        rows = ("smile_share",)
        return _told("expression", "Expression", now.smile, "eye distances", (None, limit(rows[0])), "rest", rows)
    names = ("smile", "mouth_open", "eyes_closed", "brows_raised")
    change = max(abs(getattr(now, name) - getattr(before, name)) for name in names)
    rows = ("expression_share",)
    return _told("expression", "Expression", change, "eye distances", (None, limit(rows[0])), "rest", rows)


def _focus(small: Pixels, face: Face) -> _Told:
    size = np.array(small.shape[1::-1])
    low = np.clip(face.points[:, :2].min(axis=0), 0, size - 2).astype(int)
    high = np.clip(face.points[:, :2].max(axis=0), low + 2, size).astype(int)
    part = np.ascontiguousarray(small[low[1] : high[1], low[0] : high[0]])
    blur = blur_of(np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.float32))
    share = blur.width_px / face.eye_distance_px
    return _told("focus", "Focus", share, "eye distances", (None, _BLUR_SHARE), "focus", ())


def _exposure(small: Pixels, skin: Skin) -> list[_Told]:
    if not skin.found.any():
        return []
    exposure = exposure_of(small, skin.found, limit("step_share"))
    return _bright(exposure.cut_share, exposure.dark_share)


def _bright(cut: float, dark: float) -> list[_Told]:
    return [
        _told("cut", "Skin too bright", 100 * cut, "%", (None, 100 * limit("cut_share")), "darker", ("cut_share",)),
        _told("dark", "Skin too dark", 100 * dark, "%", (None, 100 * limit("dark_share")), "brighter", ("dark_share",)),
    ]


def _box(small: Pixels, face: Face) -> tuple[float, float, float, float]:
    size = np.array(small.shape[1::-1], float)
    low, high = face.points[:, :2].min(axis=0) / size, face.points[:, :2].max(axis=0) / size
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])
