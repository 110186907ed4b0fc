"""The dermal signal: coarse and medium diamond, crystals, vacuum alone."""

import numpy as np

from corneum.recovery import curves
from corneum.treatment import band
from corneum.validation.conditions import Bench, Treated, just_after, moving, ordinary, standing, treated
from corneum.validation.findings import Finding, Ordered, Predicted
from corneum.validation.setup import Findings, Setup, one
from corneum.validation.wording import range_text

_SAMPLED_H = np.array([4.0, 24.0, *(24.0 * day for day in (2, 3, 4, 5, 6, 7, 8, 10, 12, 14))])
_NOW = np.zeros(1)


def diamond_grits(bench: Bench) -> Findings:
    """D01 and D04: procollagen mRNA on a photoaged forearm after a coarse and a medium diamond tip."""
    skin = bench.skin("forearm", 65)
    plan = moving(bench, bench.usual_passes())

    def highest(grit: str) -> Treated:
        return treated(bench, skin, bench.settings("diamond", grit=grit), plan)

    coarse, medium = (
        curves(just_after(highest(grit), bench.draws), _SAMPLED_H).procollagen1_fold.max(axis=1)
        for grit in ("125 um", "100 um")
    )
    answered = medium > 1
    times = "Highest of biopsies at 4 h to 14 d; the threshold in grit is read from this study."
    shares = [100 * np.mean(signal) for signal in (answered, coarse > 1)]
    said = f"a signal in {shares[0]:.0f} % of the samples, beside {shares[1]:.0f} % with 125 um"
    return {
        "validation.d01_coarse": (Predicted(coarse, remark=f"{times} Samples that do not respond count as 1."),),
        "validation.d04_medium": (Ordered(~answered, said, remark=times),),
    }


def crystal_responders(bench: Bench) -> tuple[Finding, ...]:
    """D06: share of people whose procollagen I answers one ordinary crystal session on the buttock."""
    state = just_after(ordinary(bench, bench.skin("buttock", 40)), bench.draws)
    remark = "Probability of a response at any time; the count was taken at day 14."
    return (Predicted(curves(state, _NOW).dermal_probability, remark=remark),)


def vacuum_alone(bench: Bench) -> tuple[Finding, ...]:
    """D08: three seconds on one place with crystals, and with vacuum alone."""
    skin = bench.skin("buttock", 40)
    probability = [
        curves(
            just_after(treated(bench, skin, bench.settings(device), standing(3), pitch_um=25), bench.draws), _NOW
        ).dermal_probability
        for device in ("crystal-venturi", "vacuum")
    ]
    said = (
        f"probability of a procollagen signal {range_text(band(probability[0]), factor=100)} % with crystals, "
        f"{range_text(band(probability[1]), factor=100)} % with vacuum alone"
    )
    remark = "MMP-1 and MMP-3 are not simulated: judged is that vacuum alone gives the smaller procollagen signal, "
    remark += "which the model assumes to be none."
    return (Ordered(probability[1] < probability[0], said, remark=remark),)


SETUPS = (
    Setup(("validation.d01_coarse", "validation.d04_medium"), diamond_grits),
    one("validation.d06_crystal_responders", crystal_responders),
    one("validation.d08_vacuum_only", vacuum_alone),
)
