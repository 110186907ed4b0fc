"""Read the screening tables from TOML, whole, with every mistake listed at its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from corneum.evidence import Source, load_evidence
from corneum.screening.checks import mistakes_between
from corneum.screening.rows import Choice, Clause, Conflict, Override, Question, Rule, SignOff
from corneum.screening.rule_book import RuleBook, Standing

_KINDS: dict[str, type[BaseModel]] = {
    "question": Question,
    "rule": Rule,
    "sign_off": SignOff,
    "override": Override,
    "source": Source,
}
_INNER: dict[str, type[BaseModel]] = {"when": Clause, "only_if": Clause, "choices": Choice, "conflicts": Conflict}


class RulesError(ValueError):
    """A screening table that cannot be trusted: every mistake, with file and line."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class Placed:
    """A row and where it stands, as ``file:line``."""

    row: Any
    at: str
    topic: str


def shipped(folder: str) -> list[Traversable]:
    """Return the TOML files of a folder of this package, in name order."""
    found = files("corneum.screening") / folder
    return sorted((entry for entry in found.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)


def load_rules(*extra: Path) -> RuleBook:
    """Return the shipped rules, with the rules, signatures and overrides of ``extra`` files added.

    Parameters
    ----------
    extra
        A clinic's own files (TOML). They add; they never replace a shipped rule silently.

    Raises
    ------
    RulesError
        If a table cannot be trusted; the message lists every mistake with its line.

    Examples
    --------
    >>> load_rules().questions["person.age"].kind
    'number'
    """
    return _shipped_rules() if not extra else build_book([*shipped("tables"), *extra])


@cache
def _shipped_rules() -> RuleBook:
    return build_book(shipped("tables"))


def build_book(tables: Iterable[Traversable | Path]) -> RuleBook:
    """Return the rule book that ``tables`` make up, and nothing else; see `load_rules`."""
    mistakes: list[str] = []
    placed = [one for table in tables for one in read_rows(table, _KINDS, mistakes)]
    sources = load_evidence().sources | {one.row.key: one.row for one in placed if isinstance(one.row, Source)}
    mistakes.extend(mistakes_between([(one.row, one.at) for one in placed], sources))
    if mistakes:
        raise RulesError(mistakes)
    rules = {one.row.id: one.row for one in placed if isinstance(one.row, Rule)}
    questions = {one.row.id: one.row for one in placed if isinstance(one.row, Question)}
    return RuleBook(
        questions=questions,
        rules=rules,
        standings=_standings(rules, [one.row for one in placed]),
        sources=sources,
        topics={one.row.id: one.topic for one in placed if isinstance(one.row, (Rule, Question))},
    )


def _standings(rules: dict[str, Rule], rows: list[Any]) -> dict[str, Standing]:
    signed = {row.rule: row for row in rows if isinstance(row, SignOff)}
    overrides = {row.rule: row for row in rows if isinstance(row, Override)}
    return {
        rule_id: Standing(
            sign_off=signed.get(rule_id),
            lapsed=rule_id in signed and signed[rule_id].digest not in ("", rules[rule_id].digest),
            override=overrides.get(rule_id),
        )
        for rule_id in {**signed, **overrides}
    }


def read_rows(table: Traversable | Path, kinds: dict[str, type[BaseModel]], mistakes: list[str]) -> Iterator[Placed]:
    """Yield the valid rows of one table; what is wrong is added to ``mistakes``."""
    try:
        text = table.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        mistakes.append(f"{table.name}: cannot be read: {error}")
        return
    topic = table.name.removesuffix(".toml")
    for kind, entries in raw.items():
        if kind not in kinds or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            near = get_close_matches(kind, kinds, n=1)
            hint = f"did you mean [[{near[0]}]]?" if near and near[0] != kind else f"write one of {', '.join(kinds)}"
            mistakes.append(f"{table.name}: [[{kind}]] is not a kind of row here; {hint}")
            continue
        for line, entry in zip(_lines(kind, text, len(entries)), entries, strict=True):
            at = f"{table.name}{line}"
            try:
                yield Placed(kinds[kind].model_validate(entry), at, topic)
            except ValidationError as error:
                name = entry.get("id", entry.get("rule", entry.get("key", f"a {kind} without id")))
                mistakes.extend(f"{at}: {name}: {message}" for message in _messages(error, kinds[kind]))


def _lines(kind: str, text: str, count: int) -> list[str]:
    heads = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line)]
    # Rows may legally be written without a head of their own, or a text may look like one: then no line is named.
    return [f":{n}" for n in heads] if len(heads) == count else [""] * count


def _messages(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    for detail in error.errors():
        place = ".".join(map(str, detail["loc"]))
        if detail["type"] == "extra_forbidden":
            inner: type[BaseModel] = _INNER.get(str(detail["loc"][0]), model) if len(detail["loc"]) > 1 else model
            known = [field.alias or name for name, field in inner.model_fields.items()]
            near = get_close_matches(str(detail["loc"][-1]), known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            yield f"unknown field {place!r}; {hint}"
        elif detail["type"] == "missing":
            yield f"{place!r} is missing"
        else:
            said = detail["msg"].removeprefix("Value error, ")
            yield f"{place}: {said}" if place else said
