"""Water loss and redness after the first session, with their bands; what is planned stays as a thin line."""

import numpy as np
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from corneum.clinic.plans.present.chart import Frame, axes, drawing, path
from corneum.course import Look
from corneum.treatment import Band, band

Array = NDArray[np.float64]
_WIDTH, _HEIGHT = 420, 230
_TEWL_D, _REDNESS_D = 7.0, 3.0
_LEAST_TEWL, _LEAST_REDNESS = 2.0, 0.2


def tewl_drawing(look: Look, planned: Look | None) -> SafeString:
    """Return water loss above the same skin at rest, by both published laws."""
    both = [_tewl(look, law) for law in ("exponential", "reciprocal")]
    before = None if planned is None else _tewl(planned, "exponential")
    frame = _frame(look, _TEWL_D, [one.high for one in both], _LEAST_TEWL)
    first, second = both
    hours = look.curves.hours / 24
    alt = _("Water loss above rest, days after the first session: %(peak)s g/m²/h at first, %(later)s after a day.") % {
        "peak": f"{float(first.middle[0]):.1f}",
        "later": f"{float(np.interp(1, hours, first.middle)):.1f}",
    }
    return _drawn(
        frame,
        alt,
        _("Water loss above rest, g/m²/h"),
        [_line(frame, hours, first, "one"), _line(frame, hours, second, "two")],
        None if before is None or planned is None else _thin(frame, planned.curves.hours / 24, before.middle),
        look.interval_d,
        ((_("law B12"), "one"), (_("law B18"), "two")),
    )


def redness_drawing(look: Look, planned: Look | None) -> SafeString:
    """Return skin blood flow above rest: redness."""
    found = _redness(look)
    before = None if planned is None else _redness(planned)
    frame = _frame(look, _REDNESS_D, [found.high], _LEAST_REDNESS)
    hours = look.curves.hours / 24
    alt = _("Redness, as skin blood flow above rest: %(peak)s %% at first, %(later)s %% after a day.") % {
        "peak": f"{100 * float(found.middle[0]):.0f}",
        "later": f"{100 * float(np.interp(1, hours, found.middle)):.0f}",
    }
    return _drawn(
        frame,
        alt,
        _("Redness: skin blood flow above rest, times"),
        [_line(frame, hours, found, "red")],
        None if before is None or planned is None else _thin(frame, planned.curves.hours / 24, before.middle),
        look.interval_d,
        (),
    )


def _tewl(look: Look, law: str) -> Band:
    values = look.curves.tewl_exponential_g_m2_h if law == "exponential" else look.curves.tewl_reciprocal_g_m2_h
    return band(values - look.rest_tewl_g_m2_h[:, None])


def _redness(look: Look) -> Band:
    return band(look.curves.blood_flow_ratio - 1)


def _frame(look: Look, until_d: float, highs: list[Array], least: float) -> Frame:
    inside = look.curves.hours <= 24 * until_d
    top = max(least, *(1.06 * float(high[inside].max()) for high in highs))
    return Frame(44, 26, _WIDTH - 56, _HEIGHT - 66, min(until_d, float(look.interval_d)), top)


def _line(frame: Frame, days: Array, found: Band, name: str) -> SafeString:
    inside = days <= frame.x_end
    x = days[inside]
    area = path(frame.between(x, found.low[inside], found.high[inside]), f"band {name}")
    return format_html("{}{}", area, path(frame.line(x, found.middle[inside]), f"line {name}"))


def _thin(frame: Frame, days: Array, middle: Array) -> SafeString:
    inside = days <= frame.x_end
    return path(frame.line(days[inside], middle[inside]), "line planned")


def _drawn(
    frame: Frame,
    alt: str,
    title: str,
    lines: list[SafeString],
    before: SafeString | None,
    interval_d: int,
    names: tuple[tuple[str, str], ...],
) -> SafeString:
    parts = [axes(frame, x_title=_("days"), y_title=title), *lines]
    if before is not None:
        parts.append(before)
    if interval_d <= frame.x_end:
        x = float(frame.x(interval_d))
        parts.append(path(f"M{x:.1f} {frame.top:.1f}V{frame.top + frame.height:.1f}", "mark"))
    right = frame.left + frame.width
    for number, (said, name) in enumerate(names):
        y = frame.top + 10 + 17 * number
        parts.append(path(f"M{right - 88:.1f} {y:.1f}h18", f"line {name}"))
        parts.append(format_html('<text x="{}" y="{}">{}</text>', f"{right - 64:.1f}", f"{y + 4:.1f}", said))
    return drawing(_WIDTH, _HEIGHT, alt, *parts)
