"""Whether two photographs of one person may be compared."""

import math
from dataclasses import replace

from corneum.imaging.faces import angle_between
from corneum.imaging.gates.gate import Gate, PairCheck, PhotoCheck
from corneum.imaging.gates.limits import below, limit
from corneum.imaging.gates.views import VIEWS

_LIGHT = "imaging.light.change_most_deg"
_EXPRESSION, _EXPRESSION_MOST = "expression_share", "expression_most_share"
_FORM_WITHHELD = "Texture, lines, pores, scars, shine and unevenness are withheld; color and spots are measured."


def compare_checks(before: PhotoCheck, after: PhotoCheck) -> PairCheck:
    """Return what speaks against comparing two photographs.

    Parameters
    ----------
    before, after
        Checks of the baseline and of the follow-up.

    References
    ----------
    ``imaging.light.change_most_deg``, ``imaging.gates.distance_fold``, ``imaging.gates.pair_turn_deg``,
    ``imaging.gates.expression_share`` and the limits of refusal beside them.
    """
    gates = [_view(before, after)]
    if VIEWS[before.view].turn != "none":
        gates += [_light(before, after), _size(before, after), *_turns(before, after), _expression(before, after)]
    return PairCheck((before.name, after.name), tuple(gates))


def _view(before: PhotoCheck, after: PhotoCheck) -> Gate:
    same = before.view == after.view
    said = f"{VIEWS[before.view].title}; {VIEWS[after.view].title}"
    advice = "" if same else f"Photograph the follow-up in the view of the baseline: {VIEWS[before.view].title}."
    return Gate("view", "View", float(same), "", None, None, "good" if same else "refuse", advice, said)


def _light(before: PhotoCheck, after: PhotoCheck) -> Gate:
    first, second, value = before.light, after.light, math.nan
    if first is not None and second is not None and first.has_direction and second.has_direction:
        value = angle_between(first, second)
    advice = "Put the light back where it was at the baseline: its shadows would be measured as skin."
    return below("light", "Change of the main light", value, "deg", (_LIGHT, _LIGHT), advice)


def _size(before: PhotoCheck, after: PhotoCheck) -> Gate:
    told = (before.distance_cm, after.distance_cm)
    title = "Ratio of distances"
    if any(map(math.isnan, told)):
        # The eye distance over the frame stands in for the distance: the same where lens and cropping are the same.
        told, title = (before.eye_share, after.eye_share), "Ratio of face sizes in the frame"
    value = max(told) / min(told) if min(told) > 0 else math.nan
    advice = "Use the baseline's lens and mark on the floor: another distance changes the shape of the face."
    return below("distance", title, value, "x", ("distance_fold", "distance_most_fold"), advice)


def _turns(before: PhotoCheck, after: PhotoCheck) -> list[Gate]:
    gates = []
    for key, title in (("yaw", "Head turned by"), ("pitch", "Chin moved by"), ("roll", "Head tilted by")):
        ends = [math.nan if one.pose is None else getattr(one.pose, f"{key}_deg") for one in (before, after)]
        advice = "Turn the head as at the baseline: show its photograph beside the camera."
        rows = ("pair_turn_deg", "pair_turn_most_deg")
        gates.append(below(key, title, abs(ends[1] - ends[0]), "deg", rows, advice))
    return gates


def _expression(before: PhotoCheck, after: PhotoCheck) -> Gate:
    value = math.nan
    if before.expression is not None and after.expression is not None:
        names = ("smile", "mouth_open", "eyes_closed", "brows_raised")
        value = max(abs(getattr(after.expression, name) - getattr(before.expression, name)) for name in names)
    advice = "Ask for a face at rest, as at the baseline: lines change most with expression."
    gate = below("expression", "Change of expression", value, "eye distances", (_EXPRESSION, _EXPRESSION_MOST), advice)
    # An expression bends the skin, but moves neither its color nor its spots.
    return gate if gate.result != "refuse" else replace(gate, result="correct", advice=f"{_FORM_WITHHELD} {advice}")


def expression_differs(check: PairCheck) -> bool:
    """Return whether the expressions differ by more than indices of form allow.

    Parameters
    ----------
    check
        From `compare_checks`.

    References
    ----------
    ``imaging.gates.expression_most_share``.
    """
    return any(gate.key == "expression" and gate.value > limit(_EXPRESSION_MOST) for gate in check.gates)
