"""The card in a photograph, if there is one."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.checker import find_checker
from corneum.imaging.card.layout import SIZED, Kind, Layout, book, layout_of
from corneum.imaging.card.markers import find_target
from corneum.imaging.card.reference import COLUMNS
from corneum.imaging.card.sampling import Card, corners_px, facing_px_per_mm, read_patches
from corneum.imaging.card.scale import Scale, spread_share
from corneum.imaging.photo import Pixels

_MEASURED_SHARE = 0.005
"""One standard error of a pitch that a person measured on the card."""
_OFF_BY = 0.44
"""Logarithm of the ratio of two scales that are still taken for one: under half the step between two cards."""
_ON_PLANE = "the scale holds on the card's own plane: hold the card beside the skin, at its distance"


def find_card(pixels: Pixels, kind: Kind = "colorchecker", pitch_mm: float | None = None) -> Card | None:
    """Return the ColorChecker or printed target in a photograph; None if there is none that can be trusted.

    A ColorChecker is preferred for color; a target beside it still gives the scale.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), gamma-encoded sRGB.
    kind
        Which ColorChecker the clinic uses, where that is known: a picture alone does not tell the size. See `sized`.
    pitch_mm
        Distance between the middles of two neighboring patches, where somebody measured it on the card.

    References
    ----------
    imaging.card.classic_pitch_mm, imaging.card.passport_pitch_mm, imaging.card.nano_pitch_mm,
    imaging.card.off_plane_share, imaging.card.print_scale_share
    """
    printed = _printed(pixels)
    found = find_checker(pixels)
    if found is None:
        return printed
    layout = layout_of("colorchecker")
    to_px, error = found
    read = read_patches(pixels, layout, to_px)
    corners = corners_px(layout, to_px)
    card = Card("colorchecker", corners, read.rgb, None, read.spread, read.clipped, error)
    if kind in SIZED or pitch_mm is not None:
        return _with_size(card, kind, pitch_mm)
    return card if printed is None else replace(card, scale=printed.scale, notes=printed.notes)


def sized(card: Card, rough: Scale) -> Card:
    """Return the card with its kind and scale, told from a rough scale such as that of the eyes.

    The sizes differ almost threefold, so that a rough scale is enough to tell Classic, Passport and Nano apart.

    Parameters
    ----------
    card
        As found; returned as it is if it already has a scale.
    rough
        Of the same photograph.
    """
    if card.scale is not None or card.kind == "target":
        return card
    candidates = [_with_size(card, kind, None) for kind in SIZED]
    off = [abs(np.log(one.scale.px_per_mm / rough.px_per_mm)) if one.scale else np.inf for one in candidates]
    return candidates[int(np.argmin(off))] if min(off) < _OFF_BY else card


def _with_size(card: Card, kind: Kind, pitch_mm: float | None) -> Card:
    layout = layout_of(kind, pitch_mm=pitch_mm)
    own = spread_share(f"imaging.card.{kind}_pitch_mm") if pitch_mm is None else _MEASURED_SHARE
    return replace(card, kind=kind, scale=_scale(layout, card.corners_px, own, "card"), notes=(_ON_PLANE,))


def _scale(layout: Layout, corners: NDArray[np.float64], own_share: float, source: str) -> Scale:
    width, height = layout.size_mm
    field = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    to_px = cv2.getPerspectiveTransform(field, corners.astype(np.float32)).astype(float)
    error = float(np.hypot(own_share, book().number("imaging.card.off_plane_share").value))
    return Scale(facing_px_per_mm(layout, to_px), error, "target" if source == "target" else "card")


def _printed(pixels: Pixels) -> Card | None:
    found = find_target(pixels)
    if found is None:
        return None
    to_px, error = found
    layout = layout_of("target")
    read = read_patches(pixels, layout, to_px)
    many = len(layout.linear) // 2
    # A ramp that does not fall is no target, or one that lies half in shadow.
    upper, lower = read.rgb[:many].mean(axis=1), read.rgb[many:].mean(axis=1)
    usable = ~(read.clipped[:many] | read.clipped[many:][::-1])
    if (np.diff((upper + lower[::-1])[usable]) >= 0).any() or usable.sum() < COLUMNS // 2:
        return None
    corners = corners_px(layout, to_px)
    scale = _scale(layout, corners, book().number("imaging.card.print_scale_share").value, "target")
    return Card("target", corners, read.rgb, scale, read.spread, read.clipped, error, (_ON_PLANE,))
