"""What a plan rests on, in digests, and what differs between two origins."""

import hashlib
from collections.abc import Iterable, Mapping

from corneum import __version__
from corneum.course.plan import Origin
from corneum.course.tables import shipped
from corneum.evidence import Book
from corneum.screening import RuleBook

TABLES = ("suitability", "alternatives", "care", "responses", "costs")
"""Tables of the course room that a plan quotes."""
_SHORT = 16


def origin_of(book: Book, rows: Iterable[str], rules: RuleBook, *, seed: int, samples: int) -> Origin:
    """Return what a plan rests on.

    Parameters
    ----------
    book, rows
        The evidence, and the keys of the rows that were used.
    rules
        The screening rules.
    seed, samples
        Of the sampled skins.
    """
    used = sorted(set(rows))
    return Origin(
        version=__version__,
        seed=seed,
        samples=samples,
        evidence_digest=book.digest(used),
        row_digests={key: book.digest([key])[:_SHORT] for key in used},
        rule_digests={name: rules.digest([name])[:_SHORT] for name in sorted(rules.rules)},
        table_digests={name: _table_digest(name) for name in TABLES},
    )


def changed(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names on both sides whose digests differ, in order."""
    return tuple(sorted(name for name in then.keys() & now.keys() if then[name] != now[name]))


def only_in(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that are in ``one`` and not in ``other``, in order."""
    return tuple(sorted(one.keys() - other.keys()))


def _table_digest(name: str) -> str:
    return hashlib.sha256(shipped(f"{name}.toml").read_bytes()).hexdigest()[:_SHORT]
