"""A text of consent put together: its sections, the risks from the tables of the core, and what the plan says."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from corneum.clinic.ui.phrases import spoken
from corneum.course.care import load_consent
from corneum.evidence import load_evidence

PLAN, RISKS = "{{plan}}", "{{risks}}"
NO_PLAN = gettext_noop(
    "There is no approved plan yet. You will see it, with its cost, before the first session, and sign again."
)


class TextRefused(ValueError):
    """A text that cannot be put together; the message says what is missing."""


@dataclass(frozen=True)
class Line:
    """A paragraph; a risk has a title and a source.

    Parameters
    ----------
    text
        What is read.
    title
        What stands before it in bold; empty for a plain paragraph.
    source
        Where it was read, for whoever asks.
    rows
        Rows of the survey behind it.
    """

    text: str
    title: str = ""
    source: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """A text of consent as one client reads it.

    Parameters
    ----------
    title
        Its heading.
    sections
        In order.
    plan
        Name of the version of the plan that it tells of; empty without one.
    """

    title: str
    sections: tuple[Section, ...]
    plan: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return it as plain values for JSON."""
        return json.loads(json.dumps(asdict(self)))  # type: ignore[no-any-return]

    @property
    def digest(self) -> str:
        """SHA-256 over every word of it, in hex."""
        text = json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class PlanWords:
    """What a plan says to a client.

    Parameters
    ----------
    version
        Name of the version, such as ``plan 3``; a new one asks for a new signature.
    sentences
        What is planned, in plain words: where, how often, what it costs.
    """

    version: str
    sentences: tuple[str, ...]


PlanTeller = Callable[[UUID], PlanWords | None]
VersionTeller = Callable[[Collection[UUID]], Mapping[UUID, str]]
"""Given clients, all at once; returns the name of the approved version of each that has one."""
_tellers: list[tuple[PlanTeller, VersionTeller]] = []


def tell_plans_by(teller: PlanTeller, versions: VersionTeller) -> None:
    """Register who knows the plans: that app stands above this one and is never imported here."""
    _tellers[:] = [(teller, versions)]


def plan_words(client_id: UUID) -> PlanWords | None:
    """Return what the approved plan of a client says, or None where there is none."""
    return _tellers[0][0](client_id) if _tellers else None


def plan_versions(client_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the name of the approved version of each client that has one, with one query for all of them."""
    return _tellers[0][1](client_ids) if _tellers else {}


def composed(body: str, plan: PlanWords | None) -> Sheet:
    """Return a text put together.

    Parameters
    ----------
    body
        The text of a version.
    plan
        What the plan says.

    Raises
    ------
    TextRefused
        If the text has no title, or no section.
    """
    title, lines = "", body.strip().splitlines()
    if lines and lines[0].startswith("# "):
        title = lines[0].removeprefix("# ").strip()
    sections = tuple(_sections(lines[1:], plan))
    if not title or not sections:
        raise TextRefused(gettext("A text begins with a line “# Title” and has sections that begin with “## Heading”."))
    return Sheet(title, sections, "" if plan is None else plan.version)


def check_places(sheet: Sheet, *, treatment: bool) -> None:
    """Refuse a text, put together without a plan, in which plan or risks have no place or would be read as braces.

    Raises
    ------
    TextRefused
        If they stand inside other words, or if one is missing in a consent to treatment.
    """
    lines = [line for section in sheet.sections for line in section.lines]
    said = " ".join((sheet.title, *(section.title for section in sheet.sections), *(line.text for line in lines)))
    there = any(line.text == gettext(NO_PLAN) for line in lines) and any(line.source for line in lines)
    if PLAN in said or RISKS in said or (treatment and not there):
        raise TextRefused(
            gettext(
                "{{plan}} and {{risks}} each stand on a line of their own under a heading, with an empty line before "
                "and after other words. A consent to treatment needs both."
            )
        )


@cache
def shipped_text(kind: str, language: str) -> str:
    """Return the text that comes with the program; in English where the language has none."""
    folder = files("corneum.clinic.consent") / "texts"
    path = folder / language / f"{kind}.txt"
    return (path if path.is_file() else folder / "en" / f"{kind}.txt").read_text(encoding="utf-8")


def _sections(lines: list[str], plan: PlanWords | None) -> Iterator[Section]:
    title, held = "", list[str]()
    for line in [*lines, "## "]:
        if not line.startswith("## "):
            held.append(line.strip())
            continue
        found = tuple(_lines("\n".join(held), plan))
        if title and found:
            yield Section(title, found)
        title, held = line.removeprefix("## ").strip(), []


def _lines(text: str, plan: PlanWords | None) -> Iterator[Line]:
    for paragraph in text.split("\n\n"):
        said = " ".join(paragraph.split())
        if said == RISKS:
            yield from _risks()
        elif said == PLAN:
            yield from map(Line, plan.sentences if plan is not None else (gettext(NO_PLAN),))
        elif said:
            yield Line(said)


def _risks() -> Iterator[Line]:
    sources = load_evidence().sources
    for item in load_consent():
        yield Line(spoken(item.client), spoken(item.title), sources[item.source].citation, tuple(item.rows))
