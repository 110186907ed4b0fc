"""What sellers and news say that a session removes: diamond tips, a home kit, a masked jet."""

import numpy as np

from corneum.abrasion import Mask
from corneum.validation.conditions import Bench, moving, standing, treated
from corneum.validation.findings import Finding, Predicted
from corneum.validation.setup import one

_MANY_PASSES = 6
_HOLE_UM = 250.0
_LONGEST_S = 600.0


def spa_pass(bench: Bench) -> tuple[Finding, ...]:
    """R17: one pass of a diamond tip at the seller's least vacuum."""
    settings = bench.settings("diamond", vacuum="4 inHg")
    done = treated(bench, bench.skin("cheek", 40), settings, moving(bench, 1))
    remark = "Vacuum is taken as the same seller's least, 4 inHg (R16); grit, load and tip are sampled."
    return (Predicted(done.removal.corneum_share, remark=remark),)


def medical_passes(bench: Bench) -> tuple[Finding, ...]:
    """R18: six passes of a diamond tip in the seller's medical window of vacuum."""
    done = treated(bench, bench.skin("cheek", 40), bench.settings("diamond"), moving(bench, _MANY_PASSES))
    remark = f"Passes are not printed: {_MANY_PASSES} taken. Vacuum 8-12 inHg (R16); grit, load and tip are sampled."
    return (Predicted(done.removal.corneum_share, remark=remark, bound=True),)


def diamond_depth(bench: Bench) -> tuple[Finding, ...]:
    """R23: depth of one diamond session."""
    plan = moving(bench, bench.usual_passes())
    done = treated(bench, bench.skin("cheek", 40), bench.settings("diamond"), plan)
    remark = "Settings are not printed: the medical window of vacuum and the usual number of passes. Mean depth."
    return (Predicted(done.removal.mean_um, remark=remark),)


def home_depth(bench: Bench) -> tuple[Finding, ...]:
    """R24: depth of one session with a home crystal kit."""
    plan = moving(bench, bench.usual_passes())
    done = treated(bench, bench.skin("cheek", 40), bench.settings("home-crystal"), plan)
    remark = "Settings are not printed and sampled; the usual number of passes. Mean depth."
    return (Predicted(done.removal.mean_um, remark=remark),)


def conduit(bench: Bench) -> tuple[Finding, ...]:
    """R26: time for a jet through a mask to go through the whole epidermis of the forearm."""
    skin = bench.skin("forearm", 30)
    settings = bench.settings("crystal-pressure")
    mask = Mask(_HOLE_UM, 2 * _HOLE_UM)
    done = treated(bench, skin, settings, standing(1), mask=mask, pitch_um=10)
    worked, stack = done.worked, done.removal.stack
    rate_j_m2 = worked.class_j_m2 @ worked.class_share * worked.sample_ratio
    seconds = np.minimum(stack.junction_energy_j_m2 / rate_j_m2, _LONGEST_S)
    remark = (
        f"Taken as the time until the mean energy in a hole of {_HOLE_UM:g} um reaches the dermo-epidermal junction, "
        "outside furrows, with the usual settings of a compressed-air device; hole, pressure and flow are not printed. "
        f"Times above {_LONGEST_S:g} s count as that."
    )
    return (Predicted(np.asarray(seconds), remark=remark, bound=True),)


SETUPS = (
    one("validation.r17_diamond_pass", spa_pass),
    one("validation.r18_diamond_multi", medical_passes),
    one("validation.r23_diamond_depth", diamond_depth),
    one("validation.r24_home_depth", home_depth),
    one("validation.r26_conduit_time", conduit),
)
