"""What must agree between the rows of the screening tables."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from corneum.evidence import Source
from corneum.screening.rows import DONT_KNOW, Clause, Override, Question, Rule, SignOff
from corneum.skin import SITES


def mistakes_between(rows: list[tuple[Any, str]], sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield what does not agree between rows, each with its place.

    Ids given twice, clauses about unknown questions or with tests that do not fit the question's kind, unknown
    sources, questions that open each other in a circle, signatures under rules that do not exist.
    """
    yield from _given_twice(rows)
    questions = {row.id: row for row, _ in rows if isinstance(row, Question)}
    rules = {row.id: row for row, _ in rows if isinstance(row, Rule)}
    for row, at in rows:
        if isinstance(row, Question) and row.only_if is not None:
            yield from (f"{at}: {row.id}: only_if: {said}" for said in _clause(row.only_if, questions))
            if row.id in _opened_by(row, questions):
                yield f"{at}: {row.id}: only_if leads back to itself"
        elif isinstance(row, Rule):
            for number, clause in enumerate(row.when):
                yield from (f"{at}: {row.id}: when.{number}: {said}" for said in _clause(clause, questions))
            for source in (row.source, *(conflict.source for conflict in row.conflicts if conflict.source)):
                if source not in sources:
                    yield f"{at}: {row.id}: unknown source {source!r}{did_you_mean(source, sources)}"
        elif isinstance(row, (SignOff, Override)) and row.rule not in rules:
            yield f"{at}: unknown rule {row.rule!r}{did_you_mean(row.rule, rules)}"
        elif isinstance(row, Override) and row.wait_days and "defer" not in (row.verdict, rules[row.rule].verdict):
            was = rules[row.rule].verdict
            yield f"{at}: {row.rule}: wait_days for a rule that says {was}; give verdict = 'defer' too"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _given_twice(rows: list[tuple[Any, str]]) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for row, at in rows:
        name = (type(row).__name__, str(getattr(row, "id", getattr(row, "rule", getattr(row, "key", "")))))
        if name in seen:
            yield f"{at}: {name[1]}: given twice, first at {seen[name]}"
        seen.setdefault(name, at)


def _opened_by(question: Question, questions: Mapping[str, Question]) -> set[str]:
    found: set[str] = set()
    gate = question.only_if
    while gate is not None and gate.question in questions and gate.question not in found:
        found.add(gate.question)
        gate = questions[gate.question].only_if
    return found


_FITS = {
    "yes_no": {"is"},
    "choice": {"is"},
    "date": {"within_days"},
    "number": {"at_least", "below"},
    "sites": {"sites", "is"},
}


def _clause(clause: Clause, questions: Mapping[str, Question]) -> Iterator[str]:
    question = questions.get(clause.question)
    if question is None:
        yield f"unknown question {clause.question!r}{did_you_mean(clause.question, questions)}"
        return
    tests = {"is": clause.one_of, "within_days": clause.within_days, "sites": clause.sites}
    given = {name for name, value in tests.items() if value}
    given |= {name for name in ("at_least", "below") if getattr(clause, name) is not None}
    for name in sorted(given - _FITS[question.kind]):
        if not (name == "is" and set(clause.one_of) == {DONT_KNOW}):
            fits = " or ".join(sorted(_FITS[question.kind]))
            yield f"{question.id} is a {question.kind} question: it is tested by {fits}, not by {name}"
    allowed: Collection[str] = SITES if question.kind == "sites" else question.allowed
    for word in clause.one_of:
        if allowed and word not in (*allowed, DONT_KNOW):
            yield f"{word!r} is no answer to {question.id}{did_you_mean(word, allowed)}"
