"""A photograph as the measurement sees it: upright pixels in sRGB, the optics, nothing of the place it was taken."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Shape (height, width, 3), red first, sRGB."""


class PhotoRefused(ValueError):
    """A photograph or a pair is not measured; the message says what is wrong and what to do.

    The kinds of refusal of this room (no face, no scale, no alignment, other light) are its subclasses.
    """


@dataclass(frozen=True)
class Optics:
    """What the camera wrote about the exposure. A value that it did not write is None.

    Parameters
    ----------
    maker, model, lens
        Names as written by the camera.
    exposure_s
        Exposure time.
    aperture_number
        Focal length over pupil diameter.
    iso_number
        Sensitivity.
    focal_mm, focal_35mm
        Focal length, true and as it would be on 35 mm film.
    flash
        Whether the flash fired.
    """

    maker: str = ""
    model: str = ""
    lens: str = ""
    exposure_s: float | None = None
    aperture_number: float | None = None
    iso_number: float | None = None
    focal_mm: float | None = None
    focal_35mm: float | None = None
    flash: bool | None = None


@dataclass(frozen=True)
class Photo:
    """One photograph, upright, in sRGB.

    Parameters
    ----------
    pixels
        Shape (height, width, 3), uint8, red first, gamma-encoded sRGB, orientation applied.
    name
        The file's own name, without its folder.
    sha256
        Of the file's bytes, in hexadecimal.
    kind
        Format found in the content: ``jpeg``, ``png``, ``tiff`` or ``heic``.
    optics
        What the camera wrote; position data is never read.
    taken
        When, by the camera's clock; None where it was not written.
    notes
        What a reader should know, for example "no colour profile: sRGB assumed".
    """

    pixels: Pixels
    name: str = ""
    sha256: str = ""
    kind: str = ""
    optics: Optics = field(default_factory=Optics)
    taken: datetime | None = None
    notes: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def megapixels(self) -> float:
        """Millions of pixels."""
        return self.height * self.width / 1e6
