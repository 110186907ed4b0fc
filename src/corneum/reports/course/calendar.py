"""The calendar of a course as a person reads it: dates of the sessions, and what holds around every one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corneum.course.plan import CalendarEntry, Plan
from corneum.reports.course.blocks import Table, Text, quiet, say, strong
from corneum.reports.course.wordings import day, days_apart

_NAMES = {"pre_care": "before", "on_the_day": "on the day", "aftercare": "after"}


@dataclass(frozen=True)
class Care:
    """One instruction that holds around sessions.

    Parameters
    ----------
    topic
        A word or two.
    entry
        Its first entry in the calendar.
    start_d, end_d
        First and last day counted from the session; both 0 for the day itself.
    """

    topic: str
    entry: CalendarEntry
    start_d: int
    end_d: int

    @property
    def when(self) -> str:
        """The days in words, counted from the session."""
        if self.start_d < 0:
            return f"from {_days(-self.start_d)} before"
        if self.end_d > 0:
            return f"until {_days(self.end_d)} after"
        return "on the day"


def care_of(plan: Plan, kind: str) -> tuple[Care, ...]:
    """Return the instructions of one kind, each once, the longest first.

    Parameters
    ----------
    plan
        With its calendar.
    kind
        "pre_care", "on_the_day" or "aftercare".
    """
    found: dict[str, Care] = {}
    for entry in plan.calendar:
        if entry.kind != kind or entry.session is None:
            continue
        topic = entry.title.rsplit(", session ", 1)[0]
        at = plan.session_days[entry.session - 1]
        care = Care(topic, entry, days_apart(at, entry.day), days_apart(at, entry.last_day or entry.day))
        found.setdefault(topic, care)
    return tuple(sorted(found.values(), key=lambda care: care.start_d - care.end_d))


def whole_course(plan: Plan) -> tuple[CalendarEntry, ...]:
    """Return the care that holds through the whole course."""
    return tuple(entry for entry in plan.calendar if entry.kind in _NAMES and entry.session is None)


def sessions_table(plan: Plan, *, for_client: bool) -> Table:
    """Return the sessions with the dates on which care before them begins and care after them ends."""
    cares = [care for kind in ("pre_care", "aftercare") for care in care_of(plan, kind) if care.entry.care == "avoid"]
    if for_client:
        cares = [care for care in cares if care.entry.client_text]
    starts = sorted({care.start_d for care in cares if care.start_d < 0})
    ends = sorted({care.end_d for care in cares if care.end_d > 0})
    ends = [end for end in ends if end > 1]
    before = tuple(f"From {-start} d before" for start in starts)
    after = tuple(f"Until {end} d after" for end in ends)
    rows = tuple(
        (
            say(strong(f"{number}")),
            say(strong(day(when))),
            *(say(_short(_moved(when, start))) for start in starts),
            *(say(_short(_moved(when, end))) for end in ends),
            say(_notes(plan, number)),
        )
        for number, when in enumerate(plan.session_days, 1)
    )
    widths = (0.5, 2.6, *(1.35 for _ in (*starts, *ends)), 2.2)
    return Table(("", "Session", *before, *after, "Also"), rows, widths)


def care_table(cares: Sequence[Care], text: Callable[[CalendarEntry], str], *, sources: bool) -> Table:
    """Return instructions with their days; for the practitioner with rows and what other sources say."""
    rows: list[tuple[Text, ...]] = []
    for care in cares:
        said = text(care.entry)
        if not said:
            continue
        named = quiet(f" [{', '.join(care.entry.rows)}]") if sources and care.entry.rows else ""
        cells = [say(strong(care.topic)), say(care.when), say(said, named)]
        if sources:
            cells.append(say("; ".join(care.entry.conflicts) or "–"))
        rows.append(tuple(cells))
    head = ("What", "When", "Instruction", *(("What other sources say",) if sources else ()))
    return Table(head, tuple(rows), (1.3, 1.7, 5.2, *((3.2,) if sources else ())))


def messages(plan: Plan) -> Table:
    """Return the messages after sessions, each once, with the days on which they go out."""
    found: dict[tuple[str, str, str], list[date]] = {}
    for entry in plan.calendar:
        if entry.kind == "check_in":
            title = entry.title.split(" after session", 1)[0]
            found.setdefault((title, entry.client_text, entry.practitioner_text), []).append(entry.day)
    rows = tuple(
        (say(strong(title)), say(client), say(practitioner), say(", ".join(_short(when) for when in days)))
        for (title, client, practitioner), days in found.items()
    )
    return Table(("After a session", "Asked", "To look for", "Days"), rows, (1.6, 3.6, 2.8, 3.2))


def other_dates(plan: Plan, text: Callable[[CalendarEntry], str]) -> Table:
    """Return photographs, reviews and what is asked again, in order of their days."""
    kinds = ("test_spot", "review", "photographs", "ask_again", "maintenance")
    entries = [_plain(entry) for entry in plan.calendar if entry.kind in kinds]
    rows = tuple(
        (say(day(entry.day)), say(strong(entry.title)), say(text(entry)))
        for entry in dict.fromkeys(entries)
        if text(entry)
    )
    return Table(("Day", "What", "How"), rows, (1.6, 2.6, 5.8))


def _notes(plan: Plan, number: int) -> str:
    kinds = {"review": "review: go on or stop", "photographs": "photographs"}
    if number == plan.sessions:
        kinds["review"] = "review at the end"
    when = plan.session_days[number - 1]
    return ", ".join(
        said for kind, said in kinds.items() if any(e.kind == kind and e.day == when for e in plan.calendar)
    )


def _plain(entry: CalendarEntry) -> CalendarEntry:
    return replace(entry, rows=(), conflicts=())


def _moved(when: date, days: int) -> date:
    return date.fromordinal(when.toordinal() + days)


def _short(when: date) -> str:
    return day(when, weekday=False).rsplit(" ", 1)[0]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
