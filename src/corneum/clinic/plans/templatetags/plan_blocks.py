"""The client's report in the pages of the clinic."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from corneum.clinic.plans.present.client import picture_of
from corneum.reports.course.blocks import Block, Run, Text

register = template.Library()


@register.inclusion_tag("plans/block.html")
def block_of(block: Block) -> dict[str, Any]:
    """Return a block of a report."""
    return {"block": block, "pictures": picture_of(block)}


@register.simple_tag
def runs(text: Text) -> SafeString:
    """Return the text of a report."""
    return format_html_join("", "{}", ((_run(run),) for run in text))


def _run(run: Run) -> SafeString:
    if run.style == "strong":
        return format_html("<strong>{}</strong>", run.text)
    if run.style == "quiet":
        return format_html('<span class="hint">{}</span>', run.text)
    return format_html("{}", run.text)
