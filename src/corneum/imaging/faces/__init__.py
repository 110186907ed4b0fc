"""Faces: where they are in a photograph, and which part is which zone. Landmarks align; they never identify.

Names are loaded on first use: OpenCV is imported only where a picture is looked at.
"""

from importlib import import_module
from typing import Any

_HOME_OF = {
    "Expression": "expression",
    "Face": "face",
    "Light": "light",
    "NoFaceFound": "face",
    "Pose": "pose",
    "Skin": "skin",
    "SkinNotFound": "skin",
    "UnknownZone": "zones",
    "ZONE_NAMES": "zones",
    "angle_between": "light",
    "expression_of": "expression",
    "find_face": "face",
    "find_skin": "skin",
    "light_of": "light",
    "pose_of": "pose",
    "site_of": "zones",
    "site_skin": "sites",
    "skin_mask": "skin",
    "zone_map": "zones",
}

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
