"""Answers of an invented person in whom no rule fires beyond those that are given, worked out from the rules."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from corneum.screening import RuleBook, questions, screen
from corneum.screening.rows import Question
from corneum.skin import SITES

_RANK = ("none", "note", "ask", "defer", "stop")


def quiet_answers(
    rules: RuleBook, today: date, known: Mapping[str, object], leave: Collection[str] = ()
) -> dict[str, object]:
    """Answer every question that is asked, but for ``leave``, so that as little as possible fires."""
    answers = dict(known)
    while True:
        asked = [one for one in questions(rules, answers, today=today) if one.id not in answers and one.id not in leave]
        if not asked:
            return answers
        question = asked[0]
        scored = {_fired(rules, answers, question, one, today): one for one in reversed(_options(question, today))}
        answers[question.id] = scored[min(scored)]


def _options(question: Question, today: date) -> list[object]:
    if question.allowed:
        return ["no", "yes"] if question.kind == "yes_no" else list(question.allowed)
    if question.kind == "date":
        return [(today - timedelta(days=days)).isoformat() for days in (730, 120, 21, 0)]
    if question.kind == "sites":
        return [()]
    low, high = question.low or 0.0, question.high if question.high is not None else 100.0
    return [low, high, 0.5 * (low + high)]


def _fired(
    rules: RuleBook, answers: Mapping[str, object], question: Question, option: object, today: date
) -> tuple[int, int]:
    found = screen({**answers, question.id: option}, SITES, today, rules)
    fired = [one for one in found.findings if one.kind == "fired"]
    opened = questions(rules, {**answers, question.id: option}, today=today)
    return sum(4 ** _RANK.index(one.verdict) for one in fired), len(opened)
