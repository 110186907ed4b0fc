"""The client's version: the same content as the client's report, for a screen with large letters."""

import re
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from corneum.clinic.ui.reports import spoken_report
from corneum.course import Plan
from corneum.evidence import Book
from corneum.reports.course import client_report
from corneum.reports.course.blocks import Block, Pictures, Report

_STYLE = re.compile(r' style="[^"]*"')


def client_page(plan: Plan, book: Book) -> dict[str, Any]:
    """Return what the client's screen shows of a plan."""
    report: Report = spoken_report(client_report(plan, book))
    return {"report": report, "sections": report.sections}


def picture_of(block: Block) -> list[SafeString]:
    """Return the drawings of a block without styles of their own, which the pages do not allow."""
    if not isinstance(block, Pictures):
        return []
    # Our own drawing, already escaped where it was made.
    return [mark_safe(_STYLE.sub("", str(one.svg))) for one in block.drawings]
