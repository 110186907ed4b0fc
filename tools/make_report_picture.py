"""Make the picture of a report that the README shows: parts of a real report, nothing drawn by hand.

Run ``.venv/bin/python tools/make_report_picture.py``. It needs Chromium, which no other command does.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

import corneum

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "two-weekly-face.toml"
PICTURE = ROOT / "docs" / "_static" / "report.png"
WIDTH, HEIGHT = 1200, 2600
SHOWN = """
header .about, header .cite, main > section, section.zone > * { display: none }
main > section:nth-of-type(2), main > section.zone { display: block }
section.zone > div.maps, section.zone > figure:first-of-type { display: grid }
section.zone > figure:first-of-type { display: block }
section.zone > div.panels:not(.panels ~ .panels) { display: grid }
main > section.zone { border: 0; margin: 0; padding: 0 }
figcaption, div.maps > figure:nth-of-type(n+3), footer { display: none }
"""


def make_picture() -> None:
    """Write the picture, cut to what is on it and reduced to 256 colors."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "report.html", Path(folder) / "shot.png"
        corneum.write_report(corneum.simulate(corneum.read_protocol(EXAMPLE)), page)
        page.write_text(page.read_text().replace("</head>", f"<style>{SHOWN}</style></head>"))
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        window = [f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={shot}", page.as_uri()]
        subprocess.run([*command, *window], check=True, capture_output=True)
        whole = Image.open(shot).convert("RGB")
    blank = Image.new("RGB", whole.size, whole.getpixel((1, 1)))
    bottom = ImageChops.difference(whole, blank).getbbox()[3]
    cut = whole.crop((0, 0, WIDTH, min(HEIGHT, bottom + 24)))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    cut.quantize(256, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {cut.width} x {cut.height}, {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    make_picture()
