"""The dates of a course for the client: sessions, what to do around them, and when to call."""

import re

from corneum.course.plan import Plan
from corneum.reports.course.blocks import Block, Box, Boxes, Bullets, Paragraph, Text, quiet, say, strong
from corneum.reports.course.calendar import care_of, sessions_table, whole_course
from corneum.reports.course.wordings import day
from corneum.screening.dates import date_in_words

_URGENCY = re.compile(r"(?=The same day:|Emergency:)")


def date_blocks(plan: Plan) -> list[Block]:
    """Return the dates of the sessions, the look back and what comes after the course."""
    blocks: list[Block] = [sessions_table(plan, for_client=True)]
    if plan.review is not None:
        blocks.append(
            Paragraph(
                say(
                    strong(f"On {date_in_words(plan.review.day)} we look back. "),
                    "The photographs are compared. If nothing changed that can be told from chance, the course stops. "
                    "You may stop at any time.",
                )
            )
        )
    later = [
        entry
        for entry in plan.calendar
        if entry.kind in ("photographs", "ask_again", "maintenance") and entry.day > plan.session_days[-1]
    ]
    if later:
        said = "; ".join(f"{entry.title[0].lower()}{entry.title[1:]}: {day(entry.day)}" for entry in later)
        blocks.append(Paragraph(say(quiet(f"After the course: {said}.")), "quiet"))
    return blocks


def care_blocks(plan: Plan) -> list[Block]:
    """Return what to do and what to leave out before, on and after the day."""

    def items(kind: str) -> tuple[Text, ...]:
        found = [
            one.entry.client_text
            for one in care_of(plan, kind)
            if one.entry.care in ("avoid", "do") and one.entry.client_text
        ]
        return tuple(say(text) for text in dict.fromkeys(found))

    through = tuple(say(entry.client_text) for entry in whole_course(plan) if entry.client_text)
    boxes = [
        Box("Before each session", (Bullets(items("pre_care")),)),
        Box("On the day", (Bullets(items("on_the_day")),)),
        Box("After each session", (Bullets(items("aftercare")),)),
    ]
    blocks: list[Block] = [Boxes(tuple(boxes), 3)]
    if through:
        blocks.append(Box("Through the whole course", (Bullets(through),)))
    return blocks


def call_blocks(plan: Plan) -> list[Block]:
    """Return when to call, the least urgent first."""
    texts = list(
        dict.fromkeys(entry.client_text for entry in plan.calendar if entry.care == "call" and entry.client_text)
    )
    boxes = [box for text in texts for box in _call_boxes(text)]
    return [Boxes(tuple(boxes), max(1, min(3, len(boxes))))] if boxes else []


def _call_boxes(text: str) -> list[Box]:
    boxes = []
    for part in (part.strip() for part in _URGENCY.split(text)):
        if part.startswith("Emergency:"):
            boxes.append(Box("Emergency number, at once", (Paragraph(say(_sentence(part, "Emergency:"))),), "stop"))
        elif part.startswith("The same day:"):
            boxes.append(Box("A doctor, the same day", (Paragraph(say(_sentence(part, "The same day:"))),), "defer"))
        elif part:
            boxes.append(Box("The clinic, within a day", (Paragraph(say(part)),), "plain"))
    return boxes


def _sentence(part: str, head: str) -> str:
    said = part.removeprefix(head).strip()
    return said[:1].upper() + said[1:]
