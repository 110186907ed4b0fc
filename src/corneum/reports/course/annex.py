"""The end of the practitioner's report: what is uncertain, what it costs, and every row with its source."""

from corneum.course.plan import Plan
from corneum.evidence import GRADES, READ_CODES, Book
from corneum.reports.course.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
    code,
    quiet,
    say,
    strong,
    with_links,
)
from corneum.reports.course.wordings import source_text
from corneum.reports.numbers import row_value

_ROOMS = {
    "course": "Course",
    "skin": "Skin",
    "devices": "Devices",
    "abrasion": "Abrasion",
    "recovery": "Recovery and dermal response",
    "treatment": "Rules of treatment",
}
_LEFT_OUT = (
    "Pigment change after treatment has no published numbers and is not simulated.",
    "The response of a concern is what trials saw, not what the model computes: no trial links depth and response.",
    "Skins are sampled from published ranges; nothing here was measured on this person.",
)


def uncertain_section(plan: Plan) -> Section:
    """Return what is uncertain and why."""
    told = [*plan.notes, *_LEFT_OUT]
    return Section(
        "What is uncertain, and why", (Bullets(tuple(say(note) for note in dict.fromkeys(told))),), "uncertain"
    )


def cost_section(plan: Plan, book: Book) -> Section:
    """Return what the course costs, and whose figure that is."""
    cost = plan.cost
    blocks: list[Block] = [Paragraph(say(strong(cost.text)))]
    if cost.source:
        blocks.append(Paragraph(say(quiet("Source: "), source_text(book, cost.source, cost.rows)), "quiet"))
    blocks.append(Paragraph(say(strong("After the course. "), plan.maintenance)))
    return Section("Cost and what comes after", tuple(blocks), "cost")


def evidence_section(plan: Plan, book: Book) -> Section:
    """Return every evidence row that the plan rests on, with value, source, how it was read and grade."""
    keys = plan.origin.rows_used
    read = {book.numbers[key].read for key in keys if key in book.numbers}
    codes = "; ".join(f"{name}: {meaning}" for name, meaning in READ_CODES.items() if name in read)
    blocks: list[Block] = [
        Paragraph(
            say(f"This plan rests on {len(keys)} evidence rows and {len(plan.origin.rule_digests)} screening rules.")
        ),
        Paragraph(
            say(
                quiet(f"How a value was read: {codes}. Grades: "),
                quiet("; ".join(f"{name} {said}" for name, said in GRADES.items())),
            ),
            "quiet",
        ),
    ]
    rooms: dict[str, list[str]] = {}
    for key in keys:
        rooms.setdefault(key.split(".")[0], []).append(key)
    for room in [*_ROOMS, *(room for room in rooms if room not in _ROOMS)]:
        if room in rooms:
            blocks += [Heading(_ROOMS.get(room, room.capitalize())), _rows(book, rooms[room])]
    blocks += [
        Heading("Sources cited in this plan"),
        _sources(plan, book),
        Heading("To compute it again"),
        _origin(plan),
    ]
    return Section("Evidence", tuple(blocks), "evidence", new_page=True)


def _rows(book: Book, keys: list[str]) -> Table:
    rows = []
    for key in keys:
        row = book.row(key)
        number, rule = book.numbers.get(key), book.rules.get(key)
        value = row_value(number) if number is not None else rule.text if rule is not None else ""
        about = number.conditions if number is not None else ""
        read, grade = getattr(row, "read", ""), getattr(row, "grade", "")
        ids = tuple(getattr(row, "rows", ()))
        rows.append(
            (
                say(code(key), quiet(f" {about}") if about else ""),
                say(value),
                source_text(book, getattr(row, "source", ""), ids),
                say(f"{read} {grade}"),
            )
        )
    return Table(("Row", "Value (range)", "Source", "Read, grade"), tuple(rows), (3.4, 2.2, 4.2, 1.1), look="small")


def _sources(plan: Plan, book: Book) -> Bullets:
    keys = dict.fromkeys(
        [
            *(goal.source for goal in plan.goals),
            *(one.source for goal in plan.goals for one in goal.responses),
            *(one.source for one in plan.alternatives),
            *(finding.source for verdict in plan.verdicts for finding in verdict.findings),
        ]
    )
    cited = sorted(
        (key for key in keys if key), key=lambda key: book.sources[key].citation if key in book.sources else key
    )
    return Bullets(tuple(source_text(book, key) for key in cited))


def _origin(plan: Plan) -> Facts:
    origin = plan.origin
    return Facts(
        (
            ("Corneum", say(f"{origin.version}, {origin.samples} sampled skins, seed {origin.seed}")),
            ("Digest of the evidence rows (SHA-256)", say(code(origin.evidence_digest))),
            ("Made on", with_links(plan.made_on.isoformat())),
        )
    )
