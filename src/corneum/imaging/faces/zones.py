"""Which part of a photograph is which zone of the face, from the landmarks."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import Mask
from corneum.imaging.faces.face import Face
from corneum.imaging.faces.mean_face import mean_face
from corneum.imaging.faces.zone_table import BROW, EYE, HALVES, LIFT, LIPS, LOWER, MARGINS, NOSTRIL, OVAL, SIDES, WIDEN
from corneum.skin import SITES

ZONE_NAMES: tuple[str, ...] = (
    "forehead",
    "temple_left",
    "temple_right",
    "periorbital_left",
    "periorbital_right",
    "nose",
    "cheek_left",
    "cheek_right",
    "perioral",
    "chin",
)
"""Left and right are the person's own."""
_BITS = 4
"""Binary places of a pixel that outlines are drawn with."""
_SIDE_WORDS = ("_left", "_right")


class UnknownZone(ValueError):
    """No zone of the face has this name."""


def site_of(zone: str) -> str:
    """Return the body site of a zone, a key of `corneum.skin.SITES`.

    Raises
    ------
    UnknownZone
        If it is neither a zone of the face nor a site.

    Examples
    --------
    >>> site_of("cheek_left")
    'cheek'
    """
    site = zone
    for word in _SIDE_WORDS:
        site = site.removesuffix(word)
    if site not in SITES:
        raise UnknownZone(f"unknown zone {zone!r}: zones of the face are {', '.join(ZONE_NAMES)}")
    return site


def mirrored(landmarks: Iterable[int]) -> tuple[int, ...]:
    """Return the landmarks on the other side of the face."""
    mirror = mean_face().mirror
    return tuple(int(mirror[landmark]) for landmark in landmarks)


def whole(half: tuple[int, ...]) -> tuple[int, ...]:
    """Return the outline of a middle zone from its right half."""
    return half + tuple(reversed(mirrored(half)))


def lifted(face: Face) -> NDArray[np.float64]:
    """Return columns and rows of the landmarks with the edge of the mesh at the outline of the face, px."""
    flat = face.points[:, :2].copy()
    chin_to_top = flat[10] - flat[152]
    up = chin_to_top / np.linalg.norm(chin_to_top) * face.eye_distance_px
    outer = list(OVAL)
    out = flat[outer] - flat.mean(axis=0)
    flat[outer] += out / np.linalg.norm(out, axis=1, keepdims=True) * WIDEN * face.eye_distance_px
    for landmark, share in LIFT.items():
        for each in {landmark, *mirrored([landmark])}:
            flat[each] += share * up
    return flat


def fill(board: NDArray[np.uint8], outline: NDArray[np.float64], value: int) -> None:
    """Fill a polygon, given in pixels (centers at integers), shape (n, 2)."""
    cv2.fillPoly(board, [np.round(outline * 2**_BITS).astype(np.int32)], value, cv2.LINE_8, _BITS)


def features(face: Face, shape: tuple[int, ...], scale: float = 1.0) -> Mask:
    """Return where eyes, brows, lips and nostrils are, each with its margin, shape (height, width).

    Parameters
    ----------
    face
        Landmarks of one face.
    shape
        Height and width of the result.
    scale
        Pixels of the result per pixel of the photograph.
    """
    board = np.zeros(shape[:2], np.uint8)
    flat = (face.points[:, :2] + 0.5) * scale - 0.5
    pairs = (("brow", BROW), ("eye", EYE), ("nostril", NOSTRIL))
    outlines = [(name, one) for name, right in pairs for one in (right, mirrored(right))]
    for name, outline in [*outlines, ("lips", LIPS)]:
        fill(board, flat[list(outline)], 1)
        # A stroke along the outline widens it by half its thickness.
        thick = max(1, round(2 * MARGINS[name] * face.eye_distance_px * scale))
        corners = np.round(flat[list(outline)] * 2**_BITS).astype(np.int32)
        cv2.polylines(board, [corners], True, 1, thick, cv2.LINE_8, _BITS)
    return board.astype(bool)


def face_area(face: Face, shape: tuple[int, ...], scale: float = 1.0) -> Mask:
    """Return the face from chin to where skin may end above the forehead, features included, shape (height, width)."""
    board = np.zeros(shape[:2], np.uint8)
    fill(board, (lifted(face)[list(OVAL)] + 0.5) * scale - 0.5, 1)
    return board.astype(bool)


def lower_face(face: Face, shape: tuple[int, ...], scale: float = 1.0) -> Mask:
    """Return the face below the nose, where a beard grows, lips included, shape (height, width)."""
    board = np.zeros(shape[:2], np.uint8)
    fill(board, (face.points[list(whole(LOWER)), :2] + 0.5) * scale - 0.5, 1)
    return board.astype(bool)


def zone_map(face: Face, shape: tuple[int, ...]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Return which pixel is in which zone, and the names of the zones.

    Eyes, brows, lips and nostrils with their margins are in no zone. The forehead reaches as far above the mesh as
    skin may: where hair begins is the skin mask's to say. The neck has no landmarks and is left out.

    Parameters
    ----------
    face
        Landmarks of one face, from `find_face`.
    shape
        Height and width of the photograph, px.

    Returns
    -------
    tuple
        Shape (height, width), uint8: 0 outside any zone, else 1 + the place in the names; and the names.
    """
    board = np.zeros(shape[:2], np.uint8)
    flat = lifted(face)
    outlines = {name: whole(half) for name, half in HALVES.items()}
    for name, right in SIDES.items():
        outlines |= {f"{name}_right": right, f"{name}_left": mirrored(right)}
    for number, name in enumerate(ZONE_NAMES, start=1):
        fill(board, flat[list(outlines[name])], number)
    board[features(face, shape)] = 0
    return board, ZONE_NAMES
