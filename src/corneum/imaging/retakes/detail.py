"""A clinic-sized portrait from a small composite, with drawn skin detail: synthetic, and nobody's own skin.

The composite gives form, light and color; pores, lines, spots, patches and fine hair are drawn, in sizes of real skin.
They serve to test a measurement with known truth. They are no picture of how any skin looks.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.evidence import load_evidence
from corneum.imaging.canvas import FloatMap
from corneum.imaging.card.light import plain_linear
from corneum.imaging.faces.face import Face, find_face
from corneum.imaging.photo import Pixels
from corneum.imaging.retakes.chromophores import change_of, color_like
from corneum.imaging.retakes.injections import Mark, drawn_lines, inject_spots
from corneum.imaging.retakes.light import Linear, luminance, to_pixels
from corneum.imaging.retakes.outline import skin_weight, wrinkles

_ASPECT = 4 / 3
"""Height over width of the portrait."""
_EYES_SHARE = 800 / 3000
"""Eye distance over the width of the picture: a face that fills it as in a clinic."""
_EYES_DOWN_SHARE = 0.45
"""Where the eyes stand, as a share of the height."""
_SMOOTH_PX = 0.7
"""Blur of the drawn detail: nothing above half a cycle per pixel is left for resampling to fold."""
_NOSE_RATIO = 2.0
"""How many times denser pores stand on and beside the nose."""


@dataclass(frozen=True)
class Portrait:
    """A synthetic portrait before any camera took it.

    Parameters
    ----------
    light
        Linear light, shape (height, width, 3).
    face
        Its landmarks.
    skin
        Share of each pixel that carries drawn detail, 0 to 1, shape (height, width).
    px_per_mm
        On the skin, by the eye distance of an average adult.
    """

    light: Linear
    face: Face
    skin: FloatMap
    px_per_mm: float

    @property
    def pixels(self) -> Pixels:
        """As sRGB bytes."""
        return to_pixels(self.light)


def detailed_face(composite: Pixels, megapixels: float = 12.0, seed: int = 0, strength: float = 1.0) -> Portrait:
    """Return a portrait of 3 to 4 with drawn skin detail.

    Parameters
    ----------
    composite
        A face, upright and from the front, shape (height, width, 3), sRGB.
    megapixels
        Of the result. Detail that its pixels cannot carry is left out, as a camera would.
    seed
        Same seed, same skin.
    strength
        Multiplies the contrast of all drawn detail.

    References
    ----------
    Rows ``imaging.retakes.*``: sizes and contrasts are assumptions; ``imaging.eyes.distance_mm``.
    """
    width = round(float(np.sqrt(megapixels * 1e6 / _ASPECT)) / 2) * 2
    small = find_face(composite)
    zoom = _EYES_SHARE * width / small.eye_distance_px
    pixels, face = _framed(composite, small, zoom, (round(width * _ASPECT), width))
    px_per_mm = face.eye_distance_px / load_evidence().number("imaging.eyes.distance_mm").value
    light = plain_linear(pixels)
    skin = skin_weight(face, luminance(light), px_per_mm)
    drawn = _Drawn((light.shape[0], light.shape[1]), px_per_mm, np.random.default_rng(seed), strength)
    light = light * _patches(drawn, light, skin)
    grooves = 1 - skin * (1 - _grooves(drawn, face))
    light = light * grooves[..., None]
    marks = drawn.freckles(skin)
    return Portrait(inject_spots(light, marks, px_per_mm).light, face, skin, px_per_mm)


def _row(name: str) -> float:
    return load_evidence().number(f"imaging.retakes.{name}").value


def _framed(composite: Pixels, face: Face, zoom: float, shape: tuple[int, int]) -> tuple[Pixels, Face]:
    """Return the picture enlarged around its eyes, and its landmarks there."""
    middle = face.eyes.mean(axis=0)
    moved = np.array([shape[1] / 2, _EYES_DOWN_SHARE * shape[0]]) - zoom * middle
    to_large = np.array([[zoom, 0, moved[0]], [0, zoom, moved[1]]])
    large = cv2.warpAffine(
        composite, to_large, (shape[1], shape[0]), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    # Enlarged blocks of a compressed file would count as texture.
    large = cv2.GaussianBlur(large, (0, 0), 0.4 * zoom)
    points = face.points * zoom + np.array([*moved, 0.0])
    return np.asarray(large, dtype=np.uint8), Face(points, face.score)


@dataclass(frozen=True)
class _Drawn:
    """Where detail is drawn, and its dice."""

    shape: tuple[int, int]
    px_per_mm: float
    dice: np.random.Generator
    strength: float

    def clouds(self, size_mm: float) -> FloatMap:
        """Return soft random patches about ``size_mm`` large with mean 0 and standard deviation 1."""
        size = max(size_mm * self.px_per_mm, 1.0)
        # Patches are drawn at four points each and enlarged: white noise through a filter of their size.
        step = max(size / 8, 1.0)
        small = (int(self.shape[0] / step) + 8, int(self.shape[1] / step) + 8)
        noise = self.dice.standard_normal(small, dtype=np.float32)
        spread = size / step / 2.3548
        band = cv2.GaussianBlur(noise, (0, 0), spread / 1.6) - cv2.GaussianBlur(noise, (0, 0), spread * 1.6)
        wide = cv2.resize(band, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)
        cut = np.asarray(wide[: self.shape[0], : self.shape[1]], dtype=np.float32)
        return cut / np.float32(band.std())

    def network(self, spacing_mm: float) -> FloatMap:
        """Return furrows that enclose fields about ``spacing_mm`` wide, 1 in their middle."""
        # Where patches change their sign, closed lines run.
        clouds = self.clouds(2 * spacing_mm)
        return np.asarray(np.exp(-0.5 * (clouds / np.float32(0.25)) ** 2), dtype=np.float32)

    def pores(self, wanted: FloatMap) -> FloatMap:
        """Return the pits of pores, 1 in the middle of an average one; ``wanted`` multiplies their density."""
        chance = _row("pore_density_per_mm2") / self.px_per_mm**2 * wanted
        rows, columns = np.nonzero(self.dice.random(self.shape, dtype=np.float32) < chance)
        deep = self.dice.lognormal(0, 0.35, len(rows)).astype(np.float32)
        pits = np.zeros(self.shape, np.float32)
        for factor in (0.75, 1.0, 1.3):
            chosen = self.dice.random(len(rows)) < 1 / 3
            spread = factor * _row("pore_mm") * self.px_per_mm / 2.3548
            points = np.zeros(self.shape, np.float32)
            points[rows[chosen], columns[chosen]] = deep[chosen] * 2 * np.pi * spread**2
            pits += cv2.GaussianBlur(points, (0, 0), max(spread, 0.5))
            rows, columns, deep = rows[~chosen], columns[~chosen], deep[~chosen]
        return pits

    def vellus(self, n: int) -> FloatMap:
        """Return fine hairs, dark and bright, between -1 and 1."""
        hairs = np.zeros(self.shape, np.float32)
        length = _row("vellus_mm") * self.px_per_mm
        start = self.dice.random((n, 2)) * np.array([self.shape[1], self.shape[0]])
        angle = np.pi / 2 + 0.7 * self.dice.standard_normal(n)
        reach = length * self.dice.uniform(0.5, 1.5, n)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        for one, move, tone in zip(start, reach, self.dice.uniform(-1, 1, n), strict=True):
            first, last = np.rint(16 * one).astype(int), np.rint(16 * (one + move)).astype(int)
            cv2.line(hairs, first.tolist(), last.tolist(), float(tone), 1, cv2.LINE_8, 4)
        return np.asarray(cv2.GaussianBlur(hairs, (0, 0), _SMOOTH_PX), dtype=np.float32)

    def freckles(self, skin: FloatMap) -> tuple[Mark, ...]:
        """Return a few spots on the skin, of many sizes and contrasts."""
        rows, columns = np.nonzero(skin[::8, ::8] > 0.9)
        if not len(rows):
            return ()
        n = int(self.dice.integers(20, 50))
        chosen = self.dice.integers(len(rows), size=n)
        sizes = np.clip(_row("freckle_mm") * self.dice.lognormal(0, 0.4, n), 0.7, 4.0)
        depths = np.clip(self.strength * _row("freckle_contrast_share") * self.dice.lognormal(0, 0.4, n), 0, 0.4)
        places = 8.0 * np.stack([columns[chosen], rows[chosen]], axis=1)
        return tuple(
            Mark(float(x), float(y), float(size), float(depth))
            for (x, y), size, depth in zip(places, sizes, depths, strict=True)
        )


def _patches(drawn: _Drawn, light: Linear, skin: FloatMap) -> Linear:
    """Return by what each color is multiplied by patches of blood and pigment."""
    inside = skin > 0.9
    base = color_like(light[inside].mean(axis=0) if inside.any() else light.reshape(-1, 3).mean(axis=0))
    factor = np.ones_like(light)
    kinds: tuple[tuple[str, float, Callable[[NDArray[np.float64]], NDArray[np.float64]]], ...] = (
        ("mottle_blood_share", base.blood_share, lambda dose: change_of(base, np.zeros_like(dose), dose)),
        ("mottle_melanin_share", base.melanin_share, lambda dose: change_of(base, dose, np.zeros_like(dose))),
    )
    doses = np.linspace(-3, 3, 61)
    for name, own, color in kinds:
        clouds = 0.8 * drawn.clouds(_row("mottle_mm")) + 0.6 * drawn.clouds(_row("mottle_mm") / 4)
        table = color(doses * drawn.strength * _row(name) * own)
        for channel in range(3):
            factor[..., channel] *= np.interp(skin * np.clip(clouds, -3, 3), doses, table[:, channel])
    return factor


def _grooves(drawn: _Drawn, face: Face) -> FloatMap:
    """Return by what relief and hair multiply the light, shape (height, width)."""
    near_nose = np.hypot(*(np.indices(drawn.shape, dtype=np.float32) - face.points[4, 1::-1].reshape(2, 1, 1)))
    wanted = 1 + (_NOSE_RATIO - 1) * np.exp(-0.5 * (near_nose / (0.35 * face.eye_distance_px)) ** 2)
    pits = drawn.pores(wanted.astype(np.float32)) * np.float32(_row("pore_contrast_share"))
    lines = (drawn.network(_row("line_spacing_mm")) - 0.2) * np.float32(_row("line_contrast_share"))
    lines *= 1 + 0.4 * np.clip(drawn.clouds(12.0), -2, 2)
    folds = drawn_lines(drawn.shape, wrinkles(face, drawn.dice), _row("wrinkle_mm") * drawn.px_per_mm)
    folds = folds * np.float32(_row("wrinkle_contrast_share"))
    hair = drawn.vellus(int(np.prod(drawn.shape) / drawn.px_per_mm**2 / 6)) * np.float32(_row("vellus_contrast_share"))
    relief = np.float32(drawn.strength) * (pits + lines + folds + hair)
    return np.asarray(np.exp(-cv2.GaussianBlur(relief, (0, 0), _SMOOTH_PX)), dtype=np.float32)
