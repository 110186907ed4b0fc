"""What treated skin lets through."""

import numpy as np

from corneum.recovery import LAWS, curves
from corneum.treatment import band
from corneum.validation.conditions import Bench, just_after, ordinary
from corneum.validation.findings import Finding, Predicted
from corneum.validation.setup import one
from corneum.validation.wording import range_text


def vitamin_c(bench: Bench) -> tuple[Finding, ...]:
    """P01: permeability just after an ordinary session; the human abdomen stands for pig or mouse."""
    skin = bench.skin("abdomen", 40)
    now = curves(just_after(ordinary(bench, skin), bench.draws), np.zeros(1))
    tewl = ", ".join(
        f"{range_text(band(now.tewl_g_m2_h(law)[:, 0] / skin.tewl_g_m2_h), factor=100)} % by the {law} law"
        for law in LAWS
    )
    remark = f"Human skin and an ordinary session. 'TEWL little changed' beside it: of baseline, {tewl}."
    return (Predicted(now.permeability_ratio[:, 0], remark=remark),)


SETUPS = (one("validation.p01_vitamin_c", vitamin_c),)
