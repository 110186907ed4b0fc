"""Words and claims that no text a person can see may hold, and what is said instead."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import Field

from corneum.course.tables import NamedRow, TableError, read_table, shipped


class Refused(NamedRow):
    """A word or claim that is refused.

    Parameters
    ----------
    patterns
        Regular expressions; case does not matter.
    examples
        Phrases that it refuses; each is matched by a pattern.
    instead
        What is said instead.
    rows
        Findings of the survey behind it.
    """

    patterns: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)
    instead: str = Field(min_length=8)
    rows: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """All patterns as one."""
        return re.compile("|".join(f"(?:{one})" for one in self.patterns), re.IGNORECASE)


@dataclass(frozen=True)
class RefusedWords:
    """A refused word in a text.

    Parameters
    ----------
    row
        Why it is refused, and what to say instead.
    words
        The words as they stand in the text.
    """

    row: Refused
    words: str


def refused_words(text: str) -> tuple[RefusedWords, ...]:
    """Return every refused word or claim in ``text``, in the order of the table.

    References
    ----------
    The table of words that the software may use; rows CN-006 and CN-007 of the survey.

    Examples
    --------
    >>> [found.row.id for found in refused_words("An alternative to Botox for flawless skin")]
    ['claim.botox_alternative', 'claim.flawless']
    >>> refused_words("The model expects 4 (2 to 7) um.")
    ()
    """
    plain = " ".join(text.split())
    return tuple(RefusedWords(row, match.group()) for row in load_wording() for match in row.expression.finditer(plain))


def read_wording(path: Traversable | Path) -> tuple[Refused, ...]:
    """Return the refused words of a file, or raise `TableError` with every mistake."""
    rows = read_table(path, {"refused": Refused})["refused"]
    wrong = []
    for row in rows:
        try:
            missed = [text for text in row.examples if not row.expression.search(text)]
        except re.error as error:
            wrong.append(f"{path.name}: {row.id}: a pattern cannot be read: {error}")
        else:
            wrong += [f"{path.name}: {row.id}: does not refuse its own example {text!r}" for text in missed]
    if wrong:
        raise TableError(wrong)
    return rows


@cache
def load_wording() -> tuple[Refused, ...]:
    """Return the shipped refused words; they are read once."""
    return read_wording(shipped("wording.toml"))
