"""How the intact skin holds water and renews itself: resting water loss, transit, corneocyte area."""

import numpy as np

from corneum.evidence import Draws
from corneum.skin.anatomy import row_key
from corneum.skin.person import Person, State
from corneum.skin.properties import Samples
from corneum.skin.sites import Site


def resting_tewl(person: Person, site: Site, draws: Draws, state: State) -> Samples:
    """Return the resting transepidermal water loss of the intact site [g/m2/h], shape (n,).

    The sources disagree about age (contradiction 10): it rises from 20 to 40 y (B33), is humped (B35), is lower
    from 65 y (B34). Here it rises, stays, and falls; slope and turning age have ranges that cover the three.

    Parameters
    ----------
    person
        Age is used.
    site
        Where.
    draws
        Samples of the rows, n of each.
    state
        Irritation raises it.

    References
    ----------
    Keys ``skin.<site or region>.tewl_g_m2_h``, ``skin.face.tewl_slope_g_m2_h_y``,
    ``skin.forearm.tewl_slope_g_m2_h_y``, ``skin.tewl.*``: Kottner 2013, Hillebrand.
    """
    tewl_g_m2_h = draws[row_key(draws, site, "tewl_g_m2_h")] * _tewl_age_factor(person, site, draws)
    return np.asarray(tewl_g_m2_h * draws["skin.tewl.irritated_fold"]) if state.irritated else tewl_g_m2_h


def _tewl_age_factor(person: Person, site: Site, draws: Draws) -> Samples:
    measured = "skin.face" if site.region in ("face", "eyelid") else "skin.forearm"
    # Relative to the site where the slope was measured: an absolute slope would turn a low site's loss negative.
    slope_per_y = draws[f"{measured}.tewl_slope_g_m2_h_y"] / draws.book.number(f"{measured}.tewl_g_m2_h").value
    rising_y = np.clip(person.age_y, draws["skin.tewl.rise_from_age_y"], draws["skin.tewl.rise_to_age_y"])
    rise = 1 + slope_per_y * (rising_y - draws["skin.tewl.reference_age_y"])
    falling_y = np.maximum(person.age_y - draws["skin.tewl.fall_from_age_y"], 0)
    return np.asarray(rise * np.exp(-draws["skin.tewl.fall_per_y"] * falling_y))


def transit_age_ratio(person: Person, draws: Draws) -> Samples:
    """Return corneum transit at this age over transit at the younger published age, shape (n,); never below 1.

    Straight through the two published cohorts and beyond the older one up to a clamp; flat below the younger,
    because young adults are read as about 20 d as well (T20).

    Parameters
    ----------
    person
        Age is used.
    draws
        Samples of the rows, n of each.

    References
    ----------
    Keys ``skin.transit.younger_d``, ``skin.transit.older_d``, ``skin.cohort.*``: Grove 1981, Maeda 2017.
    """
    younger_d = draws["skin.transit.younger_d"]
    return np.asarray(_through_cohorts(person, draws, younger_d, draws["skin.transit.older_d"]) / younger_d)


def transit(intact_layers: Samples, age_ratio: Samples, draws: Draws) -> Samples:
    """Return the transit time through the intact stratum corneum [d], shape (n,).

    Parameters
    ----------
    intact_layers
        Corneocyte layers, shape (n,).
    age_ratio
        What `transit_age_ratio` returns, shape (n,).
    draws
        Samples of the rows, n of each.

    References
    ----------
    Keys ``skin.transit.younger_d``, ``skin.transit.layers_exponent``, ``skin.transit.person_factor``: Grove 1981.
    """
    number = draws.book.number
    forearm_layers = number("skin.forearm.corneum_um").value / number("skin.forearm.layer_um").value
    by_layers = (intact_layers / forearm_layers) ** draws["skin.transit.layers_exponent"]
    return np.asarray(draws["skin.transit.younger_d"] * age_ratio * by_layers * draws["skin.transit.person_factor"])


def corneocyte_area(person: Person, draws: Draws) -> Samples:
    """Return the area of one corneocyte [um2], shape (n,).

    Parameters
    ----------
    person
        Age is used.
    draws
        Samples of the rows, n of each.

    References
    ----------
    Keys ``skin.corneocyte.*``, ``skin.cohort.*``: Grove 1981.
    """
    area_um2 = _through_cohorts(person, draws, draws["skin.corneocyte.younger_um2"], draws["skin.corneocyte.older_um2"])
    return np.asarray(area_um2 * draws["skin.corneocyte.site_factor"])


def _through_cohorts(person: Person, draws: Draws, younger: Samples, older: Samples) -> Samples:
    first_y, second_y = draws["skin.cohort.younger_age_y"], draws["skin.cohort.older_age_y"]
    age_y = np.clip(person.age_y, first_y, draws["skin.cohort.clamp_age_y"])
    # The errors of the two cohorts overlap in the tails; a fall with age would contradict both sources.
    rise = np.maximum(older - younger, 0)
    return np.asarray(younger + rise * (age_y - first_y) / (second_y - first_y))
