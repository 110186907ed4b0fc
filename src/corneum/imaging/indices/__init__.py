"""Indices: what is measured on skin in a photograph, each with formula, unit and need of resolution.

Names are loaded on first use: OpenCV is imported only where a picture is looked at.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "Elevation": "scars",
    "INDICES": "catalogue",
    "Index": "kinds",
    "Matched": "matching",
    "Softness": "sharpness",
    "Spot": "spots",
    "SpotMatch": "matching",
    "UnknownIndex": "catalogue",
    "contrast_to_ring": "scars",
    "difference_map": "changes",
    "elevation_of": "scars",
    "equalize_sharpness": "sharpness",
    "find_spots": "spots",
    "index_of": "catalogue",
    "match_spots": "matching",
    "sharpness_of": "sharpness",
    "softness_between": "sharpness",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
