"""Reports: a result as one page that needs nothing else, on the screen and on paper.

Names are loaded on first use: a page of photographs needs neither Matplotlib nor the simulation.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "ReportPathError": "files",
    "render_report": "page",
    "write_report": "page",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
