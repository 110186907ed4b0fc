"""What a file is, told by its first bytes and never by its name."""

from typing import Literal

from corneum.imaging.photo import PhotoRefused

Kind = Literal["jpeg", "png", "tiff", "heic"]

_EXPORT = "export it as JPEG, PNG, TIFF or HEIC"
_STILLS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_SEQUENCES = (b"hevc", b"hevx", b"hevm", b"hevs", b"msf1")
_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP picture"),
    (b"8BPS", "a Photoshop document"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"II\xbc", "a JPEG XR picture"),
    (b"FUJIFILM", "a camera's raw file"),
    (b"IIRO", "a camera's raw file"),
    (b"IIU\x00", "a camera's raw file"),
    (b"v/1\x01", "an OpenEXR picture"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


def kind_of(data: bytes) -> Kind:
    """Return the format of a file's content.

    Raises
    ------
    PhotoRefused
        If it is none of the four; the message names what it seems to be.

    Examples
    --------
    >>> kind_of(bytes.fromhex("ffd8ffe0"))
    'jpeg'
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        if data[8:10] == b"CR":
            raise PhotoRefused(f"a camera's raw file is not measured: {_EXPORT}")
        return "tiff"
    if data[:4] in (b"II+\x00", b"MM\x00+"):
        raise PhotoRefused(f"BigTIFF is not read: {_EXPORT}")
    if data[4:8] == b"ftyp":
        return _boxed(data[8:12])
    raise PhotoRefused(f"this is {_other(data)}, not a photograph that is read: {_EXPORT}")


def _boxed(brand: bytes) -> Kind:
    if brand in _STILLS:
        return "heic"
    if brand in _SEQUENCES:
        raise PhotoRefused(f"a moving HEIC sequence is not measured: {_EXPORT} as one still picture")
    if brand in (b"avif", b"avis"):
        raise PhotoRefused(f"AVIF is not read: {_EXPORT}")
    if brand == b"crx ":
        raise PhotoRefused(f"a camera's raw file is not measured: {_EXPORT}")
    raise PhotoRefused("this is a video or another boxed file, not a photograph: photograph a still picture")


def _other(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    for start, what in _OTHERS:
        if data.startswith(start):
            return what
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "an SVG drawing"
    if head.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if head and all(byte in b"\t\r\n\x0c\x1b" or byte >= 32 for byte in head) and b"\x7f" not in head:
        return "text"
    return "data of an unknown kind"
