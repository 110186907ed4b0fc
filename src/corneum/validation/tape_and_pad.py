"""Tape strips and abrasive pads: how many until all is gone, and what water loss shows."""

from dataclasses import replace

import numpy as np

from corneum.abrasion import StrokePlan
from corneum.recovery import LAWS, RecoveryState, curves
from corneum.treatment import band
from corneum.validation.conditions import (
    GONE_SHARE,
    Bench,
    Treated,
    bare,
    first_below,
    just_after,
    stripped,
    treated,
)
from corneum.validation.findings import Finding, Ordered, Predicted, Samples
from corneum.validation.setup import Findings, Setup, one
from corneum.validation.wording import range_text

_COUNTS = np.array([1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 38, 44, 52, 60, 70, 80, 95, 110, 120])
_MORE = 70
_PIG_STRIPS = (5, 10, 15, 20)
_NOW = np.zeros(1)


def complete_removal(bench: Bench) -> Findings:
    """R27 and R28: strips on the plateaus of the forearm until 95 % of the stratum corneum is gone."""
    skin = bench.skin("forearm", 35)
    plateau = replace(skin, furrow_share=np.zeros(skin.n))
    left = np.stack([1 - stripped(bench, plateau, int(n)).removal.corneum_share for n in _COUNTS], axis=1)
    strips = first_below(_COUNTS.astype(np.float64), left, 1 - GONE_SHARE)
    first, later = 1 - left[:, 0], left[:, 8] - left[:, 9]
    falls = np.asarray(first > later / (_COUNTS[9] - _COUNTS[8]))
    remark = (
        f"Until {100 * GONE_SHARE:.0f} % of the stratum corneum outside furrows is gone; counts above "
        f"{_COUNTS[-1]} are shown as that. The first strip's layers are read from the span of these two sources."
    )
    said = f"{range_text(band(strips))} strips; {100 * np.mean(strips > _MORE):.0f} % of the samples need more than 70"
    may = "The source says that more than 70 'may' be needed, and that a strip takes less with depth: both are judged "
    may += "as one, and the band must reach beyond 70."
    reaches = np.full(skin.n, float(band(strips).high) > _MORE)
    return {
        "validation.r27_strips": (Predicted(strips, remark=remark),),
        "validation.r28_strips": (Ordered(reaches & falls, said, remark=f"{remark} {may}"),),
    }


def furrows(bench: Bench) -> tuple[Finding, ...]:
    """R29: stratum corneum left in furrows after 20 and 40 strips."""
    skin = bench.skin("forearm", 35)
    inside = replace(skin, furrow_share=np.ones(skin.n))
    left = {count: 1 - stripped(bench, inside, count).removal.corneum_share for count in (20, 40)}
    told = [f"{range_text(band(value), factor=100)} % after {count} strips" for count, value in left.items()]
    said = f"of the stratum corneum in furrows is left {' and '.join(told)}"
    remark = "Judged is that some, at least 5 %, is left in the furrows after 20 strips."
    return (Ordered(left[20] >= 1 - GONE_SHARE, said, remark=remark),)


def by_both_laws(state: RecoveryState, rest_g_m2_h: Samples, remark: str) -> tuple[Finding, ...]:
    """Return water loss now over that at rest, by either law."""
    now = curves(state, _NOW)
    return tuple(Predicted(now.tewl_g_m2_h(law)[:, 0] / rest_g_m2_h, f"{law} law", remark) for law in LAWS)


def pig_strips(bench: Bench) -> Findings:
    """B22: water loss after 5, 10, 15 and 20 strips; human abdomen stands for dermatomed pig skin."""
    skin = bench.skin("abdomen", 40)
    remark = "Human abdomen stands for pig skin in vitro. Furrows keep some of their stratum corneum."
    return {
        f"validation.b22_strips_{count}": by_both_laws(
            just_after(stripped(bench, skin, count), bench.draws), skin.tewl_g_m2_h, remark
        )
        for count in _PIG_STRIPS
    }


def ceiling(bench: Bench) -> tuple[Finding, ...]:
    """B26: water loss of the forearm without any stratum corneum, over baseline."""
    skin = bench.skin("forearm", 30)
    remark = "The exponential law repeats the arithmetic of the published value; the reciprocal law does not."
    return by_both_laws(bare(bench, skin), skin.tewl_g_m2_h, remark)


def cheek_strips(bench: Bench) -> tuple[Finding, ...]:
    """B28: water loss of the cheek after ten strips."""
    skin = bench.skin("cheek", 35)
    found = by_both_laws(
        just_after(stripped(bench, skin, 10), bench.draws),
        skin.tewl_g_m2_h,
        "The number of strips was not shown: 10 taken, as in contradiction 9. "
        "The laws were measured on the body; on the cheek their depth scale is said to be much shorter.",
    )
    return tuple(replace(one_law, bound=True) for one_law in found if isinstance(one_law, Predicted))


def ex_vivo(bench: Bench) -> Findings:
    """Water loss of human skin ex vivo after 10 strips, and after 10 passages of an abrasive pad."""
    skin = bench.skin("abdomen", 40)
    taped = stripped(bench, skin, 10)
    padded: Treated = treated(bench, skin, bench.settings("pad"), StrokePlan(1, 1, passes=10))
    tape = by_both_laws(just_after(taped, bench.draws), skin.tewl_g_m2_h, "Abdomen taken; the site was not read.")
    pad = by_both_laws(
        just_after(padded, bench.draws),
        skin.tewl_g_m2_h,
        "Grit, load and length of a stroke were not read and are sampled: the model cannot tell the two pads apart.",
    )
    return {
        "validation.dt2017_tape_10": tape,
        "validation.dt2017_pad_10_unilect": pad,
        "validation.dt2017_pad_10_prepster": pad,
    }


SETUPS = (
    Setup(("validation.r27_strips", "validation.r28_strips"), complete_removal),
    one("validation.r29_furrows", furrows),
    Setup(tuple(f"validation.b22_strips_{count}" for count in _PIG_STRIPS), pig_strips),
    one("validation.b26_ceiling", ceiling),
    one("validation.b28_cheek", cheek_strips),
    Setup(
        (
            "validation.dt2017_tape_10",
            "validation.dt2017_pad_10_unilect",
            "validation.dt2017_pad_10_prepster",
        ),
        ex_vivo,
    ),
)
