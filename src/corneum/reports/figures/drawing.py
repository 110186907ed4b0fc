"""What every figure is, however it was made."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Drawing:
    """One figure.

    Parameters
    ----------
    svg
        An ``svg`` element with its text alternative.
    caption
        What it shows and how it was made.
    name
        A word for the style sheet.
    """

    svg: Markup
    caption: Markup
    name: str = ""
