"""Gates: is a photograph fit to be measured, and two of them to be compared; each with a number and an advice.

Names are loaded on first use: OpenCV is imported only where a picture is looked at.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "Gate": "gate",
    "Look": "live",
    "PairCheck": "gate",
    "PhotoCheck": "gate",
    "Seen": "single",
    "UnknownView": "views",
    "VIEWS": "views",
    "View": "views",
    "check_photo": "single",
    "check_seen": "single",
    "compare_checks": "pair",
    "look": "live",
    "nearest_view": "views",
    "view_of": "views",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
