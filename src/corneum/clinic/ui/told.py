"""A number with what it rests on: where its error comes from, and the rows of the evidence behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from corneum.clinic.ui.phrases import spoken
from corneum.evidence import Book, load_evidence
from corneum.reports.links import linked
from corneum.reports.numbers import row_value

_MOST = 6
"""Rows under one number; the page of sources has them all."""


@dataclass(frozen=True)
class Told:
    """A number, and what it tells when it is tapped.

    Parameters
    ----------
    name
        What it is.
    said
        The number as it is written, with its band where it has one.
    why
        Where its error comes from, or why it has none.
    rows
        Rows of the evidence, each with value, citation and how it was read.
    key
        For its place on a page; empty where nothing asks for it.
    """

    name: str | Promise
    said: str
    why: str | Promise = ""
    rows: tuple[SafeString, ...] = ()
    key: str = ""


def rows_of(keys: Iterable[str]) -> tuple[SafeString, ...]:
    """Return rows of the evidence for people; those that the present program does not have are left out."""
    book, language = load_evidence(), get_language() or "en"
    there = (key for key in dict.fromkeys(keys) if key in book.numbers or key in book.rules)
    return tuple(_row(key, language) for key, _number in zip(there, range(_MOST), strict=False))


def cited(source: str) -> SafeString:
    """Return the citation of a source by its key, with a link; a source that is no key stays as it is written."""
    found = load_evidence().sources.get(source)
    if found is None:
        return format_html("{}", linked(source))
    where = "" if found.where in found.citation else linked(found.where)
    return format_html('<cite lang="en">{} {}</cite>', found.citation, where)


@cache
def _row(key: str, language: str) -> SafeString:
    """Return one row; the evidence does not change while the program runs."""
    book = load_evidence()
    return _number(book, key) if key in book.numbers else _rule(book, key)


def _number(book: Book, key: str) -> SafeString:
    row = book.number(key)
    return format_html(
        "{}: <strong>{}</strong> <small>{} · {} · {} {}</small>",
        spoken(row.conditions),
        spoken(row_value(row)),
        cited(row.source),
        key,
        row.read,
        row.grade,
    )


def _rule(book: Book, key: str) -> SafeString:
    rule = book.rule(key)
    return format_html("{} <small>{} · {}</small>", spoken(rule.text), cited(rule.source), key)
