"""Where the main light comes from, by the shading of the skin over the shape of the face."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap, Mask
from corneum.imaging.faces.face import Face
from corneum.imaging.faces.mean_face import mean_face, to_space
from corneum.imaging.faces.tones import reduced, tones_of
from corneum.imaging.photo import Pixels

_EYES_PX = 30.0
"""Eye distance of the reduced picture: shading is broad, and pores, marks and strands average out."""
_BLOCKS = 6
"""Parts of the face that are left out in turn for the error."""
_LEAST_PX = 300
_ALL_SKIN = 0.9
_SMOOTH = 0.06
"""Reach over which the faces of the mesh are rounded, in eye distances: about their size."""
_BITS = 4
_MOST_STEPS, _SETTLED, _DAMPING, _TINY, _MOST_LOG = 60, 1e-5, 1e-3, 1e-9, 5.0
_ROBUST = 0.15
"""Log luminance beyond which a deviation counts less: tone differs by about that much between parts of one face."""
_LEAST_DIRECTIONAL, _WORST_DEG = 0.25, 25.0
"""Below this share, or above this error, a direction is not told."""


class LightNotFound(ValueError):
    """Too little skin to see shading on."""


Column = NDArray[np.float64]
"""Shape (n,)."""


@dataclass(frozen=True)
class Light:
    """The main light on a face.

    Parameters
    ----------
    azimuth_deg
        Above zero where it comes from the picture's right.
    elevation_deg
        Above zero where it comes from above the camera's axis.
    directional_share
        Of the light on skin that faces the main light, the share that comes from it; the rest is from all around.
    direction
        Unit vector toward the light: to the picture's right, up, toward the camera; shape (3,).
    error_deg
        One standard error of the direction, from leaving out parts of the face in turn. It does not hold what biases
        every part alike, such as a chin darker than the forehead.
    """

    azimuth_deg: float
    elevation_deg: float
    directional_share: float
    direction: NDArray[np.float64]
    error_deg: float

    @property
    def has_direction(self) -> bool:
        """Whether the direction may be told: False where the light is too diffuse or the shading does not fix it."""
        return self.directional_share >= _LEAST_DIRECTIONAL and self.error_deg <= _WORST_DEG


def normals_of(face: Face) -> NDArray[np.float64]:
    """Return the outward unit normals at the landmarks (right, up, near), shape (468, 3)."""
    points = to_space(face.points)
    corners = points[mean_face().triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat *= np.sign(_facing())[:, None]
    total = np.zeros_like(points)
    for corner in range(3):
        np.add.at(total, mean_face().triangles[:, corner], flat)
    return np.asarray(total / np.linalg.norm(total, axis=1, keepdims=True))


@cache
def _facing() -> NDArray[np.float64]:
    """Return the sign that turns each triangle outward: all face the camera in the mean face."""
    corners = mean_face().points[mean_face().triangles]
    return np.asarray(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2])


def shape_map(face: Face, shape: tuple[int, ...], scale: float = 1.0) -> FloatMap:
    """Return the normals over the mesh, NaN outside, shape (height, width, 3).

    Parameters
    ----------
    face
        Landmarks of one face.
    shape
        Height and width of the result.
    scale
        Pixels of the result per pixel of the photograph.
    """
    numbers = np.zeros(shape[:2], np.int32)
    corners = (face.points[:, :2] + 0.5) * scale - 0.5
    for number, triangle in enumerate(mean_face().triangles, start=1):
        cv2.fillConvexPoly(numbers, np.round(corners[triangle] * 2**_BITS).astype(np.int32), number, cv2.LINE_8, _BITS)
    flat = np.vstack([np.zeros(3), normals_of(face)[mean_face().triangles].mean(axis=1)]).astype(np.float32)
    # Zero outside adds nothing to a direction: the blur needs no weights.
    smooth = cv2.GaussianBlur(flat[numbers], (0, 0), _SMOOTH * scale * face.eye_distance_px)
    smooth[numbers == 0] = np.nan
    return np.asarray(smooth / np.linalg.norm(smooth, axis=2, keepdims=True))


def _fitted(log_light: Column, normals: NDArray[np.float64], start: Column) -> Column:
    """Return ambient light (its log) and the direction times its strength that explain log luminance best.

    Levenberg-Marquardt with soft weights: four unknowns, so the normal equations are tiny.
    """
    parts, damping = start, _DAMPING
    cost, towards, left = _step(parts, log_light, normals)
    for _ in range(_MOST_STEPS):
        held = left + damping * np.diag(np.diag(left)) + _TINY * np.eye(4)
        tried = parts + np.linalg.solve(held, towards)
        tried_cost, *slopes = _step(tried, log_light, normals)
        if tried_cost >= cost:
            damping *= 10
            if damping > 1 / _TINY:
                break
            continue
        settled = cost - tried_cost < _SETTLED * cost
        parts, cost, (towards, left), damping = tried, tried_cost, slopes, damping / 5
        if settled:
            break
    return parts


def _step(parts: Column, log_light: Column, normals: NDArray[np.float64]) -> tuple[float, Column, NDArray[np.float64]]:
    """Return the robust cost of a light, the downhill side and the matrix of the normal equations."""
    ambient = float(np.exp(min(parts[0], _MOST_LOG)))
    # Sums without BLAS: its threads cost more than they save on products this thin.
    slant = np.einsum("ni,i->n", normals, parts[1:])
    whole = ambient + np.maximum(slant, 0) + _TINY
    off = log_light - np.log(whole)
    slopes = np.column_stack([np.full(len(off), ambient), normals * (slant > 0)[:, None]]) / whole[:, None]
    weight = 1 / np.sqrt(1 + (off / _ROBUST) ** 2)
    weighted = slopes * weight[:, None]
    downhill, left = np.einsum("ni,n->i", weighted, off), np.einsum("ni,nj->ij", weighted, slopes)
    return float(np.sum(1 / weight - 1)), downhill, left


def _samples(pixels: Pixels, face: Face, skin: Mask) -> tuple[Column, NDArray[np.float64], NDArray[np.int64]]:
    """Return log luminance, normals and block of the skin pixels of a reduced picture."""
    scale = min(1.0, _EYES_PX / face.eye_distance_px)
    small = reduced(pixels, scale)
    weight = cv2.resize(skin.astype(np.float32), (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA)
    light = tones_of(small).light
    normals = shape_map(face, light.shape, scale)
    inside = (weight > _ALL_SKIN) & np.isfinite(normals[..., 0])
    if np.count_nonzero(inside) < _LEAST_PX:
        raise LightNotFound("too little skin is seen to tell where the light comes from: uncover the face")
    rows, columns = np.nonzero(inside)
    middle = face.points[:, :2].mean(axis=0) * scale
    angle = np.arctan2(rows - middle[1], columns - middle[0])
    block = np.floor((angle / (2 * np.pi) + 0.5) * _BLOCKS).astype(np.int64) % _BLOCKS
    return light[inside].astype(float), normals[inside].astype(float), block


def light_of(pixels: Pixels, face: Face, skin: Mask) -> Light:
    """Return the main light on a face: ambient plus one direction, fitted to the shading of the skin.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    face
        Landmarks of the face in it.
    skin
        Shape (height, width): skin without shine, from `skin_mask`.

    Raises
    ------
    LightNotFound
        If too little skin is seen.

    References
    ----------
    imaging.light.change_error_deg
    """
    log_light, normals, block = _samples(pixels, face, skin)
    level = float(np.median(log_light))
    whole = _fitted(log_light, normals, np.array([level - 1, 0, 0, np.exp(level)]))
    direction = _unit(whole[1:])
    others = [
        _unit(_fitted(log_light[block != left], normals[block != left], whole)[1:])
        for left in range(_BLOCKS)
        if np.any(block == left)
    ]
    angles = [_between(direction, other) for other in others]
    error = float(np.sqrt((len(angles) - 1) / len(angles) * np.sum(np.square(angles))))
    strength = float(np.linalg.norm(whole[1:]))
    return Light(
        azimuth_deg=float(np.degrees(np.arctan2(direction[0], direction[2]))),
        elevation_deg=float(np.degrees(np.arcsin(np.clip(direction[1], -1, 1)))),
        directional_share=strength / (strength + float(np.exp(whole[0]))),
        direction=direction,
        error_deg=error,
    )


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / (np.linalg.norm(vector) + 1e-12))


def _between(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    return float(np.degrees(np.arccos(np.clip(first @ second, -1, 1))))


def angle_between(first: Light, second: Light) -> float:
    """Return the angle between two main lights, in degrees.

    Both are told in the camera's axes: the camera is taken to have stood in the same place.
    """
    return _between(first.direction, second.direction)
