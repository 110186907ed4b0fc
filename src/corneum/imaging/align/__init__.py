"""Alignment: two photographs of one person laid over each other, with the error that is left."""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "Alignment": "alignment",
    "AlignmentRefused": "refused",
    "align": "registration",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
