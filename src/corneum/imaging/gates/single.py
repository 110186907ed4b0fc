"""Whether one photograph is fit to be measured."""

from dataclasses import dataclass

import cv2
import numpy as np

from corneum.imaging.canvas import Mask
from corneum.imaging.card import Card, CardUnusable, Scale, correct_by, find_card, scale_by_eyes, sized
from corneum.imaging.faces import (
    Face,
    Light,
    NoFaceFound,
    SkinNotFound,
    expression_of,
    find_face,
    find_skin,
    light_of,
    pose_of,
    site_skin,
)
from corneum.imaging.faces.light import LightNotFound
from corneum.imaging.gates.blur import blur_of
from corneum.imaging.gates.exposure import exposure_of
from corneum.imaging.gates.gate import Gate, PhotoCheck, Result
from corneum.imaging.gates.limits import full_key, limit
from corneum.imaging.gates.person import expression_gate, light_gate, pose_gates, shine_gate
from corneum.imaging.gates.picture import (
    card_gate,
    detail_gate,
    distance_cm,
    distance_gate,
    exposure_gates,
    focus_gate,
    motion_gate,
    pixels_gate,
    scale_gate,
)
from corneum.imaging.gates.views import View, view_of
from corneum.imaging.photo import Photo

_MIDDLE = 0.6
"""Share of the sides of a body site's photograph that is taken for skin."""
_MOST_SIDE_PX = 1600
"""Of the middle in which the blur of a body site is sought: more edges tell no more."""
_MAKE_UP = "Make-up cannot be told from skin by a photograph: ask, and photograph clean, dry skin."


@dataclass(frozen=True)
class Seen:
    """What is in a picture: all that the gates judge.

    Parameters
    ----------
    photo
        As read.
    view
        In which it shall have been taken.
    face
        Landmarks; None where there is no face.
    skin
        Shape (height, width): all skin, with shine and shadow; None where none was found.
    shine_share
        Of the skin; NaN where it is not known.
    light
        Main light; None where it was not found.
    card, card_trouble, card_residual_de
        What was found, why it cannot be used, and the color difference that its correction leaves.
    scale
        None where nothing tells it.
    """

    photo: Photo
    view: View
    face: Face | None
    skin: Mask | None
    shine_share: float
    light: Light | None
    card: Card | None
    card_trouble: str
    card_residual_de: float
    scale: Scale | None


def check_photo(photo: Photo, view: str = "front", face: Face | None = None) -> PhotoCheck:
    """Return what every gate says about one photograph.

    Parameters
    ----------
    photo
        As read by `corneum.imaging.door.read_photo`.
    view
        A key of `corneum.imaging.gates.VIEWS`.
    face
        Landmarks, if they are known already.

    Raises
    ------
    UnknownView
        If no view has this name.

    References
    ----------
    ``imaging.gates.*``.
    """
    return check_seen(_seen(photo, view_of(view), face))


def check_seen(seen: Seen) -> PhotoCheck:
    """Return what every gate says about a photograph of which all that is in it is known already.

    Parameters
    ----------
    seen
        What is in the picture.
    """
    photo = seen.photo
    px_per_mm = seen.scale.px_per_mm if seen.scale else float("nan")
    away_cm = distance_cm(photo, px_per_mm)
    return PhotoCheck(
        name=photo.name,
        view=seen.view.key,
        gates=_gates(seen, px_per_mm, away_cm),
        notes=(*photo.notes, _MAKE_UP),
        pose=pose_of(seen.face) if seen.face else None,
        expression=expression_of(seen.face) if seen.face else None,
        light=seen.light,
        scale=seen.scale,
        eye_share=seen.face.eye_distance_px / max(photo.width, photo.height) if seen.face else float("nan"),
        distance_cm=away_cm,
    )


def _gates(seen: Seen, px_per_mm: float, away_cm: float) -> tuple[Gate, ...]:
    photo, view, face = seen.photo, seen.view, seen.face
    blur = blur_of(_gray(photo, face))
    gates = [_site_gate(seen.skin)] if view.turn == "none" else [_face_gate(seen)]
    gates += [detail_gate(px_per_mm), pixels_gate(photo.megapixels)]
    gates += [focus_gate(blur, px_per_mm), motion_gate(blur, px_per_mm)]
    skin = seen.skin
    if skin is None and not view.face:
        skin = np.zeros(photo.pixels.shape[:2], bool)
        skin[_middle(photo)] = True
    if skin is not None and skin.any():
        gates += exposure_gates(exposure_of(photo.pixels, skin, limit("step_share")))
    if view.turn != "none":
        gates += [distance_gate(away_cm), *pose_gates(view, pose_of(face) if face else None)]
        gates.append(expression_gate(expression_of(face) if face else None))
        gates.append(light_gate(seen.light))
        gates.append(shine_gate(seen.shine_share))
    gates.append(card_gate(seen.card, seen.card_trouble, seen.card_residual_de))
    gates.append(scale_gate(seen.scale))
    return tuple(gates)


def _seen(photo: Photo, view: View, face: Face | None) -> Seen:
    skin, light = None, None
    if face is None and view.turn != "none":
        try:
            face = find_face(photo.pixels)
        except NoFaceFound:
            face = None
    if face is not None:
        try:
            skin = find_skin(photo.pixels, face)
            light = light_of(photo.pixels, face, skin.usable)
        except (SkinNotFound, LightNotFound):
            pass
    scale = scale_by_eyes(face) if face is not None else None
    card, trouble, residual = find_card(photo.pixels), "", float("nan")
    if card is not None:
        card = sized(card, scale) if scale is not None else card
        try:
            residual = correct_by(card).residual_de
        except CardUnusable as unusable:
            trouble = str(unusable)
    known = card.scale if card is not None and card.scale is not None else scale
    if view.turn == "none":
        return Seen(photo, view, face, site_skin(photo.pixels), float("nan"), light, card, trouble, residual, known)
    found, shine_share = (skin.found, skin.shine_share) if skin is not None else (None, float("nan"))
    return Seen(photo, view, face, found, shine_share, light, card, trouble, residual, known)


def _site_gate(skin: Mask | None) -> Gate:
    """Return the gate for how much of a body site's photograph is skin."""
    share = float("nan") if skin is None else float(skin.mean())
    least, key = limit("site_skin_share"), full_key("site_skin_share")
    result: Result = "unknown" if skin is None else "good" if share >= least else "correct"
    advice = "Fill the frame with the site, its skin in the middle; only what is like the middle is measured."
    told = advice if result == "correct" else ""
    return Gate("site", "Skin in the frame", 100 * share, "%", 100 * least, None, result, told, "", (key,))


def _face_gate(seen: Seen) -> Gate:
    if seen.face is None and seen.view.face:
        advice = "Photograph one person whose whole face is seen, or name another view."
        return Gate("face", "Face", 0.0, "", None, None, "refuse", advice, "none found, or several")
    if seen.face is None:
        return Gate("face", "Face", 0.0, "", None, None, "unknown", "", "none found, as can be in this view")
    points = seen.face.points[:, :2]
    whole = bool(((points >= 0) & (points < (seen.photo.width, seen.photo.height))).all())
    if whole:
        return Gate("face", "Face", 1.0, "", None, None, "good", said="one, whole")
    return Gate("face", "Face", 1.0, "", None, None, "correct", "Frame the whole face, with hair tied back.", "cut off")


def _gray(photo: Photo, face: Face | None) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    if face is None:
        part = photo.pixels[_middle(photo, _MOST_SIDE_PX)]
    else:
        size = np.array([photo.width, photo.height])
        low = np.clip(face.points[:, :2].min(axis=0), 0, size - 2).astype(int)
        high = np.clip(face.points[:, :2].max(axis=0), low + 2, size).astype(int)
        part = photo.pixels[low[1] : high[1], low[0] : high[0]]
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY), np.float32)


def _middle(photo: Photo, most_px: float = float("inf")) -> tuple[slice, slice]:
    top, left = (int(max(side * (1 - _MIDDLE), side - most_px) / 2) for side in (photo.height, photo.width))
    return slice(top, photo.height - top), slice(left, photo.width - left)
