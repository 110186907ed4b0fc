"""Resting skin and its renewal: thickness, water loss, transit, mitosis, and the epidermis over a course."""

from math import sqrt

import numpy as np

from corneum.abrasion import Application
from corneum.recovery import advance, curves, injure
from corneum.skin import Person, Skin, find_site
from corneum.treatment import Protocol, Step, ZoneResult, at_rest, band, simulate
from corneum.units import convert
from corneum.validation.conditions import (
    GONE_SHARE,
    Bench,
    at_energy,
    bare,
    energy_ratio,
    first_below,
    moving,
    treated,
    treated_insult,
)
from corneum.validation.findings import Finding, NotSimulated, Ordered, Predicted, Samples
from corneum.validation.setup import Findings, Setup, one
from corneum.validation.wording import range_text

_SITES = (
    "forehead",
    "cheek",
    "neck",
    "chest",
    "upper_back",
    "abdomen",
    "upper_arm",
    "forearm",
    "hand",
    "thigh_hip",
    "lower_leg",
)
_PEOPLE_IN_GROUP = 38 / 4
_RAMP_MMHG = (25, 30, 35, 40, 45, 50, 55)
_PERSISTS_SHARE = 0.05


def resting_forearm(bench: Bench) -> Findings:
    """T01, B32, T17: stratum corneum, water loss and transit of the forearm."""
    transit = {age_y: bench.skin("forearm", age_y).transit_d for age_y in (35, 60)}
    read = "Read from the same source: it checks that the model returns what it was given."
    people = f"{read} The band is between people, the printed one a standard error."
    return {
        "validation.t01_corneum_forearm": (Predicted(bench.skin("forearm", 45).intact_corneum_um, remark=read),),
        "validation.b32_tewl_forearm": (Predicted(bench.skin("forearm", 30).tewl_g_m2_h, remark=read),),
        "validation.t17_transit_35": (Predicted(transit[35], remark=people),),
        "validation.t17_transit_60": (Predicted(transit[60], remark=people),),
    }


def mean_of_sites(bench: Bench) -> tuple[Finding, ...]:
    """T07: mean stratum corneum of eleven sites of one woman."""
    skins: list[Skin] = [bench.skin(site, 40, "female") for site in _SITES]
    remark = f"The sites were not read; taken: {', '.join(_SITES)}. OCT and histology need not see the same layer."
    return (Predicted(np.mean([skin.intact_corneum_um for skin in skins], axis=0), remark=remark),)


def whole_epidermis(bench: Bench) -> tuple[Finding, ...]:
    """T21: not simulated."""
    return (
        NotSimulated(
            "The model follows transit through the stratum corneum only (19.8 d at 35 y on the forearm); how long a "
            "cell stays in the living epidermis is not simulated."
        ),
    )


def mitosis(bench: Bench) -> Findings:
    """B43 and B44: when mitosis is highest after complete stripping, and when it is back."""
    hours = np.linspace(0, 40 * 24, 40 * 24 + 1)
    rise = curves(bare(bench, bench.skin("forearm", 35)), hours).mitosis_ratio - 1
    highest = rise.argmax(axis=1)
    after = np.where(np.arange(hours.size) < highest[:, None], np.inf, rise)
    back_h = first_below(hours, np.nan_to_num(after, posinf=1e9), (1 - GONE_SHARE) * rise.max(axis=1))
    read = "The time of the peak is read from this row: it checks the arithmetic."
    remark = f"Until {100 * GONE_SHARE:.0f} % of the rise is gone."
    return {
        "validation.b43_mitosis_peak": (Predicted(hours[highest], remark=read),),
        "validation.b44_mitosis_baseline": (Predicted(back_h * convert(1, "h", "d"), remark=remark),),
    }


def _course(bench: Bench, *, sessions: int, interval_d: float, follow_up_d: float) -> ZoneResult:
    plan = moving(bench, bench.usual_passes())
    step = Step(find_site("cheek"), Application(bench.settings("crystal-venturi"), plan))
    protocol = Protocol(
        "published course",
        (step,),
        Person(45),
        sessions=sessions,
        interval_d=interval_d,
        follow_up_d=follow_up_d,
    )
    result = simulate(protocol, samples=bench.draws.n, seed=bench.seed, book=bench.book)
    for key in result.rows_used:  # the case must name the rows that the course rests on
        bench.draws[key]
    return result.zones[0]


def eight_weekly(bench: Bench) -> Findings:
    """T27 and T28: gain of living epidermis a week after eight weekly sessions."""
    gain = _course(bench, sessions=8, interval_d=7, follow_up_d=7).curves.epidermis_ratio[:, -1] - 1
    spread = bench.book.number("skin.shoulder.living_um")
    limit = (spread.high - spread.low) / 2 / spread.value * sqrt(2 / _PEOPLE_IN_GROUP)
    both = "The gain after this very course is one row whose assumed range spans both trials (contradiction 4): the "
    both += "comparison is not independent."
    said = f"{range_text(band(gain), factor=100)} % thicker, against {100 * limit:.0f} % that could be told apart"
    remark = f"{both} The detection limit is this project's: spread of T02 between people, groups of 38/4."
    return {
        "validation.t27_epidermis": (Predicted(100 * gain, remark=both),),
        "validation.t28_epidermis": (Ordered(gain < limit, said, remark=remark),),
    }


def pig_ramp(bench: Bench) -> tuple[Finding, ...]:
    """T30: seven weekly sessions on a flank, vacuum from 25 to 55 mmHg; the human abdomen stands for the pig."""
    draws, skin = bench.draws, bench.skin("abdomen", 20)
    state = at_rest(skin, draws)
    plan = moving(bench, bench.usual_passes())
    ramp = [bench.settings("crystal-venturi", vacuum=f"{mmhg} mmHg") for mmhg in _RAMP_MMHG]
    first = treated(bench, skin, ramp[0], plan)
    for settings in ramp:
        done = at_energy(first, energy_ratio(first, settings, draws), draws)
        state = advance(injure(state, treated_insult(done, draws)), 7)
    gain: Samples = curves(state, np.zeros(1)).epidermis_ratio[:, 0] - 1
    remark = "Human skin stands for a pig of 8 weeks that still grows; passes are the usual number. Vacuum as printed."
    return (Predicted(100 * gain, remark=remark),)


def ninety_days(bench: Bench) -> tuple[Finding, ...]:
    """T32: gain of living epidermis 90 d after six sessions, over that a week after them."""
    found = _course(bench, sessions=6, interval_d=8.5, follow_up_d=90).curves
    gain, since_d = found.epidermis_ratio - 1, found.hours / 24 - 5 * 8.5
    left = gain[:, -1] / gain[:, np.argmin(np.abs(since_d - 7))]
    said = f"{range_text(band(left), factor=100)} % of the gain a week after the course is left at 90 d"
    remark = f"Partly: more than {100 * _PERSISTS_SHARE:.0f} % and less than all. Sessions every 8.5 d for 7-10 d."
    return (Ordered((left > _PERSISTS_SHARE) & (left < 1), said, remark=remark),)


SETUPS = (
    Setup(
        (
            "validation.t01_corneum_forearm",
            "validation.b32_tewl_forearm",
            "validation.t17_transit_35",
            "validation.t17_transit_60",
        ),
        resting_forearm,
    ),
    one("validation.t07_corneum_mean", mean_of_sites),
    one("validation.t21_epidermal_turnover", whole_epidermis),
    Setup(("validation.b43_mitosis_peak", "validation.b44_mitosis_baseline"), mitosis),
    Setup(("validation.t27_epidermis", "validation.t28_epidermis"), eight_weekly),
    one("validation.t30_pig_epidermis", pig_ramp),
    one("validation.t32_persistence", ninety_days),
)
