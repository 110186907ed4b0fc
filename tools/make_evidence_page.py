"""Write the evidence pages of the documentation from the evidence tables.

Run ``.venv/bin/python tools/make_evidence_page.py FOLDER`` to write them, with ``--check`` to compare only.
``make docs`` writes them by itself; they are not kept in the repository, so they are never stale.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from page_files import page_command, stale_pages, write_pages

from corneum.evidence import GRADES, READ_CODES, Book, Measurement, Number, Rule, load_evidence
from corneum.evidence.rows import MARKED
from corneum.imaging.indices import INDICES

ROOMS = {
    "skin": "what is treated",
    "devices": "what treats",
    "abrasion": "what is removed",
    "recovery": "what happens after",
    "treatment": "limits that belong to no device and no skin",
    "course": "what a plan over weeks aims at and keeps to",
    "imaging": "what photographs show, and how well",
    "lesions": "marks on the skin",
}
PARTS = {
    "imaging": "Light and days between two photographs",
    "imaging.card": "Cards in the frame",
    "imaging.color": "Indices of color",
    "imaging.expression": "Expression",
    "imaging.eyes": "Scale from the eyes",
    "imaging.gates": "Gates: what a photograph must be",
    "imaging.light": "Main light",
    "imaging.lines": "Indices of lines",
    "imaging.pores": "Indices of pores",
    "imaging.pose": "Pose",
    "imaging.repeatability": "The shipped error of a change",
    "imaging.repeatability.coverage": "How often the shipped 95 % limit held",
    "imaging.retakes": "Simulated retakes: skin, detail, camera",
    "imaging.scars": "Indices of scars",
    "imaging.skin": "Skin found",
    "imaging.texture": "Indices of texture",
    "lesions.duckling": "A mark unlike the others",
    "lesions.exclusion": "What is left out of treatment",
    "lesions.find": "Marks that are found",
    "lesions.geometry": "Shape and colors of a mark",
    "lesions.repeat": "Repeatability of a mark",
}
"""What a group of keys is about; a group without a title is headed by its keys alone."""
ROW_LETTERS = {
    "R": "removal against settings",
    "B": "barrier",
    "E": "redness, temperature, pain",
    "T": "thickness, layers, turnover",
    "D": "dermis",
    "C": "clinical outcome",
    "M": "mechanics and erosion",
    "P": "permeability",
    "X": "memory only, to be verified",
    "AE": "adverse events",
    "CA": "care before and after",
    "CI": "contraindications",
    "CN": "consent",
    "CO": "comparators",
    "HS": "staff and hygiene",
    "IN": "indications and benefit",
    "MO": "marks and moles",
    "PH": "photographs",
    "PR": "protocol parameters",
    "RM": "routing by problem",
    "SC": "scales",
    "XC": "contradictions between the articles",
}
_NOT_HTML = str.maketrans(
    {"<": "&lt;", ">": "&gt;", "$": "\\$", "*": "\\*", "`": "\\`", "[": "\\[", "]": "\\]", "|": "\\|"}
)
_DOI, _PMID, _PMC = re.compile(r"\b10\.\d{4,9}/[^\s;,)]+"), re.compile(r"PMID (\d+)"), re.compile(r"\bPMC\d+")
_CONTRADICTION = re.compile(r"\b([Cc]ontradiction (\d{1,2}))\b")


def pages(book: Book) -> dict[str, str]:
    """Return the text of every page, by file name."""
    found = {"README.md": front_page(book)}
    for room, what in ROOMS.items():
        rows = [row for key, row in sorted(book.numbers.items()) if key.split(".")[0] == room]
        found[f"{room}.md"] = "\n".join(number_page(room, what, rows))
    found["rules.md"] = "\n".join(rule_page(book.rules.values()))
    found["measurements.md"] = "\n".join(measurement_page(book.measurements.values()))
    found["sources.md"] = "\n".join(source_page(book))
    found["row-ids.md"] = "\n".join(row_id_page(book))
    strangers = {key.split(".")[0] for key in book.numbers} - set(ROOMS)
    if strangers:
        raise SystemExit(f"numbers of a room without a page: {', '.join(sorted(strangers))}")
    return found


def front_page(book: Book) -> str:
    """Return the page that says how to read the tables, with a count of how the numbers were read."""
    text = (Path(__file__).parent / "evidence_front.md").read_text(encoding="utf-8")
    numbers = book.numbers.values()
    codes = Counter(row.read for row in numbers)
    grades = Counter(row.grade for row in numbers)
    filled = {
        "counts": f"{len(numbers)} numbers, {len(book.rules)} rules, {len(book.measurements)} published measurements "
        f"and {len(book.sources)} sources",
        "assumed": str(codes["ASSUMED"]),
        "calibrated": str(codes["CALIBRATED"]),
        "numbers": str(len(numbers)),
        "codes": "\n".join(f"| {_code(code)} | {said} | {codes[code]} |" for code, said in READ_CODES.items()),
        "grades": "\n".join(f"| {grade} | {said} | {grades[grade]} |" for grade, said in GRADES.items()),
        "letters": "\n".join(f"| {letter} | {said} |" for letter, said in ROW_LETTERS.items()),
        "digest": book.digest(),
    }
    for name, value in filled.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def number_page(room: str, what: str, rows: list[Number]) -> Iterator[str]:
    """Yield the lines of a room's page: one table per group of keys."""
    yield f"# {room.capitalize()}: {what}\n"
    yield f"{len(rows)} numbers. [How to read this table](README.md)."
    for group, members in groupby(sorted(rows, key=_group), key=_group):
        yield f"\n## {part_title(group)}\n"
        yield from list_table(
            (46, 22, 12, 20), ("key and conditions", "value and range", "read, grade", "source, row ids")
        )
        for row in members:
            yield from table_row(
                f"**{row.key.rsplit('.', 1)[1]}**\n\n{prose(row.conditions)}"
                + (f"\n\n*Note:* {prose(row.note)}" if row.note else ""),
                value_cell(row),
                f"{_code(row.read)}, {row.grade}",
                source_cell(row),
            )
        yield ":::"


def part_title(group: str) -> str:
    """Return the heading of a group of keys: its title, if it has one, and the keys."""
    title = PARTS.get(group, "")
    index = group.removeprefix("imaging.repeatability.")
    if not title and index in INDICES:
        title = f"Shipped error: {INDICES[index].title}"
    return f"{title} (`{group}`)" if title else group


def value_cell(row: Number) -> str:
    """Return a number with its range, the form of the range, and what the range is about."""
    unit = "" if row.unit == "1" else f" {row.unit}"
    if row.shape == "fixed":
        return f"**{row.value:g}**{unit}\n\nheld fixed"
    whose = "between people" if row.varies == "people" else "not known better"
    whence = "range from the source" if row.range_from == "source" else "range chosen by the project"
    return f"**{row.value:g}**{unit}\n\n{row.low:.4g} to {row.high:.4g}, {row.shape}\n\n{whose}; {whence}"


def rule_page(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield the lines of the page of rules."""
    yield "# Rules\n"
    yield "What the protocol literature limits or asks for. A named clinician decides.\n"
    yield from list_table((46, 22, 12, 20), ("rule", "key", "read, grade", "source, row ids"))
    for row in sorted(rules, key=lambda row: row.key):
        limit = "" if row.value is None else f", {row.value:g}" + ("" if row.unit == "1" else f" {row.unit}")
        told = f"{prose(row.text)}" + (f"\n\n*Note:* {prose(row.note)}" if row.note else "")
        yield from table_row(
            told, f"`{row.key}`\n\n{row.action}{limit}", f"{_code(row.read)}, {row.grade}", source_cell(row)
        )
    yield ":::"


def measurement_page(rows: Iterable[Measurement]) -> Iterator[str]:
    """Yield the lines of the page of published measurements; predictions stand elsewhere."""
    used = {
        "calibration": "a constant was fitted to it",
        "input": "read from, or seen when a range was chosen",
        "no": "not used: a test",
    }
    yield "# Published measurements\n"
    yield (
        "What was published, and whether the model already knows it. What the model predicts for each is printed by "
        "`corneum validate`. [How to read this table](README.md).\n"
    )
    yield from list_table(
        (40, 24, 16, 20), ("finding and conditions", "published", "known to the model?", "source, row ids")
    )
    for row in sorted(rows, key=lambda row: row.key):
        note = f"\n\n*Note:* {prose(row.note)}" if row.note else ""
        yield from table_row(
            f"**{prose(row.title)}**\n\n{prose(row.conditions)}{note}\n\n`{row.key}`",
            prose(row.published),
            f"{used[row.used]}\n\n{_code(row.read)}, {row.grade}",
            source_cell(row),
        )
    yield ":::"


def source_page(book: Book) -> Iterator[str]:
    """Yield the lines of the page of sources: where each can be found, and what rests on it."""
    resting = defaultdict(list)
    for row in cited_rows(book):
        resting[row.source].append(row.key)
    yield "# Sources\n"
    yield "Where the numbers and rules were read. What was attributed from memory says so."
    for key, source in sorted(book.sources.items()):
        yield f"\n(source-{key})=\n"
        yield f"**{key}**\\\n{prose(source.citation)}. {links(source.where)}".rstrip()
        count = len(resting[key])
        if count > 12:
            yield f"\\\n*Used by {count} rows.*"
        elif count:
            yield "\\\n*Used by* " + ", ".join(f"`{used}`" for used in sorted(resting[key]))
        else:
            yield "\\\n*Read; no row rests on it alone.*"


def row_id_page(book: Book) -> Iterator[str]:
    """Yield the lines of the page of row ids: what in the tables rests on each finding of the survey."""
    resting = defaultdict(list)
    for row in cited_rows(book):
        for name in row.rows:
            resting[name].append(row)
    yield "# Row ids\n"
    yield (
        "A row id names one finding of the survey of the literature that the tables rest on. "
        "[What the letters mean](README.md).\n"
    )
    yield from list_table((10, 40, 50), ("id", "sources", "rows that name it"))
    for name in sorted(resting, key=_by_letters_and_number):
        sources = sorted({row.source for row in resting[name]} - {"project_assumption", "first_principles"})
        cites = ", ".join(f"[{key}](#source-{key})" for key in sources) or "—"
        yield from table_row(
            name, cites, ", ".join(f"`{row.key}`" for row in sorted(resting[name], key=lambda row: row.key))
        )
    yield ":::"


def cited_rows(book: Book) -> list[Number | Rule | Measurement]:
    """Return all rows that name a source."""
    return [*book.numbers.values(), *book.rules.values(), *book.measurements.values()]


def source_cell(row: Number | Rule | Measurement) -> str:
    """Return the link to a row's source, and its row ids."""
    return f"[{row.source}](#source-{row.source})" + (f"\n\n{' '.join(row.rows)}" if row.rows else "")


def list_table(widths: tuple[int, ...], heads: tuple[str, ...]) -> Iterator[str]:
    """Yield the head of a table whose cells may hold paragraphs."""
    yield ":::{list-table}"
    yield f":header-rows: 1\n:widths: {' '.join(map(str, widths))}\n:class: evidence\n"
    yield from table_row(*heads)


def table_row(*cells: str) -> Iterator[str]:
    """Yield one row of such a table."""
    for number, cell in enumerate(cells):
        lead = "* - " if number == 0 else "  - "
        yield lead + cell.replace("\n", "\n    ").replace("\n    \n", "\n\n")


def prose(text: str) -> str:
    """Return text with Markdown's own signs made plain, and contradictions linked to their page."""
    plain = " ".join(text.split()).translate(_NOT_HTML)
    return _CONTRADICTION.sub(r"[\1](#contradiction-\2)", plain)


def links(where: str) -> str:
    """Return where a source can be found, with its identifiers as links."""
    text = where.translate(_NOT_HTML)
    text = _DOI.sub(lambda found: f"[{found[0]}](https://doi.org/{found[0]})", text)
    text = _PMID.sub(r"[PMID \1](https://pubmed.ncbi.nlm.nih.gov/\1/)", text)
    text = _PMC.sub(lambda found: f"[{found[0]}](https://pmc.ncbi.nlm.nih.gov/articles/{found[0]}/)", text)
    return f"{text}." if text and not text.endswith(".") else text


def _group(row: Number) -> str:
    return row.key.rsplit(".", 1)[0]


def _code(code: str) -> str:
    plain = code.translate(_NOT_HTML)
    return f"**{plain}**" if code in MARKED else plain


def _by_letters_and_number(name: str) -> tuple[str, int]:
    letters = re.match(r"[A-Z]+", name)
    digits = re.search(r"\d+", name)
    return (letters[0] if letters else name, int(digits[0]) if digits else 0)


def write(folder: Path) -> None:
    """Write the pages into ``folder``, and remove pages that are no longer made."""
    write_pages(pages(load_evidence()), folder)


def stale(folder: Path) -> list[str]:
    """Return the names of pages in ``folder`` that are missing, too many or not what would be written."""
    return stale_pages(pages(load_evidence()), folder)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages."""
    return page_command("the evidence pages", Path("docs/evidence"), lambda: pages(load_evidence()), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
