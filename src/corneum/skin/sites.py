"""The catalogue of body sites: names and region classes only. Every number of a site is an evidence row."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal

Region = Literal["face", "eyelid", "neck", "trunk", "extremities"]


class UnknownSiteError(ValueError):
    """No site has this name; the message names the nearest ones and the whole list."""


@dataclass(frozen=True)
class Site:
    """One body site.

    Parameters
    ----------
    name
        How files and evidence keys write it, for example ``upper_back``.
    title
        How people read it.
    region
        The class whose evidence rows stand in where the site has none of its own.
    aliases
        Other names that `find_site` accepts.
    """

    name: str
    title: str
    region: Region
    aliases: tuple[str, ...] = ()


def _catalogue() -> dict[str, Site]:
    rows = (
        Site("forehead", "Forehead", "face"),
        Site("temple", "Temple", "face"),
        Site("periorbital", "Around the eye", "eyelid", ("eye", "eyelid", "crow's feet", "eye area")),
        Site("nose", "Nose", "face"),
        Site("cheek", "Cheek", "face"),
        Site("perioral", "Around the mouth", "face", ("mouth", "upper lip", "lip")),
        Site("chin", "Chin", "face"),
        Site("neck", "Neck", "neck"),
        Site("chest", "Chest", "trunk", ("décolleté", "decollete", "breast")),
        Site("upper_back", "Upper back", "trunk", ("back",)),
        Site("abdomen", "Abdomen", "trunk", ("belly",)),
        Site("buttock", "Buttock", "trunk"),
        Site("shoulder", "Shoulder", "trunk"),
        Site("upper_arm", "Upper arm", "extremities", ("inner arm", "inner upper arm")),
        Site("forearm", "Forearm", "extremities", ("volar forearm", "dorsal forearm")),
        Site("hand", "Back of the hand", "extremities", ("hand back", "back of hand", "dorsal hand")),
        Site("thigh_hip", "Thigh or hip", "extremities", ("thigh", "hip")),
        Site("lower_leg", "Lower leg", "extremities", ("leg", "calf", "shin")),
    )
    return {site.name: site for site in rows}


def _words(site: Site) -> tuple[str, ...]:
    return (site.name.replace("_", " "), site.title.lower(), *site.aliases)


SITES: Mapping[str, Site] = MappingProxyType(_catalogue())
_SITE_OF = {word: site for site in SITES.values() for word in _words(site)}


def find_site(name: str) -> Site:
    """Return the site that ``name`` or one of its aliases means; case, hyphens and underscores do not matter.

    Raises
    ------
    UnknownSiteError
        If no site is called so; the message names the nearest ones and the whole list.

    Examples
    --------
    >>> find_site("Volar-Forearm").name
    'forearm'
    """
    plain = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
    if plain in _SITE_OF:
        return _SITE_OF[plain]
    near = dict.fromkeys(_SITE_OF[word].name for word in get_close_matches(plain, _SITE_OF, n=3))
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise UnknownSiteError(f"unknown site {name!r}.{hint} Known sites: {', '.join(SITES)}")
