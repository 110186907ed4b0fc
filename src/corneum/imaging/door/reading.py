"""From a path to a photograph."""

import hashlib
from pathlib import Path

import numpy as np

from corneum.imaging.door.containers import Parts
from corneum.imaging.door.content import kind_of
from corneum.imaging.door.decoding import opened
from corneum.imaging.door.exif import BadTags, Camera, camera_of
from corneum.imaging.door.files import MOST_BYTES, bytes_of
from corneum.imaging.door.profiles import ToSrgb, adobe_rgb, by_code_points, by_profile
from corneum.imaging.door.size import size_note
from corneum.imaging.photo import Photo, PhotoRefused, Pixels

_TURNS = (
    *((0, False), (0, True), (2, False), (2, True)),
    *((3, True), (3, False), (1, True), (1, False)),
)
"""EXIF orientations 1 to 8: quarter turns against the clock, and whether to mirror left and right afterwards."""


def read_photo(path: Path | str) -> Photo:
    """Return the photograph in a file: JPEG, PNG, TIFF or HEIC by content, upright, in sRGB.

    The file is read once. Position data and maker notes are never looked up; orientation is applied once.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    PhotoRefused
        If the file is no photograph that can be measured. The message names the file, what is wrong, and what to do.
    FileNotFoundError, PermissionError
        If there is no such file, or it may not be read.

    References
    ----------
    ICC.1:2022 (color profiles), CIPA DC-008 (camera tags), ITU-T H.273 (color code points).
    """
    path = Path(path)
    name = "".join(letter if letter.isprintable() else "?" for letter in path.name)
    try:
        return photo_in(bytes_of(path), name)
    except PhotoRefused as refusal:
        raise PhotoRefused(f"{name}: {refusal}") from None


def photo_in(data: bytes, name: str = "") -> Photo:
    """Return the photograph that bytes hold, such as those that a browser sent; see `read_photo`.

    Parameters
    ----------
    data
        All bytes of the file.
    name
        Kept as the photograph's name.

    Raises
    ------
    PhotoRefused
        If they are no photograph that can be measured.
    """
    if not data:
        raise PhotoRefused("the file is empty: copy it from the camera again")
    if len(data) > MOST_BYTES:
        raise PhotoRefused(f"{len(data) / 1e6:.0f} MB, more than the {MOST_BYTES / 1e6:.0f} MB that are read")
    kind, sha256 = kind_of(data), hashlib.sha256(data).hexdigest()
    found = opened(data, kind)
    camera, tag_note = _camera(found.parts)
    to_srgb = _to_srgb(found.parts, camera)
    pixels = found.pixels(to_srgb)
    if not found.upright:
        pixels = _turned(pixels, camera.orientation)
    notes = (
        size_note(pixels.shape[1], pixels.shape[0]),
        to_srgb.note,
        tag_note,
        "the file holds more than one picture: the main one is read" if found.parts.several else "",
    )
    return Photo(pixels, name, sha256, kind, camera.optics, camera.taken, tuple(filter(None, notes)))


def _camera(parts: Parts) -> tuple[Camera, str]:
    if parts.exif is None:
        return Camera(), ""
    try:
        return camera_of(parts.exif), ""
    except BadTags:
        return Camera(), "what the camera wrote is damaged: settings, date and orientation are not known"


def _to_srgb(parts: Parts, camera: Camera) -> ToSrgb:
    # A profile in the file outranks a number, and both outrank the camera's hint.
    if parts.icc is not None:
        return by_profile(parts.icc)
    if parts.code_points is not None:
        return by_code_points(*parts.code_points)
    if camera.adobe_rgb:
        return by_profile(adobe_rgb())
    if camera.strange_color:
        return ToSrgb(None, "the camera names a color space that is not sRGB but embeds no profile: sRGB assumed")
    return ToSrgb(None, "no color profile: sRGB assumed")


def _turned(pixels: Pixels, orientation: int) -> Pixels:
    quarters, mirrored = _TURNS[orientation - 1]
    turned = np.rot90(pixels, quarters)
    return np.ascontiguousarray(turned[:, ::-1] if mirrored else turned)
