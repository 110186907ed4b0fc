"""Abrasion: from a device worked over a zone to the depth that it removes."""

from corneum.abrasion.application import Application, Worked, mean_useful_j_m2, work
from corneum.abrasion.footprint import FootprintError
from corneum.abrasion.grid import GridError, Struck, strike
from corneum.abrasion.layers import LayerStack, stack_of
from corneum.abrasion.mask import Mask, MaskError
from corneum.abrasion.relief import DepthMap, depth_map
from corneum.abrasion.removal import CLASSES, Removal, combined, remove
from corneum.abrasion.strokes import StrokeError, StrokePlan

__all__ = [
    "CLASSES",
    "Application",
    "DepthMap",
    "FootprintError",
    "GridError",
    "LayerStack",
    "Mask",
    "MaskError",
    "Removal",
    "StrokeError",
    "StrokePlan",
    "Struck",
    "Worked",
    "combined",
    "depth_map",
    "mean_useful_j_m2",
    "remove",
    "stack_of",
    "strike",
    "work",
]
