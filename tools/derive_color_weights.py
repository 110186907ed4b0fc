"""Derive the weights of the redness and melanin indices from a model of skin, and print them beside the shipped rows.

Skin here is a semi-infinite dermis by diffusion theory (Farrell, Patterson and Wilson 1992, extrapolated boundary;
recalled) under an epidermis that filters about twice, with the spectra of Jacques 1998 and Prahl's hemoglobin. The
camera is the 1931 observer under D65, in linear sRGB. The simulated changes use another model.

Run ``.venv/bin/python tools/derive_color_weights.py``; it needs colour-science.
"""

from functools import cache
from itertools import product

import colour
import numpy as np

from corneum.evidence import load_evidence
from corneum.imaging.retakes.chromophores import DEOXYGENATED, OXYGENATED, WAVES_NM

SHAPE = colour.SpectralShape(400, 700, 10)
TO_SRGB = colour.RGB_COLOURSPACES["sRGB"].matrix_XYZ_to_RGB
BASELINE = 0.244 + 85.3 * np.exp(-(WAVES_NM - 154) / 66.2)
SCATTER = 2e5 * WAVES_NM**-1.5 + 2e12 * WAVES_NM**-4
MELANOSOME = 6.6e11 * WAVES_NM**-3.33
"""Absorption and reduced scattering, 1/cm (Jacques 1998)."""
EPIDERMIS_CM = 0.006
INTERNAL_REFLECTION = 2.95
"""Of a boundary between skin (1.4) and air."""
MELANIN = np.geomspace(0.01, 0.22, 9)
BLOOD = (0.007, 0.015, 0.03, 0.05)
SURFACE, PASSES, OXYGEN = (0.0, 0.02, 0.04), (1.5, 2.0, 2.5), (0.6, 0.8)
STEP = 1.03


@cache
def camera() -> np.ndarray:
    """Return how each wavelength counts in linear red, green and blue, shape (31, 3)."""
    observer = colour.MSDS_CMFS["CIE 1931 2 Degree Standard Observer"].copy().align(SHAPE).values
    daylight = colour.SDS_ILLUMINANTS["D65"].copy().align(SHAPE).values
    weights = (observer * daylight[:, None]) @ TO_SRGB.T
    return weights / weights.sum(axis=0)


def density(melanin: float, blood: float, surface: float, passes: float, oxygen: float) -> np.ndarray:
    """Return the densities of a skin, shape (3,)."""
    molar = oxygen * OXYGENATED + (1 - oxygen) * DEOXYGENATED
    absorption = BASELINE + blood * 2.303 * molar * 150 / 64500
    albedo = SCATTER / (absorption + SCATTER)
    root = np.sqrt(3 * (1 - albedo))
    dermis = albedo / 2 * (1 + np.exp(-4 / 3 * INTERNAL_REFLECTION * root)) * np.exp(-root)
    light = surface + (1 - surface) * dermis * np.exp(-passes * EPIDERMIS_CM * melanin * MELANOSOME)
    return -np.log10(np.maximum(light @ camera(), 1e-4))


def slopes() -> tuple[np.ndarray, np.ndarray]:
    """Return what a small relative change of melanin and of blood does to the densities, each (skins, 3)."""
    by_melanin, by_blood = [], []
    for surface, passes, oxygen, melanin, blood in product(SURFACE, PASSES, OXYGEN, MELANIN, BLOOD):
        rest = (surface, passes, oxygen)
        # The same filter, however many times light passes it.
        melanin = melanin * 2 / passes
        here = density(melanin, blood, *rest)
        by_melanin.append(density(STEP * melanin, blood, *rest) - here)
        by_blood.append(density(melanin, STEP * blood, *rest) - here)
    return np.array(by_melanin), np.array(by_blood)


def redness_of(blue: float) -> np.ndarray:
    """Return the weights of redness for a weight of blue."""
    return np.array([blue - 1, 1, -blue])


def derived() -> dict[str, float]:
    """Return the derived numbers, by the last part of their keys."""
    by_melanin, by_blood = slopes()

    def worst(blue: float) -> float:
        weights = redness_of(blue)
        return float(np.abs(by_melanin @ weights / (by_melanin @ (np.array([1.0, 0, 0]) - weights))).max())

    blue = min(np.arange(0.2, 0.6, 0.01), key=worst)
    weights = redness_of(float(blue))
    bloodless = [
        density(melanin, 0.0, surface, 2.0, 0.7) @ weights for surface in SURFACE for melanin in (0.01, 0.03, 0.06, 0.1)
    ]
    return {
        "worst crosstalk at 0.40": worst(0.4),
        "redness_blue_coefficient": float(blue),
        "worst crosstalk": worst(float(blue)),
        "melanin_redness_coefficient": float(np.median(by_blood[:, 0] / (by_blood @ weights))),
        "bloodless_redness_number": float(np.median(bloodless)),
    }


def main() -> int:
    """Print the numbers; return the exit code."""
    rows = load_evidence().numbers
    for name, value in derived().items():
        shipped = rows.get(f"imaging.color.{name}")
        print(f"{name:30} {value:8.3f}" + (f"   shipped {shipped.value:g}" if shipped else ""))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
