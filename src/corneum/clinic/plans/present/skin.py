"""The depth map, and the cross-section with the layers of the skin."""

import numpy as np
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from corneum.clinic.plans.present.chart import Frame, axes, drawing, path
from corneum.clinic.plans.present.colors import picture
from corneum.clinic.ui.reading import digits
from corneum.course import Look
from corneum.treatment import band

Array = NDArray[np.float64]
_MAP_PX = 300
_CELLS = 200
_SECTION = (640, 260)
_SECTION_MM = 8.0
_CLASSES = 24
_WEAVE = format_html(
    '<pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="weave" d="M0 0V7"/></pattern>',
    "weave",
)


def map_drawing(look: Look) -> SafeString:
    """Return the depth map of the typical skin, as share of its stratum corneum."""
    found = look.depth_map
    share = found.depth_um / found.corneum_um
    factor = max(1, share.shape[0] // _CELLS)
    rows, columns = (size // factor for size in share.shape)
    blocks = share[: rows * factor, : columns * factor].reshape(rows, factor, columns, factor)
    # A mean would hide the few cells that go beyond.
    beyond = (blocks > 1 + 1e-6).any(axis=(1, 3))
    shown = np.where(beyond, 2.0, np.minimum(blocks.mean(axis=(1, 3)), 1.0))
    wide_mm = share.shape[1] * found.pitch_um / 1000
    bar = _MAP_PX * 10 / wide_mm
    alt = _(
        "Map of what is gone of the typical skin on %(size)s by %(size)s mm: mean %(mean)s µm, most %(most)s µm; "
        "%(beyond)s %% of the area beyond the stratum corneum."
    ) % {
        "size": f"{wide_mm:.0f}",
        "mean": digits(float(found.depth_um.mean())),
        "most": digits(float(found.depth_um.max())),
        "beyond": digits(100 * float((share > 1 + 1e-6).mean())),
    }
    image = format_html(
        '<image href="{}" width="{}" height="{}" preserveAspectRatio="none"/>', picture(shown), _MAP_PX, _MAP_PX
    )
    scale = format_html(
        '<g class="scale"><rect x="8" y="{0}" width="{1}" height="24" rx="4"/><path d="M14 {2}h{3}"/>'
        '<text x="{4}" y="{5}">10 mm</text></g>',
        _MAP_PX - 32,
        f"{bar + 62:.0f}",
        _MAP_PX - 20,
        f"{bar:.0f}",
        f"{bar + 20:.0f}",
        _MAP_PX - 16,
    )
    cut = format_html('<path class="cut" d="{}"/>', _cut_on_map(look))
    return drawing(_MAP_PX, _MAP_PX, alt, image, cut, scale)


def section_drawing(look: Look) -> SafeString:
    """Return a cut through the skin: what is gone of the typical skin, and its band over the sampled skins.

    The band at a place is that of the skins' own places of the same rank: which place loses most is the same in all
    of them, how much it loses is not.
    """
    middle, low, high = _depths(look)
    stack = look.removal.stack
    corneum, junction = band(stack.corneum_um), band(stack.junction_um)
    lowest = max(1.25 * float(corneum.high), 1.1 * float(high.max()))
    width, height = _SECTION
    x = np.linspace(0, _SECTION_MM, middle.size)
    frame = Frame(44, 26, width - 196, height - 66, _SECTION_MM, lowest, down=True)
    flat = np.ones_like(x)
    top = np.minimum(middle, lowest)
    edge = float(corneum.middle)
    parts = [
        _WEAVE,
        path(frame.between(x, flat * lowest, np.maximum(top, float(junction.middle))), "dermis"),
        path(frame.between(x, flat * min(float(junction.middle), lowest), np.maximum(top, edge)), "living"),
        path(frame.between(x, flat * edge, np.minimum(top, edge)), "corneum"),
        path(frame.line(x, flat * edge), "edge"),
        path(frame.between(x, high, low), "band gone"),
        path(frame.line(x, middle), "surface"),
        axes(frame, x_title="mm", y_title=_("Depth, µm; height far larger than width")),
        _bracket(frame, float(corneum.low), float(corneum.high)),
        *_names(frame, edge, float(junction.middle), float(middle[-1]), lowest),
    ]
    alt = _(
        "Cross-section: of a stratum corneum of %(thick)s µm, %(mean)s µm are gone in the mean of the typical "
        "skin; between the sampled skins %(low)s to %(high)s µm."
    ) % {
        "thick": digits(float(corneum.middle)),
        "mean": digits(float(look.depth_map.depth_um.mean())),
        "low": digits(look.found.expected.depth_um.low),
        "high": digits(look.found.expected.depth_um.high),
    }
    return drawing(width, height, alt, *parts)


def _depths(look: Look) -> tuple[Array, Array, Array]:
    """Return depth along the cut of the typical skin, and the ends of its band, each of shape (x,), um."""
    depth = look.depth_map.depth_um
    row, start, count = _cut(look)
    cut = depth[row, start : start + count].astype(np.float64)
    ranks = np.searchsorted(np.sort(depth[::4, ::4], axis=None), cut) / max(depth[::4, ::4].size - 1, 1)
    found = band(look.removal.classes_um(_CLASSES))
    at = (np.arange(_CLASSES) + 0.5) / _CLASSES
    low, high = (np.interp(ranks, at, np.asarray(end)) for end in (found.low, found.high))
    return cut, np.minimum(low, cut), np.maximum(high, cut)


def _cut(look: Look) -> tuple[int, int, int]:
    depth, pitch_mm = look.depth_map.depth_um, look.depth_map.pitch_um / 1000
    count = min(depth.shape[1], round(_SECTION_MM / pitch_mm))
    return depth.shape[0] // 2, (depth.shape[1] - count) // 2, count


def _cut_on_map(look: Look) -> str:
    row, start, count = _cut(look)
    rows, columns = look.depth_map.depth_um.shape
    return f"M{_MAP_PX * start / columns:.1f} {_MAP_PX * row / rows:.1f}h{_MAP_PX * count / columns:.1f}"


def _bracket(frame: Frame, low: float, high: float) -> SafeString:
    """Return how far the lower edge of the stratum corneum lies apart between the sampled skins."""
    x, top, bottom = frame.left + frame.width + 4, float(frame.y(low)), float(frame.y(high))
    return path(f"M{x:.1f} {top:.1f}h5V{bottom:.1f}h-5", "bracket")


def _names(frame: Frame, corneum: float, junction: float, gone: float, lowest: float) -> list[SafeString]:
    right = frame.left + frame.width + 16
    layers = [
        (_("gone"), gone / 2, "gone"),
        (_("stratum corneum"), (gone + corneum) / 2 if gone < corneum else -1.0, ""),
        (_("living epidermis"), (max(gone, corneum) + min(junction, lowest)) / 2 if corneum < lowest else -1.0, ""),
        (_("dermis"), (junction + lowest) / 2 if junction < lowest else -1.0, ""),
    ]
    said, last = [], 0.0
    for name, depth, kind in layers:
        if depth < 0:
            continue
        y = max(float(frame.y(depth)) + 4, last + 16, frame.top + 6)
        last = y
        said.append(
            format_html('<text class="layer {}" x="{}" y="{}">{}</text>', kind, f"{right:.1f}", f"{y:.1f}", name)
        )
    return said
