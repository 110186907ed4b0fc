"""A report of the core in the language of the page: the same content, block by block."""

import re
from dataclasses import fields, is_dataclass, replace
from html import escape, unescape
from typing import Any, TypeVar

from django.utils import translation
from markupsafe import Markup

from corneum.clinic.ui.phrases import spoken
from corneum.clinic.ui.reading import reads_in
from corneum.reports.course.blocks import Report, Run
from corneum.reports.figures.style import Drawing

_SAID = frozenset({"overline", "title", "running", "tag", "caption", "text", "head", "pairs", "entries"})
"""Fields that hold words; all other strings are names of styles and places."""
_LETTERS = re.compile(r'(<title>|<text[^>]*>|<tspan[^>]*>|aria-label=")([^<"]+)')
_UNIT = re.compile(r"(?<=[\d)]) (?=(?:%|µm|mm|cm²|kPa|mmHg|h|d|N)(?![\w²]))")
_T = TypeVar("_T")


def spoken_report(report: Report) -> Report:
    """Return a report in the language that is active, with pressures also in the reader's unit."""
    language = translation.get_language() or "en"
    return replace(_told(report), language=language.partition("-")[0])


def _told(value: _T) -> _T:
    if isinstance(value, Run):
        return replace(value, text=_UNIT.sub("\xa0", reads_in(spoken(value.text))))
    if isinstance(value, Drawing):
        return replace(value, svg=Markup(_LETTERS.sub(_letters, str(value.svg))))
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: _field(one.name, getattr(value, one.name)) for one in fields(value) if one.init}
        return replace(value, **found)
    return value


def _field(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_field(name, one) for one in value)
    if isinstance(value, str):
        return spoken(value) if name in _SAID else value
    return _told(value)


def _letters(match: re.Match[str]) -> str:
    return match[1] + escape(reads_in(spoken(unescape(match[2]))), quote=True)
