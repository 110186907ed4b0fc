"""The outlines of the zones of a face, as landmarks of the 468-point mesh. Written for the person's right side."""

_LEFT_EDGE = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377)
_RIGHT_EDGE = (152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
OVAL = (*_LEFT_EDGE, *_RIGHT_EDGE)
"""The edge of the mesh, clockwise in the picture from the top."""

LIFT = {10: 0.55, 109: 0.53, 67: 0.47, 103: 0.35, 54: 0.20, 21: 0.08}
"""How far the skin may reach above the edge of the mesh, in eye distances; the skin mask ends it at the hairline."""

WIDEN = 0.03
"""How far the outline of the face lies outside the edge of the mesh, in eye distances, on real faces."""

HALVES: dict[str, tuple[int, ...]] = {
    "forehead": (10, 109, 67, 103, 54, 68, 63, 105, 66, 107, 55, 193, 168),
    "nose": (168, 193, 245, 128, 114, 217, 126, 209, 49, 129, 64, 98, 97, 2),
    "perioral": (2, 97, 98, 64, 129, 203, 206, 216, 212, 202, 106, 182, 83, 18),
    "chin": (18, 83, 182, 106, 202, 211, 170, 149, 176, 148, 152),
}
"""Right halves of the zones in the middle, down along the right edge; first and last are on the middle line."""

SIDES: dict[str, tuple[int, ...]] = {
    "temple": (54, 68, 63, 70, 156, 143, 34, 127, 162, 21),
    "periorbital": (70, 46, 53, 52, 65, 55, 193, 245, 128, 121, 120, 119, 118, 117, 111, 143, 156),
    "cheek": (
        *(128, 121, 120, 119, 118, 117, 111, 143, 34, 127, 234, 93, 132, 58, 172, 136, 150, 149, 170, 211, 202),
        *(212, 216, 206, 203, 129, 49, 209, 126, 217, 114),
    ),
}
"""Zones that there are two of: the right one; the left one is its mirror."""

BROW = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46)
EYE = (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7)
NOSTRIL = (79, 239, 238, 20, 60, 75, 166)
LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
MARGINS = {"brow": 0.03, "eye": 0.06, "nostril": 0.04, "lips": 0.04}
"""How far a feature's edge is kept away from, in eye distances: the landmarks' own error on real faces and lashes."""

LOWER = (2, 98, 129, 206, 207, 147, 177, 132, 58, 172, 136, 150, 149, 176, 148, 152)
"""Right half of the part of the face that a beard may cover."""

SEEDS = (50, 101, 36, 205, 207, 187)
"""The right inner cheek: bare skin in nearly everyone (a forehead may be under a fringe)."""
