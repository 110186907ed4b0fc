"""Which pixels of a face are skin: a model of this person's own skin, never a fixed range of colors."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.faces.face import Face
from corneum.imaging.faces.networks import answer
from corneum.imaging.faces.tones import Tones, reduced, tones_of
from corneum.imaging.faces.zone_table import OVAL, SEEDS
from corneum.imaging.faces.zones import face_area, features, fill, lower_face, mirrored
from corneum.imaging.photo import Pixels

_EYES_PX = 100.0
"""Eye distance of the reduced picture that the model works on: 0.6 mm a pixel, finer than a strand's shadow."""
_NEAR, _WIDE = 0.25, 0.6
"""Reach of the local means, in eye distances: follows shading, not a spot; and wider than a patch of shine."""
_ROUNDS = 3
_BLUR_PX = 6.0
"""Local means are taken on a picture reduced until their reach is this many pixels."""
_FAINT = 0.01
_TRUSTED = (1.2, 0.25, 2.0)
"""How much darker, less red and coarser (spreads) than the cheeks a pixel may be to count in the first round."""
_DROP = 0.4
"""Least spread of log luminance that is still skin: flat light must not make the model pedantic."""
_HUE = 0.08
"""The same for the log ratios of the channels."""
_GRAIN = 0.55
"""Spread of the log of the fine texture over bare skin of one face."""
_BAR = 9.0
"""Sum of squared deviations at which skin ends: three spreads."""
_BAR_MESH = 25.0
"""The same inside the mesh, where skin is to be expected: five spreads."""
_STUBBLE = 1.05
"""Rise of the log of the fine texture over the cheeks' at which stubble is dense: beards have 1.2 to 1.5, skin 0.7."""
_LEAST_BEARD = 0.06
"""Smallest patch of dense stubble, in squared eye distances (2 cm²)."""
_BEARD = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))
_LEAST_PERSON = 0.3
_SPOT = 0.13
"""Holes up to this diameter (eye distances, 8 mm) are marks on the skin, not hair."""
_SHINE, _CLIPPED = 0.25, 250
"""Rise of log luminance over the surroundings that, with a paler color, is shine; and the code that is clipped."""
_SHADOW = 1.6
"""Fall of log luminance below this person's lit skin (to a fifth) at which color is lost."""
_LEAST_SEEDS = 50


class SkinNotFound(ValueError):
    """The face is too small or its cheeks and forehead are covered."""


@dataclass(frozen=True)
class Skin:
    """The skin of one face.

    Parameters
    ----------
    found
        Shape (height, width): skin, with shine and shadow. No eyes, brows, lips, nostrils, hair or dense stubble.
    usable
        Shape (height, width): of ``found``, what can be measured: no shine and no deep shadow.
    beard_share
        Share of the lower face (below the nose, without the lips) that hair covers.
    shine_share, shadow_share
        Shares of ``found``.
    """

    found: Mask
    usable: Mask
    beard_share: float
    shine_share: float
    shadow_share: float


def person_of(pixels: Pixels) -> FloatMap:
    """Return how sure a small network is that a person is there, 0 to 1, shape (256, 256) over the whole picture."""
    (said,) = answer("person_mask", cv2.dnn.blobFromImage(pixels, 1 / 255, (256, 256)), ("activation_10",))
    return said.reshape(256, 256)


def _seeds(face: Face, bare: Mask, scale: float) -> Mask:
    board = np.zeros(bare.shape, np.uint8)
    flat = (face.points[:, :2] + 0.5) * scale - 0.5
    for outline in (SEEDS, mirrored(SEEDS)):
        fill(board, flat[list(outline)], 1)
    return board.astype(bool) & bare


def local_mean(tone: FloatMap, weight: FloatMap, far: float, reach_px: float) -> FloatMap:
    """Return the weighted mean around each pixel; ``far`` where nothing with weight is near."""
    step = max(1, round(reach_px / _BLUR_PX))
    shape = (-(-tone.shape[1] // step), -(-tone.shape[0] // step))
    parts = [cv2.resize(part, shape, interpolation=cv2.INTER_AREA) for part in ((tone - far) * weight, weight)]
    above, below = (cv2.GaussianBlur(part, (0, 0), reach_px / step) for part in parts)
    mean = far + above / (below + _FAINT)
    return np.asarray(cv2.resize(mean, (tone.shape[1], tone.shape[0])), np.float32)


def robust_spread(residual: FloatMap, inside: Mask, least: float) -> float:
    """Return the robust standard deviation inside a mask, at least ``least``."""
    return max(least, float(1.4826 * np.median(np.abs(residual[inside] - np.median(residual[inside])))))


def _strangeness(tones: Tones, bare: Mask, seeds: Mask, reach_px: float) -> FloatMap:
    """Return how far each pixel is from this person's skin around it, in squared spreads."""
    channels = (tones.light, tones.red, tones.blue)
    lit = [float(np.median(tone[seeds])) for tone in channels]
    fine = float(np.median(tones.grain[seeds]))
    rough = np.maximum(tones.grain - fine, 0) / _GRAIN
    here = bare & (tones.light > lit[0] - _TRUSTED[0]) & (tones.red > lit[1] - _TRUSTED[1]) & (rough < _TRUSTED[2])
    for _ in range(_ROUNDS):
        weight = here.astype(np.float32)
        rise, red, blue = (
            tone - local_mean(tone, weight, far, reach_px) for tone, far in zip(channels, lit, strict=True)
        )
        dark = np.minimum(rise, 0) / robust_spread(rise, here, _DROP)
        # Shine pales the skin as hair does, but makes it lighter: a paler color only counts where it is not lighter.
        counts = np.clip(1 - rise / _DROP, 0, 1)
        pale = counts * np.minimum(red, 0) / robust_spread(red, here, _HUE)
        cold = counts * np.maximum(blue, 0) / robust_spread(blue, here, _HUE)
        strange = dark**2 + pale**2 + cold**2 / 2 + rough**2
        here = bare & (strange < _BAR)
    return np.asarray(cv2.GaussianBlur(strange.clip(0, 4 * _BAR), (0, 0), 1.0), np.float32)


def grown(near: Mask, seeds: Mask, spot_px: float) -> Mask:
    """Return the part that hangs together with the seeds, without threads, marks on it filled."""
    open_ = cv2.morphologyEx(near.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(open_, connectivity=4)
    touched = np.unique(parts[seeds & (parts > 0)])
    kept = np.isin(parts, touched)
    count, holes, stats, _ = cv2.connectedComponentsWithStats((~kept).astype(np.uint8), connectivity=4)
    small = np.flatnonzero(stats[:count, cv2.CC_STAT_AREA] < np.pi / 4 * spot_px**2)
    return np.asarray(kept | np.isin(holes, small))


def find_skin(pixels: Pixels, face: Face) -> Skin:
    """Return the skin of a face, learned from the face's own cheeks and forehead.

    Luminance and the ratios of the channels are compared, in logarithms of linear light, with the skin nearby, so that
    neither the tone of the skin nor the color of the light matters. Hair is darker, less red and coarser than the
    skin beside it; shine is lighter and paler.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    face
        Landmarks of the face in it.

    Raises
    ------
    SkinNotFound
        If the face is too small, or no skin is seen on its cheeks and forehead.

    References
    ----------
    imaging.skin.recall_share, imaging.skin.precision_share
    """
    scale = min(1.0, _EYES_PX / face.eye_distance_px)
    eyes_px = scale * face.eye_distance_px
    small = reduced(pixels, scale)
    tones = tones_of(small)
    person = cv2.resize(person_of(small), (small.shape[1], small.shape[0])) > _LEAST_PERSON
    covered = features(face, small.shape, scale)
    bare = face_area(face, small.shape, scale) & ~covered & (person | _mesh(face, small.shape, scale))
    seeds = _seeds(face, bare, scale)
    if np.count_nonzero(seeds) < _LEAST_SEEDS:
        raise SkinNotFound("the face is too small in the photograph to tell its skin: go nearer")
    strange = _strangeness(tones, bare, seeds, _NEAR * eyes_px)
    bar = np.where(_mesh(face, small.shape, scale), _BAR_MESH, _BAR)
    lower = lower_face(face, small.shape, scale) & bare
    kept = grown(bare & (strange < bar) & ~_dense(tones, lower, seeds, eyes_px), seeds, _SPOT * eyes_px) & bare
    shine, shadow = _lost(small, tones, kept, seeds, eyes_px)
    found = _full(kept | covered, pixels) & ~features(face, pixels.shape) & face_area(face, pixels.shape)
    total = _count(kept)
    return Skin(
        found,
        found & ~_full(shine | shadow, pixels),
        1 - int(np.count_nonzero(kept & lower)) / _count(lower),
        int(np.count_nonzero(shine)) / total,
        int(np.count_nonzero(shadow)) / total,
    )


def _dense(tones: Tones, lower: Mask, seeds: Mask, eyes_px: float) -> Mask:
    """Return where hair covers the lower face."""
    inner = cv2.erode(lower.astype(np.uint8), _BEARD) > 0
    coarse = inner & (tones.grain > float(np.median(tones.grain[seeds])) + _STUBBLE)
    coarse &= tones.light < float(np.median(tones.light[seeds])) + _SHINE
    # The rims of lips and jaw are coarse too, but narrow; a patch of shine is small.
    core = cv2.morphologyEx(coarse.astype(np.uint8), cv2.MORPH_OPEN, _BEARD)
    # The texture was narrowed by its own least-around: widen it back, and over the rim that was not looked at.
    wide = np.asarray(cv2.dilate(core, _BEARD) > 0)
    wide |= (cv2.dilate(wide.astype(np.uint8), _BEARD) > 0) & ~inner
    count, parts, stats, _ = cv2.connectedComponentsWithStats(wide.astype(np.uint8), connectivity=8)
    large = np.flatnonzero(stats[:count, cv2.CC_STAT_AREA] > _LEAST_BEARD * eyes_px**2)
    return np.asarray(np.isin(parts, large[large > 0])) & lower


def _lost(small: Pixels, tones: Tones, kept: Mask, seeds: Mask, eyes_px: float) -> tuple[Mask, Mask]:
    """Return where shine and where deep shadow hide the color of the skin."""
    weight = kept.astype(np.float32)
    lit = float(np.median(tones.light[seeds]))
    hue = float(np.median(tones.red[seeds]))
    rise = tones.light - local_mean(tones.light, weight, lit, _WIDE * eyes_px)
    red = tones.red - local_mean(tones.red, weight, hue, _WIDE * eyes_px)
    pale = red < -robust_spread(red, seeds, _HUE)
    shine = kept & (((rise > _SHINE) & pale) | (small.max(axis=2) >= _CLIPPED))
    return shine, kept & (tones.light < lit - _SHADOW)


def _count(mask: Mask) -> int:
    return max(1, int(np.count_nonzero(mask)))


def _mesh(face: Face, shape: tuple[int, ...], scale: float) -> Mask:
    board = np.zeros(shape[:2], np.uint8)
    fill(board, (face.points[list(OVAL), :2] + 0.5) * scale - 0.5, 1)
    return board.astype(bool)


def _full(mask: Mask, pixels: Pixels) -> Mask:
    """Return a mask of the reduced picture at the size of the photograph."""
    large = cv2.resize(mask.astype(np.float32), (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large > 0.5)


def skin_mask(pixels: Pixels, face: Face) -> NDArray[np.bool_]:
    """Return the skin of a face that can be measured, shape (height, width); see `find_skin`."""
    return find_skin(pixels, face).usable
