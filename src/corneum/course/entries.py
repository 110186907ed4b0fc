"""What stands in the calendar of a course."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class CalendarEntry:
    """Something on a day.

    Parameters
    ----------
    day
        When.
    kind
        "session", "pre_care", "on_the_day", "aftercare", "check_in", "review", "photographs", "ask_again",
        "maintenance" or "test_spot".
    title
        A few words.
    client_text, practitioner_text
        What to do; either may be empty.
    session
        Number of the session that it belongs to, from 1, or None.
    last_day
        Last day, for what lasts; None for a single day.
    zones
        Where.
    rows
        Rows or rules behind it.
    care
        For care: whether it is something to "avoid", to "do", to "expect", or a reason to "call"; else empty.
    conflicts
        What other sources say, with their own days.
    """

    day: date
    kind: Literal[
        "session",
        "pre_care",
        "on_the_day",
        "aftercare",
        "check_in",
        "review",
        "photographs",
        "ask_again",
        "maintenance",
        "test_spot",
    ]
    title: str
    client_text: str = ""
    practitioner_text: str = ""
    session: int | None = None
    last_day: date | None = None
    zones: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    care: Literal["", "avoid", "do", "expect", "call"] = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """The look back at which the course goes on or stops.

    Parameters
    ----------
    session, day
        Just before which session.
    text
        What is compared.
    stop_rule
        When to stop.
    rules
        Evidence rules.
    """

    session: int
    day: date
    text: str
    stop_rule: str
    rules: tuple[str, ...]
