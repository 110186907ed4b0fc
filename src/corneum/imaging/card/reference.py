"""The 24 patches of a ColorChecker: their published colors, from a table that a script writes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from corneum.imaging.card.colors import Colors, linear_of_lab_d50

Edition = Literal["after_2014", "before_2014"]
"""The makers changed the pigments in November 2014."""
ROWS, COLUMNS = 4, 6
_TABLE = files("corneum.imaging.card") / "tables" / "colorchecker24.toml"


@dataclass(frozen=True)
class Reference:
    """Published colors of one edition.

    Parameters
    ----------
    names
        Of the patches, row by row from the brown one.
    lab
        Shape (24, 3), CIE Lab, white D50.
    linear
        Shape (24, 3), linear sRGB, 1 is a perfect white; the cyan patch is below 0 in red.
    """

    names: tuple[str, ...]
    lab: Colors
    linear: Colors


@cache
def colorchecker(edition: Edition = "after_2014") -> Reference:
    """Return the colors of a ColorChecker with 24 patches.

    References
    ----------
    ``tables/colorchecker24.toml``; source row ``imaging_colorchecker``.
    """
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))[edition]["patches"]
    lab = np.array([row["lab"] for row in rows], float)
    return Reference(tuple(row["name"] for row in rows), lab, linear_of_lab_d50(lab))
