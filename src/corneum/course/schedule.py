"""The dates of a course: sessions, what comes before and after them, reviews and photographs."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from corneum.course.care import CareEntry, care_calendar
from corneum.course.entries import CalendarEntry, Review
from corneum.course.findings import ZoneVerdict
from corneum.evidence import Book
from corneum.units import convert


def session_days(start: date, sessions: int, interval_d: int) -> tuple[date, ...]:
    """Return the days of the sessions."""
    return tuple(start + timedelta(days=number * interval_d) for number in range(sessions))


def review_of(days: Sequence[date], book: Book) -> Review | None:
    """Return the look back at which the course goes on or stops, or None in a course that ends before it.

    References
    ----------
    Rules ``treatment.course.review`` (PR-015) and ``treatment.end_point`` (PR-019).
    """
    rule = book.rule("treatment.course.review")
    number = int(rule.value or 0)
    if not 0 < number <= len(days):
        return None
    return Review(
        session=number,
        day=days[number - 1],
        text=rule.text,
        stop_rule=(
            "Stop the course if the photographs and scales show no change beyond their repeatability, if anything "
            "under 'call the clinic' happened, or if the person wishes to stop."
        ),
        rules=(rule.key,),
    )


def own_entries(
    days: Sequence[date], review: Review | None, verdicts: Sequence[ZoneVerdict], zones: tuple[str, ...], book: Book
) -> tuple[CalendarEntry, ...]:
    """Return sessions, check-ins, reviews, photographs and what must be asked again, in order of their days.

    Parameters
    ----------
    days
        Of the sessions.
    review
        The look back.
    verdicts
        Of the screening.
    zones
        That are planned.
    book
        The evidence.

    References
    ----------
    Rows ``course.check_in.*``, ``course.photographs.*``; rule ``treatment.course.review_end``.
    """
    found = [
        *_sessions(days, zones),
        *_check_ins(days, zones, book),
        *_reviews(days, review, zones, book),
        *_photographs(days, zones, book),
        *_asked_again(days, verdicts),
    ]
    return in_order(found)


def in_order(entries: Sequence[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """Return entries by day; on one day what comes before the session stands first."""
    order = (
        "ask_again",
        "test_spot",
        "pre_care",
        "on_the_day",
        "photographs",
        "review",
        "session",
        "aftercare",
        "check_in",
        "maintenance",
    )
    return tuple(sorted(entries, key=lambda entry: (entry.day, order.index(entry.kind))))


def care_entries(
    days: Sequence[date], zones: tuple[str, ...], phototype: str | None, prescribed: Sequence[str]
) -> tuple[CalendarEntry, ...]:
    """Return what to do and to avoid around each session, dated.

    Parameters
    ----------
    days
        Of the sessions.
    zones
        That are planned.
    phototype
        Fitzpatrick phototype in Roman figures, or None if not asked.
    prescribed
        What a prescriber added, for example ``numbing``.
    """
    number = None if phototype is None else ("I", "II", "III", "IV", "V", "VI").index(phototype) + 1
    kinds: dict[str, Literal["pre_care", "on_the_day", "aftercare"]] = {
        "before": "pre_care",
        "day": "on_the_day",
        "after": "aftercare",
    }
    return tuple(
        CalendarEntry(
            day=entry.start,
            kind=kinds[entry.instruction.phase],
            title=_care_title(entry),
            client_text=entry.instruction.client,
            practitioner_text=entry.instruction.practitioner,
            session=entry.session,
            last_day=entry.end if entry.end > entry.start else None,
            zones=zones,
            rows=entry.instruction.rows,
            care=entry.instruction.kind,
            conflicts=tuple(f"{one.row}: {one.says}" for one in entry.instruction.conflicts),
        )
        for entry in care_calendar(days, zones, phototype=number, prescribed=prescribed)
    )


def _care_title(entry: CareEntry) -> str:
    when = "for the whole course" if entry.session is None else f"session {entry.session}"
    return f"{entry.instruction.topic.replace('_', ' ').capitalize()}, {when}"


def maintenance_entry(days: Sequence[date], weeks: int | None, book: Book) -> tuple[CalendarEntry, ...]:
    """Return the first maintenance session, if the clinician chose any.

    References
    ----------
    Rule ``treatment.maintenance`` (PR-016).
    """
    if weeks is None:
        return ()
    rule = book.rule("treatment.maintenance")
    return (
        CalendarEntry(
            day=days[-1] + timedelta(weeks=weeks),
            kind="maintenance",
            title="Maintenance session, if both agree",
            client_text=f"A first session after the course, {weeks} weeks after the last, if you and the clinic agree.",
            practitioner_text=f"Every {weeks} weeks as chosen by the clinician. {rule.text} Screen again first.",
            rows=(rule.key,),
        ),
    )


def _sessions(days: Sequence[date], zones: tuple[str, ...]) -> Iterator[CalendarEntry]:
    for number, day in enumerate(days, 1):
        yield CalendarEntry(
            day=day,
            kind="session",
            title=f"Session {number} of {len(days)}",
            client_text="Come without make-up. Tell the clinic everything that changed since the last time.",
            practitioner_text=(
                "Ask the screening questions of the day again; settings as planned; stop at the first bleeding point."
            ),
            session=number,
            zones=zones,
            rows=("treatment.end_point", "PR-019"),
        )


def _check_ins(days: Sequence[date], zones: tuple[str, ...], book: Book) -> Iterator[CalendarEntry]:
    texts = {
        "first_d": ("Redness, swelling, pain, eyes: how is it?", "Redness past 24 h is asked about."),
        "second_d": (
            "Is the skin still red? Redness beyond 3 days is looked at by the clinic.",
            "Redness past 72 h: review.",
        ),
        "third_d": (
            "Any small red dots, darker patches, bumps or knots? A doctor sees knots that last over 2 to 3 weeks.",
            "Petechiae, pigment change, nodules.",
        ),
    }
    for number, day in enumerate(days, 1):
        following = days[number] if number < len(days) else None
        for name, (client, practitioner) in texts.items():
            row = book.number(f"course.check_in.{name}")
            when = day + timedelta(days=int(row.value))
            if following is not None and when >= following:
                continue  # it is asked in the next session
            yield CalendarEntry(
                day=when,
                kind="check_in",
                title=f"Message, day {row.value:g} after session {number}",
                client_text=client,
                practitioner_text=practitioner,
                session=number,
                zones=zones,
                rows=(row.key, *row.rows),
            )


def _reviews(
    days: Sequence[date], review: Review | None, zones: tuple[str, ...], book: Book
) -> Iterator[CalendarEntry]:
    if review is not None:
        yield CalendarEntry(
            day=review.day,
            kind="review",
            title=f"Review at session {review.session}: go on or stop",
            client_text="You and the clinic compare the photographs, and decide whether to go on.",
            practitioner_text=f"{review.text} {review.stop_rule}",
            session=review.session,
            zones=zones,
            rows=review.rules,
        )
    if review is None or review.session < len(days):
        rule = book.rule("treatment.course.review_end")
        yield CalendarEntry(
            day=days[-1],
            kind="review",
            title="Review at the end of the course",
            client_text="You and the clinic compare the photographs with those of the first day.",
            practitioner_text=f"{rule.text} No change beyond repeatability is said so.",
            session=len(days),
            zones=zones,
            rows=(rule.key,),
        )


def _photographs(days: Sequence[date], zones: tuple[str, ...], book: Book) -> Iterator[CalendarEntry]:
    third = int(book.rule("treatment.course.review").value or 0)
    visits = {1: "Baseline photographs", third: f"Photographs at session {third}", len(days): "Photographs at the end"}
    dated = [(days[number - 1], title, number) for number, title in visits.items() if 0 < number <= len(days)]
    late: list[tuple[date, str, int | None]] = []
    for name in ("early_wk", "late_wk"):
        weeks = book.number(f"course.photographs.{name}").value
        late.append(
            (days[-1] + timedelta(days=round(convert(weeks, "wk", "d"))), f"Photographs, {weeks:g} weeks after", None)
        )
    for day, title, session in [*dated, *late]:
        yield CalendarEntry(
            day=day,
            kind="photographs",
            title=title,
            client_text="Photographs, with your consent: the same light, distance and pose each time.",
            practitioner_text="Before anything touches the skin; same light, distance and pose.",
            session=session,
            zones=zones,
            rows=("PH-015", "course.photographs.early_wk", "course.photographs.late_wk"),
        )


def _asked_again(days: Sequence[date], verdicts: Sequence[ZoneVerdict]) -> Iterator[CalendarEntry]:
    asked: dict[tuple[str, date], set[str]] = {}
    texts = {}
    for verdict in verdicts:
        for finding in verdict.findings:
            if finding.ask_again and not finding.unanswered and finding.verdict != "note":
                day = finding.until or days[0]
                asked.setdefault((finding.rule, day), set()).add(verdict.zone)
                texts[finding.rule] = (finding.title, finding.ask_again, finding.client_text)
    for (rule, day), zones in asked.items():
        title, again, client = texts[rule]
        yield CalendarEntry(
            day=day,
            kind="ask_again",
            title=f"Ask again: {title}",
            client_text=client,
            practitioner_text=again,
            zones=tuple(sorted(zones)),
            rows=(rule,),
        )
