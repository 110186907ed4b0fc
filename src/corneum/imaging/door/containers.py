"""JPEG and PNG files taken apart before any decoder sees them: only what makes the picture is passed on."""

import zlib
from dataclasses import dataclass

from corneum.imaging.door.size import check_size
from corneum.imaging.photo import PhotoRefused

_DAMAGED = "the file is damaged or incomplete: copy it from the camera again"
_NEEDS_COLOR = "skin is measured in color: use the color photograph"
_MOST_SEGMENTS = 4096
_MOST_HEADER = 64_000_000
_MOST_CHUNK = 16_000_000
_MOST_CHUNKS = 100_000
_MOST_SCANS = 32
"""Encoders write about 10; each one more costs a walk over the whole picture."""
_MOST_PROFILE = 4_000_000
_PICTURE_CHUNKS = {b"IHDR", b"tRNS", b"IDAT", b"IEND"}


@dataclass(frozen=True)
class Parts:
    """A file taken apart.

    Parameters
    ----------
    picture
        The file without its metadata.
    exif, icc
        Camera tags and color profile; None where there are none.
    code_points
        Color primaries and transfer by the numbers of ITU-T H.273; None where not given.
    several
        Whether more pictures follow the first.
    """

    picture: bytes
    exif: bytes | None = None
    icc: bytes | None = None
    code_points: tuple[int, int] | None = None
    several: bool = False


def jpeg_parts(data: bytes) -> Parts:
    """Return the parts of a JPEG file.

    Raises
    ------
    PhotoRefused
        If it is damaged, gray, CMYK, not 8 bits deep, of an unusual coding, or made to take for ever.
    """
    kept, exif, several, framed = [data[:2]], None, False, False
    profile: dict[int, bytes] = {}
    for marker, at, end in _segments(data):
        body = data[at + 4 : end]
        if marker == 0xE1 and exif is None and body.startswith(b"Exif\x00\x00"):
            exif = body[6:]
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\x00") and len(body) > 14:
            profile.setdefault(body[12], body[14:])
        elif marker == 0xE2 and body.startswith(b"MPF\x00"):
            several = True
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if framed:
                raise PhotoRefused(_DAMAGED)
            framed = True
            _check_frame(marker, body)
        if marker in (0xDB, 0xC4, 0xDD, 0xDA, 0xEE) or 0xC0 <= marker <= 0xC2:
            kept.append(data[at:end])
    if not framed:
        raise PhotoRefused(_DAMAGED)
    if data.count(b"\xff\xda", end) + 1 > _MOST_SCANS:
        raise PhotoRefused(f"more than {_MOST_SCANS} scans: no camera writes that; save the photograph anew")
    kept.append(data[end:])
    icc = b"".join(profile[number] for number in sorted(profile)) or None
    return Parts(b"".join(kept), exif, icc, None, several)


def _segments(data: bytes) -> list[tuple[int, int, int]]:
    """Return marker, start and end of the segments up to the first scan."""
    found: list[tuple[int, int, int]] = []
    at = 2
    while len(found) < _MOST_SEGMENTS and at < _MOST_HEADER:
        while data[at : at + 2] == b"\xff\xff" and at < 1024 + (found[-1][2] if found else 0):
            at += 1
        marker = data[at + 1] if data[at : at + 1] == b"\xff" and at + 4 <= len(data) else 0
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker < 0xC0 or 0xD0 <= marker <= 0xD9 or end < at + 4 or end > len(data):
            raise PhotoRefused(_DAMAGED)
        found.append((marker, at, end))
        if marker == 0xDA:
            return found
        at = end
    raise PhotoRefused("more metadata than any camera writes: export the photograph anew as JPEG")


def _check_frame(marker: int, body: bytes) -> None:
    if marker not in (0xC0, 0xC1, 0xC2):
        raise PhotoRefused("a JPEG of an unusual coding (lossless or arithmetic): save it as an ordinary JPEG")
    if len(body) < 6:
        raise PhotoRefused(_DAMAGED)
    if body[0] != 8:
        raise PhotoRefused(f"{body[0]} bits a channel: save it with 8 bits")
    if body[5] == 1:
        raise PhotoRefused(f"the picture is gray: {_NEEDS_COLOR}")
    if body[5] == 4:
        raise PhotoRefused("the picture is made for print (CMYK): use the camera's own file")
    if body[5] != 3:
        raise PhotoRefused(_DAMAGED)
    check_size(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))


def png_parts(data: bytes) -> Parts:
    """Return the parts of a PNG file, every chunk checked against its sum.

    Raises
    ------
    PhotoRefused
        If it is damaged, gray, of few colors, 16 bits deep, animated, or stuffed with metadata.
    """
    kept, exif, icc, points = [data[:8]], None, None, None
    for number, (name, at, end) in enumerate(_chunks(data)):
        body = data[at + 8 : end - 4] if name != b"IDAT" else b""
        if (name == b"IHDR") != (number == 0):
            raise PhotoRefused(_DAMAGED)
        if name == b"IHDR":
            _check_head(body)
        elif name == b"acTL":
            raise PhotoRefused("an animated picture: use one still photograph")
        elif name == b"eXIf":
            exif = body
        elif name == b"iCCP":
            icc = _inflated(body.partition(b"\x00")[2][1:])
        elif name == b"cICP" and len(body) == 4:
            points = (body[0], body[1])
        if name in _PICTURE_CHUNKS:
            kept.append(data[at:end])
    return Parts(b"".join(kept), exif, icc, points)


def _chunks(data: bytes) -> list[tuple[bytes, int, int]]:
    """Return name, start and end of the chunks."""
    found: list[tuple[bytes, int, int]] = []
    at = 8
    whole = memoryview(data)
    while len(found) < _MOST_CHUNKS:
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if len(name) < 4 or end > len(data):
            raise PhotoRefused(_DAMAGED)
        if name != b"IDAT" and end - at > _MOST_CHUNK:
            raise PhotoRefused("more metadata than any camera writes: export the photograph anew")
        if zlib.crc32(whole[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise PhotoRefused(_DAMAGED)
        found.append((name, at, end))
        if name == b"IEND":
            return found
        at = end
    raise PhotoRefused("made of more pieces than any camera writes: export the photograph anew")


def _check_head(body: bytes) -> None:
    if len(body) != 13:
        raise PhotoRefused(_DAMAGED)
    depth, color = body[8], body[9]
    if color in (0, 4):
        raise PhotoRefused(f"the picture is gray: {_NEEDS_COLOR}")
    if color == 3:
        raise PhotoRefused("the picture has a palette of at most 256 colors: use the camera's own file")
    if depth != 8:
        raise PhotoRefused(f"{depth} bits a channel: save it with 8 bits")
    check_size(int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))


def _inflated(packed: bytes) -> bytes:
    """Return a profile unpacked; what is damaged or too long to be one comes out as no profile that can be used."""
    try:
        return zlib.decompressobj().decompress(packed, _MOST_PROFILE)
    except zlib.error:
        return b"damaged"
