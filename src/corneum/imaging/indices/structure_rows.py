"""The catalogue's rows on structure: texture, lines, pores and scars."""

from corneum.evidence import load_evidence
from corneum.imaging.indices.kinds import Index
from corneum.imaging.indices.lines import line_layer, line_length_in, line_length_layer, line_strength_in
from corneum.imaging.indices.pores import pore_count_in, pore_count_layer, pore_layer, pore_strength_in
from corneum.imaging.indices.scars import scar_layer, scar_shading_in
from corneum.imaging.indices.texture import coarse_texture_layer, texture_in, texture_layer


def structure_rows() -> tuple[Index, ...]:
    """Return the indices of structure; none of them needs a card, as all are contrasts inside one photograph.

    References
    ----------
    ``imaging.texture.pixel_mm``, ``imaging.texture.coarse_pixel_mm``, ``imaging.lines.pixel_mm``,
    ``imaging.lines.length_pixel_mm``, ``imaging.pores.pixel_mm``, ``imaging.pores.count_pixel_mm``,
    ``imaging.scars.pixel_mm``
    """
    return (
        Index(
            key="texture",
            title="Texture contrast",
            unit="%",
            needs_px_per_mm=_needs("texture.pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="root mean square of log luminance in structures 0.2-2 mm wide, less camera noise",
            source="imaging.texture.pixel_mm",
            layer=texture_layer,
            value=texture_in,
        ),
        Index(
            key="coarse_texture",
            title="Texture contrast, coarse",
            unit="%",
            needs_px_per_mm=_needs("texture.coarse_pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="root mean square of log luminance in structures 1.5-4 mm wide, less camera noise",
            source="imaging.texture.coarse_pixel_mm",
            layer=coarse_texture_layer,
            value=texture_in,
        ),
        Index(
            key="line_strength",
            title="Fine lines, strength",
            unit="%",
            needs_px_per_mm=_needs("lines.pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="root mean square depth of dark lines 0.3-1 mm wide, in the strongest direction, less noise",
            source="imaging.lines.pixel_mm",
            layer=line_layer,
            value=line_strength_in,
        ),
        Index(
            key="line_length",
            title="Fine lines, length",
            unit="mm/cm²",
            needs_px_per_mm=_needs("lines.length_pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="length of lines deeper than the least contrast and the noise, and long enough, per area",
            source="imaging.lines.least_contrast_pct",
            layer=line_length_layer,
            value=line_length_in,
        ),
        Index(
            key="pore_strength",
            title="Pores, strength",
            unit="%",
            needs_px_per_mm=_needs("pores.pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="root mean square depth of dark round dots 0.25-0.6 mm wide, less camera noise",
            source="imaging.pores.pixel_mm",
            layer=pore_layer,
            value=pore_strength_in,
        ),
        Index(
            key="pore_count",
            title="Pores, number",
            unit="1/cm²",
            needs_px_per_mm=_needs("pores.count_pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="dark round dots deeper than the least contrast and the noise, per area",
            source="imaging.pores.least_contrast_pct",
            layer=pore_count_layer,
            value=pore_count_in,
        ),
        Index(
            key="scar_shading",
            title="Scars, shading",
            unit="%",
            needs_px_per_mm=_needs("scars.pixel_mm"),
            needs_card=False,
            is_ratio=True,
            formula="paired bright and dark shading in unevenness 2-8 mm wide, less what goes with color",
            source="imaging.scars.pixel_mm",
            layer=scar_layer,
            value=scar_shading_in,
        ),
    )


def _needs(name: str) -> float:
    """Return the least pixels per millimeter from the row with the widest pixel, to a tenth."""
    return round(1 / load_evidence().number(f"imaging.{name}").value, 1)
