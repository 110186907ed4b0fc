"""Reports of measured photographs: aligned pictures, change maps, tables with errors, trends of a course.

Names are loaded on first use: only the page of a course needs Matplotlib.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "PairFiles": "writing",
    "render_pair": "pair",
    "render_series": "series",
    "write_pair_report": "writing",
    "write_series_report": "writing",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
