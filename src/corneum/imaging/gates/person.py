"""Gates of the person in the picture: pose against the view, expression, light and shine."""

import math
from dataclasses import replace

import numpy as np

from corneum.imaging.faces import Expression, Light, Pose
from corneum.imaging.gates.gate import Gate
from corneum.imaging.gates.limits import below, full_key, limit
from corneum.imaging.gates.views import View

_NOT_FOUND = "cannot be found in this picture"
_HALF_UNSEEN_DEG = 60.0
"""Beyond this turn half of the mesh is unseen, and its angle means little."""
_FAINT_SHARE = 0.5
"""A main light that gives less of the light than this casts no deep shadow."""


def pose_gates(view: View, pose: Pose | None) -> list[Gate]:
    """Return the gates for turn, chin and tilt of the head, each as the angle off what the view asks for."""
    rows = ("turn_deg", "turn_most_deg") if view.turn == "near" else ("far_turn_deg", "far_turn_most_deg")
    if pose is None or view.yaw_deg is None or view.pitch_deg is None:
        said, nan = _NOT_FOUND, math.nan
        names = (("yaw", "Head turned"), ("pitch", "Chin"), ("roll", "Head tilted"))
        return [Gate(key, title, nan, "deg", None, limit(rows[0]), "unknown", "", said) for key, title in names]
    turn, chin, tilt = pose.yaw_deg - view.yaw_deg, pose.pitch_deg - view.pitch_deg, pose.roll_deg
    gates = [
        below("yaw", "Head turned", abs(turn), "deg", rows, _how(view, _turn(turn))),
        below("pitch", "Chin", abs(chin), "deg", rows, _how(view, "lower the chin" if chin > 0 else "raise the chin")),
        below("roll", "Head tilted", abs(tilt), "deg", ("turn_deg", "turn_most_deg"), _tilt(tilt)),
    ]
    if abs(view.yaw_deg) <= _HALF_UNSEEN_DEG:
        return gates
    # Of a profile the mesh sees one half: told, never refused.
    return [replace(gate, result="unknown", advice="") for gate in gates]


def _turn(off_deg: float) -> str:
    return f"turn the head a little to the person's own {'right' if off_deg > 0 else 'left'}"


def _tilt(off_deg: float) -> str:
    side = "left" if off_deg < 0 else "right"
    return f"Level the eyes: the head, or the camera, is tilted by {abs(off_deg):.0f} degrees to the picture's {side}."


def _how(view: View, what: str) -> str:
    return f"For the {view.title} view {what}: {view.how}."


def expression_gate(face: Expression | None) -> Gate:
    """Return the gate for a face at rest. One photograph shows only what is far from any face at rest."""
    most = limit("smile_share")
    rows = tuple(full_key(key) for key in ("smile_share", "open_share", "closed_share"))
    bare = Gate("expression", "Expression", math.nan, "", None, most, "unknown", "", _NOT_FOUND, rows)
    if face is None:
        return bare
    seen = [
        (face.smile > most, "mouth wide", "relax the mouth, no smile"),
        (face.mouth_open > limit("open_share"), "mouth open", "close the lips, teeth apart"),
        (-face.eyes_closed < limit("closed_share"), "eyes closed", "open the eyes and look into the lens"),
    ]
    found = [(what, todo) for is_so, what, todo in seen if is_so]
    if not found:
        return replace(bare, value=face.smile, result="good", said="as a face at rest")
    said = ", ".join(what for what, _ in found)
    advice = f"Ask to {' and '.join(todo for _, todo in found)}: lines change most with expression."
    return replace(bare, value=face.smile, result="correct", said=said, advice=advice)


def light_gate(light: Light | None) -> Gate:
    """Return the gate for the main light: where it comes from, and whether half of the face lies in shadow."""
    most, row = limit("side_light_deg"), full_key("side_light_deg")
    bare = Gate("light", "Main light", math.nan, "deg", None, most, "unknown", "", "not found", (row,))
    if light is None:
        return bare
    if not light.has_direction:
        return bare if light.directional_share >= _FAINT_SHARE else replace(bare, said="from all around")
    off_deg = float(np.degrees(np.arccos(np.clip(light.direction[2], -1, 1))))
    if off_deg <= most or light.directional_share < _FAINT_SHARE:
        return replace(bare, value=off_deg, result="good", said=_where(light))
    advice = "Put the light beside the camera, or one on either side at 45 degrees: half of the face is in shadow."
    return replace(bare, value=off_deg, result="correct", said=_where(light), advice=advice)


def _where(light: Light) -> str:
    across = f"{abs(light.azimuth_deg):.0f} deg from the picture's {'right' if light.azimuth_deg > 0 else 'left'}"
    along = f"{abs(light.elevation_deg):.0f} deg from {'above' if light.elevation_deg > 0 else 'below'}"
    return f"{across}, {along} (error {light.error_deg:.0f} deg)"


def shine_gate(share: float) -> Gate:
    """Return the gate for shine, which hides color and fakes lines."""
    advice = "Blot the skin with dry paper, and make the light larger or softer: shine hides the color."
    return below("shine", "Shine", 100 * share, "% of the skin", ("shine_share", None), advice, 100)
