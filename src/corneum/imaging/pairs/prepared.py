"""What one photograph gives before it meets another: face, color card, scale and main light."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask
from corneum.imaging.card import (
    Card,
    CardUnusable,
    Correction,
    Scale,
    correct_by,
    find_card,
    plain_linear,
    scale_by_eyes,
    sized,
)
from corneum.imaging.faces import (
    Face,
    Light,
    SkinNotFound,
    UnknownZone,
    expression_of,
    find_face,
    find_skin,
    light_of,
    pose_of,
    site_of,
    site_skin,
)
from corneum.imaging.faces.light import LightNotFound
from corneum.imaging.gates import Gate, PhotoCheck, Seen, check_seen, view_of
from corneum.imaging.gates.picture import distance_cm
from corneum.imaging.photo import Photo, PhotoRefused, Pixels
from corneum.skin import SITES

_LIGHT_EYES_PX = 120.0
"""Eye distance of the small copy on which the light is sought: shading is smooth, more pixels say nothing more."""


class ScaleUnknown(PhotoRefused):
    """A body site was photographed without anything of known size in the frame."""


@dataclass(frozen=True)
class Prepared:
    """One photograph with all that is known from it alone.

    Parameters
    ----------
    photo
        As read.
    site
        Zone name of a body site; empty for a face.
    view
        As in `corneum.imaging.gates.VIEWS`.
    face
        Landmarks; None for a body site.
    correction
        Color correction by a card or target in the frame; None without one.
    scale
        Pixels per millimeter of skin, and what it rests on.
    light
        Main light on the face; None for a body site.
    notes
        What could not be used, and why.
    gates
        What every gate says about this photograph.
    """

    photo: Photo
    site: str
    view: str
    face: Face | None
    correction: Correction | None
    scale: Scale
    light: Light | None
    notes: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()

    def linear(self, pixels: Pixels) -> NDArray[np.float32]:
        """Return pixels of this photograph in linear light, shape (height, width, 3), corrected if a card allows it."""
        return plain_linear(pixels) if self.correction is None else self.correction.linear(pixels)

    def held(self) -> PhotoCheck:
        """Return what a comparison needs to know of how this photograph was taken."""
        face, side = self.face, max(self.photo.width, self.photo.height)
        return PhotoCheck(
            self.photo.name,
            "body" if self.site else self.view,
            self.gates,
            pose=None if face is None else pose_of(face),
            expression=None if face is None else expression_of(face),
            light=self.light,
            scale=self.scale,
            eye_share=math.nan if face is None else face.eye_distance_px / side,
            distance_cm=math.nan if face is None else distance_cm(self.photo, self.scale.px_per_mm),
        )


def prepare(photo: Photo, *, site: str = "", view: str = "front", scale: Scale | None = None) -> Prepared:
    """Return what one photograph gives before it meets another.

    Parameters
    ----------
    photo
        As read by `corneum.imaging.door.read_photo`.
    site
        Name of a body site; empty for a face, which is then sought.
    view
        As in `corneum.imaging.gates.VIEWS`.
    scale
        Known scale; without it, that of a card or target, else that of the eyes.

    Raises
    ------
    NoFaceFound
        If there is no single face and no site is named.
    ScaleUnknown
        If a body site is named and nothing in the frame has a known size.
    UnknownZone, UnknownView
        If no site or view has this name.
    """
    require_site(site)
    view_of(view)
    face = None if site else find_face(photo.pixels)
    card = find_card(photo.pixels)
    correction, trouble = None, ""
    if card is not None:
        try:
            correction = correct_by(card)
        except CardUnusable as unusable:
            trouble = str(unusable)
    found = scale or _scale(photo.name, face, card)
    skin, shine, light = (
        (site_skin(photo.pixels), math.nan, None) if face is None else _skin_and_light(photo.pixels, face)
    )
    residual = math.nan if correction is None else correction.residual_de
    shown = view_of("body" if site else view)
    gates = check_seen(Seen(photo, shown, face, skin, shine, light, card, trouble, residual, found)).gates
    notes = (*photo.notes, *((f"{photo.name}: {trouble}",) if trouble else ()))
    return Prepared(photo, site, view, face, correction, found, light, notes, gates)


def prepare_both(
    first: Photo, second: Photo, *, site: str = "", view: str = "front", scale: Scale | None = None
) -> tuple[Prepared, Prepared]:
    """Return what two photographs give, found side by side; see `prepare`."""
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(prepare, photo, site=site, view=view, scale=scale) for photo in (first, second)]
        return jobs[0].result(), jobs[1].result()


def require_site(site: str) -> str:
    """Return the name of a body site, or of nothing for a face.

    Raises
    ------
    UnknownZone
        If there is no such site; the message names the nearest one.
    """
    if not site:
        return site
    try:
        site_of(site)
    except UnknownZone:
        near = get_close_matches(site, SITES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(SITES)}"
        raise UnknownZone(f"no body site is called {site!r}: {hint}") from None
    return site


def _scale(name: str, face: Face | None, card: Card | None) -> Scale:
    """Return the scale of a card or target, else that of the eyes."""
    if face is not None:
        eyes = scale_by_eyes(face)
        return (sized(card, eyes).scale if card is not None else None) or eyes
    if card is not None and card.scale is not None:
        return card.scale
    raise ScaleUnknown(
        f"{name}: nothing of known size is in the frame: photograph the site with the printed target beside it, or "
        "give the scale in px/mm"
    )


def _skin_and_light(pixels: Pixels, face: Face) -> tuple[Mask | None, float, Light | None]:
    """Return all skin, its share of shine, and the main light, sought on a small copy; None or NaN if not found."""
    shrink = min(1.0, _LIGHT_EYES_PX / face.eye_distance_px)
    small = cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    near = Face(face.points * shrink, face.score)
    try:
        skin = find_skin(small, near)
    except SkinNotFound:
        return None, math.nan, None
    wide = cv2.resize(skin.found.astype(np.uint8), pixels.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
    try:
        return np.asarray(wide), skin.shine_share, light_of(small, near, skin.usable)
    except LightNotFound:
        return np.asarray(wide), skin.shine_share, None
