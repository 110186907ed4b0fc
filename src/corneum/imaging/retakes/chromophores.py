"""How pigment and blood color skin: absorption spectra over skin's light paths, seen by an sRGB camera in daylight.

A spectral model of its own, so that injected changes do not follow from the formulas of the indices that they test:
an epidermis that melanin darkens on the way in and out, over a dermis whose diffuse reflectance falls with blood.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import load_evidence
from corneum.imaging.retakes.light import LUMINANCE

Floats = NDArray[np.float64]


def _spectrum(values: str) -> Floats:
    return np.array(values.split(), dtype=float)


WAVES_NM: Floats = np.arange(400.0, 701.0, 10.0)
OXYGENATED: Floats = _spectrum(
    "266232 466840 480360 246072 102580 62816 44480 33209.2 26629.2 23684.4 20932.8 20035.2 24202.4 39956.8 53236 "
    "43016 32613.2 44496 50104 14400.8 3200 1506 942 610 442 368 319.6 294 277.6 276 290"
)
"""Molar extinction of oxyhemoglobin at `WAVES_NM`, 1/(cm M) (source ``prahl_hemoglobin``)."""
DEOXYGENATED: Floats = _spectrum(
    "223296 303956 407560 528600 413280 103292 23388.8 16156.4 14550 16684 20862 25773.6 31589.6 39036.4 46592 "
    "53412 53788 45072 37020 28324.4 14677.2 9443.6 6509.6 5148.8 4345.2 3750.12 3226.56 2795.12 2407.92 2051.96 "
    "1794.28"
)
"""Molar extinction of deoxyhemoglobin at `WAVES_NM`, 1/(cm M) (source ``prahl_hemoglobin``)."""
_MOLE_G = 64500.0
"""Mass of a mole of hemoglobin in that table, g."""
DAYLIGHT: Floats = _spectrum(
    "82.75 91.49 93.43 86.68 104.86 117.01 117.81 114.86 115.92 108.81 109.35 107.80 104.79 107.69 104.41 104.05 "
    "100.00 96.33 95.79 88.69 90.01 89.60 87.70 83.29 83.70 80.03 80.21 82.28 78.28 69.72 71.61"
)
"""Relative power of the CIE illuminant D65 at `WAVES_NM`."""
_LOBES = (
    ((1.056, 599.8, 37.9, 31.0), (0.362, 442.0, 16.0, 26.7), (-0.065, 501.1, 20.4, 26.2)),
    ((0.821, 568.8, 46.9, 40.5), (0.286, 530.9, 16.3, 31.1)),
    ((1.217, 437.0, 11.8, 36.0), (0.681, 459.0, 26.0, 13.8)),
)
"""Height, center and the two widths (nm) of the lobes that make the 1931 observer (source ``wyman_2013``)."""
_TO_SRGB = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
"""From XYZ to linear sRGB (IEC 61966-2-1)."""
_GRID = (31, 15, 9)
"""Steps of the search for a skin of the color seen: melanin, blood, surface."""
_PRIOR = 0.002
"""How much an unusual amount of blood or surface light counts against it, per squared logarithm."""
_EXPOSURE = 0.85
"""Share of a difference in brightness that is put down to exposure rather than to the skin."""
_ANCHOR_NM = 500.0
"""Where the rows ``*_500nm_*`` hold."""


@cache
def _weights() -> Floats:
    """Return what each wavelength adds to linear red, green and blue, shape (3, waves); a white surface gives 1."""
    lobes = []
    for curve in _LOBES:
        total = np.zeros_like(WAVES_NM)
        for height, center, below, above in curve:
            width = np.where(center > WAVES_NM, below, above)
            total += height * np.exp(-0.5 * ((WAVES_NM - center) / width) ** 2)
        lobes.append(total)
    rgb: Floats = _TO_SRGB @ (np.stack(lobes) * DAYLIGHT)
    return np.asarray(rgb / rgb.sum(axis=1, keepdims=True))


def seen(spectrum: Floats) -> Floats:
    """Return linear sRGB of a reflectance in daylight.

    Parameters
    ----------
    spectrum
        Reflectance at `WAVES_NM`, last axis.
    """
    return np.asarray(spectrum @ _weights().T)


@dataclass(frozen=True)
class SkinColor:
    """What colors a skin.

    Parameters
    ----------
    melanin_share
        Volume of melanosomes in the epidermis.
    blood_share
        Volume of blood in the dermis.
    surface_share
        Light that the surface sends back without entering, uncolored.
    """

    melanin_share: float
    blood_share: float
    surface_share: float = 0.028


def reflectance(melanin_share: Floats, blood_share: Floats, surface_share: Floats | float | None = None) -> Floats:
    """Return the diffuse reflectance of skin at `WAVES_NM`, added as the last axis.

    Melanin: ``exp(-passes * thickness * share * absorption)``.
    Dermis: ``exp(-A / sqrt(3 (1 + scattering / absorption)))``.
    The surface adds its own, uncolored share.

    Parameters
    ----------
    melanin_share, blood_share, surface_share
        As in `SkinColor`; shapes that broadcast. Without the last, the row's value.

    References
    ----------
    Rows ``imaging.retakes.*``; Jacques 1998, https://omlc.org/news/jan98/skinoptics.html
    """
    melanin, bloodless, blood, scatter, path_um, steepness, surface = _optics()
    filtered = np.exp(-path_um * np.asarray(melanin_share)[..., None] * melanin)
    absorbed = bloodless + np.asarray(blood_share)[..., None] * blood
    dermis = np.exp(-steepness / np.sqrt(3 * (1 + scatter / absorbed)))
    sent = np.asarray(surface if surface_share is None else surface_share)[..., None]
    return np.asarray(sent + (1 - sent) * filtered * dermis)


@cache
def _optics() -> tuple[Floats, Floats, Floats, Floats, float, float, float]:
    book = load_evidence()

    def row(name: str) -> float:
        return book.number(f"imaging.retakes.{name}").value

    def falling(height: str, exponent: str) -> Floats:
        return np.asarray(row(height) * (WAVES_NM / _ANCHOR_NM) ** -row(exponent))

    oxygen = row("oxygen_share")
    molar = oxygen * OXYGENATED + (1 - oxygen) * DEOXYGENATED
    # From decadic per cm and mole per liter to natural per micrometer.
    blood = np.log(10) * molar * row("hemoglobin_g_cm3") * 1e3 / _MOLE_G * 1e-4
    return (
        falling("melanosome_500nm_per_um", "melanosome_exponent"),
        falling("bloodless_500nm_per_um", "bloodless_exponent"),
        blood,
        falling("scatter_500nm_per_um", "scatter_exponent"),
        row("epidermis_um") * row("epidermis_passes_ratio"),
        row("diffuse_number"),
        row("surface_share"),
    )


def color_like(rgb: Floats) -> SkinColor:
    """Return the skin whose color is nearest to one seen, up to brightness of the light.

    Melanin is read from red against green and blue, blood from green against red and blue, by search on a grid.

    Parameters
    ----------
    rgb
        Linear red, green, blue of the skin.
    """
    grid, known, unusual = _skins()
    # Color counts more than brightness: exposure is not known, but it is not arbitrary either.
    gap = known - np.log(np.maximum(np.asarray(rgb, float), 1e-4))
    distance = ((gap - _EXPOSURE * gap.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1) + unusual
    return SkinColor(*(float(value) for value in grid[int(distance.argmin())]))


@cache
def _skins() -> tuple[Floats, Floats, Floats]:
    """Return skins (n, 3), the logarithm of their color (n, 3), and what counts against each (n,)."""
    book = load_evidence()
    rows = [book.number(f"imaging.retakes.{name}") for name in ("melanin_share", "blood_share", "surface_share")]
    axes = [np.geomspace(row.low, row.high, steps) for row, steps in zip(rows, _GRID, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    known = np.log(np.maximum(seen(reflectance(grid[:, 0], grid[:, 1], grid[:, 2])), 1e-4))
    # Three colors do not tell three parts apart: the usual surface and blood are preferred.
    usual = np.array([row.value for row in rows[1:]])
    return grid, known, _PRIOR * (np.log(grid[:, 1:] / usual) ** 2).sum(axis=1)


def change_of(skin: SkinColor, melanin_by: Floats, blood_by: Floats) -> Floats:
    """Return by what linear red, green and blue are multiplied when a skin gains melanin and blood.

    Parameters
    ----------
    skin
        Before the change.
    melanin_by, blood_by
        Added shares, shapes that broadcast; a share never falls below nothing.

    Returns
    -------
    NDArray[np.float64]
        Their shape and a last axis of 3.
    """
    before = seen(reflectance(np.array(skin.melanin_share), np.array(skin.blood_share), skin.surface_share))
    melanin = np.maximum(skin.melanin_share + np.asarray(melanin_by), 0)
    blood = np.maximum(skin.blood_share + np.asarray(blood_by), 0)
    return np.asarray(
        np.maximum(seen(reflectance(melanin, blood, skin.surface_share)), 1e-5) / np.maximum(before, 1e-5)
    )


def melanin_for(skin: SkinColor, contrast: float) -> float:
    """Return the added melanosome share that lowers the luminance of a skin by a share.

    Parameters
    ----------
    skin
        Before the change.
    contrast
        Share of the luminance lost, 0 to below 1.
    """
    doses = np.linspace(0, 1, 401)
    kept = _luminances(skin, doses)
    return float(np.interp(-np.log1p(-contrast), -np.log(kept), doses))


def _luminances(skin: SkinColor, doses: Floats) -> Floats:
    before = seen(reflectance(np.array(skin.melanin_share), np.array(skin.blood_share), skin.surface_share))
    after = before * change_of(skin, doses, np.zeros_like(doses))
    return np.asarray(after @ np.array(LUMINANCE) / float(before @ np.array(LUMINANCE)))
