"""Read an answers file (TOML): a person, the zones and the answers; every mistake is listed at once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from corneum.screening.answers import AnswersError, checked_answers, checked_zones, flat
from corneum.screening.checks import did_you_mean
from corneum.screening.clauses import Answers
from corneum.screening.rule_book import RuleBook

_KEYS = ("title", "today", "zones", "person", "answers")
_T = TypeVar("_T")


@dataclass(frozen=True)
class AnswerSheet:
    """What an answers file says: checked answers by question id, zones, the day, and a title."""

    answers: Answers
    zones: tuple[str, ...]
    today: date
    title: str = ""


def read_answers(path: str | Path, rules: RuleBook, *, today: date, override: date | None = None) -> AnswerSheet:
    """Return the answers that a file gives.

    Parameters
    ----------
    path
        The file.
    rules
        The questions that may be answered.
    today
        The day of screening if the file names none.
    override
        The day of screening whatever the file names.

    Raises
    ------
    AnswersError
        If the file cannot be read or has mistakes; every mistake is listed with file and line.
    """
    name = Path(path).name
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise AnswersError([f"{path}: cannot be read: {reason}"]) from error
    return parse_answers(text, rules, today=today, override=override, name=name)


def parse_answers(
    text: str, rules: RuleBook, *, today: date, override: date | None = None, name: str = "answers"
) -> AnswerSheet:
    """Return the answers that a TOML text gives; see `read_answers`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AnswersError([f"{name}: not valid TOML: {error}"]) from error
    mistakes = [f"{key}: unknown key{did_you_mean(key, _KEYS)}" for key in raw if key not in _KEYS]
    title = raw.get("title", "")
    if not isinstance(title, str):
        mistakes.append(f"title: must be text, not {title!r}")
    day = override or _attempt(mistakes, lambda: _day(raw.get("today"), today)) or today
    zones = _attempt(mistakes, lambda: checked_zones(raw.get("zones", ())))
    given = {**_table(raw, "answers", mistakes), **_person(_table(raw, "person", mistakes))}
    answers = _attempt(mistakes, lambda: checked_answers(given, day, rules))
    if mistakes or zones is None or answers is None:
        raise AnswersError(f"{name}{_line(text, said)}: {said}" for said in mistakes)
    return AnswerSheet(answers, zones, day, title)


def _table(raw: Mapping[str, object], key: str, mistakes: list[str]) -> dict[str, object]:
    found = raw.get(key, {})
    if not isinstance(found, Mapping):
        mistakes.append(f"{key}: must be a table; write [{key}] on a line of its own")
        return {}
    return dict(flat(found))


def _person(raw: Mapping[str, object]) -> dict[str, object]:
    return {f"person.{key}": value for key, value in raw.items()}


def _day(said: object, today: date) -> date:
    if said is None:
        return today
    if isinstance(said, str):
        try:
            return date.fromisoformat(said.strip())
        except ValueError:
            pass
    elif isinstance(said, date) and not isinstance(said, datetime):
        return said
    raise AnswersError([f"today: {said!r} is not a date; write year-month-day, such as {today.isoformat()}"])


def _attempt(mistakes: list[str], make: Callable[[], _T]) -> _T | None:
    try:
        return make()
    except AnswersError as error:
        mistakes.extend(error.mistakes)
        return None


def _line(text: str, said: str) -> str:
    """Return ":12" for the one line that writes the key which a mistake begins with, or nothing."""
    key = said.split(":", 1)[0]
    for word in (key, key.removeprefix("person.")):
        head = re.compile(rf"\s*\[?[\"']?{re.escape(word)}[\"']?\s*(=|\])")
        lines = [number for number, line in enumerate(text.splitlines(), 1) if head.match(line)]
        if len(lines) == 1:
            return f":{lines[0]}"
    return ""
