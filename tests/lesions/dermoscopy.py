"""Drawn photographs of marks with a known outline: skin, pigment, light and everything that lies in between.

No photograph of a person's mark is here. Skin and pigment are drawn as optical densities over a skin tone, then lit,
blurred, covered by hair, bubbles, rulers, ink and dark corners, and stored as a camera would. A figure measured on
them says how a method stands against these disturbances; it says nothing of marks as doctors outlined them.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

TONES = {
    "very light": (236, 205, 190),
    "light": (224, 184, 160),
    "intermediate": (203, 158, 128),
    "tan": (176, 127, 95),
    "brown": (128, 86, 62),
    "dark": (84, 56, 42),
}
"""Skin in sRGB, from very light to dark."""
MELANIN = np.array([0.42, 0.78, 1.10], np.float32)
BLOOD = np.array([0.12, 1.00, 0.85], np.float32)
BLUE = np.array([0.85, 0.72, 0.42], np.float32)
"""Optical densities by channel, red first: pigment high in the skin, blood, pigment deep in the skin."""
EDGE = 0.4
"""Share of the density that a hand-drawn outline follows: people draw it outside the middle of a soft border."""
KINDS = ("plain", "two tones", "irregular", "red", "faint", "pale part", "blue part")
COVERS = ("hair", "light hair", "dark corners", "vignette", "ruler", "bubbles", "ink", "gel shine", "freckles")


@dataclass(frozen=True)
class Drawn:
    """A drawn photograph: pixels, where the mark is, and what was drawn."""

    pixels: NDArray[np.uint8]
    truth: NDArray[np.bool_]
    tone: str
    kind: str
    covers: tuple[str, ...] = ()
    contrast: float = 1.0
    """CIELAB distance between the mark and its skin, medians, before anything covers it."""
    center: tuple[float, float] = (0.0, 0.0)
    linear: Field = field(default_factory=lambda: np.zeros(0, np.float32), repr=False)


def dermoscopic(seed: int, *, tone: str | None = None, kind: str | None = None, shape=(450, 600)) -> Drawn:
    """Draw one dermoscopic photograph: a mark that fills 3 to 55 % of the picture, and up to four disturbances."""
    rng = np.random.default_rng([seed, 51])
    tone = tone or str(rng.choice(list(TONES)))
    kind = kind or str(rng.choice(KINDS, p=(0.25, 0.22, 0.18, 0.08, 0.12, 0.08, 0.07)))
    radius = float(np.sqrt(rng.uniform(0.03, 0.4) / np.pi * shape[0] * shape[1]))
    center = shape[1] / 2 + rng.normal(0, 0.05 * shape[1]), shape[0] / 2 + rng.normal(0, 0.05 * shape[0])
    chances = (0.45, 0.08, 0.3, 0.35, 0.22, 0.3, 0.12, 0.2, 0.2)
    covers = tuple(name for name, chance in zip(COVERS, chances, strict=True) if rng.random() < chance)
    return drawn(rng, shape, center, radius, tone, kind, covers)


def close_up(seed: int, *, tone: str | None = None, kind: str | None = None, shape=(600, 800)) -> Drawn:
    """Draw a clinical close-up: a mark of 3 to 12 % of the width on shaded skin among freckles and hairs."""
    rng = np.random.default_rng([seed, 52])
    tone = tone or str(rng.choice(list(TONES)))
    kind = kind or str(rng.choice(KINDS, p=(0.35, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05)))
    radius = float(rng.uniform(0.03, 0.12) * shape[1] / 2)
    center = shape[1] * rng.uniform(0.3, 0.7), shape[0] * rng.uniform(0.3, 0.7)
    chances = (0.4, 0.2, 0.0, 0.2, 0.0, 0.0, 0.0, 0.2, 0.6)
    covers = tuple(name for name, chance in zip(COVERS, chances, strict=True) if rng.random() < chance)
    return drawn(rng, shape, center, radius, tone, kind, covers)


def drawn(rng, shape, center, radius, tone, kind, covers) -> Drawn:
    """Draw a photograph from its parts."""
    skin = _skin(rng, shape, tone, radius)
    far, _ = _outside(rng, shape, center, radius, ragged=2.5 if kind == "irregular" else 1.0)
    soft = radius * _soft(rng, shape, kind)
    inside = _sigmoid(-far / soft)
    truth = _hand(rng, far + soft * np.log(EDGE / (1 - EDGE)), radius)
    density = _density(rng, shape, kind, far, radius, inside)
    marked = skin * np.exp(-density)
    if "freckles" in covers:
        marked = marked * np.exp(-_freckles(rng, shape, truth, radius)[..., None] * MELANIN)
    contrast = _contrast(marked, truth)
    light = _covered(rng, marked, covers, center, radius)
    pixels = _camera(rng, light, sharp=kind != "faint")
    return Drawn(pixels, truth, tone, kind, covers, contrast, center, marked.astype(np.float32))


def _noise(rng, shape, scale) -> Field:
    """Return smooth noise of unit spread with features of ``scale`` pixels."""
    small = [max(3, int(np.ceil(side / max(1.0, scale / 2)))) + 2 for side in shape]
    grain = cv2.GaussianBlur(rng.normal(size=small).astype(np.float32), (0, 0), 1.0)
    wide = cv2.resize(grain, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return (wide - wide.mean()) / max(float(wide.std()), 1e-6)


def _sigmoid(x) -> Field:
    return (1 / (1 + np.exp(-np.clip(x, -40, 40)))).astype(np.float32)


def _to_linear(srgb) -> Field:
    share = np.asarray(srgb, np.float32) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _skin(rng, shape, tone, radius) -> Field:
    base = _to_linear(np.array(TONES[tone]) + rng.normal(0, 6, 3) + rng.normal(0, 6))
    wide = 0.05 * _noise(rng, shape, 0.5 * min(shape)) + 0.03 * _noise(rng, shape, 40)
    redness = 0.04 * _noise(rng, shape, 0.4 * min(shape)) + 0.03 * _noise(rng, shape, 25)
    furrows = rng.uniform(0.01, 0.04) * np.abs(_noise(rng, shape, rng.uniform(5, 12)))
    grain = 0.012 * _noise(rng, shape, 2)
    vessels = np.zeros(shape, np.float32)
    if rng.random() < 0.35:
        ridge = np.abs(_noise(rng, shape, 22))
        vessels = 0.12 * np.exp(-((ridge / 0.06) ** 2)) * (_noise(rng, shape, 60) > 0.4)
        vessels = cv2.GaussianBlur(vessels.astype(np.float32), (0, 0), 1.0)
    density = (wide + furrows + grain)[..., None] * MELANIN + (redness + vessels)[..., None] * BLOOD
    return base * np.exp(-density)


def _outside(rng, shape, center, radius, ragged) -> tuple[Field, Field]:
    """Return how far outside the outline each pixel lies, px, and the outline's radius in its direction."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    turn, stretch = rng.uniform(0, np.pi), np.exp(rng.uniform(0, 0.45))
    x, y = columns - center[0], rows - center[1]
    along, across = (x * np.cos(turn) + y * np.sin(turn)) / stretch, (y * np.cos(turn) - x * np.sin(turn)) * stretch
    angle, distance = np.arctan2(across, along), np.hypot(along, across)
    out = np.full(shape, radius, np.float32)
    for order in range(2, 12):
        size = ragged * radius * 0.11 / order**1.1
        out += size * rng.normal() * np.cos(order * angle + rng.uniform(0, 2 * np.pi))
    rough = ragged * radius * (0.03 * _noise(rng, shape, 0.35 * radius) + 0.015 * _noise(rng, shape, 0.12 * radius))
    return (distance - np.maximum(out, 0.3 * radius) + rough).astype(np.float32), out


def _soft(rng, shape, kind) -> Field:
    """Return the softness of the border, share of the radius: it changes around the mark."""
    low, high = (0.05, 0.14) if kind == "faint" else (0.01, 0.07)
    middle = np.exp(rng.uniform(np.log(low), np.log(high)))
    return (middle * np.exp(0.45 * _noise(rng, shape, 0.5 * min(shape)))).astype(np.float32)


def _density(rng, shape, kind, far, radius, inside) -> Field:
    depth = {"faint": rng.uniform(0.18, 0.4), "red": rng.uniform(0.05, 0.2)}.get(kind, np.exp(rng.uniform(-0.8, 0.6)))
    wave = np.exp(0.18 * _noise(rng, shape, 0.6 * radius) + 0.08 * _noise(rng, shape, 0.2 * radius))
    pigment = depth * wave * inside
    blood = np.zeros(shape, np.float32)
    blue = np.zeros(shape, np.float32)
    if kind in ("two tones", "irregular", "blue part"):
        core = _sigmoid(
            -(far + radius * (rng.uniform(0.2, 0.5) + 0.18 * _noise(rng, shape, 0.9 * radius))) / (0.05 * radius)
        )
        pigment = pigment * (0.55 + rng.uniform(0.6, 1.6) * core)
    if kind != "red" and rng.random() < 0.5:
        lines = np.exp(-((_noise(rng, shape, rng.uniform(6, 12)) / 0.35) ** 2))
        pigment = pigment * (0.85 + 0.35 * lines)
    if rng.random() < 0.4:
        dots = _sigmoid((_noise(rng, shape, rng.uniform(5, 14)) - 1.6) / 0.12)
        pigment = pigment + 0.45 * depth * dots * inside
    if kind == "red":
        blood = rng.uniform(0.25, 0.9) * wave * inside
    elif rng.random() < 0.25:
        blood = rng.uniform(0.05, 0.18) * _sigmoid(-(far - 0.12 * radius) / (0.15 * radius))
    if kind == "pale part":
        pale = _sigmoid((_noise(rng, shape, 0.8 * radius) - 0.9) / 0.2) * _sigmoid(
            -(far + 0.15 * radius) / (0.05 * radius)
        )
        pigment = pigment * (1 - 0.85 * pale)
    if kind == "blue part":
        veil = _sigmoid((_noise(rng, shape, 0.9 * radius) - 0.5) / 0.2) * _sigmoid(
            -(far + 0.2 * radius) / (0.05 * radius)
        )
        blue, pigment = rng.uniform(0.5, 1.0) * veil, pigment * (1 - 0.6 * veil)
    return pigment[..., None] * MELANIN + blood[..., None] * BLOOD + blue[..., None] * BLUE


def _hand(rng, far, radius) -> NDArray[np.bool_]:
    """Return the outline as a hand would draw it: smoothed, and off by about 1 % of the radius."""
    soft = cv2.GaussianBlur(far, (0, 0), max(1.0, 0.02 * radius))
    mask = soft + 0.012 * radius * _noise(rng, far.shape, 0.7 * radius) < 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])) if count > 1 else 0
    filled = np.zeros(far.shape, np.uint8)
    around, _ = cv2.findContours((labels == largest).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(filled, around, -1, 1, cv2.FILLED)
    return filled.astype(bool)


def _freckles(rng, shape, truth, radius) -> Field:
    pigment = np.zeros(shape, np.float32)
    clear = cv2.distanceTransform((~truth).astype(np.uint8), cv2.DIST_L2, 5)
    for _ in range(int(rng.integers(5, 40))):
        x, y = rng.uniform(0, shape[1]), rng.uniform(0, shape[0])
        size = radius * np.exp(rng.normal(-2.2, 0.4))
        if clear[int(y), int(x)] < 2.5 * size + 0.15 * radius:
            continue
        rows, columns = np.ogrid[: shape[0], : shape[1]]
        pigment += rng.uniform(0.08, 0.45) * _sigmoid((size - np.hypot(columns - x, rows - y)) / (0.15 * size))
    return pigment


def _contrast(linear, truth) -> float:
    lab = cv2.cvtColor(np.clip(linear, 0, 1).astype(np.float32) ** (1 / 2.2), cv2.COLOR_RGB2LAB)
    if not truth.any() or truth.all():
        return 0.0
    return float(np.linalg.norm(np.median(lab[truth], axis=0) - np.median(lab[~truth], axis=0)))


def _covered(rng, light, covers, center, radius) -> Field:
    shape = light.shape[:2]
    if "ink" in covers:
        light = _ink(rng, light, center, radius)
    if "hair" in covers:
        light = _hairs(rng, light, int(np.exp(rng.uniform(1.0, 4.0))), dark=True)
    if "light hair" in covers:
        light = _hairs(rng, light, int(rng.integers(5, 25)), dark=False)
    if "bubbles" in covers:
        light = _bubbles(rng, light)
    if "gel shine" in covers:
        shine = _sigmoid((_noise(rng, shape, rng.uniform(8, 30)) - 2.1) / 0.1)[..., None]
        light = light * (1 - 0.8 * shine) + 0.75 * shine
    if "ruler" in covers:
        light = _ruler(rng, light)
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    slope = rng.normal(0, 0.12, 2)
    light = light * np.exp(slope[0] * (columns / shape[1] - 0.5) + slope[1] * (rows / shape[0] - 0.5))[..., None]
    off = np.hypot(columns - shape[1] / 2 - rng.normal(0, 15), rows - shape[0] / 2 - rng.normal(0, 15))
    corner = np.hypot(*shape) / 2
    if "vignette" in covers:
        light = light * np.exp(-rng.uniform(0.3, 1.1) * (off / corner) ** rng.uniform(2, 4))[..., None]
    if "dark corners" in covers:
        edge = rng.uniform(0.72, 0.98) * corner
        light = light * (0.01 + 0.99 * _sigmoid((edge - off) / rng.uniform(1, 6)))[..., None]
    return np.asarray(light, np.float32)


def _hairs(rng, light, count, dark) -> Field:
    height, width = light.shape[:2]
    cover = np.zeros((height, width), np.float32)
    lean = rng.uniform(0, np.pi)
    for _ in range(count):
        start = rng.uniform([0, 0], [width, height])
        heading = lean + rng.normal(0, 0.5)
        length, bend = rng.uniform(0.2, 0.9) * width, rng.normal(0, 1.2)
        share = np.linspace(-0.5, 0.5, 24)
        headings = heading + bend * share
        points = start + np.cumsum(np.stack([np.cos(headings), np.sin(headings)], 1) * length / 24, axis=0)
        layer = np.zeros_like(cover)
        thick = int(rng.integers(1, 4) if dark else rng.integers(1, 3))
        cv2.polylines(layer, [(points * 8).astype(np.int32)], False, 1.0, thick, cv2.LINE_AA, 3)
        cover = np.maximum(cover, layer)
    cover = cv2.GaussianBlur(cover, (0, 0), 0.6)[..., None] * rng.uniform(0.6, 0.95)
    color = _to_linear(
        rng.uniform([15, 10, 8], [70, 50, 40]) if dark else rng.uniform([190, 170, 140], [235, 225, 210])
    )
    return light * (1 - cover) + cover * color


def _bubbles(rng, light) -> Field:
    height, width = light.shape[:2]
    for _ in range(int(rng.integers(2, 14))):
        middle = int(rng.uniform(0, width) * 8), int(rng.uniform(0, height) * 8)
        size = int(np.exp(rng.uniform(np.log(4), np.log(45))) * 8)
        ring, glint = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
        cv2.circle(ring, middle, size, 1.0, 2, cv2.LINE_AA, 3)
        cv2.circle(glint, (middle[0] - size // 2, middle[1] - size // 2), max(8, size // 6), 1.0, -1, cv2.LINE_AA, 3)
        ring, glint = (cv2.GaussianBlur(one, (0, 0), 0.8)[..., None] for one in (ring, glint))
        light = light * (1 - 0.35 * ring)
        light = light * (1 - 0.85 * glint) + 0.9 * glint
    return light


def _ruler(rng, light) -> Field:
    height, width = light.shape[:2]
    step, size = rng.uniform(9, 30), rng.uniform(0.5, 1.2)
    cover = np.zeros((height, width), np.float32)
    side, depth = rng.integers(0, 4), int(rng.uniform(0.05, 0.12) * height)
    if rng.random() < 0.35:
        band = np.zeros((height, width), np.float32)
        box = [
            (0, 0, width, depth),
            (0, height - depth, width, height),
            (0, 0, depth, height),
            (width - depth, 0, width, height),
        ][side]
        cv2.rectangle(band, box[:2], box[2:], 1.0, -1)
        light = light * (1 - band[..., None]) + band[..., None] * _to_linear(rng.uniform(200, 245, 3))
    for number in range(int(max(height, width) / step) + 1):
        long = depth * size * (0.9 if number % 5 == 0 else 0.5)
        at = int(number * step)
        ends = [
            ((at, 0), (at, int(long))),
            ((at, height), (at, height - int(long))),
            ((0, at), (int(long), at)),
            ((width, at), (width - int(long), at)),
        ][side]
        cv2.line(cover, *ends, 1.0, 2, cv2.LINE_AA)
        if number % 10 == 0 and number:
            spot = [(at + 4, depth), (at + 4, height - depth // 2), (depth // 2, at - 4), (width - depth, at - 4)][side]
            cv2.putText(cover, str(number), spot, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1.0, 1, cv2.LINE_AA)
    return light * (1 - 0.9 * cover[..., None]) + 0.9 * cover[..., None] * 0.02


def _ink(rng, light, center, radius) -> Field:
    cover = np.zeros(light.shape[:2], np.float32)
    color = _to_linear([(70, 50, 150), (40, 70, 140), (60, 110, 90), (90, 40, 110)][rng.integers(0, 4)])
    for _ in range(int(rng.integers(1, 4))):
        angle, away = rng.uniform(0, 2 * np.pi), radius * rng.uniform(1.35, 1.8)
        start = np.array(center) + away * np.array([np.cos(angle), np.sin(angle)])
        turn = rng.uniform(0, 2 * np.pi)
        end = start + rng.uniform(30, 90) * np.array([np.cos(turn), np.sin(turn)])
        middle = np.array(center)
        nearest = np.clip(np.dot(middle - start, end - start) / np.dot(end - start, end - start), 0, 1)
        if np.linalg.norm(start + nearest * (end - start) - middle) < 1.3 * radius:
            continue
        cv2.line(cover, tuple(map(int, start)), tuple(map(int, end)), 1.0, int(rng.integers(4, 12)), cv2.LINE_AA)
    cover = cv2.GaussianBlur(cover, (0, 0), 1.5)[..., None] * rng.uniform(0.5, 0.9)
    return light * (1 - cover) + cover * color


def _camera(rng, light, sharp) -> NDArray[np.uint8]:
    light = light * np.exp(rng.normal(0, 0.05, 3)) * np.exp(rng.normal(0, 0.12))
    light = cv2.GaussianBlur(light.astype(np.float32), (0, 0), rng.uniform(0.4, 1.2 if sharp else 1.8))
    grain = rng.normal(size=light.shape).astype(np.float32)
    light = light + grain * np.sqrt(np.maximum(light, 0) * 1e-4 + 4e-6) * rng.uniform(0.5, 2.0)
    share = np.clip(light, 0, 1)
    srgb = np.where(share <= 0.0031308, 12.92 * share, 1.055 * share ** (1 / 2.4) - 0.055)
    whole = np.ascontiguousarray(np.round(255 * srgb).astype(np.uint8))
    stored = cv2.imencode(".jpg", whole[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(75, 97))])[1]
    return np.ascontiguousarray(cv2.imdecode(stored, cv2.IMREAD_COLOR)[..., ::-1])
