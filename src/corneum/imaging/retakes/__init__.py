"""Simulated retakes with known truth: detail, injected changes, pose, light and camera."""

from corneum.imaging.retakes.demo import Course, Demo, demo_course, demo_pair, jpeg_of, with_card
from corneum.imaging.retakes.detail import Portrait, detailed_face
from corneum.imaging.retakes.injections import (
    Injected,
    Mark,
    NoRoomForSpots,
    fade_spots,
    inject_lines,
    inject_melanin,
    inject_redness,
    inject_shine,
    inject_spots,
    patch,
    scatter_spots,
    smooth_texture,
)
from corneum.imaging.retakes.retake import BASELINE, Retake, Taken, drawn_retake, retake

__all__ = [
    "BASELINE",
    "Course",
    "Demo",
    "Injected",
    "Mark",
    "NoRoomForSpots",
    "Portrait",
    "Retake",
    "Taken",
    "demo_course",
    "demo_pair",
    "detailed_face",
    "drawn_retake",
    "fade_spots",
    "inject_lines",
    "inject_melanin",
    "inject_redness",
    "inject_shine",
    "inject_spots",
    "jpeg_of",
    "patch",
    "retake",
    "scatter_spots",
    "smooth_texture",
    "with_card",
]
