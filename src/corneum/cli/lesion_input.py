"""What is typed for ``corneum lesion``: a scale, a place, and a file of criteria."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from corneum.imaging.card import Scale
    from corneum.lesions.dermoscopy import Entered


def given_scale(text: str) -> "Scale":
    """Return a scale as it is typed, such as ``12.5 px/mm``."""
    from corneum.imaging.card import Scale

    number = text.lower().removesuffix("px/mm").strip()
    try:
        value = float(number)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 1000:
        raise typer.BadParameter(f"{text!r} is no scale; write for example '12.5 px/mm'")
    return Scale(value, 0.0, "given")


def place_of(text: str) -> tuple[float, float] | None:
    """Return column and row as they are typed, px, or None where nothing is."""
    if not text:
        return None
    try:
        column, row = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no place; write column and row, such as 812,644") from None
    return column, row


def lists_of(path: Path | None) -> "tuple[Entered, ...]":
    """Return the lists that a clinician filled in; a bad file is refused."""
    if path is None:
        return ()
    import tomllib

    from corneum.lesions.dermoscopy import CriteriaError, entered

    try:
        return entered(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CriteriaError([f"{path.name}: not valid TOML: {error}"]) from error
