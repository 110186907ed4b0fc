"""The test spot before a course, where skin pigments or scars easily."""

from datetime import date, timedelta

from corneum.course.entries import CalendarEntry
from corneum.evidence import Book


def test_spot_entry(first: date, today: date, zones: tuple[str, ...], book: Book) -> tuple[CalendarEntry, ...]:
    """Return the test spot before the first session, where zones are worked on gently.

    Parameters
    ----------
    first
        Day of the first session.
    today
        The day of planning, before which nothing is planned.
    zones
        That need it.
    book
        The evidence.

    References
    ----------
    Rule ``treatment.test_spot`` (PR-009); row ``course.test_spot.before_d``.
    """
    if not zones:
        return ()
    rule, before = book.rule("treatment.test_spot"), book.number("course.test_spot.before_d")
    return (
        CalendarEntry(
            day=max(today, first - timedelta(days=int(before.value))),
            kind="test_spot",
            title="Test spot before session 1",
            client_text="A small spot of skin is treated first. You and the clinic look at it before session 1.",
            practitioner_text=f"{rule.text} Darker marks or a raised scar on it: session 1 waits for a clinician.",
            zones=zones,
            rows=(rule.key, *rule.rows, before.key),
        ),
    )
