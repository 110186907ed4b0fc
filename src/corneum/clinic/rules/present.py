"""Rules, versions and differences between them, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corneum.clinic.people.search import folded
from corneum.clinic.rules.books import LIMITS, shipped_limits
from corneum.clinic.rules.models import RuleVersion
from corneum.clinic.rules.wording import LIMIT_TITLES, as_typed
from corneum.clinic.ui.phrases import spoken
from corneum.screening import Rule, RuleBook, condition_in_words
from corneum.skin import SITES

TONES = {"stop": "stop", "defer": "wait", "ask": "wait", "note": ""}
SHOWN = ("", "changed", "conflicts", "unsigned")


@dataclass(frozen=True)
class Row:
    """A rule in the list."""

    rule: Rule
    now: str
    shipped: str
    tone: str
    changed: bool
    drafted: str


@dataclass(frozen=True)
class Side:
    """What one source says."""

    row: str
    says: str
    would: str
    source: str


@dataclass(frozen=True)
class Difference:
    """What a version changes.

    Parameters
    ----------
    rule, title
        Id and title of a rule; the id is empty for a limit of a course.
    before, after
        In words.
    why
        The clinic's reason.
    who
        Who answers for it, and since when; empty in a draft.
    """

    rule: str
    title: str | Promise
    before: str
    after: str
    why: str = ""
    who: str = ""


def in_words(verdict: str, wait_days: int | None) -> str:
    """Return what follows from a rule: "defer for 14 days"."""
    if not wait_days:
        return verdict
    return ngettext("%(verdict)s for %(days)s day", "%(verdict)s for %(days)s days", wait_days) % {
        "verdict": verdict,
        "days": wait_days,
    }


def now_in_words(rule: Rule, change: Mapping[str, Any] | None) -> str:
    """Return what follows from a rule with a clinic's change."""
    if change is None:
        return in_words(rule.verdict, rule.wait_days)
    verdict = change["verdict"] or rule.verdict
    kept = rule.wait_days if verdict == rule.verdict else None
    return in_words(verdict, change["wait_days"] or kept)


def rows(
    book: RuleBook, draft: RuleVersion | None, *, text: str = "", topic: str = "", verdict: str = "", show: str = ""
) -> list[Row]:
    """Return the rules that are searched for, as they are in force.

    Parameters
    ----------
    book
        The rules in force.
    draft
        The draft, or None.
    text
        Words, every one of which stands in the rule, its reason or its source.
    topic, verdict
        Table and verdict in force; empty for all.
    show
        One of `SHOWN`.
    """
    words = folded(text).split()
    found = []
    for rule in book.rules.values():
        row = _row(rule, book, draft)
        said = folded(" ".join((rule.id, rule.title, rule.reason, rule.client_text, _citation(rule.source, book))))
        if (
            all(word in said for word in words)
            and topic in ("", book.topics.get(rule.id))
            and verdict in ("", _held(rule, book).verdict)
            and _is_shown(row, rule, book, show)
        ):
            found.append(row)
    return found


def by_topic(some: Iterable[Row], book: RuleBook, titles: Mapping[str, str | Promise]) -> list[tuple[Any, list[Row]]]:
    """Return rows under the headings of their tables."""
    grouped: dict[str, list[Row]] = {}
    for row in some:
        grouped.setdefault(book.topics.get(row.rule.id, ""), []).append(row)
    return [(titles.get(topic, topic.replace("_", " ")), found) for topic, found in grouped.items()]


def _row(rule: Rule, book: RuleBook, draft: RuleVersion | None) -> Row:
    held, shipped = _held(rule, book), in_words(rule.verdict, rule.wait_days)
    now = in_words(held.verdict, held.wait_days)
    drafted = "" if draft is None else now_in_words(rule, draft.changes.get(rule.id))
    return Row(rule, now, shipped, TONES[held.verdict], now != shipped, "" if drafted == now else drafted)


def _is_shown(row: Row, rule: Rule, book: RuleBook, show: str) -> bool:
    if show == "changed":
        return row.changed or bool(row.drafted)
    if show == "conflicts":
        return bool(rule.conflicts)
    return show != "unsigned" or not book.standing(rule.id).signed


def _held(rule: Rule, book: RuleBook) -> Rule:
    override = book.standing(rule.id).override
    return rule if override is None else override.applied_to(rule)


def sides(rule: Rule, book: RuleBook) -> list[Side]:
    """Return what other sources say than a rule."""
    return [Side(one.row, spoken(one.says), spoken(one.would), _citation(one.source, book)) for one in rule.conflicts]


def facts(rule: Rule, book: RuleBook) -> list[tuple[str, str]]:
    """Return when, where and on whose word a rule speaks."""
    when = [f"“{spoken(book.questions[one.question].text)}” ({condition_in_words(one)})" for one in rule.when]
    where = ", ".join(spoken(SITES[word].title if word in SITES else word.replace("_", " ")) for word in rule.scope)
    return [
        (_("When"), "; ".join(when)),
        (_("Where"), where),
        (_("Told to the client"), spoken(rule.client_text)),
        (_("Source"), f"{_citation(rule.source, book)} · {', '.join(rule.rows)}"),
        (_("Strength"), spoken(rule.strength)),
        (_("Signature"), spoken(book.standing(rule.id).text)),
    ]


def differences(before: RuleVersion | None, after: RuleVersion | None, book: RuleBook) -> list[Difference]:
    """Return what differs from one version to another; None stands for the rules as shipped."""
    old, new = ({} if one is None else one.changes for one in (before, after))
    found = [
        Difference(
            name,
            spoken(book.rules[name].title),
            now_in_words(book.rules[name], old.get(name)),
            now_in_words(book.rules[name], new.get(name)),
            new.get(name, {}).get("why", ""),
            _who(new.get(name, {})),
        )
        for name in book.rules
        if _said(old.get(name)) != _said(new.get(name))
    ]
    shipped = shipped_limits()
    limits = [shipped | ({} if one is None else one.limits) for one in (before, after)]
    found += [
        Difference("", LIMIT_TITLES[name], *(number_format(as_typed(name, one[name])) for one in limits))
        for name in LIMITS
        if limits[0][name] != limits[1][name]
    ]
    return found


def _said(change: Mapping[str, Any] | None) -> tuple[Any, ...]:
    return () if change is None else (change["verdict"], change["wait_days"], change["why"])


def _who(change: Mapping[str, Any]) -> str:
    return f"{change['who']}, {change['when']}" if "who" in change else ""


def _citation(key: str, book: RuleBook) -> str:
    if key not in book.sources:
        return key
    source = book.sources[key]
    return f"{source.citation} {source.where}".strip()
