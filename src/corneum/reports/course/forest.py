"""What trials counted, as points with their exact intervals; trials, graders and scales are never pooled."""

from collections.abc import Sequence
from textwrap import wrap

from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from corneum.course.plan import Response
from corneum.reports.figures.style import BLUE, MUTED, ORANGE, RULE, Drawing, axes_at, draw

_WIDTH_PX, _LABEL_PX, _COUNT_PX = 760, 330, 96
_LINE_PX, _BETWEEN_PX, _TOP_PX, _BELOW_PX = 13.5, 9.0, 8.0, 34.0
_WIDE = 52


def forest_drawing(responses: Sequence[Response], name: str) -> Drawing | None:
    """Return the counted outcomes of trials with their 95 % intervals, or None where nothing was counted.

    Parameters
    ----------
    responses
        Of one concern.
    name
        Start of ids.
    """
    counted = [one for one in responses if one.share is not None and one.low is not None and one.high is not None]
    if not counted:
        return None
    labels = [wrap(_label(one), _WIDE) for one in counted]
    heights = [max(1, len(lines)) * _LINE_PX + _BETWEEN_PX for lines in labels]
    high = sum(heights)
    middles = [sum(heights[:number]) + height / 2 for number, height in enumerate(heights)]

    def paint(figure: Figure) -> None:
        wide = _WIDTH_PX - _LABEL_PX - _COUNT_PX
        axes = axes_at(figure, _LABEL_PX, _TOP_PX, wide, high)
        axes.set(xlim=(0, 100), ylim=(high, 0))
        axes.xaxis.set_major_locator(MultipleLocator(25))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel("people, %", labelpad=2)
        for one, lines, at in zip(counted, labels, middles, strict=True):
            assert one.share is not None and one.low is not None and one.high is not None
            color = BLUE if one.alone else ORANGE
            axes.plot([100 * one.low, 100 * one.high], [at, at], color=color, linewidth=2.2, solid_capstyle="butt")
            axes.plot([100 * one.share], [at], "o", color=color, markersize=6, markeredgecolor="white", zorder=3)
            axes.text(-3, at, "\n".join(lines), ha="right", va="center", size=7.6, linespacing=1.25, clip_on=False)
            axes.text(103, at, f"{one.count} of {one.people}", va="center", size=7.6, color=MUTED, clip_on=False)

    said = "; ".join(
        f"{one.outcome}: {one.count} of {one.people}, {100 * (one.low or 0):.0f} to {100 * (one.high or 0):.0f} %"
        for one in counted
    )
    caption = Markup("Share of people with the outcome and its exact 95 % interval, each trial by itself.{}").format(
        " Orange: together with another treatment." if any(not one.alone for one in counted) else ""
    )
    svg = draw(_WIDTH_PX, _TOP_PX + high + _BELOW_PX, name, f"What trials counted. {said}.", paint)
    return Drawing(svg, caption, "forest")


def _label(one: Response) -> str:
    said = one.outcome[0].upper() + one.outcome[1:]
    return f"{said} ({one.grader})" if one.grader else said
