"""By which index of the photographs the change of a concern is told; a concern without one is not measured here."""

from collections.abc import Mapping
from types import MappingProxyType

INDEX_OF: Mapping[str, str] = MappingProxyType(
    {
        "photo_ageing": "line_strength",
        "roughness": "texture",
        "fine_lines": "line_strength",
        "deep_wrinkles": "coarse_texture",
        "enlarged_pores": "pore_strength",
        "oiliness": "shine",
        "acne_inflammatory": "redness_relative",
        "lentigines": "spot_area",
        "uneven_tone": "evenness_melanin",
        "sun_damage": "evenness_melanin",
        "post_inflammatory_pigment": "spot_strength",
        "melasma": "melanin_relative",
        "acne_marks_macular": "redness_relative",
        "acne_scars_atrophic": "scar_shading",
        "acne_scars_ice_pick": "scar_shading",
        "acne_scars_boxcar": "scar_shading",
        "acne_scars_rolling": "scar_shading",
    }
)
"""Concern of `corneum.course` to index of `corneum.imaging`: what one can see of it in a photograph, no more."""
