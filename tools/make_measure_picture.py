"""Make the picture of a measured pair: a simulation from a composite, aligned and mapped by the program itself.

Run ``.venv/bin/python tools/make_measure_picture.py``; it takes about a minute.
"""

import tempfile
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from corneum.imaging.door import read_photo
from corneum.imaging.pairs import Pair, measure_pair, prepare
from corneum.imaging.retakes.demo import demo_course, jpeg_of
from corneum.reports.photographs.pictures import pictures_of

ROOT = Path(__file__).parents[1]
COMPOSITE = ROOT / "examples" / "faces" / "f_wasian.jpg"
PICTURE = ROOT / "docs" / "_static" / "measured-pair.png"
LABEL = (
    "Simulation from a composite of several faces: nobody's own face, nobody was treated. Orange higher, purple lower, "
    "beyond local noise."
)
CUT = (0.02, 0.06, 0.98, 0.98)
"""Left, top, right and bottom of what is shown, as shares of the common frame: without the card's edge."""
HEIGHT, HEAD, FOOT, GAP = 400, 30, 34, 6
COLORS = 256


def make_picture() -> None:
    """Write the picture, reduced to 256 colors."""
    found = pictures_of(_pair())
    panels = {
        "Baseline": found.baseline,
        "Follow-up, 10 weeks, aligned": found.followup,
        "Redness": found.changes["redness"],
        "Dark spots: strength": found.changes["spot_strength"],
    }
    shown = {title: _cut(Image.fromarray(pixels)) for title, pixels in panels.items()}
    width = sum(panel.width + GAP for panel in shown.values()) - GAP
    whole = Image.new("RGB", (width, HEAD + HEIGHT + FOOT), "white")
    pen, left = ImageDraw.Draw(whole), 0
    for title, panel in shown.items():
        pen.text((left + 4, HEAD // 2), title, fill="black", font=ImageFont.load_default(17), anchor="lm")
        whole.paste(panel, (left, HEAD))
        left += panel.width + GAP
    pen.text((4, HEAD + HEIGHT + FOOT // 2), LABEL, fill="black", font=ImageFont.load_default(16), anchor="lm")
    whole.quantize(COLORS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {whole.width} x {whole.height}, {PICTURE.stat().st_size // 1000} kB")


def _pair() -> Pair:
    """Return the pair as a clinic would have it: the compression of the files is part of its noise."""
    shots = demo_course(read_photo(COMPOSITE).pixels, date(2026, 1, 12)).shots
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / shot.file for shot in (shots[0], shots[-1])]
        for file, shot in zip(files, (shots[0], shots[-1]), strict=True):
            file.write_bytes(jpeg_of(shot))
        first, last = (prepare(read_photo(file)) for file in files)
    return measure_pair(first, last)


def _cut(panel: Image.Image) -> Image.Image:
    left, top, right, bottom = CUT
    box = (left * panel.width, top * panel.height, right * panel.width, bottom * panel.height)
    part = panel.crop(tuple(round(end) for end in box))
    return part.resize((round(part.width * HEIGHT / part.height), HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    make_picture()
