"""The dates of a course for the client: sessions, what to do around them, and when to call."""

import re

from corneum.course.plan import Plan
from corneum.reports.course.blocks import Block, Box, Boxes, Bullets, Paragraph, Text, Tone, quiet, say, strong
from corneum.reports.course.calendar import care_of, sessions_table, whole_course
from corneum.reports.course.wordings import day
from corneum.screening.dates import date_in_words

_URGENCY = re.compile(r"(?=The same day:|Emergency:)")
_HEADS: dict[str, tuple[str, Tone]] = {
    "Emergency:": ("Emergency number, at once", "stop"),
    "The same day:": ("A doctor, the same day", "defer"),
    "": ("The clinic, within a day", "plain"),
}


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


def calls(text: str) -> list[tuple[str, str]]:
    """Return what a text on calling holds, as pairs of how soon and why.

    Examples
    --------
    >>> calls("Call us if it itches. Emergency: trouble breathing.")
    [('', 'Call us if it itches.'), ('Emergency:', 'Trouble breathing.')]
    """
    found = []
    for part in (part.strip() for part in _URGENCY.split(text)):
        head = next((head for head in _HEADS if part.startswith(head)), "")
        said = part.removeprefix(head).strip()
        if said:
            found.append((head, said[:1].upper() + said[1:]))
    return found


def _call_boxes(text: str) -> list[Box]:
    return [Box(_HEADS[head][0], (Paragraph(say(said)),), _HEADS[head][1]) for head, said in calls(text)]
