"""Corneum's printable target as an A4 PDF: six prints of credit-card size, and how to use them."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import matplotlib
import typst

from corneum.imaging.card.target import HEIGHT_MM, RULER_LEFT_MM, RULER_TOP_MM, VERSION, WIDTH_MM, boxes

STEPS = (
    "Print at 100 %, “actual size”, on matt white paper, in black ink only (grayscale). Do not fit to the page.",
    "Measure the line of each print with a ruler. It must be 50 mm long, within half a millimeter; "
    "else set the printer's scale and print again. Write down the date and the length.",
    "Cut along the dashed lines. Glue onto stiff card; keep it flat, clean and dry. Do not laminate with gloss film.",
    "Hold it beside the skin, at the same distance from the camera and facing it: below the chin, beside the cheek. "
    "No shadow, no gloss, no finger on a marker or a gray patch.",
    "Keep one print for all photographs of one person: two prints are never the same gray. "
    "When it is yellow, faded or worn, print anew and begin a new baseline.",
    "One print in a photograph, not several.",
)
LIMITS = (
    "What it gives: scale in the plane of the print, white balance and tone, so that photographs with the same print "
    "are comparable. What it does not give: absolute color. Paper and ink differ, so ITA needs a ColorChecker."
)


def target_pdf() -> bytes:
    """Return the printable target as PDF; always the same bytes."""
    data = {
        "width": WIDTH_MM,
        "height": HEIGHT_MM,
        "version": VERSION,
        "ruler": {"left": RULER_LEFT_MM, "top": RULER_TOP_MM},
        "boxes": [
            {
                "left": box.left_mm,
                "top": box.top_mm,
                "width": box.width_mm,
                "height": box.height_mm,
                "level": box.level,
            }
            for box in boxes()
        ],
        "steps": STEPS,
        "half": len(STEPS) // 2,
        "limits": LIMITS,
    }
    template = files("corneum.reports").joinpath("templates", "target.typ").read_bytes()
    # Its types do not know yet that the input may be files by name.
    compiled: Callable[..., bytes] = cast(Any, typst.compile)
    return compiled(
        {"main.typ": template, "target.json": json.dumps(data).encode()},
        font_paths=[str(Path(matplotlib.get_data_path()) / "fonts" / "ttf")],
        ignore_system_fonts=True,
        format="pdf",
    )
