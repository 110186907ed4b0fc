"""Color profiles: what the file's numbers mean, and the way from there to sRGB."""

import io
import struct
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageCms

from corneum.imaging.photo import PhotoRefused

_SPACES = {"CMYK": "print (CMYK)", "GRAY": "gray pictures", "Lab": "Lab", "XYZ": "XYZ", "CMY": "print (CMY)"}
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""IEC 61966-2-1, as the ICC parametric curve of type 3."""
_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Red, green and blue as XYZ under D50, as in the profiles that Apple and Adobe publish."""
_ADOBE_GAMMA = 2.19921875
_D50 = (0.9642, 1.0, 0.8249)
_SRGB_PRIMARIES, _P3_PRIMARIES = (1, 2, 5, 6, 7), (11, 12)
_SRGB_TRANSFERS = (1, 2, 6, 13, 14, 15)
"""Numbers of ITU-T H.273; video transfers are shown like sRGB by every viewer of photographs."""
_ROUNDING = 1
"""Steps of 255 within which a profile is sRGB itself."""
_WHITE_OFF = 12
"""Steps of 255 that white may miss white by; further off the profile is damaged."""


@dataclass(frozen=True)
class ToSrgb:
    """The way to sRGB.

    Parameters
    ----------
    transform
        None where the numbers are sRGB already.
    note
        What a reader should know; may be empty.
    """

    transform: ImageCms.ImageCmsTransform | None
    note: str

    def __call__(self, picture: Image.Image) -> Image.Image:
        """Return an RGB picture in sRGB."""
        if self.transform is None:
            return picture
        done = ImageCms.applyTransform(picture, self.transform)
        assert done is not None
        return done


def by_profile(icc: bytes) -> ToSrgb:
    """Return the way from an embedded profile to sRGB; a broken one is noted and taken as sRGB.

    Raises
    ------
    PhotoRefused
        If the profile is for other than RGB pixels.
    """
    broken = ToSrgb(None, "the color profile is damaged: sRGB assumed")
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        space = profile.profile.xcolor_space.strip()
        name = "".join(letter for letter in ImageCms.getProfileDescription(profile) if letter.isprintable())[:60]
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return broken
    if space in _SPACES:
        raise PhotoRefused(f"its color profile is for {_SPACES[space]}, not for RGB: use the camera's own file")
    if space != "RGB":
        return broken
    try:
        return _checked(profile, name.strip() or "without a name", broken)
    except (OSError, ValueError, ImageCms.PyCMSError):
        return broken


def _checked(profile: ImageCms.ImageCmsProfile, name: str, broken: ToSrgb) -> ToSrgb:
    transform = ImageCms.buildTransform(
        profile, ImageCms.createProfile("sRGB"), "RGB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    steps = np.linspace(0, 255, 16).astype(np.uint8)
    lattice = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(64, 64, 3)
    probe = np.asarray(ToSrgb(transform, "")(Image.fromarray(lattice))).astype(int)
    grays = np.asarray(ToSrgb(transform, "")(Image.fromarray(np.repeat(steps, 3).reshape(1, 16, 3)))).astype(int)[0]
    if (grays[-1] < 255 - _WHITE_OFF).any() or (np.diff(grays, axis=0) < 0).any():
        return broken
    if np.abs(probe - lattice).max() <= _ROUNDING:
        return ToSrgb(None, "")
    return ToSrgb(transform, f"color profile {name}: converted to sRGB")


def by_code_points(primaries: int, transfer: int) -> ToSrgb:
    """Return the way to sRGB from the numbers of ITU-T H.273 that stand in HEIC and PNG.

    Raises
    ------
    PhotoRefused
        If they name a high dynamic range or a space of television.
    """
    if transfer not in _SRGB_TRANSFERS or primaries not in _SRGB_PRIMARIES + _P3_PRIMARIES:
        raise PhotoRefused(
            f"high dynamic range or television color (H.273 numbers {primaries}, {transfer}): switch HDR off, "
            "or export it as JPEG"
        )
    return by_profile(display_p3()) if primaries in _P3_PRIMARIES else ToSrgb(None, "")


def adobe_rgb() -> bytes:
    """Return a profile of Adobe RGB (1998), for cameras that name the space and embed nothing."""
    return _profile("Adobe RGB (1998)", _ADOBE, (_ADOBE_GAMMA,))


def display_p3() -> bytes:
    """Return a profile of Display P3, for files that name the space by a number."""
    return _profile("Display P3", _P3, _CURVE)


def _profile(name: str, colorants: tuple[tuple[float, ...], ...], curve: tuple[float, ...]) -> bytes:
    """Return an ICC profile of version 4 with a matrix and one curve."""

    def fixed(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    text = name.encode("utf-16-be")
    words = b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(text), 28) + text
    shape = b"para" + bytes(4) + struct.pack(">HH", 3 if len(curve) > 1 else 0, 0) + fixed(*curve)
    tags = {b"desc": words, b"cprt": words, b"wtpt": b"XYZ " + bytes(4) + fixed(*_D50)}
    tags |= {
        key: b"XYZ " + bytes(4) + fixed(*xyz) for key, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants, strict=True)
    }
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), shape)
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for key, data in tags.items():
        table += struct.pack(">4sII", key, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), bytes(4), 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2024, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + fixed(*_D50)
    return head + bytes(128 - len(head)) + table + body
