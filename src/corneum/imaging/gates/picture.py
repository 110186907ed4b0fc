"""Gates of the picture itself: detail, focus, motion, exposure, distance, card and scale."""

import math
from dataclasses import replace

from corneum.imaging.card import Card, Scale
from corneum.imaging.gates.blur import Blur
from corneum.imaging.gates.exposure import Exposure
from corneum.imaging.gates.gate import Gate, Result
from corneum.imaging.gates.limits import below, full_key, limit
from corneum.imaging.photo import Photo

_FILM_WIDTH_CM = 3.6
"""Longer side of the film that equivalent focal lengths refer to."""
_NO_CARD = "Hold a color card or the printed target beside the face: colors compare between visits only with one."
_NO_SCALE = "Put the printed target or a color card beside the skin, at its distance."
_MEAN_EYES = "Put the printed target or a color card beside the face: lengths rest on a mean eye distance without it."
_UNUSED_STOPS = 0.7
"""Beyond this the whole picture is darker than it need be."""


def detail_gate(px_per_mm: float) -> Gate:
    """Return the gate for pixels per mm of skin; NaN where no scale is known."""
    fine, coarse = 1 / limit("fine_pixel_mm"), 1 / limit("coarse_pixel_mm")
    rows = (full_key("fine_pixel_mm"), full_key("coarse_pixel_mm"))
    if math.isnan(px_per_mm):
        return Gate("detail", "Detail on the skin", px_per_mm, "px/mm", fine, None, "unknown", _NO_SCALE, "", rows)
    result: Result = "good" if px_per_mm >= fine else "correct" if px_per_mm >= coarse else "refuse"
    advice = "" if result == "good" else _advice_on_detail(px_per_mm, fine, result)
    return Gate("detail", "Detail on the skin", px_per_mm, "px/mm", fine, None, result, advice, "", rows)


def _advice_on_detail(px_per_mm: float, fine: float, result: Result) -> str:
    more = f"{fine / px_per_mm:.1f} times as many pixels across the face"
    if result == "refuse":
        return f"Use the camera's own file, fill the frame, or zoom in: {more} are needed for fine detail."
    return f"Fill the frame with the face, at the highest resolution ({more}): pores and fine lines are withheld."


def pixels_gate(megapixels: float) -> Gate:
    """Return the gate for the number of pixels."""
    least = limit("megapixels_number")
    result: Result = "good" if megapixels >= least else "correct"
    advice = "" if result == "good" else "Use the camera's own file at full resolution, no copy from a messenger."
    return Gate("pixels", "Pixels", megapixels, "MP", least, None, result, advice, "", (full_key("megapixels_number"),))


def focus_gate(blur: Blur, px_per_mm: float) -> Gate:
    """Return the gate for the width of the blur, in pixels; refused where it hides what shall be measured.

    A blur of more pixels is let through where so many pixels are spent on a mm that fine detail is still seen.
    """
    advice = "Tap on the face to focus, keep still, and hold the distance; take three and keep the sharpest."
    if blur.moved:
        advice = "The blur is of one direction: see motion."
    gate = below("focus", "Focus (width of the blur)", blur.width_px, "px", ("edge_number", None), advice)
    said = "under 1 px" if blur.width_px < 1 else ""
    gate = replace(gate, said=said, sources=(*gate.sources, full_key("blur_mm")))
    if gate.result != "correct" or math.isnan(px_per_mm):
        return gate
    blur_mm = blur.width_px / px_per_mm
    if blur_mm <= 2 * limit("fine_pixel_mm"):
        return replace(gate, result="good", advice="")
    return replace(gate, result="refuse") if blur_mm > limit("blur_mm") else gate


def motion_gate(blur: Blur, px_per_mm: float) -> Gate:
    """Return the gate for the length of a motion, in pixels."""
    value = float("nan") if math.isnan(blur.width_px) else blur.motion_px
    way = "sideways" if min(blur.direction_deg, 180 - blur.direction_deg) < 30 else "up and down"
    if 30 <= blur.direction_deg <= 60 or 120 <= blur.direction_deg <= 150:
        way = "slantwise"
    longest = f"1/{1 / limit('exposure_s'):.0f} s"
    advice = f"The picture moved {way}: expose {longest} or shorter with more light, on a tripod, the head at rest."
    gate = below("motion", "Motion", value, "px", ("motion_number", None), advice)
    said = "" if blur.moved or math.isnan(value) else "none along one direction"
    gate = replace(gate, said=said, sources=(*gate.sources, full_key("blur_mm")))
    if gate.result == "correct" and value / px_per_mm > limit("blur_mm"):
        return replace(gate, result="refuse")
    return gate


def exposure_gates(seen: Exposure) -> list[Gate]:
    """Return the gates for skin that is cut off, lost in the dark, or noisy."""
    longer = "Expose longer or bring more light, with the same settings at every visit."
    if seen.unused_stops > _UNUSED_STOPS:
        longer = f"Expose longer: the brightest part leaves {seen.unused_stops:.1f} stops unused."
    over = "Expose shorter, or move the light away or make it softer: bright skin has lost its color."
    cut = below("cut", "Skin too bright", 100 * seen.cut_share, "%", ("cut_share", "cut_most_share"), over, 100)
    dark = below("dark", "Skin too dark", 100 * seen.dark_share, "%", ("dark_share", "dark_most_share"), longer, 100)
    rows = ("noise_share", "noise_most_share")
    grain = below("noise", "Noise on the skin", 100 * seen.noise_share, "%", rows, f"{longer} Use a low ISO.", 100)
    return [cut, dark, grain]


def distance_cm(photo: Photo, px_per_mm: float) -> float:
    """Return how far the camera was from the face; NaN where the camera wrote no equivalent focal length."""
    focal = photo.optics.focal_35mm
    if focal is None or math.isnan(px_per_mm):
        return float("nan")
    focal_px = focal / (10 * _FILM_WIDTH_CM) * max(photo.width, photo.height)
    return focal_px / px_per_mm / 10


def distance_gate(away_cm: float) -> Gate:
    """Return the gate for the distance to the face."""
    near, nearest, far = (limit(key) for key in ("near_cm", "nearest_cm", "far_cm"))
    rows = tuple(full_key(key) for key in ("near_cm", "nearest_cm", "far_cm"))
    if math.isnan(away_cm):
        advice = f"Mark the floor at about {far:.0f} cm and use the same lens and place at every visit."
        return Gate("distance", "Distance", away_cm, "cm", near, None, "unknown", advice, "", rows)
    result: Result = "good" if away_cm >= near else "correct" if away_cm >= nearest else "refuse"
    advice = f"Step back to about {far:.0f} cm and zoom in: so near, the nose grows and the cheeks shrink."
    return Gate("distance", "Distance", away_cm, "cm", near, None, result, advice if result != "good" else "", "", rows)


def card_gate(card: Card | None, trouble: str, residual_de: float) -> Gate:
    """Return the gate for a color card or target in the frame."""
    bare = Gate("card", "Color card", math.nan, "", None, None, "correct", _NO_CARD, "none in the frame")
    if card is None:
        return bare
    plain = {"target": "printed target", "colorchecker": "ColorChecker"}
    name = plain.get(card.kind, f"ColorChecker {card.kind.title()}")
    if trouble:
        return replace(bare, said=name, advice=f"The card cannot be used: {trouble}.")
    said = f"{name}, colors off by {residual_de:.1f} dE"
    return replace(bare, value=residual_de, unit="dE", result="good", said=said, advice="")


def scale_gate(scale: Scale | None) -> Gate:
    """Return the gate for what tells the scale."""
    bare = Gate("scale", "Scale", math.nan, "", None, None, "correct", _NO_SCALE, "not known: no length in mm")
    if scale is None:
        return bare
    error = 100 * scale.error_share
    from_what = {"target": "printed target", "card": "color card", "eyes": "assumed eye distance", "given": "given"}
    said = f"{scale.px_per_mm:.1f} px/mm, error {error:.0f} %, from the {from_what[scale.source]}"
    if scale.source == "eyes":
        return replace(bare, value=error, unit="%", said=said, advice=_MEAN_EYES, sources=("imaging.eyes.distance_mm",))
    return replace(bare, value=error, unit="%", result="good", said=said, advice="")
