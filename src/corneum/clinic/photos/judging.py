"""What is done with pixels before a photograph is kept: read, guess the view, ask the gates, write anew."""

import hashlib
from dataclasses import dataclass
from typing import Any

from corneum.clinic.photos import files
from corneum.clinic.photos.translate import check_to_dict
from corneum.imaging.door import jpeg_of, photo_in, smaller
from corneum.imaging.faces import NoFaceFound, find_face, pose_of
from corneum.imaging.gates import check_photo, nearest_view
from corneum.imaging.photo import Photo

MOST_MEGAPIXELS_AT_ONCE = 16.0
"""Up to here the gates answer within the request, in about a second; above, beside it."""
_GLANCE_PX = 640


@dataclass(frozen=True)
class Written:
    """A photograph written anew.

    Parameters
    ----------
    photo
        As read.
    sizes
        The files to keep, by size.
    digest
        SHA-256 of the full one.
    """

    photo: Photo
    sizes: dict[str, bytes]
    digest: str


def source_digest(data: bytes, of: str = "") -> str:
    """Return the SHA-256 of a file as it came, and of what it was taken for."""
    return hashlib.sha256(data + of.encode()).hexdigest()


def written(data: bytes, name: str = "") -> Written:
    """Return the files that are kept of what a browser sent.

    Raises
    ------
    corneum.imaging.photo.PhotoRefused
        If it is no photograph that can be measured; in words.
    """
    photo = photo_in(data, name)
    sizes = {
        size: jpeg_of(photo.pixels if side is None else smaller(photo.pixels, side), 95 if side is None else 88)
        for size, side in files.SIDES.items()
    }
    return Written(photo, sizes, hashlib.sha256(sizes[files.FULL]).hexdigest())


def guessed_view(photo: Photo) -> str:
    """Return the view by the turn of the head; a close-up where no face is found."""
    try:
        pose = pose_of(find_face(smaller(photo.pixels, _GLANCE_PX)))
    except NoFaceFound:
        return "close_up"
    return str(nearest_view(pose.yaw_deg, pose.pitch_deg).key)


def is_quick(photo: Photo) -> bool:
    """Return whether the gates answer soon enough for a person to wait."""
    return photo.megapixels <= MOST_MEGAPIXELS_AT_ONCE


def judged(photo: Photo, view: str) -> dict[str, Any]:
    """Return what the gates say, as it is kept."""
    return check_to_dict(check_photo(photo, view))
