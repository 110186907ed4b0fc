"""A rectangle of a photograph at a coarser scale, with pixel centers where they belong."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from corneum.imaging.canvas import FloatMap
from corneum.imaging.photo import Pixels

Box = NDArray[np.float64]
"""Shape (2, 2): the low and the high corner, each column and row, px of the photograph."""


@dataclass(frozen=True)
class View:
    """Where the pixels of a coarser picture lie in its photograph.

    Parameters
    ----------
    left, top, right, bottom
        The rectangle in whole pixels of the photograph; right and bottom are outside.
    columns, rows
        Of the coarser picture.

    Examples
    --------
    The first pixel of a half-size view lies between the first two pixels of the photograph:

    >>> half = View(0, 0, 8, 6, columns=4, rows=3)
    >>> column, row = half.to_photo(np.float32([0]), np.float32([0]))
    >>> float(column[0]), float(row[0])
    (0.5, 0.5)
    """

    left: int
    top: int
    right: int
    bottom: int
    columns: int
    rows: int

    @property
    def steps(self) -> tuple[float, float]:
        """Pixels of the photograph per pixel of the view, across and down."""
        return (self.right - self.left) / self.columns, (self.bottom - self.top) / self.rows

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    def to_photo(self, columns: FloatMap, rows: FloatMap) -> tuple[FloatMap, FloatMap]:
        """Return where places of the view lie in the photograph, px."""
        across, down = self.steps
        there = (columns + 0.5) * across - 0.5 + self.left, (rows + 0.5) * down - 0.5 + self.top
        return np.asarray(there[0], np.float32), np.asarray(there[1], np.float32)

    def from_photo(self, columns: FloatMap, rows: FloatMap) -> tuple[FloatMap, FloatMap]:
        """Return where places of the photograph lie in the view, px of the view."""
        across, down = self.steps
        here = (columns - self.left + 0.5) / across - 0.5, (rows - self.top + 0.5) / down - 0.5
        return np.asarray(here[0], np.float32), np.asarray(here[1], np.float32)

    def places(self) -> tuple[FloatMap, FloatMap]:
        """Return columns and rows in the photograph of every pixel of the view, each of its shape, px."""
        columns, rows = np.meshgrid(np.arange(self.columns, dtype=np.float32), np.arange(self.rows, dtype=np.float32))
        return self.to_photo(columns, rows)

    def coarser(self, times: float) -> "View":
        """Return a view of the same rectangle with fewer pixels."""
        size = max(2, round(self.columns / times)), max(2, round(self.rows / times))
        return View(self.left, self.top, self.right, self.bottom, *size)

    def gray(self, pixels: Pixels) -> FloatMap:
        """Return the photograph's lightness in this view, 0 to 255.

        Parameters
        ----------
        pixels
            The whole photograph, shape (height, width, 3).
        """
        part = pixels[self.top : self.bottom, self.left : self.right]
        if (self.columns, self.rows) != (part.shape[1], part.shape[0]):
            part = np.asarray(cv2.resize(part, (self.columns, self.rows), interpolation=cv2.INTER_AREA), np.uint8)
        return np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.float32)


def view_over(shape: tuple[int, ...], box: Box, step: float) -> View:
    """Return a view of the part of a box that is in the photograph.

    Parameters
    ----------
    shape
        Of the photograph: height, width.
    box
        Low and high corner, px.
    step
        Pixels of the photograph per pixel of the view; about, for the view has whole pixels.
    """
    size = np.array([shape[1], shape[0]])
    low = np.clip(np.floor(box[0]), 0, size - 1).astype(int)
    high = np.clip(np.ceil(box[1]), low + 1, size).astype(int)
    columns, rows = np.maximum(2, np.round((high - low) / step)).astype(int)
    return View(int(low[0]), int(low[1]), int(high[0]), int(high[1]), int(columns), int(rows))
