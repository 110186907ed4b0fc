"""The report for the practitioner: the whole plan, with the reasons."""

from typing import TYPE_CHECKING

from corneum.course.plan import Plan
from corneum.evidence import Book
from corneum.reports.course.annex import cost_section, evidence_section, uncertain_section
from corneum.reports.course.blocks import (
    Block,
    Box,
    Facts,
    Heading,
    Paragraph,
    Report,
    Section,
    Text,
    quiet,
    say,
    strong,
)
from corneum.reports.course.calendar import care_of, care_table, messages, other_dates, sessions_table, whole_course
from corneum.reports.course.goals import alternatives_section, goals_section
from corneum.reports.course.screening import screening_section
from corneum.reports.course.wordings import DECIDES, course_sentence, day, person_text
from corneum.reports.course.zones import glance_section, zone_sections
from corneum.screening.dates import date_in_words
from corneum.treatment import Result

if TYPE_CHECKING:
    from corneum.imaging.pairs.series import Series

SIMULATED = "Simulated, not measured."


def practitioner_report(plan: Plan, result: Result | None, book: Book, series: "Series | None" = None) -> Report:
    """Return the practitioner's report of a plan, before it is set.

    Parameters
    ----------
    plan
        The plan.
    result
        The same course simulated, see `corneum.reports.course.simulated`; None if no zone is planned.
    book
        The evidence, for citations.
    series
        Measured photographs of this course; None without any.
    """
    clinic = plan.request.clinic
    return Report(
        audience="practitioner",
        overline="Course plan · for the practitioner",
        title=plan.title,
        lead=_lead(plan),
        facts=Facts(
            (
                ("Person", say(person_text(plan))),
                ("Clinic", say(clinic.name)),
                ("Decides", say(clinic.clinician)),
                ("Doctor", say(clinic.doctor or "none named")),
                ("Made on", say(date_in_words(plan.made_on))),
                ("Cost of the course", say(_cost(plan))),
            )
        ),
        sections=(
            glance_section(plan),
            screening_section(plan, book),
            goals_section(plan, book),
            *_measured(plan, result, series),
            *zone_sections(plan, result, book),
            *((calendar_section(plan), review_section(plan)) if plan.zones else ()),
            alternatives_section(plan, book),
            cost_section(plan, book),
            uncertain_section(plan),
            evidence_section(plan, book),
        ),
        footer=(
            say(strong(f"{SIMULATED} {DECIDES}")),
            say(
                "This report says what a model expects, with its range, and what rules and trials say, with their "
                "sources; it was not validated on this person. It gives no advice on treatment and names no dose."
            ),
        ),
        running=f"{plan.title} · {day(plan.made_on, weekday=False)} · {DECIDES}",
        version=plan.origin.version,
    )


def calendar_section(plan: Plan) -> Section:
    """Return the dates of the course and what holds around them."""
    blocks: list[Block] = [
        Paragraph(say(plan.interval_why)),
        sessions_table(plan, for_client=False),
        Heading("Before each session"),
        care_table(care_of(plan, "pre_care"), lambda entry: entry.practitioner_text, sources=True),
        Heading("On the day"),
        care_table(care_of(plan, "on_the_day"), lambda entry: entry.practitioner_text, sources=True),
        Heading("After each session"),
        care_table(care_of(plan, "aftercare"), lambda entry: entry.practitioner_text, sources=True),
    ]
    for entry in whole_course(plan):
        until = f" until {day(entry.last_day)}" if entry.last_day else ""
        blocks.append(
            Paragraph(
                say(
                    strong(f"{entry.title}, {day(entry.day)}{until}. "),
                    entry.practitioner_text,
                    quiet(f" [{', '.join(entry.rows)}]"),
                )
            )
        )
    blocks += [Heading("Messages"), messages(plan)]
    blocks += [Heading("Photographs and reviews"), other_dates(plan, lambda entry: entry.practitioner_text)]
    return Section("Calendar", tuple(blocks), "calendar")


def review_section(plan: Plan) -> Section:
    """Return the look back at which the course goes on or stops."""
    if plan.review is None:
        said: tuple[Block, ...] = (Paragraph(say("The course ends before the session at which a course is reviewed.")),)
        return Section("Review and stop rule", said, "review")
    review = plan.review
    box = Box(
        f"At session {review.session}, {date_in_words(review.day)}",
        (
            Paragraph(say(review.text)),
            Paragraph(say(strong("Stop rule. "), review.stop_rule)),
            Paragraph(say(quiet(f"Rules {', '.join(review.rules)}. {DECIDES}")), "quiet"),
        ),
        "warn",
    )
    return Section("Review and stop rule", (box,), "review")


def _measured(plan: Plan, result: Result | None, series: "Series | None") -> tuple[Section, ...]:
    if series is None:
        return ()
    # Only here: a plan without photographs loads no image library.
    from corneum.reports.course.measured import measured_section

    return (measured_section(plan, result, series),)


def _lead(plan: Plan) -> Text:
    if not plan.zones:
        return say(strong("No zone is planned. "), f"The reasons stand below. {DECIDES}")
    left = len(plan.unplanned)
    not_planned = f" {left} {'zone is' if left == 1 else 'zones are'} not planned." if left else ""
    waits = [zone.title.lower() for zone in plan.zones if zone.needs_clinician]
    asked = f" A clinician must answer a question first for: {', '.join(waits)}." if waits else ""
    return say(strong(course_sentence(plan)), f"{not_planned}{asked} {DECIDES}")


def _cost(plan: Plan) -> str:
    cost = plan.cost
    amount = f"{cost.low:,.0f}" if cost.low == cost.high else f"{cost.low:,.0f} to {cost.high:,.0f}"
    return f"{amount} {cost.currency}" + ("" if cost.origin == "clinic" else ", quoted, not the clinic's own")
