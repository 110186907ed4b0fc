"""Corneum: plan, simulate, record and measure medical microdermabrasion.

Four lines to a first result::

    import corneum

    protocol = corneum.read_protocol("examples/six-weekly-sessions.toml")
    result = corneum.simulate(protocol)
    print(result.summary())

Names are loaded on first use, so that ``import corneum`` stays fast.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME_OF = {
    "Book": "corneum.evidence",
    "load_evidence": "corneum.evidence",
    "read_protocol": "corneum.treatment",
    "simulate": "corneum.treatment",
    "Protocol": "corneum.treatment",
    "Result": "corneum.treatment",
    "validate": "corneum.validation",
    "write_report": "corneum.reports",
}

__all__ = ["__version__", *_HOME_OF]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'corneum' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
