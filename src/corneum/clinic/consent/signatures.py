"""A signature drawn on the screen: read, checked and written anew, so that nothing else travels with it."""

import base64
import binascii
from io import BytesIO

from PIL import Image, ImageOps

_LEAD = "data:image/png;base64,"
_MOST_BYTES = 300_000
_MOST_SIDE = 2400
_KEPT = (900, 300)
_LEAST_INK = 40
"""Fewer dark pixels than this are a slip of the finger, not a signature."""


class SignatureRefused(ValueError):
    """What came is no drawn signature; the message says why."""


def drawn(data_url: str) -> bytes | None:
    """Return the signature as a small PNG of our own making, or None where nothing was drawn.

    Parameters
    ----------
    data_url
        What the canvas of the page holds, as a data URL of a PNG; empty if it was not used.

    Raises
    ------
    SignatureRefused
        If it is no such picture, or too large.
    """
    if not data_url:
        return None
    if not data_url.startswith(_LEAD) or len(data_url) > _MOST_BYTES:
        raise SignatureRefused("the drawing is not a small PNG picture")
    try:
        raw = base64.b64decode(data_url[len(_LEAD) :], validate=True)
        with Image.open(BytesIO(raw), formats=("PNG",)) as picture:
            if max(picture.size) > _MOST_SIDE:
                raise SignatureRefused("the drawing is too large")
            ink = _ink(picture.convert("RGBA"))
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise (
            error if isinstance(error, SignatureRefused) else SignatureRefused("the drawing cannot be read")
        ) from error
    if sum(ink.histogram()[:128]) < _LEAST_INK:
        return None
    written = BytesIO()
    ink.save(written, "PNG", optimize=True)
    return written.getvalue()


def _ink(picture: Image.Image) -> Image.Image:
    # Only how opaque a stroke is counts: a signature drawn in light ink on a dark page prints black on white.
    alpha = picture.getchannel("A")
    ink = ImageOps.invert(alpha)
    ink.thumbnail(_KEPT)
    return ink
