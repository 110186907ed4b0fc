"""Small pictures made by code, and files of them in every format that is read."""

import io

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational, ImageFileDirectory_v2

CORNERS = {"red": (200, 40, 40), "green": (40, 160, 60), "blue": (40, 60, 190), "yellow": (210, 200, 60)}


def scene(width=192, height=128):
    """Red and green over blue and yellow: every turn and mirror shows."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = CORNERS["red"]
    pixels[: height // 2, width // 2 :] = CORNERS["green"]
    pixels[height // 2 :, : width // 2] = CORNERS["blue"]
    pixels[height // 2 :, width // 2 :] = CORNERS["yellow"]
    return pixels


def noisy(seed, width=192, height=128):
    """The scene with grain, so that every byte of a packed file says something."""
    grain = np.random.default_rng(seed).normal(0, 12, (height, width, 3))
    return np.clip(scene(width, height) + grain, 0, 255).astype(np.uint8)


def corners(pixels):
    """The names of the colors in the four corners: top left, top right, bottom left, bottom right."""
    found = []
    for spot in (pixels[9, 9], pixels[9, -9], pixels[-9, 9], pixels[-9, -9]):
        distance = {name: np.abs(spot.astype(int) - color).sum() for name, color in CORNERS.items()}
        found.append(min(distance, key=distance.get))
    return found


def packed(pixels, kind, mode="RGB", **options):
    """The bytes of a file."""
    out = io.BytesIO()
    picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    if kind == "TIFF" and "exif" in options:
        options["tiffinfo"] = _nested(options.pop("exif"))
    settings = {"JPEG": {"quality": 92, "subsampling": 0}}.get(kind, {})
    picture.convert(mode).save(out, kind, **{**settings, **options})
    return out.getvalue()


def _nested(exif):
    """Camera tags as Pillow writes them into a TIFF, which takes no nested ones otherwise."""
    told = ImageFileDirectory_v2()
    for tag, value in exif.items():
        told[tag] = value
    for tag in (0x8769, 0x8825):
        told[tag] = dict(exif.get_ifd(tag))
    return told


def tags(orientation=1, **more):
    """Camera tags with a position and a maker's note, which nobody may read."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = "Maker", "Model 5"
    sub = exif.get_ifd(0x8769)
    sub[0x829A], sub[0x829D], sub[0x8827], sub[0x920A] = IFDRational(1, 125), IFDRational(8), 200, IFDRational(90)
    sub[0x9003], sub[0x9209], sub[0xA405], sub[0xA434] = "2026:03:12 10:20:30", 1, 90, "90 mm macro"
    sub[0x927C] = b"SECRETNOTE" * 4
    for tag, value in more.get("sub", {}).items():
        sub[tag] = value
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (51.0, 30.0, 0.0), "1999:01:02"
    return exif
