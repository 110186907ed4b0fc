"""What each index cannot say, and what no index here measures at all: for the documentation and the reports."""

CANNOT_SAY: dict[str, str] = {
    "redness": "Blood, not its cause. On dark skin (linear red below about 0.28) melanin moves it by up to 0.4 of its "
    "own change in a model of skin. Make-up counts as skin.",
    "redness_relative": "A change of the whole face cancels; it is a difference between zones only.",
    "melanin": "Pigment of all depths together; shading of the zone is in it, so light and pose must be kept.",
    "melanin_relative": "A change of the whole face cancels, a change of the shading between zones does not.",
    "ita": "A color, not a phototype: no skin type is read from it.",
    "evenness_melanin": "Fine shadows of pores and lines are in it as well as pigment.",
    "evenness_redness": "JPEG keeps little fine color: compare photographs of one quality only.",
    "shine": "Light from the surface, whether oil, sweat, cream or flash; not the amount of sebum.",
    "spot_strength": "Darkness finer than about 5 mm; pores and mottling give it a level that is not spots.",
    "spot_count": "A threshold decides: counts come and go by more than half between photographs of one day.",
    "spot_area": "As the number of spots; an edge is where half of the contrast is left.",
    "spot_contrast": "Of the spots found in that photograph: a spot that fades out of sight raises it.",
    "texture": "Shading by relief under this light, not height: no micrometers.",
    "coarse_texture": "Shading by relief under this light, not height: no micrometers.",
    "line_strength": "Shading, so a changed expression or light changes it; not the depth of a line.",
    "line_length": "A threshold decides what is a line; an expression makes lines.",
    "pore_strength": "Dark dots of pore size; plugs, down and short beard look alike.",
    "pore_count": "A threshold decides what is a pore; visible openings only.",
    "scar_shading": "Shading in pairs of bright and dark; neither depth nor volume of a scar.",
}
"""Index key to one or two sentences."""

NOT_MEASURED: dict[str, str] = {
    "Porphyrins": "they are seen by their fluorescence under ultraviolet light, which a plain photograph has not",
    "UV spots": "pigment that shows only under ultraviolet light is not in a photograph in visible light",
    "Micrometers of relief": "one photograph has shading, not height; profilometry or replicas measure it",
    "Sebum": "shine also comes from sweat, cream and the flash; a photograph holds no amount of fat",
    "Skin age": "no measurement of a person; it would be a guess from how others look",
    "Percentiles": "there is no reference group photographed in the same way, and they triple the noise of a value "
    "(VISIA wrinkles: 8-11 % against 3.4 %)",
    "Phototype": "it is how skin reacts to sun, not its color; a person states it",
}
"""What people ask for, and why a plain photograph cannot give it."""
