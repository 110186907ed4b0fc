"""A report as PDF: the content model goes to Typst as data, the figures as SVG; nothing touches the disk."""

import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import matplotlib
import typst

from corneum.reports.course.blocks import Report
from corneum.reports.figures.style import Drawing

_FONT = "DejaVu Sans"


def pdf_of(report: Report) -> bytes:
    """Return the report as an A4 PDF; the same report gives the same bytes.

    Parameters
    ----------
    report
        What it says.
    """
    pictures: dict[str, bytes] = {}
    data = json.dumps(_plain(report, pictures), ensure_ascii=False).encode()
    # Its types do not know yet that the input may be files by name.
    compiled: Callable[..., bytes] = cast(Any, typst.compile)
    return compiled(
        {"main.typ": _template(), "report.json": data, **pictures},
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
    )


def standalone(drawing: Drawing) -> bytes:
    """Return a drawing as an SVG file: with the name space and a font that a page would give it."""
    svg = str(drawing.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    svg = re.sub(r"font-family: inherit", f"font-family: {_FONT}", svg)
    # Letters of matplotlib name a size only.
    svg = re.sub(r'style="font-size', f'style="font-family: {_FONT}; font-size', svg)
    return re.sub(r' (?:class|role|aria-label|data-[a-z]+)="[^"]*"', "", svg).encode()


def _plain(value: Any, pictures: dict[str, bytes]) -> Any:
    if isinstance(value, Drawing):
        name = f"figure-{len(pictures) + 1}.svg"
        pictures[name] = standalone(value)
        spoken = re.search(r'aria-label="([^"]*)"', value.svg)
        return {"file": name, "caption": value.caption.striptags(), "alt": spoken[1] if spoken else ""}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), pictures) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one, pictures) for one in value]
    return value


@cache
def _template() -> bytes:
    return files("corneum.reports").joinpath("templates", "course.typ").read_bytes()


def _fonts() -> Path:
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
