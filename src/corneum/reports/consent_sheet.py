"""A signed sheet of consent as an A4 PDF: what was read, what was agreed to, and who signed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import matplotlib
import typst


@dataclass(frozen=True)
class SignedBy:
    """A signature.

    Parameters
    ----------
    name, role
        Who signed, and as what.
    picture
        Drawn, as PNG; None where the typed name was confirmed.
    """

    name: str
    role: str
    picture: bytes | None = None


@dataclass(frozen=True)
class ConsentPrint:
    """What is printed.

    Parameters
    ----------
    language
        Two letters.
    title, person
        Of the sheet, and whose it is.
    sections
        Headings, each with its paragraphs; a paragraph has a title, which may be empty, and a text.
    outcome
        Headings, each with lines: what was agreed to, and what was not.
    signatures
        In order.
    foot
        When, by whom it was taken, and which version of the text.
    letterhead
        Of the clinic, line by line, the name first; empty for none.
    """

    language: str
    title: str
    person: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    outcome: tuple[tuple[str, tuple[str, ...]], ...]
    signatures: tuple[SignedBy, ...]
    foot: str
    letterhead: tuple[str, ...] = ()


def consent_pdf(sheet: ConsentPrint) -> bytes:
    """Return a signed sheet as PDF; the same sheet gives the same bytes."""
    data = {
        "language": sheet.language,
        "title": sheet.title,
        "person": sheet.person,
        "sections": [{"title": title, "lines": lines} for title, lines in sheet.sections],
        "outcome": [{"title": title, "lines": lines} for title, lines in sheet.outcome],
        "signatures": [
            # As numbers: files that are handed over with a text must be text themselves.
            {"name": one.name, "role": one.role, "picture": list(one.picture or b"")}
            for one in sheet.signatures
        ],
        "foot": sheet.foot,
        "letterhead": sheet.letterhead,
    }
    template = files("corneum.reports").joinpath("templates", "consent.typ").read_bytes()
    # Its types do not know yet that the input may be files by name.
    compiled: Callable[..., bytes] = cast(Any, typst.compile)
    return compiled(
        {"main.typ": template, "sheet.json": json.dumps(data, ensure_ascii=False).encode()},
        font_paths=[str(Path(matplotlib.get_data_path()) / "fonts" / "ttf")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
    )
