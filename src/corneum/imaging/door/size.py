"""How large a picture may be before a single pixel of it is decoded."""

from corneum.imaging.photo import PhotoRefused

MOST_MEGAPIXELS = 50
FULL_MEGAPIXELS = 12
"""From here up a face fills enough pixels for every index; below, some are withheld later by pixels per mm."""
_LEAST_SIDE = 64
_MOST_STRETCH = 5
"""Longer strips are panoramas or scans of film, never one view of a person."""


def check_size(width: int, height: int) -> None:
    """Raise `PhotoRefused` for a picture that is too large, too small or a strip.

    Examples
    --------
    >>> check_size(4000, 3000)
    """
    if min(width, height) < _LEAST_SIDE:
        raise PhotoRefused(f"{width} x {height} px is too small to measure: use the camera's own file, not a thumbnail")
    if width * height > MOST_MEGAPIXELS * 1e6:
        raise PhotoRefused(
            f"{width} x {height} px is {width * height / 1e6:.0f} MP, more than the {MOST_MEGAPIXELS} MP that are "
            "read: set the camera to 12 to 50 MP, or export it smaller"
        )
    if max(width, height) > _MOST_STRETCH * min(width, height):
        raise PhotoRefused(f"{width} x {height} px is a strip or panorama: use one photograph of one view")


def size_note(width: int, height: int) -> str:
    """Return what a reader should know about the number of pixels; empty from 12 MP up.

    Examples
    --------
    >>> size_note(1350, 1350)
    '1.8 MP: below 12 MP, what needs finer detail than this photograph holds is withheld'
    """
    megapixels = width * height / 1e6
    if megapixels >= FULL_MEGAPIXELS:
        return ""
    told = f"{megapixels:.1f}" if megapixels >= 0.05 else f"{megapixels:.3f}"
    return f"{told} MP: below {FULL_MEGAPIXELS} MP, what needs finer detail than this photograph holds is withheld"
