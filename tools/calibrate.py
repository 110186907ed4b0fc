"""Refit the two calibrated constants of the abrasion model to the rows that the calibration map names.

Run ``.venv/bin/python tools/calibrate.py``. It prints the fit beside the shipped rows and changes nothing:
a person who accepts a new fit writes it into ``src/corneum/evidence/tables/abrasion.toml``.

Of R01 the holes in the middle 1.5 mm of the jet are looked at. That is its densest part: the opening and where the
skin was looked at are not printed, and the mean over a whole opening is lower.
"""

import numpy as np
from scipy.optimize import brentq

from corneum.abrasion import Application, Mask, StrokePlan, remove, work
from corneum.devices import configure
from corneum.evidence import Draws, load_evidence
from corneum.skin import Air, Person, find_site, sample_skin
from corneum.units import Quantity

SHARE = "abrasion.delamination_share"
LIVING = "abrasion.living.resistance_ratio"
_PATCH = StrokePlan(40, 40, passes=2)
_HOLE_UM = 250.0
_MIDDLE_MM = 1.5


def ordinary_share(share: float) -> float:
    """Return the share of cheek corneum that an ordinary session removes (IN-032)."""
    book = load_evidence()
    draws = Draws(book, central=True, fixed={SHARE: share})
    skin = sample_skin(Person(40, "female"), find_site("cheek"), draws, air=Air())
    worked = work(Application(configure("crystal-venturi", {}, book), _PATCH), draws, seed=1)
    return float(remove(worked, skin, draws).corneum_share[0])


def masked(share: float, living: float) -> tuple[float, float]:
    """Return corneum share and living depth (um) removed at -30 kPa for 20 s through a mask (R01, jet's middle)."""
    book = load_evidence()
    draws = Draws(book, central=True, fixed={SHARE: share, LIVING: living})
    skin = sample_skin(Person(50, "female"), find_site("abdomen"), draws, air=Air())
    settings = configure("crystal-venturi", {"vacuum": Quantity(-30, "kPa")}, book)
    plan = StrokePlan(_MIDDLE_MM, _MIDDLE_MM, passes=1, speed_mm_s=0, dwell_s=20)
    worked = work(Application(settings, plan, Mask(_HOLE_UM, 2 * _HOLE_UM)), draws, seed=1, pitch_um=10)
    removal = remove(worked, skin, draws)
    return float(removal.corneum_share[0]), float(removal.living_um[0])


def fit() -> tuple[float, float]:
    """Return the fitted delamination share and living resistance ratio."""
    book = load_evidence()
    wanted = book.number("treatment.ordinary.corneum_share").value
    layer_um = book.number("skin.living.layer_um").value
    share = float(brentq(lambda x: ordinary_share(x) - wanted, 1e-3, 5e-2, xtol=1e-6))
    living = float(np.exp(brentq(lambda x: masked(share, float(np.exp(x)))[1] - layer_um, 0, 7, xtol=1e-3)))
    return share, living


if __name__ == "__main__":
    share, living = fit()
    book = load_evidence()
    corneum, depth = masked(share, living)
    print(f"{SHARE}: fit {share:.5f}, shipped {book.number(SHARE).value:g}")
    print(f"{LIVING}: fit {living:.2f}, shipped {book.number(LIVING).value:g}")
    print(f"ordinary session: {ordinary_share(share):.3f} of the corneum (IN-032: 0.23)")
    print(f"masked, R01, middle of the jet: {corneum:.3f} of the corneum, {depth:.1f} um of living epidermis")
