"""A simulated retake of a photograph, in which every change is known: pose, distance, light, camera, file."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.card.light import plain_linear
from corneum.imaging.faces.face import Face, NoFaceFound, find_face
from corneum.imaging.photo import Pixels
from corneum.imaging.retakes.light import Linear, to_pixels
from corneum.imaging.retakes.warp import Depth, Floats, Warp, depth_of

_AMBIENT = 0.5
"""Share of the light that has no direction, from walls and diffusers; assumed."""
_LAMP_UP_DEG = 20.0
"""Height of the main light above the camera in the original; assumed."""
_STRIP, _WORKERS = 64, 2
"""Rows developed at once, and threads that share them."""
_RELIEF_CELL = 8
"""Pixels between points of the shading: it follows the form of the face, not its pores."""


@dataclass(frozen=True)
class Retake:
    """What differs between a photograph and its retake; all zero is the same photograph again.

    Parameters
    ----------
    yaw_deg, pitch_deg, roll_deg
        Turn of the head: to the person's left, chin up, clockwise as seen.
    nearer_ratio
        How many times larger the head appears, by a nearer camera.
    right_px, down_px
        Shift in the picture.
    distortion_share
        Change of the lens distortion at a corner of the picture.
    light_right_deg, light_up_deg
        Move of the main light as the camera sees it.
    exposure_stops
        Twice the light per stop.
    warm_share, green_share
        White balance: red gains and blue loses ``warm_share``; green gains ``green_share``.
    saturation_share
        How much the camera spreads colors from grey.
    tone
        Strength of the camera's S-shaped curve; 0 is plain sRGB.
    shot_share, read_share
        Noise, one standard deviation, as shares of white: of a white pixel's photons, and of the electronics.
    defocus_px
        Standard deviation of a Gaussian blur.
    jpeg_quality
        1 to 100; 0 leaves the pixels as they are.
    """

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    nearer_ratio: float = 1.0
    right_px: float = 0.0
    down_px: float = 0.0
    distortion_share: float = 0.0
    light_right_deg: float = 0.0
    light_up_deg: float = 0.0
    exposure_stops: float = 0.0
    warm_share: float = 0.0
    green_share: float = 0.0
    saturation_share: float = 0.0
    tone: float = 0.0
    shot_share: float = 0.0
    read_share: float = 0.0
    defocus_px: float = 0.0
    jpeg_quality: int = 0


BASELINE = Retake(shot_share=0.008, read_share=0.0015, defocus_px=0.6, jpeg_quality=95)
"""The first photograph of a pair: nothing moved, but taken by a camera."""


@dataclass(frozen=True)
class Taken:
    """A retake and its truth.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), sRGB.
    truth
        What was changed.
    warp
        Where every point went.
    """

    pixels: Pixels
    truth: Retake
    warp: Warp

    def positions(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        """Return columns and rows in the retake of points of the original, px, in their shape.

        A center of a pixel is a whole number.
        """
        return self.warp.positions(np.asarray(columns, float), np.asarray(rows, float))


def drawn_retake(seed: int, careless: float = 1.0, size_px: int = 4000) -> Retake:
    """Return a retake as a clinic would take it: small random changes of everything, one standard deviation each.

    Parameters
    ----------
    seed
        Same seed, same retake.
    careless
        Multiplies every change of pose, light and camera: 1 is a pose within 2 degrees and a scale within 3 % (sd).
    size_px
        Height of the picture, to which shifts are relative.
    """
    dice = np.random.default_rng(seed)

    def some(sd: float) -> float:
        return float(np.clip(dice.standard_normal(), -2.5, 2.5)) * sd * careless

    return replace(
        BASELINE,
        yaw_deg=some(2.0),
        pitch_deg=some(2.0),
        roll_deg=some(2.0),
        nearer_ratio=1 + some(0.03),
        right_px=some(0.015 * size_px),
        down_px=some(0.015 * size_px),
        distortion_share=some(0.002),
        light_right_deg=some(5.0),
        light_up_deg=some(5.0),
        exposure_stops=some(0.15),
        warm_share=some(0.04),
        green_share=some(0.02),
        saturation_share=some(0.03),
        tone=some(0.05),
        shot_share=0.008 * float(dice.uniform(0.8, 1.5)),
        defocus_px=float(dice.uniform(0.5, 0.9)),
        jpeg_quality=int(dice.integers(90, 97)),
    )


def retake(source: Pixels | Linear, truth: Retake, seed: int = 0, face: Face | None = None) -> Taken:
    """Return the photograph as it would look under ``truth``, with the position of every point.

    The whole picture moves as one smooth surface through the landmarks' depth; hair and background move with it.
    The light is turned on the form of the face only: pores and lines keep their shading.
    Detail near half a cycle per pixel is damped by resampling, as by a lens; positions are exact to 0.02 px.

    Parameters
    ----------
    source
        Shape (height, width, 3): sRGB bytes, or linear light with injected changes.
    truth
        What changes.
    seed
        Of the noise.
    face
        Landmarks of the source, where they are known; else they are searched for, and without a face it is flat.
    """
    light = _light_of(source)
    shape = (light.shape[0], light.shape[1])
    depth = depth_of(shape, face or _face_in(light))
    turns = (truth.yaw_deg, truth.pitch_deg, truth.roll_deg)
    warp = Warp(depth, shape, turns, truth.nearer_ratio, (truth.right_px, truth.down_px), truth.distortion_share)
    if truth.light_right_deg or truth.light_up_deg:
        light = light * _shading(depth, shape, truth)[..., None]
    if _moves(truth):
        across, down = warp.maps()
        moved = cv2.remap(light, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
        light = np.asarray(moved, dtype=np.float32)
    if truth.defocus_px:
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), truth.defocus_px), dtype=np.float32)
    return Taken(_compressed(_developed(light, truth, seed), truth.jpeg_quality), truth, warp)


def _light_of(source: Pixels | Linear) -> Linear:
    return plain_linear(np.asarray(source, np.uint8)) if source.dtype == np.uint8 else np.asarray(source, np.float32)


def _face_in(light: Linear) -> Face | None:
    try:
        return find_face(to_pixels(light))
    except NoFaceFound:
        return None


def _moves(truth: Retake) -> bool:
    still = (truth.yaw_deg, truth.pitch_deg, truth.roll_deg, truth.right_px, truth.down_px, truth.distortion_share)
    return truth.nearer_ratio != 1 or any(still)


def _shading(depth: Depth, shape: tuple[int, int], truth: Retake) -> NDArray[np.float32]:
    """Return how many times brighter each pixel is after the main light moved, shape (height, width)."""
    rows = (np.arange(-(-shape[0] // _RELIEF_CELL)) + 0.5) * _RELIEF_CELL - 0.5
    columns = (np.arange(-(-shape[1] // _RELIEF_CELL)) + 0.5) * _RELIEF_CELL - 0.5
    deep = depth.at(*np.meshgrid(columns, rows))
    downhill, across = np.gradient(deep, _RELIEF_CELL)
    # Toward the camera is negative depth: a surface that recedes to the right looks to the right.
    normal = np.stack([across, downhill, -np.ones_like(deep)])
    normal = normal / np.linalg.norm(normal, axis=0)

    def lit(right_deg: float, up_deg: float) -> Floats:
        right, up = np.radians([right_deg, up_deg])
        lamp = np.array([np.sin(right) * np.cos(up), -np.sin(up), -np.cos(right) * np.cos(up)])
        return np.asarray(_AMBIENT + (1 - _AMBIENT) * np.maximum(np.einsum("i,i...->...", lamp, normal), 0))

    ratio = lit(truth.light_right_deg, _LAMP_UP_DEG + truth.light_up_deg) / lit(0.0, _LAMP_UP_DEG)
    size = (len(columns) * _RELIEF_CELL, len(rows) * _RELIEF_CELL)
    wide = cv2.resize(ratio.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide[: shape[0], : shape[1]], dtype=np.float32)


def _developed(light: Linear, truth: Retake, seed: int) -> Pixels:
    """Return the bytes that a camera makes of light: exposure, white balance, saturation, noise, tone.

    Strips have dice of their own, so that the result does not depend on who works on which.
    """
    gains = 2.0**truth.exposure_stops * np.array([1 + truth.warm_share, 1 + truth.green_share, 1 - truth.warm_share])
    grey = np.full((3, 3), 1 / 3)
    mix = ((np.eye(3) - grey) * (1 + truth.saturation_share) + grey) @ np.diag(gains)
    tops = range(0, light.shape[0], _STRIP)
    result = np.empty(light.shape, np.uint8)

    def develop(place: tuple[int, np.random.SeedSequence]) -> None:
        top, own = place
        strip = np.asarray(cv2.transform(light[top : top + _STRIP], mix.astype(np.float32)), dtype=np.float32)
        result[top : top + _STRIP] = to_pixels(_noisy(strip, truth, np.random.default_rng(own)), truth.tone)

    with ThreadPoolExecutor(_WORKERS) as workers:
        list(workers.map(develop, zip(tops, np.random.SeedSequence(seed).spawn(len(tops)), strict=True)))
    return result


def _noisy(light: Linear, truth: Retake, dice: np.random.Generator) -> Linear:
    if not (truth.shot_share or truth.read_share):
        return light
    noise = dice.standard_normal(light.shape, dtype=np.float32)
    spread = np.maximum(light, 0)
    spread *= np.float32(truth.shot_share**2)
    spread += np.float32(truth.read_share**2)
    np.sqrt(spread, out=spread)
    noise *= spread
    noise += light
    return noise


def _compressed(pixels: Pixels, quality: int) -> Pixels:
    if not quality:
        return pixels
    _, packed = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    back = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)
    return np.ascontiguousarray(back[..., ::-1])
