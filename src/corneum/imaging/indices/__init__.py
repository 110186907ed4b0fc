"""Indices: what is measured on skin in a photograph, each with formula, unit and need of resolution.

Names are loaded on first use: OpenCV is imported only where a picture is looked at.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "INDICES": "catalogue",
    "Index": "kinds",
    "Matched": "matching",
    "Spot": "spots",
    "SpotMatch": "matching",
    "UnknownIndex": "catalogue",
    "difference_map": "changes",
    "equalize_sharpness": "sharpness",
    "find_spots": "spots",
    "index_of": "catalogue",
    "match_spots": "matching",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
