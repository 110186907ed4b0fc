"""Write the screening manual of the documentation from the rules and their cases.

Run ``.venv/bin/python tools/make_screening_manual.py FOLDER`` to write it, with ``--check`` to compare only.
``make docs`` writes it by itself; it is not kept in the repository, so it is never stale.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from page_files import page_command, stale_pages, write_pages

from corneum.evidence import load_evidence
from corneum.screening import (
    MEANINGS,
    Case,
    Question,
    Rule,
    RuleBook,
    condition_in_words,
    date_in_words,
    load_cases,
    load_rules,
)

_NOT_HTML = str.maketrans(
    {"<": "&lt;", ">": "&gt;", "$": "\\$", "*": "\\*", "`": "\\`", "[": "\\[", "]": "\\]", "|": "\\|", "_": "\\_"}
)


def pages(book: RuleBook, cases: tuple[Case, ...]) -> dict[str, str]:
    """Return the text of every page, by file name."""
    by_topic: dict[str, list[Rule]] = defaultdict(list)
    for rule in book.rules.values():
        by_topic[book.topics[rule.id]].append(rule)
    shown = defaultdict(list)
    for case in cases:
        shown[case.rule].append(case)
    found = {f"{topic}.md": "\n".join(topic_page(topic, rules, book, shown)) for topic, rules in by_topic.items()}
    return {"README.md": front_page(book, by_topic, len(cases)), **found}


def front_page(book: RuleBook, by_topic: Mapping[str, list[Rule]], cases: int) -> str:
    """Return the page that says how to read the rules, with their index."""
    text = (Path(__file__).parent / "screening_front.md").read_text(encoding="utf-8")
    waiting = [rule for rule in book.rules.values() if rule.wait_days]
    example = max(waiting, key=lambda rule: len(rule.conflicts), default=None)
    index = [
        f"- [{topic_title(topic)}]({topic}.md): " + ", ".join(f"[{rule.id}](#{anchor(rule)})" for rule in rules)
        for topic, rules in by_topic.items()
    ]
    filled = {
        "counts": f"{len(book.rules)} rules, {len(book.questions)} questions and {cases} cases",
        "unsigned": str(sum(not book.standing(rule_id).signed for rule_id in book.rules)),
        "rules": str(len(book.rules)),
        "verdicts": "\n".join(f"| {verdict} | {said} |" for verdict, said in MEANINGS.items()),
        "example": example.id if example else "",
        "days": str(example.wait_days) if example else "",
        "digest": example.digest if example else "",
        "index": "\n".join(index),
        "book": book.digest(),
        "pages": "\n".join(by_topic),
    }
    for name, value in filled.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def topic_page(topic: str, rules: list[Rule], book: RuleBook, cases: Mapping[str, list[Case]]) -> Iterator[str]:
    """Yield the lines of the page of one table: its questions, then each rule with its cases."""
    yield f"# Screening: {topic_title(topic).lower()}\n"
    yield "[How to read a rule](README.md). A named clinician decides.\n"
    asked = [question for question in book.questions.values() if book.topics[question.id] == topic]
    if asked:
        yield "## Questions\n"
        yield from list_table((25, 50, 25), ("id", "question", "answer"))
        for question in asked:
            help_text = f"\n\n*{prose(question.help)}*" if question.help else ""
            yield from table_row(f"`{question.id}`", prose(question.text) + help_text, answer_text(question))
        yield ":::"
    yield "\n## Rules"
    for rule in rules:
        yield from rule_section(rule, book, cases.get(rule.id, []))


def rule_section(rule: Rule, book: RuleBook, cases: list[Case]) -> Iterator[str]:
    """Yield the lines of one rule: what it says, on whose word, who disagrees, and its cases."""
    yield f"\n({anchor(rule)})=\n"
    yield f"### {rule.id}: {prose(rule.title)}\n"
    wait = f", {rule.wait_days} days" if rule.wait_days else ""
    yield f"**{rule.verdict}{wait}**, {scope_text(rule)}; {book.standing(rule.id).text}.\n"
    yield f"- When: {prose(' and '.join(condition_in_words(clause) for clause in rule.when))}."
    yield f"- {prose(rule.reason)}"
    yield f"- For the client: {prose(rule.client_text)}"
    if rule.ask_again:
        yield f"- On the day: {prose(rule.ask_again)}"
    yield f"- Strength: {prose(rule.strength)}. Source: {source_text(rule.source, book)}, {', '.join(rule.rows)}.\n"
    if rule.conflicts:
        yield from list_table((15, 55, 30), ("row", "says", "would"))
        yield from table_row("**this rule**", prose(rule.title), f"{rule.verdict}{wait}")
        for conflict in rule.conflicts:
            yield from table_row(conflict.row, prose(conflict.says), prose(conflict.would))
        yield ":::\n"
    if cases:
        yield from list_table((35, 40, 25), ("case", "answers", "this rule"))
        for case in cases:
            yield from table_row(
                f"{prose(case.title)}\n\n{date_in_words(case.today)}", answers_text(case), outcome(case)
            )
        yield ":::\n"


def topic_title(topic: str) -> str:
    """Return the title of a table from its file name."""
    return topic.replace("_", " ").capitalize()


def anchor(rule: Rule) -> str:
    """Return the name of the place that links to a rule lead to."""
    return "rule-" + rule.id.replace(".", "-").replace("_", "-")


def scope_text(rule: Rule) -> str:
    """Return where a rule reaches, in words."""
    words = [word.replace("_", " ") for word in rule.scope]
    return "the sites answered" if words == ["answered sites"] else ", ".join(words)


def answer_text(question: Question) -> str:
    """Return how a question may be answered, and when it is asked."""
    how = {"date": "date", "sites": "sites", "number": f"number {question.unit}".strip()}.get(question.kind)
    text = how or " / ".join(f"`{word}`" for word in question.allowed)
    gate = question.only_if
    return text if gate is None else f"{text}\n\nonly if {prose(condition_in_words(gate))}"


def answers_text(case: Case) -> str:
    """Return the answers and zones of a case, one below the other."""
    said = [f"`{name}`: {prose(value_text(value))}" for name, value in sorted(case.answers.items())]
    return "\n\n".join([*(said or ["nothing answered"]), f"zones: {prose(', '.join(case.zones))}"])


def value_text(value: object) -> str:
    """Return an answer as people read it."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def outcome(case: Case) -> str:
    """Return what the rule must do in a case."""
    said = [f"{prose(name)}: **{value}**" for name, value in case.expect.items() if name != "until"]
    until = case.expect.get("until")
    lead = [] if said else ["fires" if case.fires else "does not fire"]
    return "\n\n".join([*lead, *said] + ([f"until {until}"] if until is not None else []))


def source_text(key: str, book: RuleBook) -> str:
    """Return a link to a source of the evidence tables, or the citation of one that stands in the rule tables."""
    if key in load_evidence().sources:
        return f"[{key}](#source-{key})"
    return prose(f"{book.sources[key].citation} {book.sources[key].where}".strip())


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
    """Return text with Markdown's own signs made plain."""
    return " ".join(text.split()).translate(_NOT_HTML)


def write(folder: Path) -> None:
    """Write the pages into ``folder``, and remove pages that are no longer made."""
    write_pages(pages(load_rules(), load_cases()), folder)


def stale(folder: Path) -> list[str]:
    """Return the names of pages in ``folder`` that are missing, too many or not what would be written."""
    return stale_pages(pages(load_rules(), load_cases()), folder)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages."""
    return page_command(
        "the screening manual", Path("docs/screening"), lambda: pages(load_rules(), load_cases()), arguments
    )


if __name__ == "__main__":
    raise SystemExit(main())
