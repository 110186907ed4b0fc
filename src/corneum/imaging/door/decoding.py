"""Pixels out of a file that has been looked through: decoded once, in strips, in bounded memory."""

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pi_heif  # type: ignore[import-untyped]
from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from corneum.imaging.door.containers import Parts, jpeg_parts, png_parts
from corneum.imaging.door.content import Kind
from corneum.imaging.door.exif import BadTags, Directory, directory
from corneum.imaging.door.profiles import ToSrgb
from corneum.imaging.door.size import check_size
from corneum.imaging.photo import PhotoRefused, Pixels

_STRIP = 256
_DAMAGED = "the file is damaged or incomplete ({}): copy it from the camera again"
_FAULTS = (
    *(OSError, ValueError, SyntaxError, RuntimeError, EOFError, TypeError, LookupError, ArithmeticError),
    *(AttributeError, Warning, struct.error, zlib.error, Image.DecompressionBombError),
)
"""What the decoders raise on files that are not what they claim."""
_SUBFILE, _DEPTH, _PACKING, _PHOTOMETRIC, _STRIPS, _TILES, _DNG = 254, 258, 259, 262, 273, 324, 50706
_SIDES = (256, 257)
_TIFF_TAGS = frozenset({*_SIDES, _SUBFILE, _DEPTH, _PACKING, _PHOTOMETRIC, _STRIPS, _TILES, _DNG})
_PACKINGS = (1.0, 5.0, 7.0, 8.0, 32773.0, 32946.0)
"""None, LZW, JPEG, Deflate and PackBits."""
_GRAY, _PALETTE, _PRINT = ((0.0,), (1.0,)), ((3.0,),), ((5.0,), (8.0,), (9.0,), (10.0,))
_MOST_PIECES = 65536
_PACKED = 80_000_000
"""Bytes of a JPEG or HEIC file at the most megapixels and the finest quality."""


@dataclass(frozen=True)
class Opened:
    """A picture whose size and colors are known, and whose pixels are not decoded yet.

    Parameters
    ----------
    parts
        Metadata of the file.
    pixels
        Decodes, given the way to sRGB.
    upright
        Whether the decoder itself turns the picture upright.
    """

    parts: Parts
    pixels: Callable[[ToSrgb], Pixels]
    upright: bool


def opened(data: bytes, kind: Kind) -> Opened:
    """Return a picture ready to decode.

    Raises
    ------
    PhotoRefused
        If it is damaged, too large, or of a kind that is not measured.
    """
    if kind in ("jpeg", "heic") and len(data) > _PACKED:
        raise PhotoRefused(f"{len(data) / 1e6:.0f} MB in a {kind.upper()} file: no camera writes that; save it anew")
    with _strictly():
        return {"jpeg": _jpeg, "png": _png, "tiff": _tiff, "heic": _heic}[kind](data)


@contextmanager
def _strictly() -> Iterator[None]:
    """Turn the decoders' warnings and faults into refusals."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except PhotoRefused:
        raise
    except MemoryError:
        raise PhotoRefused("it needs more memory than a photograph may: export it anew as JPEG") from None
    except _FAULTS as fault:
        said = " ".join(str(fault).split())[:80] or type(fault).__name__
        raise PhotoRefused(_DAMAGED.format(said)) from None


def _jpeg(data: bytes) -> Opened:
    parts = jpeg_parts(data)
    picture = JpegImagePlugin.JpegImageFile(io.BytesIO(parts.picture))
    # In one piece: fed in blocks, a hostile file makes the decoder start over at every block.
    picture.decodermaxblock = len(parts.picture)
    return Opened(parts, lambda to_srgb: _decoded(picture, to_srgb), upright=False)


def _png(data: bytes) -> Opened:
    parts = png_parts(data)
    picture = PngImagePlugin.PngImageFile(io.BytesIO(parts.picture))
    return Opened(parts, lambda to_srgb: _decoded(picture, to_srgb), upright=False)


def _tiff(data: bytes) -> Opened:
    try:
        first = directory(data, wanted=_TIFF_TAGS)
    except BadTags as error:
        raise PhotoRefused(_DAMAGED.format(error)) from None
    _check_tiff(first, len(data))
    picture = TiffImagePlugin.TiffImageFile(io.BytesIO(data))
    # Pillow turns a TIFF upright while loading it, unlike a JPEG or PNG.
    icc = picture.info.get("icc_profile")
    parts = Parts(b"", data, icc if isinstance(icc, bytes) and icc else None)
    return Opened(parts, lambda to_srgb: _decoded(picture, to_srgb), upright=True)


def _check_tiff(first: Directory, length: int) -> None:
    tags = first.values
    if _DNG in tags or tags.get(_SUBFILE) == (1.0,):
        raise PhotoRefused("a camera's raw file is not measured: export it as JPEG, PNG, TIFF or HEIC")
    if first.following:
        raise PhotoRefused("several pictures in one TIFF file: save the one photograph alone")
    if max(first.counts.get(tag, 0) for tag in (_STRIPS, _TILES)) > _MOST_PIECES:
        raise PhotoRefused("a TIFF in more pieces than any camera writes: save it anew as JPEG")
    if first.bytes_told > length:
        raise PhotoRefused(_DAMAGED.format("its tags claim more than the file holds"))
    width, height = (tags.get(tag) for tag in _SIDES)
    if not (isinstance(width, tuple) and isinstance(height, tuple) and width and height):
        raise PhotoRefused(_DAMAGED.format("no size"))
    check_size(int(width[0]), int(height[0]))
    color = tags.get(_PHOTOMETRIC)
    if color in _GRAY:
        raise PhotoRefused("the picture is gray: skin is measured in color: use the color photograph")
    if color in _PALETTE:
        raise PhotoRefused("the picture has a palette of at most 256 colors: use the camera's own file")
    if color in _PRINT:
        raise PhotoRefused("the picture is made for print (CMYK or Lab): use the camera's own file")
    depths = tags.get(_DEPTH, (1.0,))
    if set(depths) != {8.0}:
        raise PhotoRefused(f"{max(map(float, depths), default=0):.0f} bits a channel: save it with 8 bits")
    if tags.get(_PACKING, (1.0,)) not in [(packing,) for packing in _PACKINGS]:
        raise PhotoRefused("a TIFF of an unusual compression: save it with LZW or without")


def _heic(data: bytes) -> Opened:
    file = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    picture = file[file.primary_index]
    check_size(*picture.size)
    info = picture.info
    if info["bit_depth"] != 8:
        raise PhotoRefused(f"{info['bit_depth']} bits a channel: switch HDR off, or export it as JPEG")
    if picture.mode not in ("RGB", "RGBA"):
        raise PhotoRefused("the picture is gray or has a premultiplied cover: use the camera's own color photograph")
    nclx = info.get("nclx_profile")
    points = (int(nclx["color_primaries"]), int(nclx["transfer_characteristics"])) if nclx else None
    parts = Parts(b"", info.get("exif") or None, info.get("icc_profile") or None, points, len(file) > 1)

    def pixels(to_srgb: ToSrgb) -> Pixels:
        with _strictly():
            flat = np.asarray(picture)
            check_size(flat.shape[1], flat.shape[0])
            return _collected(lambda top, end: Image.fromarray(flat[top:end]), flat.shape[0], flat.shape[1], to_srgb)

    # libheif applies the file's own turn; the camera's orientation tag says the same turn a second time.
    return Opened(parts, pixels, upright=True)


def _decoded(picture: Image.Image, to_srgb: ToSrgb) -> Pixels:
    with _strictly():
        if picture.mode not in ("RGB", "RGBA"):
            raise PhotoRefused(f"the picture is of kind {picture.mode}, not RGB: save it as an ordinary color JPEG")
        check_size(*picture.size)
        picture.load()
        if "transparency" in picture.info:
            picture = picture.convert("RGBA")
        width, height = picture.size
        return _collected(lambda top, end: picture.crop((0, top, width, end)), height, width, to_srgb)


def _collected(strip: Callable[[int, int], Image.Image], height: int, width: int, to_srgb: ToSrgb) -> Pixels:
    """Return all strips in sRGB: a copy of the whole picture at each step would pass a gigabyte at 50 MP."""
    whole = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _STRIP):
        end = min(top + _STRIP, height)
        piece = strip(top, end)
        if piece.mode == "RGBA":
            if piece.getchannel("A").getextrema() != (255, 255):
                raise PhotoRefused("parts of the picture are transparent, so it was edited: use the original")
            piece = piece.convert("RGB")
        whole[top:end] = np.asarray(to_srgb(piece))
    return whole
