"""Redness: how long it lasts, how strong it is, and what a deep treatment leaves."""

import numpy as np

from corneum.abrasion import remove
from corneum.recovery import Insult, curves, injure
from corneum.treatment import at_rest, band
from corneum.units import convert
from corneum.validation.conditions import (
    Bench,
    Treated,
    at_energy,
    first_below,
    just_after,
    long_hours,
    moving,
    ordinary,
    treated,
)
from corneum.validation.findings import Finding, Ordered, Predicted
from corneum.validation.setup import one
from corneum.validation.wording import range_text

_PINPOINT_SHARE = 0.01
_TWO_WEEKS_H = 336.0
_WEEK_H = 168.0


def ordinary_redness(bench: Bench) -> tuple[Finding, ...]:
    """E01: minutes until redness no longer shows after an ordinary crystal session on a face."""
    hours = long_hours(500)
    flow = curves(just_after(ordinary(bench, bench.skin("cheek", 40)), bench.draws), hours).blood_flow_ratio
    gone_h = first_below(hours, flow, bench.draws["recovery.redness.visible_ratio"])
    remark = "Until blood flow falls to the row recovery.redness.visible_ratio; 0 where it never rises above it."
    return (Predicted(gone_h * convert(1, "h", "min"), remark=remark),)


def peeled_adhesive(bench: Bench) -> tuple[Finding, ...]:
    """E06: blood flow 5 and 20 min after an adhesive is peeled, over that at rest."""
    skin = bench.skin("forearm", 35)
    nothing = np.zeros((skin.n, at_rest(skin, bench.draws).k))
    peel = Insult(nothing, np.zeros(skin.n), np.ones(skin.n), "tape")
    minutes = np.array([5.0, 20.0])
    state = injure(at_rest(skin, bench.draws), peel)
    flow = curves(state, minutes * convert(1, "min", "h")).blood_flow_ratio
    remark = "The model takes the work of this peel for that of one ordinary session. Which of the two times the "
    remark += "printed ratio stands for was not read."
    return tuple(Predicted(flow[:, at], f"at {at_min:g} min", remark) for at, at_min in enumerate(minutes))


def to_pinpoint_bleeding(bench: Bench) -> Treated:
    """Return a face treated in each sample until 1 % of its area reaches the dermo-epidermal junction."""
    skin = bench.skin("cheek", 45)
    done = treated(bench, skin, bench.settings("crystal-venturi"), moving(bench, 4))
    worked = done.worked
    rare = np.cumsum(worked.class_share[::-1])[::-1] <= _PINPOINT_SHARE / (1 - skin.furrow_share[:, None])
    edge_j_m2 = worked.class_j_m2[rare.argmax(axis=1)]
    needed = remove(worked, skin, bench.draws).stack.junction_energy_j_m2
    return at_energy(done, needed / (edge_j_m2 * worked.sample_ratio), bench.draws)


def deep_redness(bench: Bench) -> tuple[Finding, ...]:
    """E07: weeks of redness, and living epidermis missing a week after a deep crystal treatment."""
    done = to_pinpoint_bleeding(bench)
    hours = np.unique(np.concatenate([long_hours(8760), [_WEEK_H]]))
    found = curves(just_after(done, bench.draws), hours)
    gone_h = first_below(hours, found.blood_flow_ratio, bench.draws["recovery.redness.visible_ratio"])
    missing_um = found.living_lost_um[:, np.searchsorted(hours, _WEEK_H)]
    closed = missing_um <= 0.05 * np.maximum(found.living_lost_um[:, 0], 1e-9)
    passes_two_weeks = float(band(gone_h).high) > _TWO_WEEKS_H
    said = (
        f"redness shows for {range_text(band(gone_h / 24))} d, longer than 2 wk in "
        f"{100 * np.mean(gone_h > _TWO_WEEKS_H):.0f} % of the samples; a week after, "
        f"{range_text(band(missing_um))} um of living epidermis is missing"
    )
    remark = (
        f"Treated until {100 * _PINPOINT_SHARE:.0f} % of the area reaches the dermo-epidermal junction. "
        "'May pass 2 wk': the band must reach beyond it; 're-epithelialised in 1 wk': 95 % of the lost living "
        "epidermis must be back."
    )
    return (Ordered(closed & passes_two_weeks, said, remark=remark),)


SETUPS = (
    one("validation.e01_erythema", ordinary_redness),
    one("validation.e06_flow_ratio", peeled_adhesive),
    one("validation.e07_deep_erythema", deep_redness),
)
