"""What the camera wrote: only the tags listed here are looked up, so positions and maker notes are never read."""

import struct
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from corneum.imaging.photo import Optics

Value = str | tuple[float, ...]

_ORIENTATION, _MAKER, _MODEL, _EXIF = 0x0112, 0x010F, 0x0110, 0x8769
_EXPOSURE, _APERTURE, _ISO, _TAKEN, _FLASH, _FOCAL = 0x829A, 0x829D, 0x8827, 0x9003, 0x9209, 0x920A
_SPACE, _INTEROP, _FOCAL_35, _LENS = 0xA001, 0xA005, 0xA405, 0xA434
_TOP: Final = frozenset({_ORIENTATION, _MAKER, _MODEL, _EXIF})
_SUB: Final = frozenset({_EXPOSURE, _APERTURE, _ISO, _TAKEN, _FLASH, _FOCAL, _SPACE, _INTEROP, _FOCAL_35, _LENS})
_FORMATS = {1: "B", 3: "H", 4: "I", 5: "II", 6: "b", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d"}
_MOST_ENTRIES = 512
_LONGEST = 256
"""Bytes of a value; names are cut there."""


class BadTags(ValueError):
    """A tag directory that is damaged or nonsense."""


@dataclass(frozen=True)
class Camera:
    """What the listed tags say.

    Parameters
    ----------
    orientation
        1 to 8 as in EXIF; 1 is upright.
    optics
        Names and settings.
    taken
        By the camera's clock.
    adobe_rgb
        Whether the camera says that its pixels are Adobe RGB.
    strange_color
        Whether it says that they are not sRGB, without naming the space.
    """

    orientation: int = 1
    optics: Optics = field(default_factory=Optics)
    taken: datetime | None = None
    adobe_rgb: bool = False
    strange_color: bool = False


@dataclass(frozen=True)
class Directory:
    """One tag directory.

    Parameters
    ----------
    values
        Tag to text or numbers; only tags that were asked for.
    counts
        How many values each of these tags claims.
    bytes_told
        Sum of the sizes that all its entries claim.
    following
        Offset of the next directory, 0 if none.
    """

    values: dict[int, Value]
    counts: dict[int, int]
    bytes_told: int
    following: int


def directory(blob: bytes, at: int | None = None, wanted: frozenset[int] = _TOP) -> Directory:
    """Return a directory of a TIFF structure: the first, or the one at an offset.

    Raises
    ------
    BadTags
        If it lies outside the data or has more entries than any camera writes.
    """
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(blob[:4])
    if order is None:
        raise BadTags("no tag directory")
    try:
        at = struct.unpack_from(order + "I", blob, 4)[0] if at is None else at
        count = struct.unpack_from(order + "H", blob, at)[0]
        if count > _MOST_ENTRIES:
            raise BadTags("more tags than a camera writes")
        values: dict[int, Value] = {}
        counts: dict[int, int] = {}
        told = 0
        for place in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, number = struct.unpack_from(order + "HHI", blob, place)
            size = number * (struct.calcsize("<" + _FORMATS[kind]) if kind in _FORMATS else 1)
            told += size
            if tag in wanted:
                counts[tag] = number
                start = place + 8 if size <= 4 else struct.unpack_from(order + "I", blob, place + 8)[0]
                values[tag] = _value(blob, order, kind, start, size)
        return Directory(values, counts, told, struct.unpack_from(order + "I", blob, at + 2 + 12 * count)[0])
    except struct.error:
        raise BadTags("a tag directory ends too early") from None


def _value(blob: bytes, order: str, kind: int, start: int, size: int) -> Value:
    raw = blob[start : start + min(size, _LONGEST)]
    if kind == 2:
        text = raw.split(b"\x00")[0].decode("utf-8", "replace")
        return "".join(letter for letter in text if letter.isprintable()).strip()
    form = _FORMATS.get(kind)
    if form is None or not raw:
        return ()
    each = struct.calcsize(order + form)
    parts = [struct.unpack_from(order + form, raw, i) for i in range(0, len(raw) - each + 1, each)]
    return tuple(float(part[0]) if len(part) == 1 else _over(*part) for part in parts)


def _over(top: int, bottom: int) -> float:
    return top / bottom if bottom else float("nan")


def camera_of(blob: bytes) -> Camera:
    """Return what the camera wrote into a TIFF structure.

    Raises
    ------
    BadTags
        If the structure is damaged.
    """
    blob = blob.removeprefix(b"Exif\x00\x00")
    top = directory(blob).values
    sub = _linked(blob, top.get(_EXIF), _SUB)
    interop = _linked(blob, sub.get(_INTEROP), frozenset({1}))
    uncalibrated = sub.get(_SPACE) == (65535.0,)
    adobe = uncalibrated and interop.get(1) == "R03"
    turn = _positive(top.get(_ORIENTATION))
    return Camera(
        orientation=int(turn) if turn is not None and turn in range(1, 9) else 1,
        optics=_optics(top, sub),
        taken=_moment(sub.get(_TAKEN)),
        adobe_rgb=adobe,
        strange_color=uncalibrated and not adobe,
    )


def _linked(blob: bytes, pointer: Value | None, wanted: frozenset[int]) -> dict[int, Value]:
    at = _positive(pointer)
    return {} if at is None else directory(blob, int(at), wanted).values


def _optics(top: dict[int, Value], sub: dict[int, Value]) -> Optics:
    flash = sub.get(_FLASH)
    return Optics(
        maker=_text(top.get(_MAKER)),
        model=_text(top.get(_MODEL)),
        lens=_text(sub.get(_LENS)),
        exposure_s=_positive(sub.get(_EXPOSURE)),
        aperture_number=_positive(sub.get(_APERTURE)),
        iso_number=_positive(sub.get(_ISO)),
        focal_mm=_positive(sub.get(_FOCAL)),
        focal_35mm=_positive(sub.get(_FOCAL_35)),
        flash=bool(int(flash[0]) & 1) if isinstance(flash, tuple) and flash and flash[0] >= 0 else None,
    )


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _positive(value: Value | None) -> float | None:
    """Return the first number if it means something: cameras write 0 for "not known"."""
    if not isinstance(value, tuple) or not value or not 0 < value[0] < 1e12:
        return None
    return value[0]


def _moment(value: Value | None) -> datetime | None:
    try:
        return datetime.strptime(_text(value), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
