"""Events as sentences."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from corneum.clinic.audit.models import Event
from corneum.clinic.audit.phrases import ACTIONS, FIELDS, WORDS

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST_LISTED = 8
"""Longer lists, as early events hold them, are told by their number."""


@dataclass(frozen=True)
class Row:
    """An event as the page shows it.

    Parameters
    ----------
    event
        As it was written.
    what
        What happened, in words; the code where there are none for it.
    details
        Name and value of what it holds, in words.
    on
        Who it was done to, where that is one of the staff; else the beginning of the identifier.
    """

    event: Event
    what: str
    details: tuple[tuple[str, str], ...]
    on: str


def rows(events: Iterable[Event], names: Mapping[str, str]) -> list[Row]:
    """Return events as sentences.

    Parameters
    ----------
    events
        As `queries.events` found them.
    names
        Of the staff among whom they were done to, by identifier.
    """
    return [
        Row(
            event,
            str(ACTIONS.get(event.action, event.action)),
            tuple((_named(key), _said(value)) for key, value in event.data.items()),
            names.get(event.subject_id, event.subject_id[:8]),
        )
        for event in events
    ]


def _named(key: str) -> str:
    return str(FIELDS.get(key, key.replace("_", " ")))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return str(number_format(value))
    if isinstance(value, list):
        if len(value) > _MOST_LISTED:
            return str(number_format(len(value)))
        return ", ".join(_said(one) for one in value)
    if _DIGEST.fullmatch(str(value)):
        return f"{value[:12]}…"
    return str(WORDS.get(str(value)) or FIELDS.get(str(value)) or str(value).replace("_", " "))
