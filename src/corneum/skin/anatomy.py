"""How thick the layers of a site are, and in how many cells."""

from dataclasses import dataclass

import numpy as np

from corneum.evidence import Draws
from corneum.skin.person import Person
from corneum.skin.properties import Samples
from corneum.skin.sites import Site


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Thickness of the layers before any stripping; every array has shape (n,).

    Parameters
    ----------
    layers
        Corneocyte layers; not rounded.
    corneum_um
        Stratum corneum [um].
    living_um
        Living epidermis [um].
    papillary_um
        Papillary dermis [um].
    """

    layers: Samples
    corneum_um: Samples
    living_um: Samples
    papillary_um: Samples


def row_key(draws: Draws, site: Site, quantity: str) -> str:
    """Return the key of the site's own row for a quantity, or that of its region where it has none."""
    own = f"skin.{site.name}.{quantity}"
    return own if own in draws.book.numbers else f"skin.{site.region}.{quantity}"


def sample_anatomy(person: Person, site: Site, draws: Draws) -> Anatomy:
    """Return the sampled thickness of the layers of a site.

    The published thickness is drawn; the number of layers follows from it and from the thickness of one layer,
    so that a thick corneum has more layers, and both published spreads are kept.

    Parameters
    ----------
    person
        Age and sex are used.
    site
        Where.
    draws
        Samples of the rows, n of each.

    References
    ----------
    Keys ``skin.<site or region>.corneum_um``, ``.layer_um``, ``.living_um``, ``.papillary_um``,
    ``skin.corneum.age_slope_per_decade``, ``skin.living.age_slope_per_decade``, ``skin.living.male_ratio``:
    Sandby-Moller 2003, Egawa 2007, Ya-Xian 1999, Grove 1981.
    """
    corneum_um = draws[row_key(draws, site, "corneum_um")]
    layers = corneum_um / draws[row_key(draws, site, "layer_um")]
    # With age the forearm's corneum is thicker (T05) while its layers are as many (T16): the layers are thicker.
    if site.region == "extremities":
        corneum_um = corneum_um * _age_factor(person, draws, "skin.corneum.age_slope_per_decade")
    living_um = draws[row_key(draws, site, "living_um")] * _sex_factor(person, draws)
    living_um = living_um * _age_factor(person, draws, "skin.living.age_slope_per_decade")
    return Anatomy(layers, corneum_um, living_um, draws[row_key(draws, site, "papillary_um")])


def _age_factor(person: Person, draws: Draws, slope_key: str) -> Samples:
    age_y = np.clip(person.age_y, draws["skin.age.adult_y"], draws["skin.age.oldest_y"])
    decades = (age_y - draws["skin.age.reference_y"]) / 10
    return np.asarray((1 + draws[slope_key]) ** decades)


def _sex_factor(person: Person, draws: Draws) -> Samples:
    # The published means are of both sexes together, so the ratio is split between them.
    half_power = {"male": 0.5, "female": -0.5, "unstated": 0.0}[person.sex]
    return np.asarray(draws["skin.living.male_ratio"] ** half_power)
