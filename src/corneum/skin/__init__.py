"""Skin: from a person, a body site, the room's air and today's state to sampled skin properties."""

from corneum.skin.person import Air, Person, Phototype, Sex, SkinInputError, State
from corneum.skin.properties import Skin
from corneum.skin.sample import sample_skin
from corneum.skin.sites import SITES, Region, Site, UnknownSiteError, find_site

__all__ = [
    "SITES",
    "Air",
    "Person",
    "Phototype",
    "Region",
    "Sex",
    "Site",
    "Skin",
    "SkinInputError",
    "State",
    "UnknownSiteError",
    "find_site",
    "sample_skin",
]
